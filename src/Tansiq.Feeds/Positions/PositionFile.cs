using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Reported positions of a file or of standard input: known by content, also gzipped.</summary>
/// <remarks>The formats, their columns and units: docs/formats/feeds.md.</remarks>
public sealed class PositionFile : IPositionSource
{
    /// <summary>The longest item of a JSON array in bytes.</summary>
    public const int MaximumItemBytes = JsonPositionReader.MaximumItemBytes;

    /// <summary>The longest CSV line in bytes, without its end.</summary>
    public const int MaximumLineBytes = CsvPositionReader.MaximumLineBytes;

    private readonly Func<long, FeedInput> _open;
    private readonly ClockRule _clock;
    private readonly RadarPlaces _radars;

    private PositionFile(string name, bool canReadAgain, Func<long, FeedInput> open, ClockRule clock, RadarPlaces radars)
    {
        Name = name;
        CanReadAgain = canReadAgain;
        _open = open;
        _clock = clock;
        _radars = radars;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool CanReadAgain { get; }

    /// <summary>The file at a path; <c>-</c> is standard input. Nothing is opened before it is read.</summary>
    public static PositionFile At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == FeedInput.StandardInput
            ? new("standard input", canReadAgain: false, maximumBytes => FeedInput.Open(path, maximumBytes), ClockRule.Default, RadarPlaces.None)
            : new(path, canReadAgain: true, maximumBytes => FeedInput.Open(path, maximumBytes), ClockRule.Default, RadarPlaces.None);
    }

    /// <summary>Positions that are in memory in one of the formats.</summary>
    public static PositionFile Of(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        return new(name, canReadAgain: true, maximumBytes => FeedInput.Over(new MemoryStream(content, writable: false), maximumBytes), ClockRule.Default, RadarPlaces.None);
    }

    /// <summary>The same source with what is said of its clock, for formats whose times have no zone or no date.</summary>
    public PositionFile WithClock(ClockRule clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new(Name, CanReadAgain, _open, clock, _radars);
    }

    /// <summary>The same source with the places of radars, for ranges and azimuths (ASTERIX category 048).</summary>
    public PositionFile WithRadars(RadarPlaces radars)
    {
        ArgumentNullException.ThrowIfNull(radars);
        return new(Name, CanReadAgain, _open, _clock, radars);
    }

    /// <inheritdoc/>
    public IEnumerable<PositionRecord> Read(long maximumBytes = long.MaxValue)
    {
        using var input = _open(maximumBytes);
        foreach (var record in Records(input)) yield return record;
    }

    private IEnumerable<PositionRecord> Records(FeedInput input)
    {
        var start = input.Peek();
        if (input.Failure is { } failure && start.IsEmpty) return [new(default, failure)];
        if (PositionFormats.Find(start) is { } format) return format.Read(input, new(Name, _clock, _radars));
        var found = start.IsEmpty ? "nothing" : FeedRefusals.Show(start[..Math.Min(start.Length, 40)]);
        return [new(default, new Refusal(FeedRefusals.UnknownFormat, "", found, PositionFormats.Descriptions))];
    }
}
