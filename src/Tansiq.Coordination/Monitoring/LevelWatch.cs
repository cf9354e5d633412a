using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>How a level changed.</summary>
internal enum LevelChange
{
    /// <summary>The track appeared with it.</summary>
    Appeared = 0,

    /// <summary>It rose.</summary>
    Rise = 1,

    /// <summary>It fell.</summary>
    Fall = 2,

    /// <summary>The track was lost while it held it.</summary>
    Lost = 3,
}

/// <summary>Follows the levels of tracks in numbered groups of volumes, found by the index, and says when they change.</summary>
internal abstract class LevelWatch
{
    private readonly WatchedVolumes[] _groups;
    private readonly VolumeIndex _index;
    private readonly int[] _groupOfEntry;
    private readonly int _seenWithinMetres;
    private readonly List<int> _entries = [];
    private readonly List<int> _numbers = [];
    private readonly LegScratch _scratch = new();

    /// <param name="groups">The groups, each with its volumes.</param>
    /// <param name="conversion">How heights of different references compare.</param>
    /// <param name="seenWithinMetres">From how far at most a volume of them matters.</param>
    protected LevelWatch(IReadOnlyList<WatchedGroup> groups, HeightConversion conversion, int seenWithinMetres)
    {
        _groups = [.. groups.Select(group => group.Watched)];
        _seenWithinMetres = seenWithinMetres;
        (_index, _groupOfEntry) = GroupIndex.Of(groups, conversion);
    }

    /// <summary>A track is there, and it is not known how it came there.</summary>
    public void Appear(TrackState state, in Leg leg, ReplayCause cause)
    {
        foreach (var number in GroupsNear(leg, Held(state)))
        {
            if (!Counts(state, number)) continue;
            var level = Capped(_groups[number].At(leg, Fraction.Zero), state, number);
            if (level == Certainty.No) continue;
            Held(state).Set(number, level);
            Report(new(state, number, LevelChange.Appeared, level, cause), leg, Fraction.Zero);
        }
    }

    /// <summary>A track moved on.</summary>
    public void Move(TrackState state, in Leg leg)
    {
        foreach (var number in GroupsNear(leg, Held(state)))
        {
            if (Counts(state, number)) MoveInGroup(state, number, leg);
        }
    }

    /// <summary>A track is not followed any more; it was last where the leg stands.</summary>
    public void Lose(TrackState state, in Leg leg, ReplayCause cause)
    {
        foreach (var (number, level) in Held(state).All) Report(new(state, number, LevelChange.Lost, level, cause), leg, Fraction.Zero);
        Held(state).Clear();
    }

    /// <summary>The levels that a track holds here.</summary>
    protected abstract HeldLevels Held(TrackState state);

    /// <summary>Whether a group counts for a track at all.</summary>
    protected virtual bool Counts(TrackState state, int number) => true;

    /// <summary>The greatest level that a track can have in a group.</summary>
    protected virtual Certainty Cap(TrackState state, int number) => state.Cap;

    /// <summary>Takes a change, at a parameter of a leg.</summary>
    protected abstract void Report(in LevelChanged change, in Leg leg, Fraction parameter);

    private void MoveInGroup(TrackState state, int number, in Leg leg)
    {
        var before = Held(state)[number];
        var held = before;
        foreach (var step in _groups[number].Along(leg, _scratch))
        {
            var level = Capped(step.Level, state, number);
            if (level == held) continue;
            if (level > held) Report(new(state, number, LevelChange.Rise, level, null), leg, step.Parameter);
            else Report(new(state, number, LevelChange.Fall, LevelChanged.OfFallTo(level), null), leg, step.Parameter);
            held = level;
        }

        if (held != before) Held(state).Set(number, held);
    }

    // A group in which a level is held is looked at wherever the leg is, so that nothing that was entered stays entered.
    private List<int> GroupsNear(in Leg leg, HeldLevels held)
    {
        _numbers.Clear();
        if (_groups.Length == 0) return _numbers;
        _entries.Clear();
        _index.Near(leg.SeenWithin(_seenWithinMetres).Box, leg.From.Moment, leg.To.Moment, VolumeIndex.LatestSize, _entries);
        foreach (var entry in _entries)
        {
            var number = _groupOfEntry[entry];
            if (_numbers.Count == 0 || _numbers[^1] != number) _numbers.Add(number);
        }

        if (held.Count > 0) AddHeld(held);
        return _numbers;
    }

    private void AddHeld(HeldLevels held)
    {
        var near = _numbers.Count;
        foreach (var (number, _) in held.All)
        {
            if (_numbers.BinarySearch(0, near, number, null) < 0) _numbers.Add(number);
        }

        if (_numbers.Count > near) _numbers.Sort();
    }

    private Certainty Capped(Certainty level, TrackState state, int number)
    {
        if (level == Certainty.No) return level;
        var cap = Cap(state, number);
        return level > cap ? cap : level;
    }
}

/// <summary>A level that changed.</summary>
/// <param name="State">The track.</param>
/// <param name="Number">The group's number.</param>
/// <param name="Change">How.</param>
/// <param name="Certainty">How sure the change is.</param>
/// <param name="Cause">Why it appeared or was lost; null for the others.</param>
internal readonly record struct LevelChanged(TrackState State, int Number, LevelChange Change, Certainty Certainty, ReplayCause? Cause)
{
    /// <summary>How sure it is that a track is outside: fallen to possible, it possibly is; fallen to none, certainly.</summary>
    public static Certainty OfFallTo(Certainty level) => level == Certainty.No ? Certainty.Certain : Certainty.Possible;
}
