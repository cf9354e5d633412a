using Tansiq.Feeds.Positions.Ordering;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Merging;

/// <summary>
/// Makes one track of what several sources report of one aircraft, each position with its source. The rule, so that
/// another program can follow it: docs/formats/feeds-merge.md.
/// </summary>
/// <remarks>Takes positions in the order of time. Memory is bounded. Used by one thread.</remarks>
internal sealed class TrackMerge(IReadOnlyList<string> sourceNames)
{
    /// <summary>The greatest speed at which places of one aircraft agree.</summary>
    public const int MaximumSpeedMetresPerSecond = 1_000;

    /// <summary>By how much the times of a source may be behind those of another.</summary>
    public const long LatencyNanoseconds = 5_000_000_000;

    /// <summary>For how long what contradicted has to agree until it is of the same track again.</summary>
    public const long RejoinNanoseconds = 60_000_000_000;

    /// <summary>For how long an address and a source are remembered after they were heard.</summary>
    public const long MemoryNanoseconds = 600_000_000_000;

    /// <summary>Nanoseconds of a millisecond, the unit in which reach is measured.</summary>
    public const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>The most addresses that are remembered at a time; positions of further ones are of a track of their source.</summary>
    public const int MaximumAddresses = 100_000;

    /// <summary>The most sources of one address that are remembered; a further one is judged each time as if it were new.</summary>
    public const int MaximumSourcesOfAddress = 16;

    /// <summary>The most tracks without an address that are remembered; further ones bear their source's name from the start.</summary>
    public const int MaximumOtherTracks = 100_000;

    private const int AddressDigits = 6;

    private readonly Dictionary<string, AddressTrack> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Track, int Source), string> _ownNames = [];
    private long _lastSweep = long.MinValue;

    /// <summary>The name of a source in positions.</summary>
    public string NameOf(int source) => sourceNames[source];

    /// <summary>The position with its source, on its track; or that another source gives it (<c>feeds.same-position</c>).</summary>
    public Parsed<ReportedPosition> Take(int source, RecordPlace place, ReportedPosition reported)
    {
        var name = sourceNames[source];
        if (!IsAddress(reported.Track)) return reported with { Track = IsOwner(source, reported.Track) ? reported.Track : OwnName(source, reported.Track), Source = name };
        var outcome = Judge(source, reported);
        if (outcome == MergeOutcome.Given) return reported with { Source = name };
        if (outcome == MergeOutcome.Apart) return reported with { Track = OwnName(source, reported.Track), Source = name };
        return new Refusal(
            FeedRefusals.SamePosition, place.ToString(), FeedRefusals.Invariant($"{reported.Track} at {reported.Position.At}"),
            "an aircraft whose position no other source gives at that time");
    }

    private MergeOutcome Judge(int source, ReportedPosition reported)
    {
        var time = TimeSpread.Nanoseconds(reported.Position.At);
        var isKnown = _addresses.TryGetValue(reported.Track, out var address);
        if (!isKnown || time - address!.LastHeard > MemoryNanoseconds)
        {
            Sweep(time);
            if (!isKnown && _addresses.Count >= MaximumAddresses) return MergeOutcome.Apart;
            _addresses[reported.Track] = address = new();
        }

        return address.Take(source, time, reported.Position.Place);
    }

    /// <summary>Forgets what has not been heard for long; looks at most once in that time, so that it costs nothing.</summary>
    private void Sweep(long time)
    {
        if (_lastSweep != long.MinValue && time - _lastSweep <= MemoryNanoseconds) return;
        _lastSweep = time;
        foreach (var (name, address) in _addresses)
        {
            if (time - address.LastHeard > MemoryNanoseconds) _addresses.Remove(name);
        }

        _ownNames.Clear();
    }

    private bool IsOwner(int source, string track)
    {
        if (_owners.TryGetValue(track, out var owner)) return owner == source;
        if (_owners.Count == MaximumOtherTracks) return false;
        _owners.Add(track, source);
        return true;
    }

    /// <summary>One string for each, as long as it is in use.</summary>
    private string OwnName(int source, string track)
    {
        if (_ownNames.TryGetValue((track, source), out var name)) return name;
        name = $"{track}@{sourceNames[source]}";
        if (_ownNames.Count < MaximumAddresses) _ownNames.Add((track, source), name);
        return name;
    }

    /// <summary>Whether a track is a 24-bit address: six hexadecimal digits in lower case.</summary>
    private static bool IsAddress(string track)
    {
        if (track.Length != AddressDigits) return false;
        foreach (var character in track)
        {
            if (!char.IsAsciiHexDigitLower(character)) return false;
        }

        return true;
    }
}
