using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Feeds.Writing;

/// <summary>
/// Airspaces as placemarks of KML. Floor and ceiling are in <c>ExtendedData</c>, since the polygons of KML can't draw every band;
/// one from the ground to a height above sea level or ground is drawn too, extruded.
/// </summary>
internal static class AirspaceKml
{
    public static void Write(Stream output, IEnumerable<Airspace> airspaces)
    {
        using var document = new KmlDocument(output);
        foreach (var airspace in airspaces) Write(document, airspace);
        document.Complete();
    }

    private static void Write(KmlDocument document, Airspace airspace)
    {
        var xml = document.Xml;
        xml.WriteStartElement("Placemark");
        document.WriteText("name", airspace.Name);
        WriteTime(document, airspace);
        xml.WriteStartElement("ExtendedData");
        document.WriteData("class", airspace.Class);
        document.WriteData("type", airspace.Type);
        document.WriteData("floor", WrittenText.Floor(airspace.Heights));
        document.WriteData("ceiling", WrittenText.Ceiling(airspace.Heights));
        xml.WriteEndElement();
        if (airspace.Outlines.Length > 1) xml.WriteStartElement("MultiGeometry");
        foreach (var outline in airspace.Outlines) WritePolygon(document, outline, airspace.Heights);
        if (airspace.Outlines.Length > 1) xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteTime(KmlDocument document, Airspace airspace)
    {
        if (airspace.Validity is not { } validity) return;
        document.Xml.WriteStartElement("TimeSpan");
        if (validity.HasStart) document.Xml.WriteElementString("begin", WrittenText.Time(validity.Start));
        if (validity.HasEnd) document.Xml.WriteElementString("end", WrittenText.Time(validity.End));
        document.Xml.WriteEndElement();
    }

    private static void WritePolygon(KmlDocument document, Outline outline, HeightBand heights)
    {
        var xml = document.Xml;
        xml.WriteStartElement("Polygon");
        var drawn = heights is { Floor: null, Ceiling: { Reference: HeightReference.SeaLevel or HeightReference.Ground } ceiling } ? ceiling : (Height?)null;
        if (drawn is { } top)
        {
            xml.WriteElementString("extrude", "1");
            xml.WriteElementString("altitudeMode", top.Reference == HeightReference.SeaLevel ? "absolute" : "relativeToGround");
        }
        else
        {
            xml.WriteElementString("tessellate", "1");
        }

        var suffix = drawn is { } height ? "," + WrittenText.Metres(height) : "";
        WriteBoundary(document, "outerBoundaryIs", outline.Shell, suffix);
        foreach (var hole in outline.Holes) WriteBoundary(document, "innerBoundaryIs", hole, suffix);
        xml.WriteEndElement();
    }

    private static void WriteBoundary(KmlDocument document, string element, IReadOnlyList<PlanePoint> ring, string suffix)
    {
        var xml = document.Xml;
        xml.WriteStartElement(element);
        xml.WriteStartElement("LinearRing");
        xml.WriteStartElement("coordinates");
        for (var index = 0; index <= ring.Count; index++)
        {
            var place = ring[index % ring.Count].ToGeoPoint();
            xml.WriteString($"{(index == 0 ? "" : " ")}{WrittenText.Degrees(place.LongitudeE7)},{WrittenText.Degrees(place.LatitudeE7)}{suffix}");
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
