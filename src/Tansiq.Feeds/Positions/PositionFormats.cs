using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.CursorOnTarget;
using Tansiq.Feeds.Positions.Json;
using Tansiq.Feeds.Positions.Ordering;
using Tansiq.Feeds.Positions.Sbs;
using Tansiq.Feeds.Positions.Tracks;

namespace Tansiq.Feeds.Positions;

/// <summary>Whether the first bytes of an input (at least a line of it, or what tells it; at most 4 KiB) are those of a format.</summary>
internal delegate bool IsStartOfFormat(ReadOnlySpan<byte> start);

/// <summary>Reads the positions of an input.</summary>
internal delegate IEnumerable<PositionRecord> PositionReading(FeedInput input, PositionContext context);

/// <summary>Looks at the times of an input alone (see <see cref="IQuickToOrder"/>).</summary>
internal delegate TimeSpread? TimeScan(FeedInput input, PositionContext context);

/// <summary>One format that positions come in.</summary>
/// <param name="Description">What is expected where no format fits, for example <c>a JSON array</c>.</param>
/// <param name="IsStart">Tells it by the first bytes.</param>
/// <param name="Read">Reads it.</param>
internal sealed record PositionFormat(string Description, IsStartOfFormat IsStart, PositionReading Read)
{
    /// <summary>Looks at the times alone; null for formats that are read in whole to tell their order.</summary>
    public TimeScan? LookThrough { get; init; }
}

/// <summary>The formats, in the order in which they are tried. One line each.</summary>
internal static class PositionFormats
{
    private static readonly PositionFormat[] All =
    [
        new("a JSON array", StartsWith((byte)'['), static (input, _) => new JsonPositionReader(input).Read()) { LookThrough = static (input, _) => JsonTimeScan.Scan(input) },
        new("JSON objects (aircraft.json, traces, GeoJSON)", StartsWith((byte)'{'), static (input, _) => new JsonDocumentReader(input).Read()),
        new("CSV with columns for track, time, latitude and longitude", CsvTrackReader.IsStart, static (input, context) => new CsvTrackReader(input, context).Read()),
        new("SBS-1", SbsReader.IsStart, static (input, context) => new SbsReader(input, context).Read()) { LookThrough = static (input, context) => new SbsReader(input, context).LookThrough() },
        new("Cursor on Target", EventReader.IsStart, static (input, _) => new EventReader(input).Read()),
        new("GPX", GpxReader.IsStart, static (input, context) => new GpxReader(input, context).Read()),
        new("IGC", IgcReader.IsStart, static (input, _) => new IgcReader(input).Read()),
        new("CSV with a header that names latitude or lat", CsvPositionReader.IsHeader, static (input, _) => new CsvPositionReader(input).Read()) { LookThrough = static (input, _) => new CsvPositionReader(input).LookThrough() },
        new("ASTERIX in a capture, a FINAL recording or blocks", AsterixReader.IsStart, static (input, context) => new AsterixReader(input, context).Read()),
    ];

    /// <summary>All descriptions in one line.</summary>
    public static string Descriptions { get; } = string.Join(", ", All.Select(format => format.Description));

    /// <summary>The format that the first bytes are of, or null.</summary>
    public static PositionFormat? Find(ReadOnlySpan<byte> start)
    {
        foreach (var format in All)
        {
            if (format.IsStart(start)) return format;
        }

        return null;
    }

    /// <summary>Tells a format by its first byte after white space and a byte order mark.</summary>
    private static IsStartOfFormat StartsWith(byte first) => start =>
    {
        var content = FeedInput.WithoutPreamble(start).TrimStart(" \t\r\n\u001e"u8);
        return !content.IsEmpty && content[0] == first;
    };
}
