using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Feeds.Positions.Ordering;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Reported positions of a file or of standard input: known by content, also gzipped.</summary>
/// <remarks>The formats, their columns and units: docs/formats/feeds.md.</remarks>
public sealed class PositionFile : IPositionSource, IQuickToOrder
{
    /// <summary>The longest item of a JSON array in bytes.</summary>
    public const int MaximumItemBytes = JsonPositionReader.MaximumItemBytes;

    /// <summary>The longest CSV line in bytes, without its end.</summary>
    public const int MaximumLineBytes = CsvPositionReader.MaximumLineBytes;

    private readonly string? _path;
    private readonly byte[] _content;
    private readonly ClockRule _clock;
    private readonly RadarPlaces _radars;
    private readonly ByteCount _counted = new();

    private PositionFile(string name, string? path, byte[] content, ClockRule clock, RadarPlaces radars)
    {
        Name = name;
        _path = path;
        _content = content;
        _clock = clock;
        _radars = radars;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <remarks>A pipe cannot be read again, whatever its path; it is known by having no length.</remarks>
    public bool CanReadAgain => TotalBytes is not null;

    /// <inheritdoc/>
    public long? TotalBytes => _path is null ? _content.Length : FeedInput.LengthOf(_path);

    /// <inheritdoc/>
    public long BytesRead => _counted.Bytes;

    /// <summary>The file at a path; <c>-</c> is standard input. Nothing is opened before it is read.</summary>
    public static PositionFile At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(path == FeedInput.StandardInput ? "standard input" : path, path, [], ClockRule.Default, RadarPlaces.None);
    }

    /// <summary>Positions that are in memory in one of the formats.</summary>
    public static PositionFile Of(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        return new(name, null, content, ClockRule.Default, RadarPlaces.None);
    }

    /// <summary>The same source with what is said of its clock, for formats whose times have no zone or no date.</summary>
    public PositionFile WithClock(ClockRule clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new(Name, _path, _content, clock, _radars);
    }

    /// <summary>The same source with the places of radars, for ranges and azimuths (ASTERIX category 048).</summary>
    public PositionFile WithRadars(RadarPlaces radars)
    {
        ArgumentNullException.ThrowIfNull(radars);
        return new(Name, _path, _content, _clock, radars);
    }

    /// <inheritdoc/>
    public IEnumerable<PositionRecord> Read(long maximumBytes = long.MaxValue, CancellationToken cancellationToken = default)
    {
        using var input = Open(maximumBytes, cancellationToken);
        foreach (var record in Records(input)) yield return record;
    }

    TimeSpread? IQuickToOrder.LookThrough(CancellationToken cancellationToken)
    {
        using var input = Open(long.MaxValue, cancellationToken);
        return PositionFormats.Find(input.Peek())?.LookThrough?.Invoke(input, Context);
    }

    private PositionContext Context => new(Name, _clock, _radars);

    private FeedInput Open(long maximumBytes, CancellationToken cancellationToken)
    {
        _counted.Restart();
        return _path is null
            ? FeedInput.Over(new MemoryStream(_content, writable: false), maximumBytes, _counted, cancellationToken)
            : FeedInput.Open(_path, maximumBytes, _counted, cancellationToken);
    }

    private IEnumerable<PositionRecord> Records(FeedInput input)
    {
        var start = input.Peek();
        if (input.Failure is { } failure && start.IsEmpty) return [new(default, failure)];
        if (PositionFormats.Find(start) is { } format) return format.Read(input, Context);
        var found = start.IsEmpty ? "nothing" : FeedRefusals.Show(start[..Math.Min(start.Length, 40)]);
        return [new(default, new Refusal(FeedRefusals.UnknownFormat, "", found, PositionFormats.Descriptions))];
    }
}
