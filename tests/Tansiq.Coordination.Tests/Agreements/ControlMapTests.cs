using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Agreements;

[Trait("Requirement", "AGR-6")]
public sealed class ControlMapTests
{
    private const string Exempt = "stand-down.exempt-gained-ground";
    private const string Outside = "stand-down.outside-gained-ground";
    private const string TooOld = "stand-down.map-too-old";
    private const string NoMap = "stand-down.no-accepted-map";

    private static readonly Notice Claiming = Draft.Flight(Draft.On(0, 0)) with { Claims = [Draft.Reference("4.1/gain")] };

    private static TestRecord WithGainAs(GainKind kind) =>
        TestRecord.With(Draft.StandDown("4.1", Draft.Gain("gain", kind, Threshold.Of(48)))).At(60);

    [Theory]
    [InlineData(GainKind.Place, -1, 3, Exempt)]
    [InlineData(GainKind.Place, 0, 1, Exempt)] // edges belong to it
    [InlineData(GainKind.Place, 3, 1, Outside)]
    [InlineData(GainKind.Condition, -1, 3, Exempt)]
    [InlineData(GainKind.Condition, 1, 1, Exempt)] // it touches the area
    [InlineData(GainKind.Condition, 3, 1, Outside)]
    [InlineData(GainKind.Place, 1, 1, Outside)]
    public void Flight_GainClaimed_HoldsAsAPlaceOfTheWholeVolumeOrAsAConditionOfTheArea(GainKind kind, int from, int size, string code)
    {
        var record = WithGainAs(kind).AcceptedByAll(Draft.Map("m", 60, Theatre.Square(from, from, size)));
        record.VerdictOn(record.File(Claiming)).Codes().ShouldBe([code]);
        record.VerdictOn(record.File(Claiming with { Claims = [] })).Codes().ShouldBe(["stand-down.in-area"], "not claimed");
    }

    [Fact]
    public void Flight_PartlyInGroundGained_IsUnclearAsAPlace()
    {
        var record = WithGainAs(GainKind.Place).AcceptedByAll(Draft.Map("m", 60, Theatre.Square(0, 0)));
        var wider = Claiming with { Volumes = [Draft.On(0, 0), Draft.On(0, 0, 102, 103) with { Outline = Theatre.Square(0, 0, 2) }] };
        record.VerdictOn(record.File(wider)).Codes().ShouldBe([Outside]);
        var elsewhereToo = Claiming with { Volumes = [Draft.On(0, 0), Draft.On(5, 5, 102, 103)] };
        record.VerdictOn(record.File(elsewhereToo)).Codes().ShouldBe([Exempt], "what lies outside of the area needs no exemption");
        var inTwoParts = TestRecord.With(Draft.StandDown("4.1", Draft.Gain("gain", GainKind.Place, Threshold.Of(48)))).At(60)
            .AcceptedByAll(Draft.Map("m", 60, Theatre.Square(0, 0), Theatre.Square(1, 0)));
        inTwoParts.VerdictOn(inTwoParts.File(Claiming with { Volumes = [Draft.On(0, 0) with { Outline = Theatre.Rectangle(371_000_000, 360_000_000, 2_000_000, 2_000_000) }] }))
            .Codes().ShouldBe([Outside], "it has to lie in one part");
    }

    [Theory]
    [InlineData(0, Exempt)]
    [InlineData(1, TooOld)]
    public void Flight_MapAsOldAsAllowedAtTheEndOfTheVolume_HoldsAndASecondOlderDoesNot(int secondsLonger, string code)
    {
        var record = WithGainAs(GainKind.Place).AcceptedByAll(Draft.Map("m", 54, Theatre.Square(0, 0)));
        var volume = Draft.On(0, 0) with { Time = new(Theatre.Hour(100), Theatre.Hour(102) + Duration.FromSeconds(secondsLonger)) };
        var reason = record.VerdictOn(record.File(Claiming with { Volumes = [volume] })).The(code);
        reason.Number(ReasonNumbers.MapAgeMinutes).ShouldBe(48 * 60 + secondsLonger);
        reason.Number(ReasonNumbers.AgreedMapAgeMinutes).ShouldBe(48 * 60);
        reason.Map.ShouldBe(new Id<ControlMap>("m"));
    }

