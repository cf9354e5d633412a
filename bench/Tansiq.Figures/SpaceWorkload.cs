using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Figures;

/// <summary>A place with a height above sea level and a moment.</summary>
/// <param name="Place">The place.</param>
/// <param name="Height">The height.</param>
/// <param name="At">The moment.</param>
public readonly record struct AskedPoint(GeoPoint Place, Height Height, Instant At);

/// <summary>
/// Made-up areas, points and probe volumes between 32° and 38° N, 35° and 43° E, the same for one seed on every machine: the kind of
/// data that the engine and its peers are held against (docs/benchmarks.md).
/// </summary>
/// <remarks>
/// Areas and probes: irregular outlines, circles, corridors and sectors of about 30 vertices on average; sizes log-normal about 92 km²;
/// height bands of 300 to 3,000 m below 12,000 m; one to four hours within seven days.
/// </remarks>
public sealed class SpaceWorkload
{
    /// <summary>The seed of the published figures.</summary>
    public const int PublishedSeed = 20_160_716;

    private const double SouthDegrees = 32;
    private const double WestDegrees = 35;
    private const double HeightDegrees = 6;
    private const double WidthDegrees = 8;
    private const double KilometresPerDegree = 111.2;
    private const double MedianSquareKilometres = 92;
    private const double LogarithmicSpread = 1.5;

    private static readonly Instant Start = Instant.FromUtc(2016, 7, 15, 0, 0);
    private static readonly Duration Span = Duration.FromDays(7);

    private readonly Random _random;

    /// <summary>Draws a workload.</summary>
    /// <param name="areas">How many areas.</param>
    /// <param name="points">How many points.</param>
    /// <param name="probes">How many probe volumes.</param>
    /// <param name="seed">The seed.</param>
    public SpaceWorkload(int areas, int points, int probes, int seed = PublishedSeed)
    {
        _random = new(seed);
        Areas = [.. Enumerable.Range(0, areas).Select(_ => NextVolume())];
        Points = [.. Enumerable.Range(0, points).Select(_ => NextPoint())];
        Probes = [.. Enumerable.Range(0, probes).Select(_ => NextVolume())];
    }

    /// <summary>The areas with their heights and times.</summary>
    public ImmutableArray<Volume> Areas { get; }

    /// <summary>The points.</summary>
    public ImmutableArray<AskedPoint> Points { get; }

    /// <summary>The probe volumes.</summary>
    public ImmutableArray<Volume> Probes { get; }

    /// <summary>The same volume at every height, always: with it everything is active at once.</summary>
    public static Volume Always(Volume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return new(volume.Outline, HeightBand.All, new(null, null));
    }

    private AskedPoint NextPoint() => new(
        NextPlace(), Height.FromMetres(_random.Next(0, 12_000), HeightReference.SeaLevel), Start + Duration.FromSeconds(_random.Next((int)Span.TotalSeconds)));

    private GeoPoint NextPlace() =>
        GeoPoint.FromDegrees(SouthDegrees + _random.NextDouble() * HeightDegrees, WestDegrees + _random.NextDouble() * WidthDegrees);

    private Volume NextVolume()
    {
        var floor = _random.Next(0, 11_700);
        var band = HeightBand.Create(
            Height.FromMetres(floor, HeightReference.SeaLevel),
            Height.FromMetres(Math.Min(12_000, floor + _random.Next(300, 3_000)), HeightReference.SeaLevel))!.Value;
        var from = Start + Duration.FromSeconds(_random.Next((int)Span.TotalSeconds));
        return new(NextOutline(), band, new(from, from + Duration.FromMinutes(_random.Next(60, 240))));
    }

    // A corridor that bends too sharply would cross itself: then another one is drawn.
    private Outline NextOutline()
    {
        while (true)
        {
            if (Outline.Create(NextRing(), []).TryGet(out var outline, out _)) return outline;
        }
    }

    private GeoPoint[] NextRing()
    {
        var squareKilometres = Math.Clamp(MedianSquareKilometres * Math.Exp(LogarithmicSpread * NextNormal()), 1, 8_000);
        var radius = Math.Sqrt(squareKilometres / Math.PI);
        var centre = NextPlace();
        return _random.Next(100) switch
        {
            < 40 => [.. Irregular(radius).Select(at => Moved(centre, at))],
            < 65 => [.. Round(48, 0, 2 * Math.PI, radius).Select(at => Moved(centre, at))],
            < 85 => [.. Corridor(squareKilometres).Select(at => Moved(centre, at))],
            _ => [.. Sector(radius).Select(at => Moved(centre, at))],
        };
    }

    private IEnumerable<(double East, double North)> Irregular(double radius)
    {
        var corners = _random.Next(16, 41);
        for (var corner = 0; corner < corners; corner++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * corner / corners);
            var stretch = radius * (0.5 + _random.NextDouble());
            yield return (stretch * cosine, stretch * sine);
        }
    }

    private static IEnumerable<(double East, double North)> Round(int corners, double from, double angle, double radius)
    {
        for (var corner = 0; corner < corners; corner++)
        {
            var (sine, cosine) = Math.SinCos(from + angle * corner / corners);
            yield return (radius * cosine, radius * sine);
        }
    }

    private IEnumerable<(double East, double North)> Corridor(double squareKilometres)
    {
        var half = Math.Sqrt(squareKilometres / 8) / 2;
        var points = _random.Next(4, 9);
        var step = 16 * half / (points - 1);
        var heading = _random.NextDouble() * 2 * Math.PI;
        var (east, north) = (0.0, 0.0);
        var left = new List<(double, double)>();
        var right = new List<(double, double)>();
        for (var point = 0; point < points; point++)
        {
            var (sine, cosine) = Math.SinCos(heading);
            left.Add((east - half * sine, north + half * cosine));
            right.Add((east + half * sine, north - half * cosine));
            (east, north) = (east + step * cosine, north + step * sine);
            heading += (_random.NextDouble() - 0.5) * 0.6;
        }

        right.Reverse();
        return left.Concat(right);
    }

    private IEnumerable<(double East, double North)> Sector(double radius)
    {
        var angle = Math.PI * (0.3 + _random.NextDouble());
        var wide = radius * Math.Sqrt(2 * Math.PI / angle);
        return Round(_random.Next(18, 31), _random.NextDouble() * 2 * Math.PI, angle, wide).Prepend((0, 0));
    }

    private double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static GeoPoint Moved(GeoPoint centre, (double East, double North) kilometres) => GeoPoint.FromDegrees(
        centre.LatitudeDegrees + kilometres.North / KilometresPerDegree,
        centre.LongitudeDegrees + kilometres.East / (KilometresPerDegree * Math.Cos(centre.LatitudeDegrees * Math.PI / 180)));
}
