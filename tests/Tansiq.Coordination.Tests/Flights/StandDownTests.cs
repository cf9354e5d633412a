using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

[Trait("Requirement", "AGR-6")]
public sealed class StandDownTests
{
    [Fact]
    public void Flight_ExemptionOfOneOfTwoClauses_LiftsThatClauseAlone()
    {
        var verdict = VerdictOn(
            Draft.Flight(Draft.On(0, 0)) with { Purpose = Theatre.Medevac }, Draft.StandDown("1.1", Draft.ForMedevac()), Draft.StandDown("1.2"));
        verdict.Kind.ShouldBe(VerdictKind.Refused);
        verdict.The("stand-down.exempt-purpose").Clause.ShouldBe(new Id<Clause>("1.1"));
        verdict.The("stand-down.in-area").Clause.ShouldBe(new Id<Clause>("1.2"));
    }

    [Fact]
    public void Flight_AnyOfThatNamesAnExemptionOfAnotherClause_LiftsItsOwnClause()
    {
        var verdict = VerdictOn(
            Draft.Flight(Draft.On(0, 0)) with { Purpose = Theatre.Medevac },
            Draft.StandDown("1.1", Draft.ForMedevac()) with { AppliesTo = new([Theatre.RuAir], [], []) },
            Draft.StandDown("1.2", Draft.AnyOf("either", "1.3/none", "1.1/relief")),
            Draft.StandDown("1.3", Draft.ForMedevac("none") with { Purposes = [Theatre.Strike] }));
        var exempt = verdict.The("stand-down.exempt-purpose");
        exempt.Clause.ShouldBe(new Id<Clause>("1.2"));
        exempt.Exemption.ShouldBe(new Id<Exemption>("either"));
        verdict.The("stand-down.in-area").Clause.ShouldBe(new Id<Clause>("1.3"));
    }

    [Fact]
    public void Flight_ClaimNotShownToHoldAndAPurposeThatHolds_IsExempt()
    {
        var clause = Draft.StandDown("1.1", Draft.Gain("gain", GainKind.Place, Threshold.Of(24)), Draft.ForMedevac());
        var claimed = Draft.Flight(Draft.On(0, 0)) with { Claims = [Draft.Reference("1.1/gain")] };
        VerdictOn(claimed with { Purpose = Theatre.Medevac }, clause).Codes().ShouldBe(["stand-down.exempt-purpose"]);
        VerdictOn(claimed, clause).Codes().ShouldBe(["stand-down.no-accepted-map"]);
        VerdictOn(claimed with { Claims = [] }, clause).Codes().ShouldBe(["stand-down.in-area"]);
    }

    [Fact]
    [Trait("Requirement", "PTY-3")]
    public void Flight_UnboundActor_IsSpokenOfOnlyWhereAClauseNamesItOrEveryone()
    {
        var flight = Draft.Flight(Draft.On(0, 0)) with { Actor = Theatre.UnboundAir };
        var bound = new AppliesTo([Theatre.UsAir, Theatre.GuaranteedAir], [], []);
        VerdictOn(flight, Draft.StandDown("1.1") with { AppliesTo = bound }).Kind.ShouldBe(VerdictKind.NotCovered);
        VerdictOn(flight, Draft.StandDown("1.1")).Kind.ShouldBe(VerdictKind.Refused);
        VerdictOn(Draft.Flight(Draft.On(0, 0)) with { Actor = Theatre.GuaranteedAir }, Draft.StandDown("1.1") with { AppliesTo = bound })
            .Kind.ShouldBe(VerdictKind.Refused);
    }

