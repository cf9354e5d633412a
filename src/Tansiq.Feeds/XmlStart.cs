using System.Buffers;

namespace Tansiq.Feeds;

/// <summary>Tells XML formats by the name of their first element.</summary>
internal static class XmlStart
{
    private static readonly SearchValues<byte> EndOfName = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>The first element's name without its prefix; empty where the bytes end before it, or a document type stands there.</summary>
    public static ReadOnlySpan<byte> RootName(ReadOnlySpan<byte> start)
    {
        var rest = FeedInput.WithoutPreamble(start);
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n"u8);
            if (rest.Length < 2 || rest[0] != (byte)'<') return default;
            var end = rest[1] == (byte)'?' ? After(rest, "?>"u8) : rest.StartsWith("<!--"u8) ? After(rest, "-->"u8) : 0;
            if (end < 0) return default;
            if (end == 0) return Name(rest[1..]);
            rest = rest[end..];
        }
    }

    private static int After(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> mark)
    {
        var at = rest.IndexOf(mark);
        return at < 0 ? -1 : at + mark.Length;
    }

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny(EndOfName);
        if (end <= 0 || rest[0] == (byte)'!') return default;
        var name = rest[..end];
        return name[(name.IndexOf((byte)':') + 1)..];
    }
}
