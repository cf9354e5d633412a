using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

[Trait("Requirement", "FLT-4")]
public sealed class SeparationTests
{
    private const string Conflict = "separation.conflict";

    [Fact]
    public void Flight_LaterOfTwo_AsksTheEarliersPartyAndTheEarlierIsOnlyTold()
    {
        var record = TestRecord.With(Draft.Separation("5.1"));
        var first = record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        var second = record.File(Draft.Flight(Draft.On(5, 5, 101, 103)));
        var conflict = record.VerdictOn(second).The(Conflict);
        conflict.Parties.ShouldBe([Theatre.Ru]);
        conflict.Flight!.Hash.ShouldBe(first);
        (conflict.From, conflict.Until).ShouldBe((Theatre.Hour(101), Theatre.Hour(102) + Duration.FromMinutes(10)));
        conflict.Number(ReasonNumbers.DistanceLowerMetres).ShouldBe(0);
        Theatre.Square(5, 5).Contains(conflict.Place!.Value).ShouldBeTrue();
        record.VerdictOn(first).Codes().ShouldBe(["separation.later-flight"]);
        record.VerdictOnDraft(Draft.Flight(Draft.On(5, 5))).The(Conflict).Parties.ShouldBe([Theatre.Ru], "what is not filed yet comes last");
    }

    [Theory]
    [InlineData(102, 10, 0, VerdictKind.NotCovered)] // 600 s after the other's end: as far as agreed
    [InlineData(102, 9, 59, VerdictKind.NeedsConsent)]
    [InlineData(97, 50, 0, VerdictKind.NotCovered)]
    [InlineData(97, 50, 1, VerdictKind.NeedsConsent)]
    public void Flight_AboutAsFarInTimeAsAgreed_IsFarEnoughFromTheExactMinimumOn(int hour, int minutes, int seconds, VerdictKind expected)
    {
        var record = TestRecord.With(Draft.Separation("5.1"));
        record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        var start = Theatre.Hour(hour) + Duration.FromMinutes(minutes) + Duration.FromSeconds(seconds);
        var volume = Draft.On(5, 5) with { Time = new(start, start + Duration.FromHours(2)) };
        record.VerdictOn(record.File(Draft.Flight(volume))).Kind.ShouldBe(expected);
    }

