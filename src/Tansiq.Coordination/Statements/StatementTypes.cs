using System.Collections.Immutable;

namespace Tansiq.Coordination.Statements;

/// <summary>The names of statement types as their texts have them (docs/formats/statements.md).</summary>
public static class StatementTypes
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Founding, RecordTime, KeyRotation, KeyRevocation, AgreementProposal,
        AgreementSignature, Suspension, Resumption, ControlMapProposal, ControlMapAcceptance,
        SiteNotification, SiteWithdrawal, Notice, Consent, Objection,
        OtherDate, Withdrawal, Lapse,
        Amendment, Activation, Retiming, Completion,
        Succession, Officer, OfficerEnd, Roster, Contacts, LineCheck, Renewal, StopReport,
    ];

    /// <summary>The office founds the record.</summary>
    public const string Founding = "record.founding";

    /// <summary>The office's clock.</summary>
    public const string RecordTime = "record.time";

    /// <summary>A new key.</summary>
    public const string KeyRotation = "parties.key";

    /// <summary>A key counts no longer.</summary>
    public const string KeyRevocation = "parties.key-revocation";

    /// <summary>An agreement is proposed.</summary>
    public const string AgreementProposal = "agreements.proposal";

    /// <summary>A proposal is signed.</summary>
    public const string AgreementSignature = "agreements.signature";

    /// <summary>A clause, a chapter or all is suspended.</summary>
    public const string Suspension = "agreements.suspension";

    /// <summary>A suspension is ended.</summary>
    public const string Resumption = "agreements.resumption";

    /// <summary>A control map is put forward.</summary>
    public const string ControlMapProposal = "agreements.control-map";

    /// <summary>A control map is accepted.</summary>
    public const string ControlMapAcceptance = "agreements.map-acceptance";

    /// <summary>A protected site is made known.</summary>
    public const string SiteNotification = "flights.site";

    /// <summary>A protected site is withdrawn.</summary>
    public const string SiteWithdrawal = "flights.site-withdrawal";

    /// <summary>A flight is notified.</summary>
    public const string Notice = "flights.notice";

    /// <summary>A party gives its word.</summary>
    public const string Consent = "flights.consent";

    /// <summary>A signatory objects.</summary>
    public const string Objection = "flights.objection";

    /// <summary>Another start is offered.</summary>
    public const string OtherDate = "flights.other-date";

    /// <summary>A notice or a consent is withdrawn.</summary>
    public const string Withdrawal = "flights.withdrawal";

    /// <summary>The office makes a lapse visible.</summary>
    public const string Lapse = "flights.lapse";

    /// <summary>A notice takes the place of another.</summary>
    public const string Amendment = "flights.amendment";

    /// <summary>A flight is in the air.</summary>
    public const string Activation = "flights.activation";

    /// <summary>A flight in the air keeps other times.</summary>
    public const string Retiming = "flights.retiming";

    /// <summary>A flight is over.</summary>
    public const string Completion = "flights.completion";

    /// <summary>A new office takes the place of the old one.</summary>
    public const string Succession = "record.succession";

    /// <summary>An officer is appointed.</summary>
    public const string Officer = "parties.officer";

    /// <summary>An officer serves no longer.</summary>
    public const string OfficerEnd = "parties.officer-end";

    /// <summary>A duty roster.</summary>
    public const string Roster = "parties.roster";

    /// <summary>How a desk is reached.</summary>
    public const string Contacts = "parties.contacts";

    /// <summary>A line was tried.</summary>
    public const string LineCheck = "parties.line-check";

    /// <summary>An agreement is renewed.</summary>
    public const string Renewal = "agreements.renewal";

    /// <summary>What became of a STOP, hotline or flight-safety message.</summary>
    public const string StopReport = "information.stop";
}
