using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Reported positions of a file or of standard input: a JSON array or CSV, also gzipped, known by content.</summary>
/// <remarks>The formats, their columns and units: docs/formats/feeds.md.</remarks>
public sealed class PositionFile : IPositionSource
{
    /// <summary>The longest item of a JSON array in bytes.</summary>
    public const int MaximumItemBytes = JsonPositionReader.MaximumItemBytes;

    /// <summary>The longest CSV line in bytes, without its end.</summary>
    public const int MaximumLineBytes = CsvPositionReader.MaximumLineBytes;

    private readonly Func<long, FeedInput> _open;

    private PositionFile(string name, bool canReadAgain, Func<long, FeedInput> open)
    {
        Name = name;
        CanReadAgain = canReadAgain;
        _open = open;
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
            ? new("standard input", canReadAgain: false, maximumBytes => FeedInput.Open(path, maximumBytes))
            : new(path, canReadAgain: true, maximumBytes => FeedInput.Open(path, maximumBytes));
    }

    /// <summary>Positions that are in memory in one of the formats.</summary>
    public static PositionFile Of(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        return new(name, canReadAgain: true, maximumBytes => FeedInput.Over(new MemoryStream(content, writable: false), maximumBytes));
    }

    /// <inheritdoc/>
    public IEnumerable<PositionRecord> Read(long maximumBytes = long.MaxValue)
    {
        using var input = _open(maximumBytes);
        foreach (var record in Records(input)) yield return record;
    }

    private static IEnumerable<PositionRecord> Records(FeedInput input)
    {
        var start = input.Peek();
        if (input.Failure is { } failure && start.IsEmpty) return [new(default, failure)];
        if (IsArray(start)) return new JsonPositionReader(input).Read();
        if (CsvPositionReader.IsHeader(start)) return new CsvPositionReader(input).Read();
        var found = start.IsEmpty ? "nothing" : FeedRefusals.Show(start[..Math.Min(start.Length, 40)]);
        return [new(default, new Refusal(FeedRefusals.UnknownFormat, "", found, "a JSON array, or CSV with a header that names latitude or lat"))];
    }

    private static bool IsArray(ReadOnlySpan<byte> start)
    {
        start = FeedInput.WithoutPreamble(start).TrimStart(" \t\r\n"u8);
        return !start.IsEmpty && start[0] == (byte)'[';
    }
}
