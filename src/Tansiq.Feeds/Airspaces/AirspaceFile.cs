using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Reads airspaces from a file of any format that is known; its content decides which, not its name.</summary>
/// <remarks>Each airspace is read or refused for itself. The formats and rules: docs/formats/airspace.md. Never throws for what a file holds.</remarks>
public static class AirspaceFile
{
    /// <summary>The largest file in bytes, after decompression.</summary>
    public const int MaximumBytes = 32 * 1024 * 1024;

    /// <summary>The most airspaces of a file.</summary>
    public const int MaximumAirspaces = 20_000;

    /// <summary>The most vertices of all airspaces of a file.</summary>
    public const int MaximumVertices = 5_000_000;

    /// <summary>The longest name in characters.</summary>
    public const int MaximumNameLength = 200;

    /// <summary>Reads a file, which may be gzipped; <c>-</c> is standard input.</summary>
    /// <returns>Each airspace or its refusal in the order of the file; or one refusal for the whole (<c>feeds.unreadable</c> and the like).</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var input = FeedInput.Open(path, MaximumBytes);
        using var content = new MemoryStream();
        var block = new byte[64 * 1024];
        while (input.Read(block) is > 0 and var count) content.Write(block, 0, count);
        return input.Failure is { } failure ? [failure] : Read(content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    /// <summary>Reads the content of a file, which is in memory and not gzipped.</summary>
    /// <returns>As <see cref="Read(string)"/>.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > MaximumBytes)
        {
            var expected = FeedRefusals.Invariant($"at most {MaximumBytes} bytes");
            return [new Refusal(FeedRefusals.TooLarge, "", FeedRefusals.Invariant($"{content.Length} bytes"), expected)];
        }

        if (AirspaceFormats.Of(content) is { } format) return format.Read(content);
        var found = content.IsEmpty ? "nothing" : FeedRefusals.Show(content.Span[..Math.Min(content.Length, 40)]);
        return [new Refusal(FeedRefusals.UnknownFormat, "", found, "airspaces as " + AirspaceFormats.Names)];
    }
}
