using System.Xml;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>Reads airspaces from AIXM 5.1 and 5.1.1: each time slice of an Airspace that has a geometry.</summary>
/// <remarks>
/// Links inside the file are followed (borders, points, other airspaces), others never. Never throws for what the text
/// holds. Geometry, heights and rules: docs/formats/airspace-aixm-ed-notam.md.
/// </remarks>
internal static class AixmReader
{
    private static readonly string[] Roots = ["AIXMBasicMessage", "Airspace"];

    /// <summary>Whether content is XML with a root element of AIXM.</summary>
    public static bool IsFormatOf(ReadOnlyMemory<byte> content) => XmlInput.RootName(content) is { } root && Roots.Contains(root);

    /// <summary>Reads content.</summary>
    /// <returns>Each airspace or its refusal, in order; or one refusal for the whole.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            return Read(AixmDocument.Read(content));
        }
        catch (XmlException malformed)
        {
            return [XmlInput.Refusal(malformed)];
        }
    }

    private static List<Parsed<Airspace>> Read(AixmDocument document)
    {
        var airspaces = new List<Parsed<Airspace>>();
        var vertices = 0L;
        foreach (var feature in document.Airspaces)
        {
            foreach (var slice in AixmSlice.Of(feature))
            {
                foreach (var airspace in new AixmAirspace(document, slice).Read())
                {
                    if (airspace.TryGet(out var read, out _)) vertices += AirspaceRefusals.Vertices(read);
                    airspaces.Add(airspace);
                    if (airspaces.Count < AirspaceFile.MaximumAirspaces && vertices <= AirspaceFile.MaximumVertices) continue;
                    airspaces.Add(AirspaceRefusals.More(slice.Element.Place));
                    return airspaces;
                }
            }
        }

        if (airspaces.Count == 0) airspaces.Add(new Refusal(AirspaceRefusals.Nothing, "", "nothing", "an Airspace"));
        return airspaces;
    }
}
