using NodaTime;
using NodaTime.Text;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Agreements;

[Trait("Requirement", "AGR-3")]
public sealed class AgreementTermTests
{
    private const string NotInForce = "agreement.not-in-force";
    private const string Undefined = "agreement.duration-undefined";

    private static readonly Moment StartOfTests = new Moment.At(Theatre.Hour(0));

    [Fact]
    public void Flight_AgreementSignedByAllButOne_IsNotInForceUntilTheLastSigned()
    {
        var record = TestRecord.Founded(Theatre.Us, Theatre.Ru, Theatre.Third);
        var notice = record.File(Draft.Flight(Draft.On(0, 0)));
        record.VerdictOn(notice).Reasons.ShouldBeEmpty("nothing is proposed");
        var proposal = record.At(1).Tell(Theatre.Us, new AgreementProposal(Draft.Agreement(Draft.StandDown("4.1"))));
        record.VerdictOn(notice).Codes().ShouldBe([NotInForce]);
        foreach (var party in new[] { Theatre.Ru, Theatre.Us }) record.At(2).Tell(party, new AgreementSignature(proposal));
        record.VerdictOn(notice).Codes().ShouldBe([NotInForce]);
        var joint = record.Size;
        record.At(3).Tell(Theatre.Third, new AgreementSignature(proposal));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused);
        record.VerdictOn(notice, Theatre.Hour(2.9)).Codes().ShouldBe([NotInForce]);
        record.VerdictWhileJoint(joint, notice).Codes().ShouldBe([NotInForce], "the last signature is not joint");
        record.VerdictOn(notice, Theatre.Hour(0.5)).Reasons.ShouldBeEmpty("not proposed yet");
    }

    [Theory]
    [InlineData("2016-03-27T01:59", "Europe/Berlin", "2016-03-27T00:59:00Z")]
    [InlineData("2016-03-27T02:30", "Europe/Berlin", "2016-03-27T01:30:00Z")] // skipped: taken as 03:30 of summer
    [InlineData("2016-10-30T02:30", "Europe/Berlin", "2016-10-30T00:30:00Z")] // repeated: the earlier, of summer
    [InlineData("2016-10-30T03:00", "Europe/Berlin", "2016-10-30T02:00:00Z")]
    [InlineData("2016-03-25T00:30", "Asia/Damascus", "2016-03-24T22:30:00Z")] // skipped at midnight
    [InlineData("2016-10-27T23:30", "Asia/Damascus", "2016-10-27T20:30:00Z")] // repeated before midnight
    public void Flight_LocalStart_IsTheInstantThatTheZoneSays(string local, string zone, string expected)
    {
        var start = new Moment.Local(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm").Parse(local).Value, zone);
        StartOf(start, signedAt: Theatre.Hour(0)).ShouldBe(InstantPattern.ExtendedIso.Parse(expected).Value);
    }

    [Theory]
    [InlineData("2016-07-20T20:59:59Z", "2016-07-26T21:00:00Z")] // 23:59:59 on the 20th in Damascus
    [InlineData("2016-07-20T21:00:00Z", "2016-07-27T21:00:00Z")]
    [InlineData("2016-10-22T09:00:00Z", "2016-10-28T22:00:00Z")] // the clocks go back in between
    public void Flight_StartAfterD_CountsFromTheLocalDateOfTheLastSignature(string lastSignature, string expected)
    {
        var start = new Moment.DayPlus(7, LocalTime.Midnight, "Asia/Damascus");
        StartOf(start, InstantPattern.ExtendedIso.Parse(lastSignature).Value).ShouldBe(InstantPattern.ExtendedIso.Parse(expected).Value);
    }

    [Fact]
    public void Flight_AtTheEdgesOfTheAgreement_StartBelongsToItAndEndDoesNot()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"), Draft.Duration(new Moment.At(Theatre.Hour(100)), new Moment.AfterStart(1)));
        VerdictKind Of(double from, double until) => record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0, from, until)))).Kind;
        Of(99, 100).ShouldBe(VerdictKind.NotCovered);
        Of(100, 101).ShouldBe(VerdictKind.Refused);
        Of(123, 124).ShouldBe(VerdictKind.Refused);
        Of(124, 125).ShouldBe(VerdictKind.NotCovered);
        var across = record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0, 99, 125))));
        var inArea = across.The("stand-down.in-area");
        (inArea.From, inArea.Until).ShouldBe((Theatre.Hour(100), Theatre.Hour(124)));
        var outside = across.The("agreement.part-outside");
        (outside.From, outside.Until).ShouldBe((Theatre.Hour(100), Theatre.Hour(124)));
    }

    [Fact]
    [Trait("Requirement", "AGR-4")]
    public void Flight_StartOrEndUndefined_IsUnclear()
    {
        var noStart = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(0)), Draft.Duration(new Moment.Undefined(), new Moment.AfterStart(30)));
        noStart.VerdictOn(noStart.File(Draft.Flight(Draft.On(5, 5)))).Codes().ShouldBe([Undefined]);
        var noEnd = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(0)), Draft.Duration(StartOfTests, new Moment.Undefined()));
        noEnd.VerdictOn(noEnd.File(Draft.Flight(Draft.On(5, 5)))).Codes().ShouldBe([Undefined, "prior-notice.given"]);
    }

    [Fact]
    public void Flight_HigherVersionSigned_TakesTheLowersPlaceFromItsStart()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        record.InForce(SecondVersion(Draft.PriorNotice("2.1", Threshold.Of(0)), new Moment.At(Theatre.Hour(100)), new Moment.At(Theatre.Hour(200))));
        string[] Of(double from, double until) => record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0, from, until)))).Codes();
        Of(50, 51).ShouldBe(["stand-down.in-area"], "the first version still holds, and nothing is out of force");
        Of(150, 151).ShouldBe(["prior-notice.given"]);
        Of(99, 101).ShouldBe(["stand-down.in-area", "prior-notice.given"], "one after the other without a gap");
        Of(250, 251).ShouldBe([NotInForce], "the first version does not come back");
        Of(199, 201).ShouldBe(["prior-notice.given", "agreement.part-outside"]);
        Of(99, 201).ShouldBe(["stand-down.in-area", "prior-notice.given", "agreement.part-outside"]);
    }

    [Fact]
    public void Flight_LowerVersionOfUndefinedDuration_HasNoSayOnceReplaced()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"), Draft.Duration(StartOfTests, new Moment.Undefined()));
        record.InForce(SecondVersion(Draft.PriorNotice("2.1", Threshold.Of(0)), new Moment.At(Theatre.Hour(100)), new Moment.At(Theatre.Hour(200))));
        string[] Of(double from, double until) => record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5, from, until)))).Codes();
        Of(100, 101).ShouldBe(["prior-notice.given"]);
        Of(99, 101).ShouldBe([Undefined, "prior-notice.given"]);
        Of(50, 51).ShouldBe([Undefined]);
    }

    [Fact]
    public void Flight_HigherVersionProposedOnly_LeavesTheLowerInForce()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var proposal = record.Tell(Theatre.Ru, new AgreementProposal(SecondVersion(Draft.PriorNotice("2.1", Threshold.Of(0)), StartOfTests, new Moment.AfterStart(30))));
        record.Tell(Theatre.Ru, new AgreementSignature(proposal));
        var notice = record.File(Draft.Flight(Draft.On(0, 0)));
        record.VerdictOn(notice).Codes().ShouldBe(["stand-down.in-area"]);
        record.At(10).Tell(Theatre.Us, new AgreementSignature(proposal));
        record.VerdictOn(notice).Codes().ShouldBe(["prior-notice.given"]);
        record.VerdictOn(notice, Theatre.Hour(9)).Codes().ShouldBe(["stand-down.in-area"]);
    }

    [Fact]
    public void Flight_TwoAgreements_IsHeldToBoth()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        record.InForce(Draft.Agreement(Draft.StandDown("4.1", Draft.ForMedevac())) with { Id = new("other") });
        var verdict = record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0)) with { Purpose = Theatre.Medevac }));
        verdict.Reasons.Select(reason => (reason.Agreement!.Value, reason.Code))
            .ShouldBe([("agreement", "stand-down.in-area"), ("other", "stand-down.exempt-purpose")]);
    }

    private static Agreement SecondVersion(Clause clause, Moment start, Moment end) =>
        Draft.Agreement(clause, Draft.Duration(start, end)) with { Version = 2 };

    /// <summary>When an agreement begins that ru signs last, as a verdict says it.</summary>
    private static Instant StartOf(Moment start, Instant signedAt)
    {
        var record = TestRecord.Founded();
        var proposal = record.Tell(Theatre.Us, new AgreementProposal(Draft.Agreement(Draft.Duration(start, new Moment.AfterStart(1)))));
        record.Tell(Theatre.Us, new AgreementSignature(proposal));
        record.At(signedAt).Tell(Theatre.Ru, new AgreementSignature(proposal));
        var farFuture = Draft.On(5, 5) with { Time = Theatre.Hours(100_000, 100_001) };
        return record.VerdictOn(record.File(Draft.Flight(farFuture))).The(NotInForce).From!.Value;
    }
}
