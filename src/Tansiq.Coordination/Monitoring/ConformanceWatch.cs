using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Says whether tracks keep to the volumes of the notices that they are declared to fly.</summary>
internal sealed class ConformanceWatch(EventBuffer events)
{
    private readonly LegScratch _scratch = new();

    /// <summary>A track is there, and it is not known how it came there.</summary>
    public void Appear(TrackState state, in Leg leg)
    {
        if (state.Declaration is not { } declaration) return;
        var level = state.Capped(declaration.Volumes.At(leg, Fraction.Zero));
        state.Conformance = level;
        Add(state, declaration, leg, new(Fraction.Zero, level), isRise: level > Certainty.No);
    }

    /// <summary>A track moved on.</summary>
    public void Move(TrackState state, in Leg leg)
    {
        if (state.Declaration is not { } declaration) return;
        foreach (var found in declaration.Volumes.Along(leg, _scratch))
        {
            var step = found with { Level = state.Capped(found.Level) };
            if (step.Level == state.Conformance) continue;
            Add(state, declaration, leg, step, isRise: step.Level > state.Conformance);
            state.Conformance = step.Level;
        }
    }

    /// <summary>A track is not followed any more; it was last where the leg stands.</summary>
    public void Lose(TrackState state, in Leg leg, ReplayCause cause)
    {
        if (state.Conformance is not { } level) return;
        events.AddUnwritten(new ConformanceLost
        {
            Kind = ReplayEventKind.Lost,
            Track = state.Track,
            At = leg.MomentAt(Fraction.Zero),
            Place = leg.From.Place,
            Height = leg.From.Height,
            Certainty = level,
            Attribution = state.Attribution,
            Cause = cause,
        });
        state.Conformance = null;
    }

    private void Add(TrackState state, Declaration declaration, in Leg leg, PresenceStep step, bool isRise) =>
        events.Add(new ConformanceEvent
        {
            Kind = isRise ? ReplayEventKind.Conforming : ReplayEventKind.Nonconforming,
            Track = state.Track,
            At = leg.MomentAt(step.Parameter),
            Place = leg.PlaceAt(step.Parameter),
            Height = leg.HeightAt(step.Parameter),
            Certainty = isRise ? step.Level : LevelChanged.OfFallTo(step.Level),
            Attribution = state.Attribution,
            Flights = declaration.Flights,
        });
}

/// <summary>A track that is declared to fly notices is not followed any more. Not written: it only ends an alert.</summary>
internal sealed record ConformanceLost : ReplayEvent
{
    /// <summary>Why.</summary>
    public required ReplayCause Cause { get; init; }
}
