using CsCheck;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Geo.Tests.Geodesy;

public sealed class GeodesicTests
{
    // 15 nm are promised on either side.
    private const double ToleranceMetres = 30e-9;

    // Rounded, because GeodSolve reads the exponent of 1E-80 as the hemisphere.
    private static readonly Gen<(double Latitude, double Longitude)> Place =
        Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180]).Select((lat, lon) => (Math.Round(lat, 12), Math.Round(lon, 12)));

    private static readonly (double, double, double, double)[] HardPairs =
    [
        (0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 179), (0, 0, 0, 179.39), (0, 0, 0, 179.3966), (0, 0, 0, 179.5), (0, 0, 0, 180),
        (36.2, 37.15, 36.2, 37.15), (36.2, 37.15, 36.2, 37.1500001), (36.2, 37.15, 36.2000001, 37.15),
        (36.2, 37.15, 36.2000013, 37.1500013), (36.2, 37.15, 36.2000025, 37.1500019), (10, 20, 70, 20), (10, 20, -70, 20),
        (10, 20, 40, -160), (-10, 20, -40, -160), (90, 0, 0, 33), (-90, 10, 12, 50), (90, 0, -90, 0), (90, 0, 90, 120),
        (90, 0, -90, 77), (30, 0, -30, 180), (30, 0, -30, 179.9), (30, 0, -29.9, 179.8), (30, 0, -30.1, 179.999999), (0.5, 0, -0.5, 179.7),
        (-41.32, 174.81, 40.96, -5.5), (37.757, -122.4, -30.5, 57.6), (5, 0.00000000000001, 5, 180), (89.9999999, 0, 89.9999999, 180),
        (89.9999999, 10, -89.9999999, -170), (35, 179.9999999, 35, -179.9999999), (-35, -180, 35, 180), (1e-7, 0, -1e-7, 179.4),
        (0, 0, 1e-7, 179.5), (56.3, -3.2, -56.1, 177.1), (0, 0, 0.5, 179.5), (0, 0, 0.5, 179.7),
    ];

    [Fact]
    public void Inverse_OfHardAndRandomPairs_AgreesWithGeodSolve()
    {
        var pairs = new List<(double, double, double, double)>(HardPairs);
        Gen.Select(Place, Place).Array[3_000].Sample(
            many => pairs.AddRange(many.Select(p => (p.Item1.Latitude, p.Item1.Longitude, p.Item2.Latitude, p.Item2.Longitude))),
            iter: 1, seed: "0000KoAbCdE1");
        var nearAntipode = Gen.Select(Place, Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Int[0, 9]).Array[3_000];
        nearAntipode.Sample(
            many => pairs.AddRange(many.Select(p => (p.Item1.Latitude, p.Item1.Longitude,
                Math.Clamp(-p.Item1.Latitude + p.Item2 * Math.Pow(10, -p.Item4), -90, 90),
                p.Item1.Longitude + 180 + p.Item3 * Math.Pow(10, -p.Item4)))),
            iter: 1, seed: "0000KoAbCdE1");
        var near = Gen.Select(Place, Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Int[0, 9]).Array[3_000];
        near.Sample(
            many => pairs.AddRange(many.Select(p => (p.Item1.Latitude, p.Item1.Longitude,
                Math.Clamp(p.Item1.Latitude + p.Item2 * Math.Pow(10, -p.Item4), -90, 90),
                p.Item1.Longitude + p.Item3 * Math.Pow(10, -p.Item4)))),
            iter: 1, seed: "0000KoAbCdE1");

        var answers = Oracle.Ask("GeodSolve", "-i -p 10", [.. pairs.Select(p => Oracle.Text($"{p.Item1:F18} {p.Item2:F18} {p.Item3:F18} {p.Item4:F18}"))]);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (lat1, lon1, lat2, lon2) = pairs[i];
            var path = Geodesic.Inverse(lat1, lon1, lat2, lon2);
            var expected = Oracle.Numbers(answers[i]);
            path.DistanceMetres.ShouldBe(expected[2], ToleranceMetres, Oracle.Text($"{pairs[i]}"));
            // The azimuth is good where following it arrives: an ill-conditioned azimuth is not compared as a number.
            var end = Geodesic.Direct(lat1, lon1, path.StartAzimuthDegrees, path.DistanceMetres);
            SeparationMetres(end.LatitudeDegrees, end.LongitudeDegrees, lat2, lon2).ShouldBeLessThan(ToleranceMetres, Oracle.Text($"{pairs[i]} {path}"));
        }
    }

    [Fact]
    public void Direct_OfRandomLines_AgreesWithGeodSolve()
    {
        var lines = new List<(double Latitude, double Longitude, double Azimuth, double Distance)>
        {
            (0, 0, 90, 20e6), (90, 0, 180, 1e6), (-90, 50, 30, 5e6), (40, 179.9, 90, 50e3), (0, 0, 0, 10001965.729), (36, 37, 720, -5e6),
        };
        Gen.Select(Place, Gen.Int[-360_000, 360_000], Gen.Int[-45_000_000, 45_000_000]).Array[5_000].Sample(
            many => lines.AddRange(many.Select(l => (l.Item1.Latitude, l.Item1.Longitude, l.Item2 / 1e3, (double)l.Item3))), iter: 1, seed: "0000KoAbCdE1");
        var answers = Oracle.Ask("GeodSolve", "-p 10", [.. lines.Select(l => Oracle.Text($"{l.Latitude:F18} {l.Longitude:F18} {l.Azimuth:F18} {l.Distance:F18}"))]);
        for (var i = 0; i < lines.Count; i++)
        {
            var end = Geodesic.Direct(lines[i].Latitude, lines[i].Longitude, lines[i].Azimuth, lines[i].Distance);
            var expected = Oracle.Numbers(answers[i]);
            SeparationMetres(end.LatitudeDegrees, end.LongitudeDegrees, expected[0], expected[1])
                .ShouldBeLessThan(ToleranceMetres, Oracle.Text($"{lines[i]}"));
            AngleBetween(end.AzimuthDegrees, expected[2]).ShouldBeLessThan(1e-9 / Math.Max(1e-9, Math.Cos(expected[0] * Math.PI / 180)));
        }
    }

    [Fact]
    public void Inverse_OfHardPairs_GivesGeodSolvesAzimuths()
    {
        var answers = Oracle.Ask("GeodSolve", "-i -p 10", [.. HardPairs.Select(p => Oracle.Text($"{p.Item1:F18} {p.Item2:F18} {p.Item3:F18} {p.Item4:F18}"))]);
        for (var i = 0; i < HardPairs.Length; i++)
        {
            var (lat1, lon1, lat2, lon2) = HardPairs[i];
            var path = Geodesic.Inverse(lat1, lon1, lat2, lon2);
            var expected = Oracle.Numbers(answers[i]);
            if (path.DistanceMetres < 1 || expected[2] > 20_003_931.458) continue;
            AngleBetween(path.StartAzimuthDegrees, expected[0]).ShouldBeLessThan(1e-6, Oracle.Text($"{HardPairs[i]} {path}"));
            AngleBetween(path.EndAzimuthDegrees, expected[1]).ShouldBeLessThan(1e-6, Oracle.Text($"{HardPairs[i]} {path}"));
        }
    }

    // Straight in space: for what is metres apart at most, right to far below a nanometre.
    internal static double SeparationMetres(double lat1, double lon1, double lat2, double lon2)
    {
        var (x1, y1, z1) = Cartesian(lat1, lon1);
        var (x2, y2, z2) = Cartesian(lat2, lon2);
        return Math.Sqrt((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2) + (z1 - z2) * (z1 - z2));
    }

    private static (double X, double Y, double Z) Cartesian(double latitude, double longitude)
    {
        var phi = latitude * Math.PI / 180;
        var lambda = Math.IEEERemainder(longitude, 360) * Math.PI / 180;
        var n = Wgs84.EquatorialRadiusMetres / Math.Sqrt(1 - Wgs84.EccentricitySquared * Math.Sin(phi) * Math.Sin(phi));
        return (n * Math.Cos(phi) * Math.Cos(lambda), n * Math.Cos(phi) * Math.Sin(lambda), n * (1 - Wgs84.EccentricitySquared) * Math.Sin(phi));
    }

    private static double AngleBetween(double first, double second) => Math.Abs(Math.IEEERemainder(first - second, 360));
}
