namespace Tansiq.Coordination.Monitoring;

/// <summary>Turns the movement of tracks into events of areas, of conformance and of conflict.</summary>
internal sealed class PresenceWatch(AreaWatch areas, ConformanceWatch conformance, ConflictWatch conflicts)
{
    /// <summary>A track is there, and it is not known how it came there.</summary>
    public void Appear(TrackState state, in Fix fix, ReplayCause cause)
    {
        state.Follow(fix);
        var leg = Leg.Standing(fix);
        areas.Appear(state, leg, cause);
        conformance.Appear(state, leg);
        conflicts.Appear(state, leg, cause);
    }

    /// <summary>A track moved on.</summary>
    public void Move(TrackState state, in Fix fix)
    {
        var leg = new Leg(state.Anchor, fix);
        state.Follow(fix);
        areas.Move(state, leg);
        conformance.Move(state, leg);
        conflicts.Move(state, leg);
    }

    /// <summary>A track is not followed any more; it was last at its anchor.</summary>
    public void Lose(TrackState state, ReplayCause cause)
    {
        var leg = Leg.Standing(state.Anchor);
        areas.Lose(state, leg, cause);
        conformance.Lose(state, leg, cause);
        conflicts.Lose(state, leg, cause);
        state.Lose();
    }
}
