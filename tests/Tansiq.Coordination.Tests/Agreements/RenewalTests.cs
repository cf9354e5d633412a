using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;

namespace Tansiq.Coordination.Tests.Agreements;

/// <summary>Agreements hold from hour 0 to hour 720.</summary>
[Trait("Requirement", "AGR-8")]
public sealed class RenewalTests
{
    [Fact]
    public void Flight_AfterTheEnd_IsCoveredOnceAllRenewedAndThatIsJoint()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var notice = record.File(Draft.Flight(Draft.On(0, 0, 800, 802)));
        record.VerdictOn(notice).Kind.ShouldNotBe(VerdictKind.Refused);
        Renew(record.At(10), Theatre.Us, 1_000);
        record.VerdictOn(notice).Kind.ShouldNotBe(VerdictKind.Refused, "one signatory alone");
        var before = record.Size;
        Renew(record.At(20), Theatre.Ru, 1_000);
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused);
        record.VerdictWhileJoint(before, notice).Kind.ShouldNotBe(VerdictKind.Refused, "the second word is not joint");
        record.VerdictOn(notice, Theatre.Hour(19)).Kind.ShouldNotBe(VerdictKind.Refused, "not yet said at that moment");
        record.VerdictKnownAt(before, notice).Kind.ShouldNotBe(VerdictKind.Refused);
    }

    [Fact]
    public void Agreement_DifferentEndsOrTooLate_Lapses()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var notice = record.File(Draft.Flight(Draft.On(0, 0, 800, 802)));
        Renew(record, Theatre.Us, 1_000);
        Renew(record, Theatre.Ru, 1_001);
        record.VerdictOn(notice).Kind.ShouldNotBe(VerdictKind.Refused, "not the same end");
        Say(record.At(720), Theatre.Ru, 1_000).Admission.ShouldBe(new Admission.Inert("agreements.lapsed", "/body/cites"));
        record.VerdictOn(notice).Kind.ShouldNotBe(VerdictKind.Refused);
    }

    [Fact]
    public void Agreement_LastWordOfEachCounts_AndItMayBeRenewedAgain()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var notice = record.File(Draft.Flight(Draft.On(0, 0, 1_600, 1_602)));
        Renew(record, Theatre.Us, 900);
        Renew(record, Theatre.Us, 1_000);
        Renew(record, Theatre.Ru, 900);
        record.VerdictOn(notice).Kind.ShouldNotBe(VerdictKind.Refused, "us thinks of 1,000 by now");
        Renew(record, Theatre.Ru, 1_000);
        // Past the first end, the agreement goes on and is renewed once more.
        Renew(record.At(950), Theatre.Ru, 2_000);
        Renew(record, Theatre.Us, 2_000);
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused);
    }

    [Fact, Trait("Requirement", "FLT-2")]
    public void StandingVerdicts_OnRenewal_AreThoseDecidedAnew()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        record.File(Draft.Flight(Draft.On(0, 0, 800, 802)));
        Renew(record, Theatre.Us, 1_000);
        var (before, standing) = (record.Latest, StandingVerdicts.Of(record.Latest));
        var entry = Say(record, Theatre.Ru, 1_000);
        (standing, var changed) = standing.Next(before, record.Latest, entry.Statement);
        changed.ShouldHaveSingleItem();
        standing.ByIndex.Select(each => VerdictText.Of(each.Value)).ShouldBe(StandingVerdicts.Of(record.Latest).ByIndex.Select(each => VerdictText.Of(each.Value)));
    }

    [Fact, Trait("Requirement", "REC-6")]
    public void RecordTimes_NextTerm_IsTheRenewedEnd()
    {
        var record = TestRecord.With();
        RecordTimes.NextTerm(record.Latest, Theatre.Hour(1)).ShouldBe(Theatre.Hour(720));
        Renew(record, Theatre.Us, 1_000);
        Renew(record, Theatre.Ru, 1_000);
        RecordTimes.NextTerm(record.Latest, Theatre.Hour(1)).ShouldBe(Theatre.Hour(1_000));
    }

    private static void Renew(TestRecord record, Id<Coordination.Parties.Party> party, double untilHour) => Say(record, party, untilHour).Admission.ShouldBe(Admission.Admitted.Value);

    private static Entry Say(TestRecord record, Id<Coordination.Parties.Party> party, double untilHour) =>
        record.Say(party, new Renewal(record.Latest.Agreements[0].Hash, Theatre.Hour(untilHour)));
}
