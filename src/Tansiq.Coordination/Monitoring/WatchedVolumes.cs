using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>From a parameter of a leg on, how sure it is that the point is in some volumes.</summary>
internal readonly record struct PresenceStep(Fraction Parameter, Certainty Level);

/// <summary>Volumes that count together: those of one area, or of the notices that one track is declared to fly.</summary>
internal sealed class WatchedVolumes(WatchedVolume[] volumes)
{
    private static readonly List<PresenceStep> Nowhere = [new(Fraction.Zero, Certainty.No)];

    /// <summary>How sure it is that the point is in one of the volumes at a moment; edges belong to them.</summary>
    public Certainty At(in Leg leg, Fraction parameter)
    {
        var most = Certainty.No;
        foreach (var volume in volumes)
        {
            var level = volume.At(leg, parameter);
            if (level > most) most = level;
        }

        return most;
    }

    /// <summary>
    /// The levels of a leg that takes time: the first step is at 0, each level differs from the one before, and every
    /// one lasts. A level holds from its step on; what lasts for no time is not there.
    /// </summary>
    /// <param name="leg">The leg.</param>
    /// <param name="scratch">Where it is worked out; what it gives lasts until it is used again.</param>
    public List<PresenceStep> Along(in Leg leg, LegScratch scratch)
    {
        scratch.Clear();
        foreach (var volume in volumes) volume.AddSpans(leg, scratch.Possible, scratch.Certain);
        if (scratch.Possible.Count == 0) return Nowhere;
        LegSpans.Join(scratch.Possible);
        LegSpans.Join(scratch.Certain);
        if (scratch.Possible.Count == 0) return Nowhere;
        AddSteps(scratch);
        return scratch.Steps;
    }

    private static void AddSteps(LegScratch scratch)
    {
        var moments = scratch.Moments;
        moments.Add(Fraction.Zero);
        foreach (var span in scratch.Possible) AddEnds(moments, span);
        foreach (var span in scratch.Certain) AddEnds(moments, span);
        moments.Sort();
        var steps = scratch.Steps;
        foreach (var moment in moments)
        {
            var level = LevelFrom(moment, scratch.Possible, scratch.Certain);
            if (steps.Count == 0 || steps[^1].Level != level) steps.Add(new(moment, level));
        }
    }

    private static void AddEnds(List<Fraction> moments, LegSpan span)
    {
        moments.Add(span.From);
        if (span.Until < Fraction.One) moments.Add(span.Until);
    }

    private static Certainty LevelFrom(Fraction moment, List<LegSpan> possible, List<LegSpan> certain)
    {
        if (HoldsFrom(certain, moment)) return Certainty.Certain;
        return HoldsFrom(possible, moment) ? Certainty.Possible : Certainty.No;
    }

    private static bool HoldsFrom(List<LegSpan> spans, Fraction moment)
    {
        foreach (var span in spans)
        {
            if (span.From <= moment && moment < span.Until) return true;
        }

        return false;
    }
}

/// <summary>Lists that are used again for every leg, so that looking at one makes no garbage.</summary>
internal sealed class LegScratch
{
    /// <summary>Spans in which a point is possibly in some volumes.</summary>
    public List<LegSpan> Possible { get; } = [];

    /// <summary>Spans in which it certainly is.</summary>
    public List<LegSpan> Certain { get; } = [];

    /// <summary>The ends of the spans.</summary>
    public List<Fraction> Moments { get; } = [];

    /// <summary>The levels along the leg.</summary>
    public List<PresenceStep> Steps { get; } = [];

    /// <summary>Empties all lists.</summary>
    public void Clear()
    {
        Possible.Clear();
        Certain.Clear();
        Moments.Clear();
        Steps.Clear();
    }
}
