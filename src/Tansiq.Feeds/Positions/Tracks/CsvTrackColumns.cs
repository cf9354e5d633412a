using System.Collections.Frozen;
using System.Text;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>What a column of a table of tracks holds.</summary>
internal enum CsvTrackColumn
{
    /// <summary>A column that is not read.</summary>
    None = 0,

    /// <summary>The track.</summary>
    Track,

    /// <summary>The callsign.</summary>
    Callsign,

    /// <summary>ISO 8601, or seconds or milliseconds since 1970.</summary>
    Time,

    /// <summary>Degrees north.</summary>
    Latitude,

    /// <summary>Degrees east.</summary>
    Longitude,

    /// <summary>Pressure altitude, feet.</summary>
    PressureFeet,

    /// <summary>Pressure altitude, metres.</summary>
    PressureMetres,

    /// <summary>Height above the ellipsoid, feet.</summary>
    EllipsoidFeet,

    /// <summary>Height above the ellipsoid, metres.</summary>
    EllipsoidMetres,

    /// <summary>Height above sea level, metres.</summary>
    SeaLevelMetres,

    /// <summary>Speed over ground, knots.</summary>
    SpeedKnots,

    /// <summary>Speed over ground, metres a second.</summary>
    SpeedMetresPerSecond,

    /// <summary>Whether it is on the ground.</summary>
    OnGround,

    /// <summary>The radius in which the true place lies, metres.</summary>
    RadiusMetres,
}

/// <summary>The columns of a header by their names, in any case; of several names for one thing the first of the list counts.</summary>
/// <remarks>A name that does not say its unit or what a height is measured from (<c>alt</c>, <c>altitude_m</c>, <c>speed</c>) is not read.</remarks>
internal sealed class CsvTrackColumns
{
    private static readonly (CsvTrackColumn Column, string[] Names)[] Known =
    [
        (CsvTrackColumn.Track, ["icao24", "hex", "icao", "address", "id", "track_id", "flight_id", "callsign", "flight", "name"]),
        (CsvTrackColumn.Callsign, ["callsign", "flight", "name"]),
        (CsvTrackColumn.Time, ["timestamp", "time", "datetime", "date_time", "event_time", "utc"]),
        (CsvTrackColumn.Latitude, ["latitude", "lat"]),
        (CsvTrackColumn.Longitude, ["longitude", "lon", "lng", "long"]),
        (CsvTrackColumn.PressureFeet, ["alt_baro", "altitude_ft", "alt_ft"]),
        (CsvTrackColumn.PressureMetres, ["baro_altitude", "baroaltitude"]),
        (CsvTrackColumn.EllipsoidFeet, ["alt_geom"]),
        (CsvTrackColumn.EllipsoidMetres, ["geo_altitude", "hae"]),
        (CsvTrackColumn.SeaLevelMetres, ["ele", "elevation"]),
        (CsvTrackColumn.SpeedKnots, ["gs", "groundspeed", "speed_kt", "speed_kts"]),
        (CsvTrackColumn.SpeedMetresPerSecond, ["velocity", "speed_mps"]),
        (CsvTrackColumn.OnGround, ["onground", "on_ground"]),
        (CsvTrackColumn.RadiusMetres, ["rc", "accuracy_m"]),
    ];

    private static readonly FrozenSet<string> TimesOfTraffic = new[] { "time", "timestamp" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly List<(CsvTrackColumn Column, int Index)> _columns;

    private CsvTrackColumns(List<(CsvTrackColumn Column, int Index)> columns, int count)
    {
        _columns = columns;
        Count = count;
    }

    /// <summary>How many fields each line has.</summary>
    public int Count { get; }

    /// <summary>What is read, with the field in which it stands.</summary>
    public IReadOnlyList<(CsvTrackColumn Column, int Index)> Columns => _columns;

    /// <summary>The columns of a header; null where track, time or place is missing, or where it is one of <see cref="CsvPositionReader"/>.</summary>
    public static CsvTrackColumns? Find(ReadOnlySpan<byte> header)
    {
        var fields = new CsvFields(header.Length);
        if (!fields.Split(header)) return null;
        var names = new List<string>(fields.Count);
        for (var index = 0; index < fields.Count; index++) names.Add(Encoding.UTF8.GetString(fields.Of(header, index)).Trim());
        if (names.Contains("icao24") && names.Exists(TimesOfTraffic.Contains) && names.Exists(IsLongitudeOfTraffic)) return null;
        var lower = names.ConvertAll(name => name.ToLowerInvariant());
        var columns = new List<(CsvTrackColumn Column, int Index)>();
        foreach (var (column, known) in Known)
        {
            var index = known.Select(name => lower.IndexOf(name)).FirstOrDefault(index => index >= 0, -1);
            if (index >= 0) columns.Add((column, index));
        }

        // The names of traffic rows say feet (docs/formats/feeds.md).
        if (lower.IndexOf("altitude") is >= 0 and var altitude && lower.Contains("latitude")) columns.Add((CsvTrackColumn.PressureFeet, altitude));
        CsvTrackColumn[] needed = [CsvTrackColumn.Track, CsvTrackColumn.Time, CsvTrackColumn.Latitude, CsvTrackColumn.Longitude];
        return needed.All(column => columns.Exists(found => found.Column == column)) ? new(columns, names.Count) : null;
    }

    private static bool IsLongitudeOfTraffic(string name) => name is "lon" or "longitude";
}
