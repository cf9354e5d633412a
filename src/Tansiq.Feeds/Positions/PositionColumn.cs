namespace Tansiq.Feeds.Positions;

/// <summary>The columns that are read; all others are passed over. Names differ with units, see docs/formats/feeds.md.</summary>
internal enum PositionColumn
{
    /// <summary>A column that is not read.</summary>
    None = 0,

    /// <summary><c>timestamp</c>: milliseconds since 1970, or ISO 8601 text.</summary>
    Timestamp,

    /// <summary><c>time</c>: seconds since 1970, or ISO 8601 text.</summary>
    Time,

    /// <summary><c>icao24</c>.</summary>
    Track,

    /// <summary><c>callsign</c>.</summary>
    Callsign,

    /// <summary><c>onground</c>.</summary>
    OnGround,

    /// <summary><c>geoaltitude</c>: feet in traffic rows, metres in state vectors.</summary>
    GeoAltitude,

    /// <summary><c>latitude</c>, traffic rows.</summary>
    Latitude,

    /// <summary><c>longitude</c>, traffic rows.</summary>
    Longitude,

    /// <summary><c>altitude</c>, traffic rows: pressure altitude, feet.</summary>
    Altitude,

    /// <summary><c>groundspeed</c>, traffic rows: knots.</summary>
    GroundSpeed,

    /// <summary><c>lat</c>, state vectors.</summary>
    StateLatitude,

    /// <summary><c>lon</c>, state vectors.</summary>
    StateLongitude,

    /// <summary><c>baroaltitude</c>, state vectors: pressure altitude, metres.</summary>
    StateBaroAltitude,

    /// <summary><c>velocity</c>, state vectors: metres a second.</summary>
    StateVelocity,
}

/// <summary>What is known of columns.</summary>
internal static class PositionColumns
{
    /// <summary>The columns that only traffic rows have (feet, knots), as a mask of <see cref="Bit"/>.</summary>
    public const int TrafficOnly =
        1 << (int)PositionColumn.Latitude | 1 << (int)PositionColumn.Longitude
        | 1 << (int)PositionColumn.Altitude | 1 << (int)PositionColumn.GroundSpeed;

    /// <summary>The columns that only state vectors have (metres, metres a second).</summary>
    public const int StateOnly =
        1 << (int)PositionColumn.StateLatitude | 1 << (int)PositionColumn.StateLongitude
        | 1 << (int)PositionColumn.StateBaroAltitude | 1 << (int)PositionColumn.StateVelocity;

    /// <summary>What is found where columns of both families stand together.</summary>
    public const string BothFamilies = "names of both traffic rows and state vectors";

    /// <summary>What is expected instead of <see cref="BothFamilies"/>.</summary>
    public const string EitherFamily = "either (feet and knots, or metres)";

    /// <summary>The column's bit in a mask of columns.</summary>
    public static int Bit(PositionColumn column) => 1 << (int)column;

    /// <summary>The column of a name (exactly as the formats write it, lower case), or none.</summary>
    public static PositionColumn Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("lat"u8) => PositionColumn.StateLatitude,
        3 when name.SequenceEqual("lon"u8) => PositionColumn.StateLongitude,
        4 when name.SequenceEqual("time"u8) => PositionColumn.Time,
        6 when name.SequenceEqual("icao24"u8) => PositionColumn.Track,
        8 when name.SequenceEqual("latitude"u8) => PositionColumn.Latitude,
        8 when name.SequenceEqual("altitude"u8) => PositionColumn.Altitude,
        8 when name.SequenceEqual("callsign"u8) => PositionColumn.Callsign,
        8 when name.SequenceEqual("onground"u8) => PositionColumn.OnGround,
        8 when name.SequenceEqual("velocity"u8) => PositionColumn.StateVelocity,
        9 when name.SequenceEqual("timestamp"u8) => PositionColumn.Timestamp,
        9 when name.SequenceEqual("longitude"u8) => PositionColumn.Longitude,
        11 when name.SequenceEqual("groundspeed"u8) => PositionColumn.GroundSpeed,
        11 when name.SequenceEqual("geoaltitude"u8) => PositionColumn.GeoAltitude,
        12 when name.SequenceEqual("baroaltitude"u8) => PositionColumn.StateBaroAltitude,
        _ => PositionColumn.None,
    };
}
