using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Agreements;

[Trait("Requirement", "AGR-9")]
public sealed class SuspensionTests
{
    private const string Suspended = "clause.suspended";

    private static readonly SuspensionScope All = new SuspensionScope.All();

    public static TheoryData<SuspensionScope, string[]> Scopes => new()
    {
        { new SuspensionScope.OfClause(new("4.1")), ["4.1"] },
        { new SuspensionScope.OfChapter(new("4")), ["4.1", "4.2"] },
        { new SuspensionScope.OfChapter(new("5")), ["5.1"] },
        { All, ["4.1", "4.2", "5.1"] },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Flight_ScopeSuspendedByEitherParty_SuspendsItsClausesButThoseThatSurvive(SuspensionScope scope, string[] suspended)
    {
        foreach (var party in new[] { Theatre.Us, Theatre.Ru })
        {
            var record = TestRecord.With(
                Draft.StandDown("4.1"), Draft.StandDown("4.2"), Draft.StandDown("4.3") with { Survives = true }, Draft.StandDown("5.1"));
            var clauses = record.Latest.Agreements[0].Agreement.Clauses.OfType<StandDownClause>().Select(clause => clause.Id.Value);
            var notice = record.File(Draft.Flight(Draft.On(0, 0)));
            record.At(10).Tell(party, new Suspension(scope));
            var verdict = record.VerdictOn(notice);
            var reasons = verdict.Reasons.Where(reason => reason.Code == Suspended).ToList();
            reasons.Select(reason => reason.Clause!.Value).ShouldBe(suspended);
            reasons.ShouldAllBe(reason => reason.Parties.SetEquals(new[] { party }) && reason.From == Theatre.Hour(10));
            verdict.Reasons.Where(reason => reason.Effect == ReasonEffect.Refuses).Select(reason => reason.Clause!.Value)
                .ShouldBe(clauses.Except(suspended));
        }
    }

    [Fact]
    public void Flight_ClauseThatWouldNotSpeakOfIt_IsNotNamedAsSuspended()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        record.Tell(Theatre.Us, new Suspension(All));
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5)))).Reasons.ShouldBeEmpty();
    }

    [Fact]
    public void Flight_SuspendedByBoth_GoesOnOnlyWhenBothResumed()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var notice = record.File(Draft.Flight(Draft.On(0, 0)));
        var ofUs = record.Tell(Theatre.Us, new Suspension(All));
        var ofRu = record.Tell(Theatre.Ru, new Suspension(new SuspensionScope.OfClause(new("4.1"))));
        record.At(10).Tell(Theatre.Us, new Resumption(ofUs));
        record.VerdictOn(notice).The(Suspended).Parties.ShouldBe([Theatre.Ru]);
        record.At(20).Tell(Theatre.Ru, new Resumption(ofRu));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused);
        record.VerdictOn(notice, Theatre.Hour(19)).Codes().ShouldBe([Suspended]);
        record.VerdictOn(notice, Theatre.Hour(9)).The(Suspended).Parties.ShouldBe([Theatre.Us]);
        record.At(30).Tell(Theatre.Us, new Suspension(All));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.NotCovered, "suspended again");
    }

    [Fact]
    [Trait("Requirement", "REC-2")]
    public void Flight_NotJointYet_IsSuspendedAtOnceAndResumedOnlyOnceJoint()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var notice = record.File(Draft.Flight(Draft.On(0, 0)));
        var joint = record.Size;
        var suspension = record.Tell(Theatre.Us, new Suspension(All));
        record.VerdictWhileJoint(joint, notice).Codes().ShouldBe([Suspended]);
        record.Tell(Theatre.Us, new Resumption(suspension));
        record.VerdictWhileJoint(joint + 1, notice).Codes().ShouldBe([Suspended]);
        record.VerdictWhileJoint(joint + 2, notice).Kind.ShouldBe(VerdictKind.Refused);
    }
}
