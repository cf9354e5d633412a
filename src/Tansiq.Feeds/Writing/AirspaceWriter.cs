using Tansiq.Feeds.Airspaces;

namespace Tansiq.Feeds.Writing;

/// <summary>Writes airspaces so that <see cref="AirspaceFile"/> reads GeoJSON and KML back as the same outlines, vertex for vertex.</summary>
/// <remarks>Streaming: one airspace at a time. What is written: docs/formats/airspace.md.</remarks>
public static class AirspaceWriter
{
    /// <summary>Writes airspaces.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="format">The format.</param>
    /// <param name="airspaces">The airspaces.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(Stream output, WrittenFormat format, IEnumerable<Airspace> airspaces)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(airspaces);
        switch (format)
        {
            case WrittenFormat.GeoJson:
                AirspaceGeoJson.Write(output, airspaces);
                break;
            case WrittenFormat.Kml:
                AirspaceKml.Write(output, airspaces);
                break;
            case WrittenFormat.Csv:
                AirspaceCsv.Write(output, airspaces);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown format.");
        }
    }
}
