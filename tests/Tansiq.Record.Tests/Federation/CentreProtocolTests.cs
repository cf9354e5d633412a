using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record.Federation;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Tests.Federation;

/// <summary>Single steps of a centre, where the simulation shows only what comes of many.</summary>
public sealed class CentreProtocolTests
{
    private static readonly NodeName Us = NodeName.Of("us.example");
    private static readonly NodeName Office = NodeName.Of("office.example");
    private static readonly NodeName Ru = NodeName.Of("ru.example");
    private static readonly NodeName Third = NodeName.Of("tr.example");
    private static readonly FederationTimes Times = FederationTimes.Default;
    private CentreState _state;
    private Instant _now = Instant.FromUtc(2016, 7, 15, 9, 0);

    public CentreProtocolTests() => _state = Started([]);

    [Fact, Trait("Requirement", "PTY-2")]
    public void Submit_OfficeBusyInTheMiddle_SendsTheRestAgainInTheSameOrderAfterAPause()
    {
        Learn(new CentreInput.Said(Leaf(1))).OfType<CentreEffect.Submit>().Single().Leaves.ShouldBe([Leaf(1)]);
        foreach (var number in new[] { 2, 3, 4 }) Learn(new CentreInput.Said(Leaf(number))).OfType<CentreEffect.Submit>().ShouldBeEmpty("one request at a time");
        var second = Learn(new CentreInput.Answered(1, [new EntryAnswer.Accepted(7)])).OfType<CentreEffect.Submit>().Single();
        second.Leaves.ShouldBe([Leaf(2), Leaf(3), Leaf(4)]);
        Learn(new CentreInput.Answered(2, [new EntryAnswer.Accepted(8), new EntryAnswer.Busy()])).OfType<CentreEffect.Submit>().ShouldBeEmpty();
        Learn(new CentreInput.Answered(1, [new EntryAnswer.Accepted(99)])).OfType<CentreEffect.Submit>().ShouldBeEmpty("a late answer");
        After(Times.FirstPause).OfType<CentreEffect.Submit>().Single().Leaves.ShouldBe([Leaf(3), Leaf(4)]);
        _state.Outbox.Select(entry => entry.Index).ShouldBe([7, 8, null, null]);
    }

    [Fact, Trait("Requirement", "PTY-2")]
    public void Submit_AfterARestart_SendsAllThatIsNotJointAgain()
    {
        _state = Started([(Leaf(1), _now), (Leaf(2), _now)]);
        Learn(new CentreInput.Tick()).OfType<CentreEffect.Submit>().Single().Leaves.ShouldBe([Leaf(1), Leaf(2)]);
    }

    [Fact, Trait("Requirement", "PTY-2")]
    public void Answer_PlacesInAnotherOrderThanSent_AccusesTheOffice()
    {
        Learn(new CentreInput.Said(Leaf(0)));
        Learn(new CentreInput.Said(Leaf(1)));
        Learn(new CentreInput.Said(Leaf(2)));
        Learn(new CentreInput.Answered(1, [new EntryAnswer.Accepted(4)]));
        Learn(new CentreInput.Answered(2, [new EntryAnswer.Accepted(9), new EntryAnswer.Accepted(8)]));
        var finding = _state.Findings.ShouldHaveSingleItem();
        (finding.Fault.Code, finding.About, finding.IsFork).ShouldBe((RecordFaults.Reordered, Office, false));
    }

    [Fact, Trait("Requirement", "PTY-2")]
    public void Accepted_ThatStandsElsewhere_IsSubmittedAgainAndForgottenOnlyWhenJoint()
    {
        Learn(new CentreInput.Said(Leaf(1)));
        Learn(new CentreInput.Answered(1, [new EntryAnswer.Accepted(4)])).OfType<CentreEffect.Look>().ShouldBeEmpty("the record is not there yet");
        Keep(size: 6).OfType<CentreEffect.Look>().Single().Leaf.ShouldBe(Leaf(1));
        Learn(new CentreInput.Looked(Leaf(1), null, 6)).OfType<CentreEffect.Submit>().ShouldHaveSingleItem();
        _state.Findings.ShouldHaveSingleItem().Fault.Code.ShouldBe(RecordFaults.Withheld);
        Learn(new CentreInput.Answered(2, [new EntryAnswer.Accepted(6)]));
        Keep(size: 7);
        Learn(new CentreInput.Looked(Leaf(1), 6, 7)).OfType<CentreEffect.Forget>().ShouldBeEmpty();
        Learn(new CentreInput.BecameJoint(7)).OfType<CentreEffect.Forget>().Single().Leaf.ShouldBe(Leaf(1));
        _state.Outbox.ShouldBeEmpty();
        _state.Findings.ShouldBeEmpty("it stands where it should");
    }

    [Fact, Trait("Requirement", "PTY-2")]
    public void Unanswered_AfterTheAgreedTime_IsLookedForAndThenShownToTheOtherCentres()
    {
        Keep(size: 3);
        foreach (var other in new[] { Office, Ru, Third }) Learn(new CentreInput.Delivered(other, IsDelivered: true));
        Learn(new CentreInput.Said(Leaf(1)));
        After(Times.Unanswered - Duration.FromSeconds(1)).OfType<CentreEffect.Look>().ShouldBeEmpty();
        After(Duration.FromSeconds(1)).OfType<CentreEffect.Look>().ShouldHaveSingleItem();
        foreach (var other in new[] { Office, Ru, Third }) Learn(new CentreInput.Delivered(other, IsDelivered: true));
        Learn(new CentreInput.Looked(Leaf(1), null, 3)).OfType<CentreEffect.ShowUnanswered>().Select(shown => (shown.To, shown.LookedThrough)).ShouldBe([(Ru, 3L), (Third, 3L)]);
    }

