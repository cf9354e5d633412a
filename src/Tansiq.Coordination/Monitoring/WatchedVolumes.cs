using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>From a parameter of a leg on, how sure it is that the point is in some volumes.</summary>
internal readonly record struct PresenceStep(Fraction Parameter, Certainty Level);

/// <summary>Volumes that count together: those of one area, or of the notices that one track is declared to fly.</summary>
internal sealed class WatchedVolumes(WatchedVolume[] volumes)
{
    private static readonly List<PresenceStep> Nowhere = [new(Fraction.Zero, Certainty.No)];

    /// <summary>The boxes of the volumes.</summary>
    public IEnumerable<TurningBox> Boxes => volumes.Select(volume => volume.Box);

    /// <summary>How sure it is that the point is in one of the volumes at a moment; edges belong to them.</summary>
    public Certainty At(Leg leg, Fraction parameter)
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
    public IReadOnlyList<PresenceStep> Along(Leg leg)
    {
        var possible = new List<LegSpan>();
        var certain = new List<LegSpan>();
        foreach (var volume in volumes)
        {
            if (volume.Box.Meets(leg)) volume.AddSpans(leg, possible, certain);
        }

        LegSpans.Join(possible);
        LegSpans.Join(certain);
        return possible.Count == 0 ? Nowhere : Steps(possible, certain);
    }

    private static List<PresenceStep> Steps(List<LegSpan> possible, List<LegSpan> certain)
    {
        var moments = new List<Fraction> { Fraction.Zero };
        foreach (var span in possible) AddEnds(moments, span);
        foreach (var span in certain) AddEnds(moments, span);
        moments.Sort();
        var steps = new List<PresenceStep>();
        foreach (var moment in moments)
        {
            var level = LevelFrom(moment, possible, certain);
            if (steps.Count == 0 || steps[^1].Level != level) steps.Add(new(moment, level));
        }

        return steps;
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
