using System.Collections.Immutable;
using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>One step under way: the state as it becomes, and the effects so far. Used once.</summary>
internal sealed partial class CentreStep
{
    private readonly CentreState _before;
    private readonly Instant _now;
    private readonly List<CentreEffect> _effects = [];
    private CentreState _state;

    public CentreStep(CentreState state, Instant now) => (_before, _state, _now) = (state, state, now);

    private FederationTimes Times => _before.Settings.Times;

    private NodeName Self => _before.Settings.Self;

    private NodeName Office => _before.Settings.Office;

    public void Learn(CentreInput input)
    {
        switch (input)
        {
            case CentreInput.Said said: Said(said); break;
            case CentreInput.Answered answered: Answered(answered); break;
            case CentreInput.NotAnswered failed: NotAnswered(failed.Number); break;
            case CentreInput.Looked looked: Looked(looked); break;
            case CentreInput.Followed followed: Followed(followed.From, followed.Outcome); break;
            case CentreInput.Told told: Told(told); break;
            case CentreInput.BecameJoint joint: Joint(joint.JointSize); break;
            case CentreInput.HeadShown shown: HeadShown(shown); break;
            case CentreInput.OtherPicture other: Raise(other.Fault, other.By); break;
            case CentreInput.Delivered delivered: Delivered(delivered); break;
            case CentreInput.UnansweredShown shown: UnansweredShown(shown); break;
            case CentreInput.ClockMeasured measured: ClockMeasured(measured); break;
            case CentreInput.Settled settled: Settle(settled.Code); break;
            case CentreInput.Tick: break;
            default: throw new InvalidOperationException("An input that nobody decides.");
        }
    }

    /// <summary>All that is due now, whatever was learnt.</summary>
    public (CentreState State, ImmutableArray<CentreEffect> Effects) Done()
    {
        Forget();
        GiveUpWaiting();
        Submit();
        LookForOwn();
        FindWithheld();
        FindLagging();
        FindWrongClockOfRecord();
        Follow();
        Correspond();
        MeasureClocks();
        NoticeStandstill();
        NoticeForks();
        return (_state with { NextDue = NextDue() }, [.. _effects]);
    }

    private void Do(CentreEffect effect) => _effects.Add(effect);

    private PeerState Peer(NodeName name) => _state.Peers.GetValueOrDefault(name) ?? new();

    // What strangers show is not remembered.
    private void SetPeer(NodeName name, PeerState peer)
    {
        if (_state.Peers.ContainsKey(name)) _state = _state with { Peers = _state.Peers.SetItem(name, peer) };
    }

    private void Hear(NodeName name) => SetPeer(name, Peer(name) with { HeardAt = _now });

    private Instant After(int failures, NodeName whom) => _now + Pauses.After(failures, Times, _before.Settings.JitterSeed, whom);
}