    [Fact, Trait("Requirement", "REC-5")]
    public void Head_ThatContradicts_StopsCosigningUntilItIsSettled()
    {
        Keep(size: 5, joint: 5);
        (_state.EffectiveJointSize, _state.MayPermit).ShouldBe((5, true));
        var split = new Fault(RecordFaults.SplitView, "size 4", "a root", "another root");
        Learn(new CentreInput.HeadShown(Ru, 4, split, [])).OfType<CentreEffect.StopCosigning>().Single().Fault.ShouldBe(split);
        (_state.EffectiveJointSize, _state.MayPermit).ShouldBe((0, false));
        Keep(size: 6, joint: 6);
        _state.IsForked.ShouldBeTrue("what is well with one view says nothing of the other");
        Learn(new CentreInput.Settled(RecordFaults.SplitView)).OfType<CentreEffect.GoOnCosigning>().ShouldHaveSingleItem();
        _state.EffectiveJointSize.ShouldBe(6);
    }

    [Fact, Trait("Requirement", "REC-6")]
    public void Record_WhoseTimeFallsBehind_StandsStillThoughItGrows()
    {
        Keep(size: 5, joint: 5);
        var recordTime = _now;
        After(Times.StandStill).OfType<CentreEffect.StandStill>().ShouldBeEmpty();
        After(Duration.FromMilliseconds(1)).OfType<CentreEffect.StandStill>().ShouldHaveSingleItem();
        _state.MayPermit.ShouldBeFalse();
        Learn(new CentreInput.Followed(Office, new FollowOutcome.Kept(9, 9, 9, recordTime, null))).OfType<CentreEffect.GoOn>().ShouldBeEmpty("entries without time");
        Keep(size: 10, joint: 10).OfType<CentreEffect.GoOn>().ShouldHaveSingleItem();
        _state.MayPermit.ShouldBeTrue();
    }

    [Fact, Trait("Requirement", "REC-6")]
    public void Clock_OfOneOther_IsItsOwnFault_OfMostOthers_Ours()
    {
        Keep(size: 5, joint: 5);
        Clock(Office, 0);
        Clock(Ru, 60);
        _state.Findings.ShouldHaveSingleItem().About.ShouldBe(Ru);
        _state.MayPermit.ShouldBeTrue();
        Clock(Third, 60);
        _state.Findings.ShouldHaveSingleItem().About.ShouldBe(Us);
        _state.MayPermit.ShouldBeFalse();
        Clock(Ru, 0);
        Clock(Third, 0);
        _state.Findings.ShouldBeEmpty();
        // Half the way there and back is not known: only what is certain is held against anybody.
        Learn(new CentreInput.ClockMeasured(Ru, ClockReading.Of(_now - Duration.FromSeconds(30), _now, _now)));
        _state.Findings.ShouldBeEmpty();
    }

    [Fact, Trait("Requirement", "PTY-2")]
    public void UnansweredShown_OfWhatStandsThere_AccusesItsAuthor_AndTheRestIsPassedOn()
    {
        Keep(size: 5);
        Learn(new CentreInput.UnansweredShown(Ru, 5, [new(Leaf(8), null)])).OfType<CentreEffect.Submit>().Single().Leaves.ShouldBe([Leaf(8)]);
        _state.Findings.ShouldBeEmpty();
        Learn(new CentreInput.UnansweredShown(Ru, 3, [new(Leaf(9), 4)]));
        _state.Findings.ShouldBeEmpty("it had looked no further");
        Learn(new CentreInput.UnansweredShown(Ru, 5, [new(Leaf(9), 4)]));
        var finding = _state.Findings.ShouldHaveSingleItem();
        (finding.Fault.Code, finding.About).ShouldBe((RecordFaults.FalselyUnanswered, Ru));
    }

    private static MerkleHash Leaf(int number) => MerkleHashing.Leaf([(byte)number]);

    private CentreState Started(ImmutableArray<(MerkleHash, Instant)> outbox) =>
        CentreProtocol.Start(new(Us, Office, [Ru, Third], Times, JitterSeed: 1), new(0, 0, 0, null, outbox, []), _now);

    private ImmutableArray<CentreEffect> Learn(CentreInput input)
    {
        (_state, var effects) = CentreProtocol.Step(_state, input, _now);
        return effects;
    }

    private ImmutableArray<CentreEffect> Keep(long size, long joint = 0) => Learn(new CentreInput.Followed(Office, new FollowOutcome.Kept(size, joint, size, _now, null)));

    private ImmutableArray<CentreEffect> After(Duration wait)
    {
        _now += wait;
        return Learn(new CentreInput.Tick());
    }

    private void Clock(NodeName of, int secondsAway) => Learn(new CentreInput.ClockMeasured(of, ClockReading.Of(_now, _now + Duration.FromSeconds(secondsAway), _now)));
}
