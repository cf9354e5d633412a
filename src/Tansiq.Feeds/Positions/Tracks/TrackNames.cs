namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>The names by which tracks say which track they are, and when: the first of them that is there counts.</summary>
internal static class TrackNames
{
    /// <summary>The rank of a feature's <c>id</c>: after the addresses, before names.</summary>
    public const int FeatureIdentifier = 3;

    /// <summary>The rank of a callsign, which is also the track where nothing better is there.</summary>
    public const int Callsign = 5;

    /// <summary>The rank of a name that is none of them.</summary>
    public const int None = int.MaxValue;

    /// <summary>The rank of a name: lower ones go first.</summary>
    public static int RankOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("icao24"u8)) return 0;
        if (name.SequenceEqual("hex"u8)) return 1;
        if (name.SequenceEqual("icao"u8)) return 2;
        if (name.SequenceEqual("id"u8)) return FeatureIdentifier;
        if (name.SequenceEqual("track_id"u8) || name.SequenceEqual("flight_id"u8)) return FeatureIdentifier + 1;
        if (name.SequenceEqual("callsign"u8) || name.SequenceEqual("flight"u8)) return Callsign;
        return name.SequenceEqual("name"u8) ? Callsign + 1 : None;
    }

    /// <summary>Whether a property gives the time of a point, or the times of the points of a line.</summary>
    public static bool IsTime(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("time"u8) || name.SequenceEqual("timestamp"u8) || name.SequenceEqual("datetime"u8)
        || name.SequenceEqual("times"u8) || name.SequenceEqual("coordTimes"u8);
}
