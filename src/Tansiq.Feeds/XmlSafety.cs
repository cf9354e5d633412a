using System.Xml;

namespace Tansiq.Feeds;

/// <summary>How XML from outside is read: no document type, no entities of its own, nothing fetched, bounded depth.</summary>
internal static class XmlSafety
{
    /// <summary>The greatest depth of elements in positions.</summary>
    public const int MaximumDepth = 32;

    /// <summary>The longest text or attribute that is read as a value, in characters.</summary>
    public const int MaximumTextLength = 256;

    /// <summary>The settings that every reader of XML takes or begins with.</summary>
    public static XmlReaderSettings Settings { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };
}