    [Fact]
    public void Flight_AppliesToOfEachKind_NeedsAllThatAreThere()
    {
        var combat = new AppliesTo([Theatre.UsAir], [], [PurposeCategory.Combat]);
        var flight = Draft.Flight(Draft.On(0, 0));
        VerdictOn(flight, Draft.StandDown("1.1") with { AppliesTo = combat }).Kind.ShouldBe(VerdictKind.NotCovered);
        VerdictOn(flight with { Purpose = Theatre.Strike }, Draft.StandDown("1.1") with { AppliesTo = combat }).Kind.ShouldBe(VerdictKind.Refused);
        VerdictOn(Draft.FlightOfRu(Draft.On(0, 0)) with { Purpose = Theatre.Strike }, Draft.StandDown("1.1") with { AppliesTo = combat })
            .Kind.ShouldBe(VerdictKind.NotCovered);
        VerdictOn(flight, Draft.StandDown("1.1") with { AppliesTo = new([], [Theatre.Strike], []) }).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Fact]
    public void Flight_VolumesOneAfterTheOther_IsOneStayWithEntryAndExit()
    {
        var verdict = VerdictOn(
            Draft.Flight(Draft.On(-1, 0, 99, 100), Draft.On(0, 0, 100, 101), Draft.On(0, 0, 101, 102.5), Draft.On(0, 0, 104, 105), Draft.On(5, 0, 105, 106)),
            Draft.StandDown("1.1"));
        var stays = verdict.Reasons.Where(reason => reason.Code == "stand-down.in-area").ToList();
        stays.Select(stay => (stay.From, stay.Until)).ShouldBe(
            [(Theatre.Hour(99), Theatre.Hour(102.5)), (Theatre.Hour(104), Theatre.Hour(105))]);
        stays[0].Volume.ShouldBeNull();
        stays[1].Volume.ShouldBe(3);
        stays[0].Area.ShouldBe(new Id<DesignatedArea>("north"));
        foreach (var place in stays.SelectMany(stay => new[] { stay.Place, stay.ExitPlace })) Theatre.Square(0, 0).Contains(place!.Value).ShouldBeTrue();
        Theatre.Square(-1, 0).Contains(stays[0].Place!.Value).ShouldBeTrue();
    }

    [Fact]
    public void Flight_AreaWithHeightsAndValidity_MeetsOnlyWithinBoth()
    {
        var area = Draft.Area("low", Theatre.Square(0, 0)) with { Heights = Theatre.Metres(0, 3_000), Validity = Theatre.Hours(50, 101) };
        Verdict On(Volume volume) => VerdictOn(Draft.Flight(volume), Draft.Agreement(Draft.StandDown("1.1")) with { Areas = [area] });

        var inside = On(Draft.On(0, 0)).The("stand-down.in-area");
        (inside.From, inside.Until).ShouldBe((Theatre.Hour(100), Theatre.Hour(101)));
        On(Draft.On(0, 0) with { Heights = Theatre.Metres(3_000, 4_000) }).Kind.ShouldBe(VerdictKind.Refused, "bounds belong to bands");
        On(Draft.On(0, 0) with { Heights = Theatre.Metres(3_001, 4_000) }).Kind.ShouldBe(VerdictKind.NotCovered);
        On(Draft.On(0, 0, 101, 102)).Kind.ShouldBe(VerdictKind.NotCovered, "the end does not belong to the validity");
        On(Draft.On(0, 0, 49, 50)).Kind.ShouldBe(VerdictKind.NotCovered, "the end does not belong to the volume");
        On(Draft.On(1, 0)).Kind.ShouldBe(VerdictKind.Refused, "edges belong to areas");
        On(Draft.On(2, 0)).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Fact]
    public void Flight_HeightsOfDifferentReferences_IsUnclearInTheirOverlapOnly()
    {
        var agreement = Draft.Agreement(Draft.StandDown("1.1")) with
        {
            Areas = [Draft.Area("low", Theatre.Square(0, 0)) with { Heights = Theatre.Metres(0, 3_000) }],
        };
        Verdict At(int floor, int ceiling) => VerdictOn(Draft.Flight(Draft.On(0, 0) with { Heights = Theatre.FlightLevels(floor, ceiling) }), agreement);

        At(20, 40).The("stand-down.in-area").Certainty.ShouldBe(Certainty.Certain);
        At(100, 110).The("stand-down.possibly-in-area").Certainty.ShouldBe(Certainty.Possible);
        At(100, 110).Kind.ShouldBe(VerdictKind.Unclear);
        At(150, 160).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    private static Verdict VerdictOn(Notice flight, params Clause[] clauses) => VerdictOn(flight, Draft.Agreement(clauses));

    private static Verdict VerdictOn(Notice flight, Agreement agreement)
    {
        var record = TestRecord.Founded().InForce(agreement);
        return record.VerdictOn(record.File(flight));
    }
}
