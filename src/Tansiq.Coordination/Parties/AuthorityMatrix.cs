using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using static Tansiq.Coordination.Flights.OfficerRole;

namespace Tansiq.Coordination.Parties;

/// <summary>What an officer does to a statement before it leaves the centre.</summary>
public enum Act
{
    /// <summary>Writes it.</summary>
    Draft = 0,

    /// <summary>Lets it go out in the party's name.</summary>
    Release = 1,
}

/// <summary>Who may draft and who may release statements of a type.</summary>
/// <param name="Draft">The roles that may draft.</param>
/// <param name="Release">The roles that may release.</param>
/// <param name="NeedsTwo">Whether whoever drafted may not release.</param>
public sealed record AuthorityRule(ImmutableSortedSet<OfficerRole> Draft, ImmutableSortedSet<OfficerRole> Release, bool NeedsTwo);

/// <summary>Which role may draft and release which statement, and which statements need two persons (PTY-4). What no rule names, nobody may.</summary>
/// <remarks>Immutable and thread-safe. Built in, or changed type by type by the member <c>authority</c> of a founding (docs/formats/scenario.md).</remarks>
public sealed class AuthorityMatrix
{
    private AuthorityMatrix(ImmutableSortedDictionary<string, AuthorityRule> rules) => Rules = rules;

    /// <summary>The built-in matrix.</summary>
    public static AuthorityMatrix Default { get; } = new(DefaultRules());

    /// <summary>
    /// What makes the air safer or ends a permission, and what a flight in the air says: never held back for a second person. A founding can't ask
    /// for one.
    /// </summary>
    public static ImmutableSortedSet<string> NeverTwo { get; } = ImmutableSortedSet.Create(
        StringComparer.Ordinal,
        StatementTypes.StopReport, StatementTypes.Objection, StatementTypes.Withdrawal, StatementTypes.Suspension, StatementTypes.SiteNotification,
        StatementTypes.OfficerEnd, StatementTypes.KeyRevocation, StatementTypes.LineCheck,
        StatementTypes.Activation, StatementTypes.Completion, StatementTypes.Retiming, "flights.exception", "flights.exception-report", "flights.held-site");

    /// <summary>The rules, by the type's name.</summary>
    public ImmutableSortedDictionary<string, AuthorityRule> Rules { get; }

    /// <summary>Whether a role may do that with statements of a type. Every role may do both with <c>information.stop</c>, whatever a founding says.</summary>
    /// <param name="role">The officer's role.</param>
    /// <param name="act">What it wants to do.</param>
    /// <param name="type">The type's name.</param>
    public bool May(OfficerRole role, Act act, string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type == StatementTypes.StopReport) return true;
        return Rules.TryGetValue(type, out var rule) && (act == Act.Draft ? rule.Draft : rule.Release).Contains(role);
    }

    /// <summary>Whether whoever drafted a statement of a type may not release it; so too where no rule names the type.</summary>
    /// <param name="type">The type's name.</param>
    public bool NeedsTwo(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return !NeverTwo.Contains(type) && (!Rules.TryGetValue(type, out var rule) || rule.NeedsTwo);
    }

    /// <summary>The roles that may do that with statements of a type, in the order of the enumeration.</summary>
    /// <param name="act">What is to be done.</param>
    /// <param name="type">The type's name.</param>
    public ImmutableArray<OfficerRole> RolesThatMay(Act act, string type) => [.. Enum.GetValues<OfficerRole>().Where(role => May(role, act, type))];

    /// <summary>The matrix with other rules for some types.</summary>
    internal AuthorityMatrix With(IEnumerable<KeyValuePair<string, AuthorityRule>> rules) => new(Rules.SetItems(rules));

    private static ImmutableSortedDictionary<string, AuthorityRule> DefaultRules()
    {
        OfficerRole[] operations = [Watch, OfficerRole.Release, OfficerRole.Consent, Command];
        OfficerRole[] everybody = Enum.GetValues<OfficerRole>();
        var rules = ImmutableSortedDictionary.CreateBuilder<string, AuthorityRule>(StringComparer.Ordinal);

        // What flies, and what stands in its way, goes out by whoever is on watch or releases.
        One(operations, [OfficerRole.Release, Command], StatementTypes.Notice, StatementTypes.Amendment, StatementTypes.SiteWithdrawal, "flights.held-site-withdrawal");
        One(operations, operations, StatementTypes.Objection, StatementTypes.Withdrawal, StatementTypes.Suspension, StatementTypes.SiteNotification,
            "flights.held-site", StatementTypes.Activation, StatementTypes.Completion, StatementTypes.Retiming, "flights.exception", "flights.exception-report");
        One(operations, [OfficerRole.Consent, Command], StatementTypes.OtherDate, "flights.exception-review");

        // What binds the party to another's will, or ends a restriction, needs two.
        Two(operations, [OfficerRole.Consent, Command], StatementTypes.Consent);
        Two(operations, [Command], StatementTypes.AgreementSignature, StatementTypes.Renewal, StatementTypes.Resumption);
        Two(operations, [OfficerRole.Consent, Command], StatementTypes.ControlMapAcceptance);
        One([OfficerRole.Release, Command], [OfficerRole.Release, Command], StatementTypes.AgreementProposal, StatementTypes.ControlMapProposal);

        // The desk.
        One([OfficerRole.Release, Command], [Command], StatementTypes.Officer, StatementTypes.KeyRotation);
        One([OfficerRole.Release, Command], [OfficerRole.Release, Command], StatementTypes.OfficerEnd, StatementTypes.KeyRevocation, StatementTypes.Roster, StatementTypes.Contacts);
        One(everybody, everybody, StatementTypes.LineCheck, StatementTypes.StopReport);
        return rules.ToImmutable();

        void One(OfficerRole[] draft, OfficerRole[] release, params ReadOnlySpan<string> types) => Add(draft, release, needsTwo: false, types);
        void Two(OfficerRole[] draft, OfficerRole[] release, params ReadOnlySpan<string> types) => Add(draft, release, needsTwo: true, types);
        void Add(OfficerRole[] draft, OfficerRole[] release, bool needsTwo, ReadOnlySpan<string> types)
        {
            foreach (var type in types) rules.Add(type, new([.. draft], [.. release], needsTwo));
        }
    }
}
