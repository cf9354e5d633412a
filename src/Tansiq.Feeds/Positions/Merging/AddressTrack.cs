using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Merging;

/// <summary>What becomes of a position that one of several sources reports of an address.</summary>
internal enum MergeOutcome
{
    /// <summary>It is of the aircraft's one track.</summary>
    Given = 0,

    /// <summary>Another source gives the aircraft's positions at that time.</summary>
    Same = 1,

    /// <summary>It contradicts the other sources: it is of a track of its source alone.</summary>
    Apart = 2,
}

/// <summary>What is remembered of one 24-bit address while it is heard (docs/formats/feeds-merge.md). Times are nanoseconds since 1970 and never go back.</summary>
internal sealed class AddressTrack
{
    // The sources that were heard in the last ten minutes; hardly ever more than a few.
    private readonly List<Heard> _heard = [];
    private Fix? _last;

    // The last that is of another source than _last.
    private Fix? _lastOfAnother;

    /// <summary>When any source was last heard.</summary>
    public long LastHeard { get; private set; } = long.MinValue;

    /// <summary>Judges the next position.</summary>
    public MergeOutcome Take(int source, long time, GeoPoint place)
    {
        LastHeard = time;
        var index = Find(source, time);
        var heard = index < 0 ? new(source, time, IsApart: false, AgreesSince: null) : _heard[index] with { At = time };
        heard = Judge(heard, place, out var outcome);
        if (index >= 0) _heard[index] = heard;
        else if (_heard.Count < TrackMerge.MaximumSourcesOfAddress) _heard.Add(heard);
        return outcome;
    }

    /// <summary>Where a source stands; sources that were not heard for long are forgotten on the way.</summary>
    private int Find(int source, long time)
    {
        var found = -1;
        for (var index = _heard.Count - 1; index >= 0; index--)
        {
            if (time - _heard[index].At <= TrackMerge.MemoryNanoseconds)
            {
                if (_heard[index].Source == source) found = index;
                continue;
            }

            // The last, which has been looked at, takes its place.
            if (found == _heard.Count - 1) found = index;
            _heard[index] = _heard[^1];
            _heard.RemoveAt(_heard.Count - 1);
        }

        return found;
    }

    private Heard Judge(Heard heard, GeoPoint place, out MergeOutcome outcome)
    {
        var fix = new Fix(heard.Source, heard.At, place);
        if (LastOfOtherThan(heard.Source, heard.At) is not { } other)
        {
            outcome = heard.IsApart ? MergeOutcome.Apart : Give(fix);
            return heard with { AgreesSince = null };
        }

        if (!Agrees(other, fix))
        {
            outcome = MergeOutcome.Apart;
            return heard with { IsApart = true, AgreesSince = null };
        }

        if (heard.IsApart)
        {
            var isFresh = fix.At - other.At <= TrackMerge.RejoinNanoseconds;
            heard = heard with { AgreesSince = isFresh ? heard.AgreesSince ?? fix.At : null };
            if (heard.AgreesSince is not { } since || fix.At - since < TrackMerge.RejoinNanoseconds)
            {
                outcome = MergeOutcome.Apart;
                return heard;
            }
        }

        var isLed = _last is { } last && last.Source != fix.Source && fix.At - last.At <= TrackMerge.LatencyNanoseconds;
        outcome = isLed ? MergeOutcome.Same : Give(fix);
        return heard with { IsApart = false, AgreesSince = null };
    }

    private MergeOutcome Give(Fix fix)
    {
        if (_last is { } last && last.Source != fix.Source) _lastOfAnother = last;
        _last = fix;
        return MergeOutcome.Given;
    }

    private Fix? LastOfOtherThan(int source, long time)
    {
        var other = _last is { } last && last.Source != source ? _last : _lastOfAnother;
        return other is { } fix && time - fix.At <= TrackMerge.MemoryNanoseconds ? fix : null;
    }

    private static bool Agrees(Fix earlier, Fix later)
    {
        var milliseconds = (later.At - earlier.At + TrackMerge.LatencyNanoseconds) / TrackMerge.NanosecondsPerMillisecond;
        return Reach.Covers(earlier.Place, later.Place, TrackMerge.MaximumSpeedMetresPerSecond, milliseconds);
    }

    private readonly record struct Fix(int Source, long At, GeoPoint Place);

    private readonly record struct Heard(int Source, long At, bool IsApart, long? AgreesSince);
}
