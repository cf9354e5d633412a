using System.Text;
using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>A record in memory on which parties speak. Every verdict that it gives is checked against docs/formats/verdicts.md.</summary>
internal sealed class TestRecord
{
    private readonly StatementList _list = new();
    private readonly Dictionary<Id<Party>, int> _said = [];

    public StatementList List => _list;

    public Situation Latest => _list.Latest;

    public long Size => _list.Entries.Count;

    /// <summary>A record of us and ru, or of the signatories given, whose time is hour 0.</summary>
    public static TestRecord Founded(params Id<Party>[] signatories) => FoundedBy(Theatre.Founding(signatories is [] ? [Theatre.Us, Theatre.Ru] : signatories));

    public static TestRecord FoundedBy(Founding founding)
    {
        var record = new TestRecord();
        record.Tell(Theatre.Office, founding);
        return record.At(0);
    }

    /// <summary>A record on which an agreement of those clauses is signed by us and ru at hour 0.</summary>
    public static TestRecord With(params Clause[] clauses) => Founded().InForce(Draft.Agreement(clauses));

    /// <summary>The office enters its time.</summary>
    public TestRecord At(double hour) => At(Theatre.Hour(hour));

    /// <inheritdoc cref="At(double)"/>
    public TestRecord At(Instant time)
    {
        Tell(Theatre.Office, new RecordTime(time));
        return this;
    }

    /// <summary>The first signatory proposes the agreement and all of them sign it.</summary>
    public TestRecord InForce(Agreement agreement)
    {
        var parties = Latest.Founding!.Parties.Keys.ToList();
        var proposal = Tell(parties[0], new AgreementProposal(agreement));
        foreach (var party in parties) Tell(party, new AgreementSignature(proposal));
        return this;
    }

    /// <summary>A party puts a control map forward, and every signatory accepts it.</summary>
    public TestRecord AcceptedByAll(ControlMap map)
    {
        var parties = Latest.Founding!.Parties.Keys.ToList();
        var proposal = Tell(parties[0], new ControlMapProposal(map));
        foreach (var party in parties) Tell(party, new ControlMapAcceptance(proposal));
        return this;
    }

    /// <summary>The party that answers for the actor files a notice; us for an unbound one.</summary>
    public ContentHash File(Notice notice) => Tell(Latest.Founding!.Actors[notice.Actor].AnswerableParty ?? Theatre.Us, notice);

    /// <summary>Says what has to be admitted; gives its hash.</summary>
    public ContentHash Tell(Id<Party> party, StatementBody body)
    {
        var entry = Say(party, body);
        entry.Admission.ShouldBe(Admission.Admitted.Value, $"{party} said {body}");
        return entry.Statement.Hash;
    }

    /// <summary>Says what may be inert.</summary>
    public Entry Say(Id<Party> party, StatementBody body) => _list.Append(Statement(party, body));

    /// <summary>The next statement of a party, not said yet.</summary>
    public Statement Statement(Id<Party> party, StatementBody body)
    {
        var number = _said[party] = _said.GetValueOrDefault(party) + 1;
        var id = FormattableString.Invariant($"{party}-{number}");
        return new(new(id), party, Theatre.Hour(0), ContentHash.Of(Encoding.UTF8.GetBytes(id)), body);
    }

    /// <summary>The verdict on a filed notice, of all that is on record, at the record's time or a moment given.</summary>
    public Verdict VerdictOn(ContentHash notice, Instant? validAt = null) => VerdictOn(Latest, notice, validAt);

    /// <summary>The same while only so many entries are joint.</summary>
    public Verdict VerdictWhileJoint(long jointSize, ContentHash notice, Instant? validAt = null) =>
        VerdictOn(Latest.WithJointSize(jointSize), notice, validAt);

    /// <summary>The same, known at a size.</summary>
    public Verdict VerdictKnownAt(long size, ContentHash notice, Instant? validAt = null) => VerdictOn(_list.At(size), notice, validAt);

    /// <summary>The verdict on a notice that us has not filed yet.</summary>
    public Verdict VerdictOnDraft(Notice notice, Instant? validAt = null) => Checked(Latest, FlightInQuestion.NotFiled(notice, Theatre.Us), validAt);

    public static Verdict VerdictOn(Situation situation, ContentHash notice, Instant? validAt) =>
        Checked(situation, FlightInQuestion.OnRecord(situation.FindNotice(notice).ShouldNotBeNull()), validAt);

    private static Verdict Checked(Situation situation, FlightInQuestion flight, Instant? validAt)
    {
        var verdict = Decide.Flight(situation, flight, validAt);
        VerdictTable.ShouldAllow(situation, verdict);
        return verdict;
    }
}

/// <summary>What tests ask of a verdict.</summary>
internal static class VerdictQuestions
{
    /// <summary>The codes of its reasons, in the verdict's order.</summary>
    public static string[] Codes(this Verdict verdict) => [.. verdict.Reasons.Select(reason => reason.Code)];

    /// <summary>The one reason of a code.</summary>
    public static Reason The(this Verdict verdict, string code) => verdict.Reasons.Where(reason => reason.Code == code).ShouldHaveSingleItem();

    /// <summary>A number that explains a reason.</summary>
    public static long Number(this Reason reason, string name) => reason.Numbers.Single(number => number.Name == name).Value;
}
