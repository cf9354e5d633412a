using System.Globalization;
using System.Text;

namespace Tansiq.Figures;

/// <summary>The formats in which positions are written.</summary>
public enum PositionFormat
{
    /// <summary>CSV with a header: traffic rows of docs/formats/feeds.md.</summary>
    Csv = 0,

    /// <summary>SBS-1 (BaseStation): a position each line, now and then a callsign and a speed.</summary>
    Sbs = 1,

    /// <summary>A JSON array of traffic rows.</summary>
    Json = 2,
}

/// <summary>Made-up positions in the order of time, as many as are asked for: 2,000 aircraft between 32° and 38° N, 35° and 43° E, each heard every 5 s.</summary>
public sealed class PositionStream
{
    private const int Aircraft = 2_000;
    private const int MillisecondsBetween = 5_000;
    private const int SaysWhoEvery = 12;
    private const double South = 32.1;
    private const double North = 37.9;
    private const double West = 35.1;
    private const double East = 42.9;

    private static readonly DateTime Start = new(2016, 8, 1, 11, 0, 0, DateTimeKind.Utc);

    private readonly Random _random;
    private readonly Flying[] _aircraft;

    /// <summary>Draws the aircraft.</summary>
    /// <param name="seed">The seed.</param>
    public PositionStream(int seed = SpaceWorkload.PublishedSeed)
    {
        _random = new(seed);
        _aircraft = [.. Enumerable.Range(0, Aircraft).Select(NextFlying)];
    }

    /// <summary>Writes positions.</summary>
    /// <param name="output">Where to, UTF-8.</param>
    /// <param name="format">In what form.</param>
    /// <param name="count">How many.</param>
    public void Write(Stream output, PositionFormat format, long count)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (format == PositionFormat.Csv) writer.WriteLine("timestamp,icao24,latitude,longitude,altitude,groundspeed,callsign,onground");
        if (format == PositionFormat.Json) writer.Write('[');
        for (var number = 0L; number < count; number++)
        {
            var flying = _aircraft[number % Aircraft];
            var at = Start.AddMilliseconds(number / Aircraft * MillisecondsBetween + number % Aircraft * MillisecondsBetween / Aircraft);
            flying.Move();
            switch (format)
            {
                case PositionFormat.Csv:
                    WriteCsv(writer, flying, at);
                    break;
                case PositionFormat.Sbs:
                    WriteSbs(writer, flying, at, number / Aircraft % SaysWhoEvery == 0);
                    break;
                default:
                    WriteJson(writer, flying, at, isFirst: number == 0);
                    break;
            }
        }

        if (format == PositionFormat.Json) writer.Write("]\n");
    }

    private static void WriteCsv(StreamWriter writer, Flying flying, DateTime at) => writer.Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{MillisecondsOf(at)},{flying.Address},{flying.Latitude:F6},{flying.Longitude:F6},{flying.Feet},{flying.Knots},{flying.Callsign},false\n"));

    private static void WriteJson(StreamWriter writer, Flying flying, DateTime at, bool isFirst) => writer.Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{(isFirst ? "" : ",")}{{\"timestamp\":{MillisecondsOf(at)},\"altitude\":{flying.Feet}.0,\"callsign\":\"{flying.Callsign}\",\"groundspeed\":{flying.Knots}.0,\"icao24\":\"{flying.Address}\",\"latitude\":{flying.Latitude:F10},\"longitude\":{flying.Longitude:F10},\"track\":{flying.Course:F10},\"vertical_rate\":0.0}}"));

    private static void WriteSbs(StreamWriter writer, Flying flying, DateTime at, bool saysWho)
    {
        var moment = at.ToString("yyyy'/'MM'/'dd,HH:mm:ss.fff", CultureInfo.InvariantCulture);
        if (saysWho)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"MSG,1,1,1,{flying.Address.ToUpperInvariant()},1,{moment},{moment},{flying.Callsign},,,,,,,,,,,\n"));
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"MSG,4,1,1,{flying.Address.ToUpperInvariant()},1,{moment},{moment},,,{flying.Knots},{flying.Course:F0},,,0,,,,,\n"));
        }

        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"MSG,3,1,1,{flying.Address.ToUpperInvariant()},1,{moment},{moment},,{flying.Feet},,,{flying.Latitude:F5},{flying.Longitude:F5},,,0,0,0,0\n"));
    }

    private static long MillisecondsOf(DateTime at) => new DateTimeOffset(at).ToUnixTimeMilliseconds();

    private Flying NextFlying(int number) => new()
    {
        Address = (0x730000 + number * 7).ToString("x6", CultureInfo.InvariantCulture),
        Callsign = string.Create(CultureInfo.InvariantCulture, $"TSQ{number}"),
        Latitude = South + _random.NextDouble() * (North - South),
        Longitude = West + _random.NextDouble() * (East - West),
        Course = _random.NextDouble() * 360,
        Knots = _random.Next(140, 480),
        Feet = _random.Next(20, 400) * 100,
    };

    private sealed class Flying
    {
        private const double DegreesPerKnotAndStep = MillisecondsBetween / 3_600_000.0 / 60;

        public required string Address { get; init; }

        public required string Callsign { get; init; }

        public required double Latitude { get; set; }

        public required double Longitude { get; set; }

        public required double Course { get; set; }

        public required int Knots { get; init; }

        public required int Feet { get; init; }

        // Turns around at the border, so that it stays where the areas are.
        public void Move()
        {
            var (sine, cosine) = Math.SinCos(Course * Math.PI / 180);
            Latitude += Knots * DegreesPerKnotAndStep * cosine;
            Longitude += Knots * DegreesPerKnotAndStep * sine / 0.82;
            var isOut = (Latitude < South && cosine < 0) || (Latitude > North && cosine > 0) || (Longitude < West && sine < 0) || (Longitude > East && sine > 0);
            if (isOut) Course = (Course + 143) % 360;
        }
    }
}
