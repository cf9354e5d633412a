using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Exercise;

/// <summary>Writes exercise traffic as rows that feeds are read from (docs/formats/feeds.md), in order of time.</summary>
internal static class TrafficCsv
{
    private const string Header = "timestamp,icao24,latitude,longitude,altitude,geoaltitude,groundspeed,callsign,onground";

    /// <summary>Writes the rows; of equal times, in the order of the tracks.</summary>
    /// <returns>How many positions were written.</returns>
    public static int Write(Stream output, ImmutableArray<ExerciseTrack> tracks)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(Header);
        var count = 0;
        foreach (var (track, position) in tracks.SelectMany(track => track.Positions.Select(position => (track, position))).OrderBy(row => row.position.At))
        {
            text.WriteLine(Row(track, position));
            count++;
        }

        return count;
    }

    private static string Row(ExerciseTrack track, ExercisePosition position)
    {
        var (latitude, longitude) = (DecimalE7.Format(position.Place.LatitudeE7), DecimalE7.Format(position.Place.LongitudeE7));
        var isOnGround = position.IsOnGround ? "true" : "false";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{position.At.ToUnixTimeMilliseconds()},{track.Track},{latitude},{longitude},{position.PressureAltitudeFeet},{position.EllipsoidHeightFeet},{position.SpeedKnots},{track.Callsign},{isOnGround}");
    }
}