    [Theory]
    [InlineData(3_300, VerdictKind.NotCovered)]
    [InlineData(3_299, VerdictKind.NeedsConsent)]
    public void Flight_AboutAsHighAboveAsAgreed_IsFarEnoughFromTheExactMinimumOn(int floorMetres, VerdictKind expected)
    {
        var record = TestRecord.With(Draft.Separation("5.1"));
        record.File(Draft.FlightOfRu(Draft.On(5, 5) with { Heights = Theatre.Metres(2_000, 3_000) }));
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5) with { Heights = Theatre.Metres(floorMetres, 5_000) }))).Kind.ShouldBe(expected);
    }

    [Fact]
    public void Flight_HeightsOfDifferentReferences_AsksWhereTheyPossiblyMeet()
    {
        var record = TestRecord.With(Draft.Separation("5.1"));
        record.File(Draft.FlightOfRu(Draft.On(5, 5) with { Heights = Theatre.Metres(2_000, 3_000) }));
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5) with { Heights = Theatre.FlightLevels(105, 110) })))
            .The(Conflict).Certainty.ShouldBe(Certainty.Possible);
    }

    [Fact]
    public void Flight_OfTheSameFiler_IsNotedOnlyBetweenAllAndAsksNobody()
    {
        var flight = Draft.Flight(Draft.On(5, 5));
        var between = TestRecord.With(Draft.Separation("5.1"));
        between.File(flight);
        between.VerdictOn(between.File(flight)).Kind.ShouldBe(VerdictKind.NotCovered);

        var all = TestRecord.With(Draft.Separation("5.1") with { Between = SeparationBetween.All });
        all.File(flight);
        all.VerdictOn(all.File(flight)).The("separation.own-flight").Parties.ShouldBeEmpty();
    }

    [Fact]
    public void Flight_ClauseForSomeFlights_SpeaksWhereItHoldsOfBoth()
    {
        var clause = Draft.Separation("5.1") with { AppliesTo = new([], [Theatre.Medevac], []) };
        var record = TestRecord.With(clause);
        record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        var medevac = Draft.Flight(Draft.On(5, 5)) with { Purpose = Theatre.Medevac };
        record.VerdictOn(record.File(medevac)).Kind.ShouldBe(VerdictKind.NotCovered);
        record.VerdictOn(record.File(medevac with { Actor = Theatre.GuaranteedAir })).The(Conflict).Parties.ShouldBe([Theatre.Us]);
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5)))).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Fact]
    public void Flight_OtherIsWithdrawnOrLapsed_IsNoLongerInItsWay()
    {
        var record = TestRecord.With(Draft.Separation("5.1"), Draft.JointConsent("3.1") with { AppliesTo = new([], [Theatre.Strike], []) });
        var withdrawn = record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        var lapsing = record.File(Draft.FlightOfRu(Draft.On(5, 5)) with { Purpose = Theatre.Strike, AnswerBy = Theatre.Hour(50) });
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        record.VerdictOn(notice).Reasons.Length.ShouldBe(2);
        record.At(10).Tell(Theatre.Ru, new Withdrawal(withdrawn));
        record.VerdictOn(notice).The(Conflict).Flight!.Hash.ShouldBe(lapsing);
        record.VerdictOn(notice, Theatre.Hour(9)).Reasons.Length.ShouldBe(2, "valid before the withdrawal");
        record.At(50);
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.NotCovered);
        record.VerdictOn(notice, Theatre.Hour(49)).The(Conflict).Flight!.Hash.ShouldBe(lapsing);
    }

    [Fact]
    public void Flight_OperationWhoseConsentWasWithdrawn_StaysInTheWayOfOthers()
    {
        var record = TestRecord.With(Draft.Separation("5.1"), Draft.JointConsent("3.1") with { AppliesTo = new([], [Theatre.Strike], []) });
        var operation = record.File(Draft.FlightOfRu(Draft.On(5, 5)) with { Purpose = Theatre.Strike });
        record.Tell(Theatre.Us, new Consent(operation));
        record.Tell(Theatre.Us, new Withdrawal(operation));
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5)))).The(Conflict).Flight!.Hash.ShouldBe(operation);
    }

    [Fact]
    [Trait("Requirement", "REC-2")]
    public void Flight_ConsentOfTheEarliersParty_AllowsOnceJointAndForThatFlightAlone()
    {
        var record = TestRecord.Founded(Theatre.Us, Theatre.Ru, Theatre.Third).InForce(Draft.Agreement(Draft.Separation("5.1")));
        record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        record.Tell(Theatre.Third, Draft.Flight(Draft.On(5, 5)) with { Actor = Theatre.UnboundAir });
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        var before = record.Size;
        record.Tell(Theatre.Ru, new Consent(notice));
        var verdict = record.VerdictOn(notice);
        verdict.ConsentOf.ShouldBe([Theatre.Third]);
        verdict.The("separation.consented").Flight!.Party.ShouldBe(Theatre.Ru);
        record.VerdictWhileJoint(before, notice).ConsentOf.ShouldBe([Theatre.Ru, Theatre.Third]);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [Trait("Requirement", "AGR-4")]
    public void Flight_MinimumUndefined_IsUnclearWhereTheOthersAreNotKept(bool lateral, bool vertical, bool time)
    {
        var record = TestRecord.With(Draft.Separation(
            "5.1",
            lateral ? Threshold.Undefined : Threshold.Of(5_000),
            vertical ? Threshold.Undefined : Threshold.Of(300),
            time ? Threshold.Undefined : Threshold.Of(600)));
        record.File(Draft.FlightOfRu(Draft.On(5, 5) with { Heights = Theatre.Metres(1_000, 2_000) }));
        // 90 km to the east, 3 km above, a day later: far in all three.
        VerdictKind Of(Volume volume) => record.VerdictOn(record.File(Draft.Flight(volume))).Kind;
        var (near, far) = (Draft.On(5, 5) with { Heights = Theatre.Metres(1_000, 2_000) }, Theatre.Metres(5_000, 6_000));
        Of(near).ShouldBe(VerdictKind.Unclear);
        Of(near with { Outline = Theatre.Square(10, 5) }).ShouldBe(lateral ? VerdictKind.Unclear : VerdictKind.NotCovered);
        Of(near with { Heights = far }).ShouldBe(vertical ? VerdictKind.Unclear : VerdictKind.NotCovered);
        Of(near with { Time = Theatre.Hours(124, 126) }).ShouldBe(time ? VerdictKind.Unclear : VerdictKind.NotCovered);
    }

    [Fact]
    public void Flight_ManyPairsOfVolumesInConflict_IsOneReasonOfTheNearestPairAndTheWholeTime()
    {
        var record = TestRecord.With(Draft.Separation("5.1", Threshold.Of(30_000), Threshold.Of(300), Threshold.Of(0)));
        record.File(Draft.FlightOfRu(Draft.On(5, 5, 100, 103)));
        var conflict = record.VerdictOn(record.File(Draft.Flight(Draft.On(7, 5, 100, 101), Draft.On(6, 5, 101, 102), Draft.On(9, 5, 102, 103)))).The(Conflict);
        conflict.Volume.ShouldBe(1);
        conflict.Number(ReasonNumbers.DistanceUpperMetres).ShouldBe(0);
        (conflict.From, conflict.Until).ShouldBe((Theatre.Hour(100), Theatre.Hour(102)));
    }
}
