using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination;

/// <summary>
/// Says of the next statement whether it has effect. Pure: the office asks it before it appends, and every centre that
/// follows asks it again and must get the same answer (REC-7).
/// </summary>
public static class Admit
{
    /// <summary>The version of the rules by which statements are admitted.</summary>
    public const int RulesVersion = 1;

    /// <summary>Whether a statement would be admitted as the next entry of the record.</summary>
    /// <param name="situation">The situation before it.</param>
    /// <param name="statement">The statement, well formed.</param>
    public static Admission Decide(Situation situation, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(statement);
        return TextProblem(statement)
            ?? IdentityProblem(situation, statement)
            ?? OfTheRecord(situation.Founding, situation.Keys, situation.Time, situation.Size, statement)
            ?? DeskAdmission.AuthorityProblem(situation.Desks, situation.Founding!, statement)
            ?? DeskAdmission.Decide(situation.Desks, situation.Founding!, statement)
            ?? StopReportAdmission.Decide(situation.Founding!, statement)
            ?? AgreementAdmission.Decide(situation, situation.Founding!, statement)
            ?? FlightAdmission.Decide(situation, situation.Founding!, statement, situation.Time!.Value)
            ?? throw new InvalidOperationException($"No rule admits statements of type {statement.Body.GetType().Name}.");
    }

    /// <summary>What is wrong with a text apart from all that stands before it, or with whose key signed it.</summary>
    internal static Admission? TextProblem(Statement statement)
    {
        if (statement.Body is MalformedBody malformed) return Inert(malformed.Code, malformed.Where);
        return statement.SignedBy is { } signer && signer.Party != statement.Party ? Inert("parties.not-its-key", "/party") : null;
    }

    /// <summary>What follows from founding, keys and time alone; null where a statement of another capability stands in nothing's way.</summary>
    internal static Admission? OfTheRecord(Founding? founding, PartyKeys keys, Instant? lastTime, long size, Statement statement)
    {
        if (statement.Body is UnknownBody) return Inert("record.unknown-type", "/type");
        if (founding is null) return DecideFirst(statement);
        if (statement.Body is Founding) return Inert("record.already-founded", "/type");
        if (statement.Body is Succession succession) return SuccessionAdmission.Decide(founding, keys, statement, succession, size);
        if (AuthorProblem(founding, statement) is { } author) return author;
        if (statement.Body is RecordTime time)
        {
            return lastTime is { } last && time.Now < last ? Inert("record.time-goes-back", "/body/now") : Admission.Admitted.Value;
        }

        return lastTime is null ? Inert("record.no-time-yet", "/type") : KeyAdmission.Decide(founding, keys, statement);
    }

    /// <summary>A record begins with its founding, made by the office that the founding names.</summary>
    private static Admission DecideFirst(Statement statement)
    {
        if (statement.Body is not Founding founding) return Inert("record.not-founded", "/type");
        return statement.Party == founding.Office ? Admission.Admitted.Value : Inert("parties.not-the-office", "/party");
    }

    /// <summary>Why a notice that is not filed yet would be inert if it were filed now; null where it would be admitted.</summary>
    /// <param name="situation">The situation, with its founding and a time.</param>
    /// <param name="draft">The notice.</param>
    public static Refusal? NoticeProblem(Situation situation, DraftNotice draft)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(draft);
        if (situation.Founding is not { } founding || situation.Time is not { } now) throw new ArgumentException("A notice is filed on a founded record.", nameof(situation));
        if (!founding.Parties.ContainsKey(draft.Party)) return new("parties.not-a-signatory", "/party", draft.Party.Value, "a signatory");
        if (situation.FindIdentity(draft.Party, draft.Id) is not null)
        {
            return new("record.id-reused", "/id", draft.Id.Value, "the notice exactly as it was filed under this identifier, or another identifier");
        }

        return FlightAdmission.File(founding, draft.Notice, draft.Party, now) is Admission.Inert inert
            ? new(inert.Code, inert.Where["/body".Length..], "what admission would find inert", "a notice that would be admitted")
            : null;
    }

    /// <summary>An inert admission with a code and a place.</summary>
    internal static Admission Inert(string code, string where) => new Admission.Inert(code, where);

    private static Admission? IdentityProblem(Situation situation, Statement statement)
    {
        if (situation.FindIdentity(statement.Party, statement.Id) is not { } used) return null;
        return Inert(used == statement.Hash ? "record.duplicate" : "record.id-reused", "/id");
    }

    /// <summary>Whether its author may make statements of that type at all.</summary>
    private static Admission? AuthorProblem(Founding founding, Statement statement)
    {
        var isOffice = statement.Party == founding.Office;
        var isSignatory = founding.Parties.ContainsKey(statement.Party);
        var isObserver = founding.Observers.ContainsKey(statement.Party);
        if (!isOffice && !isSignatory && !isObserver) return Inert("parties.unknown-party", "/party");
        return statement.Body switch
        {
            RecordTime or Lapse => isOffice ? null : Inert("parties.not-the-office", "/party"),
            KeyRotation or KeyRevocation => null,
            DeskContacts or LineCheck or StopReport => isOffice || isSignatory ? null : Inert("parties.not-a-signatory", "/party"),
            SiteNotification or SiteWithdrawal => isSignatory || isObserver ? null : Inert("parties.not-a-notifier", "/party"),
            _ => isSignatory ? null : Inert("parties.not-a-signatory", "/party"),
        };
    }
}
