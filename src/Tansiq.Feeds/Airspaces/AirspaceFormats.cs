using Tansiq.Feeds.Airspaces.Aixm;
using Tansiq.Feeds.Airspaces.Notams;
using Tansiq.Feeds.Airspaces.UasZones;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>A format of airspaces.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFormatOf">Whether content looks like it; never throws.</param>
/// <param name="Read">Reads content; never throws for what it holds.</param>
internal sealed record AirspaceFormat(
    string Name, Func<ReadOnlyMemory<byte>, bool> IsFormatOf, Func<ReadOnlyMemory<byte>, IReadOnlyList<Parsed<Airspace>>> Read);

/// <summary>The formats of airspaces that are read. The first that content looks like reads it: the narrower stand first.</summary>
internal static class AirspaceFormats
{
    private static readonly AirspaceFormat[] All =
    [
        new("KMZ", KmzAirspaceReader.IsFormatOf, KmzAirspaceReader.Read),
        new("AIXM", AixmReader.IsFormatOf, AixmReader.Read),
        new("KML", KmlAirspaceReader.IsFormatOf, KmlAirspaceReader.Read),
        new("ED-269", Ed269Reader.IsFormatOf, Ed269Reader.Read),
        new("ED-318", Ed318Reader.IsFormatOf, Ed318Reader.Read),
        new("GeoJSON", GeoJsonAirspaceReader.IsFormatOf, GeoJsonAirspaceReader.Read),
        new("NOTAM", NotamReader.IsFormatOf, NotamReader.Read),
        new("OpenAir", OpenAirReader.IsFormatOf, content => OpenAirReader.Read(content.Span)),
    ];

    /// <summary>The names of the formats.</summary>
    public static string Names => string.Join(", ", All.Select(format => format.Name));

    /// <summary>The format of content, or null.</summary>
    public static AirspaceFormat? Of(ReadOnlyMemory<byte> content) => Array.Find(All, format => format.IsFormatOf(content));
}
