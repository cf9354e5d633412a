using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Tansiq.Geo.Text;

/// <summary>Bounded reading of I-JSON (RFC 7493): valid UTF-8, no duplicate names, no comments, bounded size and depth.</summary>
public static class JsonText
{
    /// <summary>The greatest depth of nesting that is read.</summary>
    public const int MaximumDepth = 32;

    /// <summary>The largest integer that I-JSON carries safely, 2⁵³ − 1.</summary>
    public const long MaximumInteger = 9_007_199_254_740_991;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = MaximumDepth,
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads one JSON document.</summary>
    /// <param name="utf8">The bytes, at most <paramref name="maximumBytes"/>; a leading byte order mark is skipped.</param>
    /// <param name="maximumBytes">The most bytes that are read.</param>
    /// <returns>
    /// The document's root, detached from the bytes; or <c>json.too-large</c>, <c>json.invalid-utf8</c>,
    /// <c>json.duplicate-name</c>, <c>json.malformed</c> (also too deep, truncated), with line and byte.
    /// </returns>
    public static Parsed<JsonElement> Parse(ReadOnlyMemory<byte> utf8, int maximumBytes)
    {
        if (utf8.Length > maximumBytes)
        {
            return new Refusal("json.too-large", "", Invariant($"{utf8.Length} bytes"), Invariant($"at most {maximumBytes} bytes"));
        }

        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(utf8.Span)) return InvalidUtf8(utf8.Span);
        try
        {
            if (FindLoneSurrogate(utf8.Span) is { } lone) return lone;
            using var document = JsonDocument.Parse(utf8, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException malformed)
        {
            if (FindDuplicateName(utf8.Span) is { } duplicate) return duplicate;
            var where = Invariant($"line {(malformed.LineNumber ?? 0) + 1} byte {(malformed.BytePositionInLine ?? 0) + 1}");
            return new Refusal("json.malformed", where, Shorten(FirstSentence(malformed.Message)), "I-JSON (RFC 7493), at most 32 levels deep");
        }
    }

    /// <summary>Text shortened to 80 characters, control characters shown as spaces, for the <c>Found</c> of a refusal.</summary>
    public static string Shorten(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int most = 80;
        var kept = text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
        return string.Create(kept.Length, kept, static (span, source) =>
        {
            for (var index = 0; index < span.Length; index++) span[index] = char.IsControl(source[index]) ? ' ' : source[index];
        });
    }

    /// <summary>An escape such as <c>\ud800</c> that is no character (RFC 7493, 2.1) can't be read as text later on.</summary>
    private static Refusal? FindLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.Contains((byte)'\\')) return null;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth });
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped) continue;
            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return new("json.malformed", Line(utf8, reader.TokenStartIndex), "half of a surrogate pair", "Unicode characters (RFC 7493)");
            }
        }

        return null;
    }

    /// <summary>The platform's message about a name that stands twice in an object does not say where; this does.</summary>
    private static Refusal? FindDuplicateName(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth });
        var open = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject) open.Push([]);
                else if (reader.TokenType == JsonTokenType.EndObject) open.Pop();
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } name && !open.Peek().Add(name))
                    return new("json.duplicate-name", Line(utf8, reader.TokenStartIndex), Shorten(name), "each name once in an object (RFC 7493)");
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }

    private static string Line(ReadOnlySpan<byte> utf8, long offset)
    {
        var before = utf8[..(int)offset];
        return Invariant($"line {before.Count((byte)'\n') + 1} byte {offset - before.LastIndexOf((byte)'\n')}");
    }

    private static Refusal InvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        var start = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] != (byte)'\n') continue;
            if (!Utf8.IsValid(bytes[start..index])) break;
            line++;
            start = index + 1;
        }

        return new("json.invalid-utf8", Invariant($"line {line}"), "bytes that are not UTF-8", "UTF-8");
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
