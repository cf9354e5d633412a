using System.Text;
using System.Xml;

namespace Tansiq.Feeds.Writing;

/// <summary>A KML document while it is written.</summary>
internal sealed class KmlDocument : IDisposable
{
    /// <summary>The namespace of KML 2.2.</summary>
    public const string Namespace = "http://www.opengis.net/kml/2.2";

    /// <summary>The namespace of the extension that has tracks; KML 2.3 took them over.</summary>
    public const string TrackNamespace = "http://www.google.com/kml/ext/2.2";

    private static readonly XmlWriterSettings Layout = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        IndentChars = "",
        NewLineChars = "\n",
        CloseOutput = false,
    };

    public KmlDocument(Stream output)
    {
        Xml = XmlWriter.Create(output, Layout);
        Xml.WriteStartDocument();
        Xml.WriteStartElement("kml", Namespace);
        Xml.WriteAttributeString("xmlns", "gx", null, TrackNamespace);
        Xml.WriteStartElement("Document");
    }

    /// <summary>Where to write.</summary>
    public XmlWriter Xml { get; }

    /// <summary>Writes an element with a text from outside.</summary>
    public void WriteText(string element, string text) => Xml.WriteElementString(element, WrittenText.ForXml(text));

    /// <summary>Writes a datum of <c>ExtendedData</c>; nothing where it is null.</summary>
    public void WriteData(string name, string? value)
    {
        if (value is null) return;
        Xml.WriteStartElement("Data");
        Xml.WriteAttributeString("name", name);
        WriteText("value", value);
        Xml.WriteEndElement();
    }

    /// <summary>Writes the end of the document.</summary>
    public void Complete()
    {
        Xml.WriteEndDocument();
        Xml.Flush();
    }

    public void Dispose() => Xml.Dispose();
}
