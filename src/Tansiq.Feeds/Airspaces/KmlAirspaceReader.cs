using System.Xml;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Reads airspaces from KML (OGC 12-007r2, versions 2.0 to 2.3): each Placemark with Polygons is one.</summary>
/// <remarks>
/// Streaming. What links lead to (NetworkLink, styles, pictures) is never fetched; a NetworkLink is refused, since what it
/// would show is missing. Never throws for what the text holds. Heights and rules: docs/formats/airspace.md.
/// </remarks>
internal static class KmlAirspaceReader
{
    /// <summary>Whether content is XML with the root element of KML.</summary>
    public static bool IsFormatOf(ReadOnlyMemory<byte> content) => XmlInput.RootName(content) == "kml";

    /// <summary>Reads content.</summary>
    /// <returns>Each placemark or its refusal, in order; or one refusal for the whole.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var reader = XmlInput.Open(content);
            return Read(reader);
        }
        catch (XmlException malformed)
        {
            return [XmlInput.Refusal(malformed)];
        }
    }

    private static List<Parsed<Airspace>> Read(XmlReader reader)
    {
        var airspaces = new List<Parsed<Airspace>>();
        var vertices = 0L;
        while (XmlInput.Read(reader))
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            var place = XmlInput.Line(reader);
            if (reader.LocalName == "NetworkLink")
            {
                airspaces.Add(new Refusal(AirspaceRefusals.Link, place, "NetworkLink", "what it would show, in this file; links are not followed"));
            }
            else if (reader.LocalName == "Placemark")
            {
                var airspace = new KmlPlacemark(reader, place).Read();
                if (airspace.TryGet(out var read, out _)) vertices += AirspaceRefusals.Vertices(read);
                airspaces.Add(airspace);
            }

            if (airspaces.Count < AirspaceFile.MaximumAirspaces && vertices <= AirspaceFile.MaximumVertices) continue;
            airspaces.Add(AirspaceRefusals.More(place));
            return airspaces;
        }

        if (airspaces.Count == 0) airspaces.Add(new Refusal(AirspaceRefusals.Nothing, "", "nothing", "a Placemark with a Polygon"));
        return airspaces;
    }
}
