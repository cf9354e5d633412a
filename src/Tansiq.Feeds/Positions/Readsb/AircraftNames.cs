namespace Tansiq.Feeds.Positions.Readsb;

/// <summary>What is read of an aircraft in a list.</summary>
internal enum AircraftName
{
    /// <summary>A name that is not read.</summary>
    None = 0,

    /// <summary><c>hex</c>, <c>icao24</c>: the address, with <c>~</c> before one that is not ICAO's.</summary>
    Track,

    /// <summary><c>flight</c>, <c>callsign</c>.</summary>
    Callsign,

    /// <summary><c>lat</c>, degrees.</summary>
    Latitude,

    /// <summary><c>lon</c>, <c>lng</c>, degrees.</summary>
    Longitude,

    /// <summary><c>alt_baro</c>, <c>altitude</c> (dump1090): feet, or <c>"ground"</c>.</summary>
    PressureAltitudeFeet,

    /// <summary><c>alt_geom</c>: feet.</summary>
    EllipsoidFeet,

    /// <summary><c>baro_altitude</c> (OpenSky): metres.</summary>
    PressureAltitudeMetres,

    /// <summary><c>geo_altitude</c> (OpenSky): metres.</summary>
    EllipsoidMetres,

    /// <summary><c>gs</c>, <c>speed</c> (dump1090): knots.</summary>
    SpeedKnots,

    /// <summary><c>velocity</c> (OpenSky): metres a second.</summary>
    SpeedMetresPerSecond,

    /// <summary><c>on_ground</c> (OpenSky).</summary>
    OnGround,

    /// <summary><c>seen_pos</c>: seconds before the list's <c>now</c>.</summary>
    PositionAge,

    /// <summary><c>time_position</c> (OpenSky): seconds since 1970.</summary>
    PositionTime,

    /// <summary><c>nic</c>: navigation integrity category.</summary>
    IntegrityCategory,

    /// <summary><c>rc</c>: radius of containment, metres.</summary>
    IntegrityRadius,
}

/// <summary>Finds names of aircraft lists.</summary>
internal static class AircraftNames
{
    /// <summary>What a name means, exactly as the programs write it.</summary>
    public static AircraftName Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("gs"u8) => AircraftName.SpeedKnots,
        2 when name.SequenceEqual("rc"u8) => AircraftName.IntegrityRadius,
        3 when name.SequenceEqual("hex"u8) => AircraftName.Track,
        3 when name.SequenceEqual("lat"u8) => AircraftName.Latitude,
        3 when name.SequenceEqual("lon"u8) || name.SequenceEqual("lng"u8) => AircraftName.Longitude,
        3 when name.SequenceEqual("nic"u8) => AircraftName.IntegrityCategory,
        5 when name.SequenceEqual("speed"u8) => AircraftName.SpeedKnots,
        6 when name.SequenceEqual("flight"u8) => AircraftName.Callsign,
        6 when name.SequenceEqual("icao24"u8) => AircraftName.Track,
        8 when name.SequenceEqual("alt_baro"u8) || name.SequenceEqual("altitude"u8) => AircraftName.PressureAltitudeFeet,
        8 when name.SequenceEqual("alt_geom"u8) => AircraftName.EllipsoidFeet,
        8 when name.SequenceEqual("seen_pos"u8) => AircraftName.PositionAge,
        8 when name.SequenceEqual("callsign"u8) => AircraftName.Callsign,
        8 when name.SequenceEqual("velocity"u8) => AircraftName.SpeedMetresPerSecond,
        9 when name.SequenceEqual("on_ground"u8) => AircraftName.OnGround,
        12 when name.SequenceEqual("geo_altitude"u8) => AircraftName.EllipsoidMetres,
        13 when name.SequenceEqual("baro_altitude"u8) => AircraftName.PressureAltitudeMetres,
        13 when name.SequenceEqual("time_position"u8) => AircraftName.PositionTime,
        _ => AircraftName.None,
    };

    /// <summary>What is expected of a value that is a number.</summary>
    public static string Expected(AircraftName name) => name switch
    {
        AircraftName.Latitude => "a latitude in degrees",
        AircraftName.Longitude => "a longitude in degrees",
        AircraftName.SpeedKnots or AircraftName.SpeedMetresPerSecond => "a speed",
        AircraftName.PositionAge or AircraftName.PositionTime => "seconds",
        AircraftName.IntegrityCategory or AircraftName.IntegrityRadius => "a number",
        _ => "a height",
    };
}
