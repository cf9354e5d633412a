using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

/// <summary>What becomes of a notice, of the words given to it and of the flights beside it while its flight takes its course.</summary>
[Trait("Requirement", "FLT-1")]
public sealed class FlightCourseTests
{
    private const string Conflict = "separation.conflict";
    private const string OtherTerms = "flight.consent-to-other-terms";

    private static readonly Notice Flight = Draft.Flight(Draft.On(5, 5));
    private static readonly Notice Operation = Flight with { Purpose = Theatre.Strike, AnswerBy = Theatre.Hour(50) };

    private static TestRecord WithSeparation() =>
        TestRecord.With(Draft.Separation("5.1"), Draft.JointConsent("3.1") with { AppliesTo = new([], [Theatre.Strike], []) });

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Operation_InTheAirAndRetimedPastItsDeadline_StaysInTheWayUntilItIsOver()
    {
        var record = WithSeparation();
        var operation = record.File(Operation);
        record.Tell(Theatre.Ru, new Consent(operation));
        record.At(100).Tell(Theatre.Us, new Activation(operation));
        var retimed = record.At(101).Tell(Theatre.Us, new Retiming(operation, [Theatre.Hours(101, 110)]));
        NoticeStanding.IsLapsed(record.Latest, record.Latest.FindNotice(retimed)!, Theatre.Hour(101)).ShouldBeTrue("no word was given to the new times by the deadline");

        var other = record.File(Draft.FlightOfRu(Draft.On(5, 5, 105, 106)));
        record.VerdictOn(other).The(Conflict).Flight!.Hash.ShouldBe(retimed);
        WhatApplies.At(record.Latest, GeoPoint.FromDegrees(37.1, 38.1), height: null, Theatre.Hour(105), 0).Flights.Select(each => each.Notice.Reference.Hash).ShouldContain(retimed);
        record.Tell(Theatre.Us, new Completion(retimed));
        record.VerdictOn(other).Kind.ShouldBe(VerdictKind.NotCovered, "the sky is free once it is over");
        record.VerdictOn(other, Theatre.Hour(100.5)).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Fact]
    [Trait("Requirement", "FLT-2")]
    public void Amendment_OfWhatHasConsent_AsksAnewAndSaysWhoseWordStayedBehind()
    {
        var record = WithSeparation();
        var operation = record.File(Operation);
        record.Tell(Theatre.Ru, new Consent(operation));
        record.VerdictOn(operation).Kind.ShouldBe(VerdictKind.NoObjection);

        var amended = record.Tell(Theatre.Us, new Amendment(operation, Operation with { Volumes = [Draft.On(9, 9)] }));
        var verdict = record.VerdictOn(amended);
        verdict.ConsentOf.ShouldBe([Theatre.Ru]);
        verdict.The(OtherTerms).Parties.ShouldBe([Theatre.Ru]);
        verdict.The(OtherTerms).Flight!.Hash.ShouldBe(operation);
        record.VerdictOn(operation).The("flight.superseded").Flight!.Hash.ShouldBe(amended);
        record.VerdictWhileJoint(0, amended).Codes().ShouldNotContain(OtherTerms, "a word that is not joint yet is no word");

        record.Tell(Theatre.Ru, new Consent(amended));
        record.VerdictOn(amended).Kind.ShouldBe(VerdictKind.NoObjection);
    }

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Amendment_OfAnEarlierFlight_ComesAfterTheOthersAndFreesWhereItWas()
    {
        var record = WithSeparation();
        var first = record.File(Flight);
        var other = record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        record.VerdictOn(other).The(Conflict).Flight!.Hash.ShouldBe(first);
        var amended = record.Tell(Theatre.Us, new Amendment(first, Draft.Flight(Draft.On(5, 5, 101, 103))));
        record.VerdictOn(other).Codes().ShouldBe(["separation.later-flight"]);
        record.VerdictOn(amended).The(Conflict).Flight!.Hash.ShouldBe(other);
        var away = record.Tell(Theatre.Us, new Amendment(amended, Draft.Flight(Draft.On(20, 20))));
        record.VerdictOn(other).Kind.ShouldBe(VerdictKind.NotCovered);
        record.VerdictOn(away).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "FLT-2")]
    public void Objection_WhenAnotherNoticeTakesThePlace_GoesAlongUntilItsPartyConsentsToThatOne(bool isInTheAir)
    {
        var record = WithSeparation();
        var notice = record.File(Flight);
        record.Tell(Theatre.Ru, new Objection(notice));
        if (isInTheAir) record.Tell(Theatre.Us, new Activation(notice));
        ContentHash InPlaceOf(ContentHash old, double hour) => record.Tell(Theatre.Us, isInTheAir
            ? new Retiming(old, [Theatre.Hours(hour, hour + 2)])
            : new Amendment(old, Draft.Flight(Draft.On(5, 5, hour, hour + 2))));

        var second = InPlaceOf(notice, 110);
        var third = InPlaceOf(second, 120);
        record.VerdictOn(third).The("flight.objection").Parties.ShouldBe([Theatre.Ru]);
        record.Tell(Theatre.Ru, new Consent(third));
        record.VerdictOn(third).Kind.ShouldBe(VerdictKind.NotCovered);
        record.VerdictWhileJoint(0, third).Kind.ShouldBe(VerdictKind.Refused, "its word counts once it is joint");
    }

    [Fact]
    [Trait("Requirement", "FLT-2")]
    public void Objection_ThatCitesASupersededNotice_CountsForTheOneThatStands()
    {
        var record = WithSeparation();
        var notice = record.File(Flight);
        var amended = record.Tell(Theatre.Us, new Amendment(record.Tell(Theatre.Us, new Amendment(notice, Flight)), Draft.Flight(Draft.On(7, 7))));
        record.Tell(Theatre.Ru, new Objection(notice));
        record.VerdictOn(amended).The("flight.objection").Parties.ShouldBe([Theatre.Ru]);
        record.Latest.FindNotice(notice)!.Answers.ShouldBeEmpty();
    }

    [Fact]
    public void State_OfEachStep_IsWhatWasSaidUntilThatMoment()
    {
        var record = WithSeparation();
        var notice = record.File(Flight);
        var amended = record.At(10).Tell(Theatre.Us, new Amendment(notice, Draft.Flight(Draft.On(6, 6))));
        record.At(100).Tell(Theatre.Us, new Activation(amended));
        record.Say(Theatre.Us, new Withdrawal(amended)).Admission.ShouldBe(new Admission.Inert("flights.already-active", "/body/cites"));
        var late = record.At(103).Tell(Theatre.Us, new Retiming(amended, [Theatre.Hours(100, 105)]));
        record.At(104).Tell(Theatre.Us, new Completion(late));
        FlightState Of(ContentHash hash, double hour) => record.Latest.FindNotice(hash)!.StateAt(Theatre.Hour(hour));

        (Of(notice, 9), Of(notice, 10)).ShouldBe((FlightState.Filed, FlightState.Superseded));
        (Of(amended, 99), Of(amended, 100), Of(amended, 103)).ShouldBe((FlightState.Filed, FlightState.Active, FlightState.Superseded));
        (Of(late, 103), Of(late, 104)).ShouldBe((FlightState.Active, FlightState.Completed));
        record.Latest.FindStanding(notice)!.Reference.Hash.ShouldBe(late);
        record.Latest.FindNotice(late)!.Notice.Volumes.Single().Time.ShouldBe(Theatre.Hours(100, 105));
        record.VerdictOn(late).The("flight.completed").From.ShouldBe(Theatre.Hour(104));
    }

    [Fact]
    public void Withdrawal_OfWhatNeverTookOff_FreesTheAirUntilItsEnd()
    {
        var record = WithSeparation();
        var notice = record.File(Flight);
        record.At(101).Tell(Theatre.Us, new Withdrawal(notice));
        record.VerdictOn(record.File(Draft.FlightOfRu(Draft.On(5, 5, 101.5, 103)))).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Fact]
    public void Standing_ConsentToASupersededNoticeThatBecomesJoint_ChangesWhatIsSaidOfTheNewOneFarAway()
    {
        var record = WithSeparation();
        var notice = record.File(Operation);
        var before = record.Size;
        record.Tell(Theatre.Ru, new Consent(notice));
        var amended = record.Tell(Theatre.Us, new Amendment(notice, Operation with { Volumes = [Draft.On(30, 30)] }));
        var waiting = record.Latest.WithJointSize(before);
        var (_, changes) = StandingVerdicts.Of(waiting).Joint(waiting, record.Latest);
        changes.ShouldHaveSingleItem().Flight.Hash.ShouldBe(amended);
    }
}
