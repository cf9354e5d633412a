using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

[Trait("Requirement", "FLT-5")]
public sealed class PriorNoticeTests
{
    [Theory]
    [InlineData(0, "prior-notice.given", 1_440)]
    [InlineData(1, "prior-notice.short", 1_439)]
    [Trait("Requirement", "REC-6")]
    public void Flight_FiledTwentyFourHoursBefore_IsInTimeAndASecondLaterShort(int secondsLate, string code, long minutesGiven)
    {
        var record = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(24))).At(Theatre.Hour(76) + Duration.FromSeconds(secondsLate));
        var reason = record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5)))).The(code);
        reason.Number(ReasonNumbers.NoticeMinutes).ShouldBe(minutesGiven);
        reason.Number(ReasonNumbers.AgreedNoticeMinutes).ShouldBe(1_440);
    }

    [Fact]
    [Trait("Requirement", "REC-6")]
    public void Flight_MadeLongBeforeItIsOnRecord_CountsFromTheRecordAlone()
    {
        var record = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(24))).At(99);
        var statement = record.Statement(Theatre.Us, Draft.Flight(Draft.On(5, 5))) with { Made = Theatre.Hour(1) };
        record.List.Append(statement);
        record.VerdictOn(statement.Hash).Kind.ShouldBe(VerdictKind.NeedsConsent);
    }

    [Fact]
    public void Flight_PurposeWithAPeriodOfItsOwn_IsHeldToTheFirstThatMatches()
    {
        var clause = Draft.PriorNotice("2.1", Threshold.Of(24)) with
        {
            Periods = [new([Theatre.Medevac], Threshold.Of(0)), new([Theatre.Strike], Threshold.Undefined), new([Theatre.Strike], Threshold.Of(1))],
        };
        var record = TestRecord.With(clause).At(100);
        var flight = Draft.Flight(Draft.On(5, 5));
        record.VerdictOn(record.File(flight with { Purpose = Theatre.Medevac })).Kind.ShouldBe(VerdictKind.NoObjection);
        record.VerdictOn(record.File(flight with { Purpose = Theatre.Strike })).Kind.ShouldBe(VerdictKind.Unclear);
        record.VerdictOn(record.File(flight)).Kind.ShouldBe(VerdictKind.NotCovered, "no period speaks of it");
    }

    [Fact]
    public void Flight_ShortNotice_NeedsEveryOtherSignatoryUntilEachConsented()
    {
        var record = TestRecord.Founded(Theatre.Us, Theatre.Ru, Theatre.Third).InForce(Draft.Agreement(Draft.PriorNotice("2.1", Threshold.Of(24)))).At(90);
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        record.VerdictOn(notice).ConsentOf.ShouldBe([Theatre.Ru, Theatre.Third]);
        record.Tell(Theatre.Third, new Consent(notice));
        record.VerdictOn(notice).ConsentOf.ShouldBe([Theatre.Ru]);
        record.Tell(Theatre.Ru, new Consent(notice));
        record.VerdictOn(notice).Codes().ShouldBe(["prior-notice.consented"]);
    }

    [Fact]
    public void Flight_NotFiledYet_IsDecidedAsIfFiledAtTheMomentAskedFor()
    {
        var record = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(24)));
        var flight = Draft.Flight(Draft.On(5, 5));
        record.VerdictOnDraft(flight).Kind.ShouldBe(VerdictKind.NoObjection);
        record.VerdictOnDraft(flight, Theatre.Hour(90)).Kind.ShouldBe(VerdictKind.NeedsConsent);
    }

    [Fact]
    public void Flight_PartlyInTheAgreementsTime_IsHeldToTheClausesAndSaysSo()
    {
        var record = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(24)));
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5, 719, 721)))).Codes().ShouldBe(["prior-notice.given", "agreement.part-outside"]);
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5, 720, 721)))).Codes().ShouldBe(["agreement.not-in-force"]);
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5, 719, 720)))).Codes().ShouldBe(["prior-notice.given"]);
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5, 710, 711), Draft.On(5, 5, 730, 731)))).Codes()
            .ShouldBe(["prior-notice.given", "agreement.part-outside"]);
    }
}
