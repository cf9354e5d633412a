using System.Xml;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>XML from outside: no document type definition, so no entities but the five of XML; nothing is fetched.</summary>
internal static class XmlInput
{
    /// <summary>The greatest depth of elements that is read.</summary>
    public const int MaximumDepth = 64;

    private static readonly XmlReaderSettings Settings = WithLimits(XmlSafety.Settings.Clone());

    /// <summary>Opens a document. Reading it throws <see cref="XmlException"/> where it is not well formed.</summary>
    public static XmlReader Open(ReadOnlyMemory<byte> content) => XmlReader.Create(new PrefixedStream(content, Stream.Null), Settings);

    /// <summary>Goes to the next node. Skips of whole elements are not used, since they would not count depth.</summary>
    /// <exception cref="XmlException">The document is not well formed, or deeper than <see cref="MaximumDepth"/>.</exception>
    public static bool Read(XmlReader reader)
    {
        if (!reader.Read()) return false;
        if (reader.Depth <= MaximumDepth) return true;
        var (line, column) = reader is IXmlLineInfo place ? (place.LineNumber, place.LinePosition) : (0, 0);
        throw new XmlException(FeedRefusals.Invariant($"Elements are more than {MaximumDepth} deep."), null, line, column);
    }

    /// <summary>The refusal of a document that is not well formed.</summary>
    public static Refusal Refusal(XmlException malformed) => new(
        AirspaceRefusals.Xml,
        malformed.LineNumber > 0 ? AirspaceRefusals.Line(malformed.LineNumber) : "",
        JsonText.Shorten(malformed.Message),
        FeedRefusals.Invariant($"XML without a document type, at most {MaximumDepth} deep"));

    /// <summary>The local name of the root element, or null where content is no XML up to there.</summary>
    public static string? RootName(ReadOnlyMemory<byte> content)
    {
        if (!MayBeXml(content.Span)) return null;
        try
        {
            using var reader = Open(content);
            return reader.MoveToContent() == XmlNodeType.Element ? reader.LocalName : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Whether content begins as XML does, in UTF-8 or UTF-16.</summary>
    public static bool MayBeXml(ReadOnlySpan<byte> content) =>
        FeedInput.WithoutPreamble(content).TrimStart(" \t\r\n"u8).StartsWith("<"u8) || content is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];

    /// <summary>The line that a reader is at, as refusals name places.</summary>
    public static string Line(XmlReader reader) => reader is IXmlLineInfo place ? AirspaceRefusals.Line(place.LineNumber) : "";

    private static XmlReaderSettings WithLimits(XmlReaderSettings settings)
    {
        settings.MaxCharactersInDocument = AirspaceFile.MaximumBytes;
        settings.IgnoreWhitespace = true;
        return settings;
    }
}
