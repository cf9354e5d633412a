using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Feeds.Writing;

/// <summary>Airspaces as rows of CSV, their outlines as well-known text (OGC 06-103r4) in longitude and latitude.</summary>
internal static class AirspaceCsv
{
    public static void Write(Stream output, IEnumerable<Airspace> airspaces)
    {
        using var text = CsvText.To(output);
        text.WriteLine("name,class,type,floor,ceiling,from,until,WKT");
        foreach (var airspace in airspaces) WriteRow(text, airspace);
    }

    private static void WriteRow(StreamWriter text, Airspace airspace)
    {
        var validity = airspace.Validity;
        var from = validity is { HasStart: true } ? WrittenText.Time(validity.Value.Start) : "";
        var until = validity is { HasEnd: true } ? WrittenText.Time(validity.Value.End) : "";
        text.Write($"{CsvText.Field(airspace.Name)},{CsvText.Field(airspace.Class)},{CsvText.Field(airspace.Type)},");
        text.Write($"{WrittenText.Floor(airspace.Heights)},{WrittenText.Ceiling(airspace.Heights)},{from},{until},\"");
        text.Write(airspace.Outlines.Length == 1 ? "POLYGON " : "MULTIPOLYGON (");
        for (var index = 0; index < airspace.Outlines.Length; index++)
        {
            if (index > 0) text.Write(", ");
            WritePolygon(text, airspace.Outlines[index]);
        }

        text.WriteLine(airspace.Outlines.Length == 1 ? "\"" : ")\"");
    }

    private static void WritePolygon(StreamWriter text, Outline outline)
    {
        text.Write('(');
        WriteRing(text, outline.Shell);
        foreach (var hole in outline.Holes)
        {
            text.Write(", ");
            WriteRing(text, hole);
        }

        text.Write(')');
    }

    private static void WriteRing(StreamWriter text, IReadOnlyList<PlanePoint> ring)
    {
        text.Write('(');
        for (var index = 0; index <= ring.Count; index++)
        {
            var point = ring[index % ring.Count];
            if (index > 0) text.Write(", ");
            text.Write($"{WrittenText.Degrees(point.X)} {WrittenText.Degrees(point.Y)}");
        }

        text.Write(')');
    }
}