    [Fact]
    public void Flight_VolumeThatOutlastsTheArea_NeedsAMapForItsWholeTime()
    {
        var agreement = Draft.Agreement(Draft.StandDown("4.1", Draft.Gain("gain", GainKind.Place, Threshold.Of(48)))) with
        {
            Areas = [Draft.Area("north", Theatre.Square(0, 0)) with { Validity = Theatre.Hours(0, 101) }],
        };
        var record = TestRecord.Founded().InForce(agreement).At(60).AcceptedByAll(Draft.Map("m", 53.5, Theatre.Square(0, 0)));
        record.VerdictOn(record.File(Claiming)).Codes().ShouldBe([TooOld]);
    }

    [Fact]
    public void Flight_SeveralMaps_CountsTheLatestThatAllAcceptedByThen()
    {
        var record = WithGainAs(GainKind.Place);
        var notice = record.File(Claiming);
        record.VerdictOn(notice).Codes().ShouldBe([NoMap]);
        record.At(61).AcceptedByAll(Draft.Map("gained", 58, Theatre.Square(0, 0)));
        record.VerdictOn(notice).Codes().ShouldBe([Exempt]);
        var lost = record.At(62).Tell(Theatre.Us, new ControlMapProposal(Draft.Map("lost", 59, Theatre.Square(5, 5))));
        record.At(63).Tell(Theatre.Us, new ControlMapAcceptance(lost));
        record.VerdictOn(notice).Codes().ShouldBe([Exempt], "ru has not accepted it");
        var joint = record.Size;
        record.At(64).Tell(Theatre.Ru, new ControlMapAcceptance(lost));
        record.VerdictOn(notice).Codes().ShouldBe([Outside]);
        record.VerdictOn(notice, Theatre.Hour(63)).Codes().ShouldBe([Exempt]);
        record.VerdictWhileJoint(joint, notice).Codes().ShouldBe([Exempt], "the acceptance is not joint");
        record.At(65).AcceptedByAll(Draft.Map("older", 50, Theatre.Square(0, 0)));
        record.VerdictOn(notice).The(Outside).Map.ShouldBe(new Id<ControlMap>("lost"), "accepted last, but shows an earlier moment");
    }

    [Fact]
    public void Flight_GroundOfAnotherHolderOrHeldBefore_IsNotGained()
    {
        var map = Draft.Map("m", 60, Theatre.Square(0, 0));
        foreach (var ground in new[] { map.Ground[0] with { IsGained = false }, map.Ground[0] with { Holder = Theatre.UsAir } })
        {
            var record = WithGainAs(GainKind.Condition).AcceptedByAll(map with { Ground = [ground] });
            record.VerdictOn(record.File(Claiming)).Codes().ShouldBe([Outside]);
        }
    }

    [Fact]
    public void Flight_AnyOfWithAGain_NeedsTheClaimOfTheGainItself()
    {
        var record = TestRecord.With(
            Draft.StandDown("4.1", Draft.AnyOf("either", "4.2/gain")),
            Draft.StandDown("4.2", Draft.Gain("gain", GainKind.Condition, Threshold.Of(48))) with { AppliesTo = new([Theatre.RuAir], [], []) }).At(60);
        record.AcceptedByAll(Draft.Map("m", 60, Theatre.Square(0, 0)));
        record.VerdictOn(record.File(Claiming with { Claims = [Draft.Reference("4.2/gain")] })).The(Exempt).Exemption.ShouldBe(new Id<Exemption>("either"));
        record.VerdictOn(record.File(Claiming with { Claims = [Draft.Reference("4.1/either")] })).Kind.ShouldBe(VerdictKind.Refused);
    }
}
