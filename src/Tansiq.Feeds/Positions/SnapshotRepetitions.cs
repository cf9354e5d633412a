using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Tells what a snapshot repeats of an earlier one: the same track at the same place, its time the same to a second.</summary>
/// <remarks>
/// A snapshot gives the age of a position in tenths of a second, so the times that come of it differ a little from one
/// to the next. What stands still and was heard again has a later time and is no repetition.
/// </remarks>
internal sealed class SnapshotRepetitions
{
    /// <summary>By how much the times of one position differ at most.</summary>
    public static readonly Duration Tolerance = Duration.FromSeconds(1);

    /// <summary>The most tracks that are remembered; a repetition of others is not seen.</summary>
    public const int MaximumTracks = 1_000_000;

    private readonly Dictionary<string, (GeoPoint Place, Instant At, int File)> _last = new(StringComparer.Ordinal);
    private int _file;

    /// <summary>Begins the next file.</summary>
    public void BeginFile() => _file++;

    /// <summary>The record as it is, or refused as <c>feeds.repeated</c>.</summary>
    /// <param name="record">A record of the current file.</param>
    /// <param name="file">The file's name, for the place in the refusal.</param>
    public PositionRecord Check(PositionRecord record, string file)
    {
        if (!record.Content.TryGet(out var reported, out _)) return record;
        var (place, at) = (reported.Position.Place, reported.Position.At);
        var isKnown = _last.TryGetValue(reported.Track, out var last);
        if (isKnown && last.File != _file && last.Place == place && Duration.Max(at - last.At, last.At - at) <= Tolerance)
            return record with { Content = new Refusal(FeedRefusals.Repeated, $"{file}: {record.Place}", reported.Track, "a position that was not given before") };
        if (isKnown || _last.Count < MaximumTracks) _last[reported.Track] = (place, at, _file);
        return record;
    }
}
