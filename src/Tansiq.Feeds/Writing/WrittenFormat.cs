namespace Tansiq.Feeds.Writing;

/// <summary>The formats in which airspaces and tracks are written (docs/formats/airspace.md).</summary>
public enum WrittenFormat
{
    /// <summary>GeoJSON (RFC 7946).</summary>
    GeoJson = 0,

    /// <summary>KML 2.2 (OGC 07-147r2), tracks as <c>gx:Track</c>.</summary>
    Kml,

    /// <summary>CSV (RFC 4180), areas as well-known text.</summary>
    Csv,
}
