using CsCheck;
using Tansiq.Geo.Grids;
using Tansiq.Geo.Tests.Geodesy;

namespace Tansiq.Geo.Tests.Grids;

[Trait("Requirement", "INF-3")]
public sealed class MgrsTests
{
    private static readonly int[] ZonesWithEveryRule = [31, 32, 36, 37];

    private static readonly Gen<GeoPoint> Place =
        Gen.Select(Gen.Int[Utm.MinimumLatitudeE7, Utm.MaximumLatitudeE7 - 1], Gen.Int[-GeoPoint.HalfTurnE7, GeoPoint.HalfTurnE7 - 1])
            .Select((latitude, longitude) => GeoPoint.FromE7(latitude, longitude));

    [Theory]
    [InlineData("37S CV 12345 67890", "37SCV1234567890", 1)]
    [InlineData("37scv1234567890", "37SCV1234567890", 1)]
    [InlineData(" 37S  CV 1 6 ", "37SCV16", 10_000)]
    [InlineData("37SCV", "37SCV", 100_000)]
    [InlineData("04QFJ1234567890", "4QFJ1234567890", 1)]
    [InlineData("4Q FJ 012 670", "4QFJ012670", 100)]
    [InlineData("WGS 84 37S CV 12 67", "37SCV1267", 1_000)]
    [InlineData("37S CV 12 67 (WGS84)", "37SCV1267", 1_000)]
    [InlineData("28F ED 50", "28FED50", 10_000)]
    public void Parse_OfAName_KeepsItsPrecision(string text, string name, int sizeMetres)
    {
        var square = Mgrs.Parse(text).Value;
        square.ToString().ShouldBe(name);
        square.SizeMetres.ShouldBe(sizeMetres);
        Mgrs.Parse(square.ToSpacedString()).Value.ShouldBe(square);
    }

    [Theory]
    [InlineData("", "geo.mgrs-malformed")]
    [InlineData("37", "geo.mgrs-malformed")]
    [InlineData("37S", "geo.mgrs-malformed")]
    [InlineData("37S C", "geo.mgrs-malformed")]
    [InlineData("3 7S CV 12 67", "geo.mgrs-malformed")]
    [InlineData("37S C V 12 67", "geo.mgrs-malformed")]
    [InlineData("37S CV 123", "geo.mgrs-malformed")]
    [InlineData("37S CV 123 4", "geo.mgrs-malformed")]
    [InlineData("37S CV 12 34 56", "geo.mgrs-malformed")]
    [InlineData("37S CV 123456 123456", "geo.mgrs-malformed")]
    [InlineData("37S CV 12 67 x", "geo.mgrs-malformed")]
    [InlineData("0S CV 12 67", "geo.mgrs-malformed")]
    [InlineData("61S CV 12 67", "geo.mgrs-malformed")]
    [InlineData("37I CV 12 67", "geo.mgrs-no-such-square")]
    [InlineData("37S IV 12 67", "geo.mgrs-no-such-square")]
    [InlineData("37S CO 12 67", "geo.mgrs-no-such-square")]
    [InlineData("37S CW 12 67", "geo.mgrs-no-such-square")]
    [InlineData("37S JV 12 67", "geo.mgrs-no-such-square")]
    [InlineData("37R CV 12 67", "geo.mgrs-no-such-square")]
    [InlineData("32X MP 12 67", "geo.mgrs-no-such-square")]
    [InlineData("ZAH 12 67", "geo.mgrs-polar")]
    [InlineData("B AN", "geo.mgrs-polar")]
    [InlineData("37S CV 12345 67890 ED50", "geo.datum-not-wgs84")]
    [InlineData("37S CV 12345 67890                       ", "geo.mgrs-too-long")]
    public void Parse_OfWhatNamesNoSquare_IsRefused(string text, string code) => Mgrs.Parse(text).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void Parse_OfEveryHundredKilometreSquare_TakesWhatGeoConvertTakesExceptOutsideTheZone()
    {
        const string bands = "CDEFGHJKLMNPQRSTUVWX";
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        var names =
            (from zone in ZonesWithEveryRule
             from band in bands
             from column in letters
             from row in letters
             select $"{zone}{band}{column}{row}").ToArray();
        var answers = Oracle.Ask("GeoConvert", "-u -p 0", names);
        var taken = 0;
        foreach (var (name, answer) in names.Zip(answers))
        {
            var isTaken = Mgrs.Parse(name).TryGet(out var square, out _);
            if (isTaken)
            {
                taken++;
                answer.ShouldNotStartWith("ERROR", Case.Sensitive, name);
                var northing = answer.Split(' ');
                var centre = Utm.ToPoint(UtmCoordinate.Create(square.Zone, answer.Contains('s', StringComparison.Ordinal), Oracle.Number(northing[1]), Oracle.Number(northing[2])).Value);
                GeodesicTests.SeparationMetres(square.Centre.LatitudeDegrees, square.Centre.LongitudeDegrees, centre.LatitudeDegrees, centre.LongitudeDegrees)
                    .ShouldBeLessThan(0.02, name);
            }
            else if (!answer.StartsWith("ERROR", StringComparison.Ordinal))
            {
                var fields = answer.Split(' ');
                IsOutsideZone(name, answer.Contains('s', StringComparison.Ordinal), Oracle.Number(fields[1]), Oracle.Number(fields[2])).ShouldBeTrue(name);
            }
        }

        taken.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void FromPoint_OfPublishedPoints_NamesTheirSquares()
    {
        var compared = 0;
        foreach (var line in SharedData.Lines("geometry/mgrs/geoToMgrs_WE.txt.gz"))
        {
            var fields = line.Split('\t');
            if (fields.Length < 15 || fields[2] != "Geodetic") continue;
            var point = GeoPoint.FromDegrees(Oracle.Number(fields[7]), Oracle.Number(fields[8]));
            var expected = fields[13].Trim();
            if (!Mgrs.FromPoint(point, 5).TryGet(out var square, out var refusal))
            {
                refusal.Code.ShouldBe("geo.mgrs-polar", line);
                expected.ShouldMatch("^[ABYZ]", line);
                continue;
            }

            // A point on a grid line may fall on either side of it.
            if (square.ToString() != Mgrs.Parse(expected).Value.ToString())
                GeodesicTests.SeparationMetres(
                    square.Centre.LatitudeDegrees, square.Centre.LongitudeDegrees,
                    Mgrs.Parse(expected).Value.Centre.LatitudeDegrees, Mgrs.Parse(expected).Value.Centre.LongitudeDegrees).ShouldBeLessThan(1.5, line);
            compared++;
        }

        compared.ShouldBeGreaterThan(7_000);
    }

    [Fact]
    public void Parse_OfPublishedNames_GivesTheirSouthWestCorners()
    {
        var compared = 0;
        foreach (var line in SharedData.Lines("geometry/mgrs/mgrsToGeo_WE.txt.gz"))
        {
            var fields = line.Split('\t');
            if (fields.Length < 15 || fields[2] != "MGRS") continue;
            var (latitude, longitude) = (Oracle.Number(fields[13]), Oracle.Number(fields[14]));
            if (!Mgrs.Parse(fields[7].Trim()).TryGet(out var square, out var refusal))
            {
                refusal.Code.ShouldBe("geo.mgrs-polar", line);
                continue;
            }

            var corner = square.SouthWest;
            GeodesicTests.SeparationMetres(corner.LatitudeDegrees, corner.LongitudeDegrees, latitude, longitude).ShouldBeLessThan(0.1, line);
            compared++;
        }

        compared.ShouldBeGreaterThan(7_000);
    }

    [Fact]
    public void FromPoint_AtEveryPrecision_CutsDigitsOffAndHoldsThePoint() =>
        Gen.Select(Place, Gen.Int[0, 4]).Sample(
            (point, digits) =>
            {
                var finest = Mgrs.FromPoint(point, 5).Value;
                var square = Mgrs.FromPoint(point, digits).Value;
                square.Digits.ShouldBe(digits);
                square.EastingDigits.ShouldBe(finest.EastingDigits / square.SizeMetres);
                square.NorthingDigits.ShouldBe(finest.NorthingDigits / square.SizeMetres);
                Mgrs.Parse(square.ToString()).Value.ShouldBe(square);
                Mgrs.Parse(finest.ToSpacedString().ToLowerInvariant()).Value.ShouldBe(finest);
                GeodesicTests.SeparationMetres(finest.Centre.LatitudeDegrees, finest.Centre.LongitudeDegrees, point.LatitudeDegrees, point.LongitudeDegrees)
                    .ShouldBeLessThan(0.75);
            },
            iter: 500);

    [Fact]
    public void OutlineRing_OfASquare_FollowsTheGridLinesWithinOneMetre() =>
        Gen.Select(Place, Gen.Int[0, 2]).Sample(
            (point, digits) =>
            {
                var square = Mgrs.FromPoint(point, digits).Value;
                var ring = square.OutlineRing();
                ring[0].ShouldBe(square.SouthWest);
                ring.ShouldContain(square.NorthEast);
                var corner = Utm.FromPoint(square.Centre).Value;
                for (var i = 0; i < ring.Length; i++)
                {
                    var (from, to) = (ring[i].ToPlane(), ring[(i + 1) % ring.Length].ToPlane());
                    if (Math.Abs(from.X - to.X) > GeoPoint.HalfTurnE7) to = to.Turned(to.X < from.X ? 1 : -1);
                    var middle = new PlanePoint((from.X + to.X) / 2, (from.Y + to.Y) / 2).ToGeoPoint();
                    // Only where the neighbouring zone's or hemisphere's coordinates do not come between.
                    if (!Utm.FromPoint(middle).TryGet(out var place, out _) || place.Zone != square.Zone || place.IsSouth != corner.IsSouth) continue;
                    var size = square.SizeMetres;
                    var east = Math.Abs(place.EastingMetres - Math.Round(place.EastingMetres / size) * size);
                    var north = Math.Abs(place.NorthingMetres - Math.Round(place.NorthingMetres / size) * size);
                    Math.Min(east, north).ShouldBeLessThan(1, $"{square} {middle}");
                }
            },
            iter: 50);

    [Fact]
    public void Parse_OfAnyText_NeverThrows()
    {
        Gen.String.Sample(text => _ = Mgrs.Parse(text).Refusal);
        Gen.Select(Gen.Const("37S CV 12345 67890 WGS 84"), Gen.Int[0, 25], Gen.Char).Sample((text, at, character) =>
            _ = Mgrs.Parse(text.Insert(at, character.ToString())).Refusal);
    }

    private static bool IsOutsideZone(string name, bool isSouth, double easting, double northing)
    {
        var zone = int.Parse(new string([.. name.TakeWhile(char.IsAsciiDigit)]), System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i <= 10; i++)
        {
            for (var j = 0; j <= 10; j++)
            {
                var coordinate = UtmCoordinate.Create(zone, isSouth, easting - 50_000 + i * 10_000, Math.Clamp(northing - 50_000 + j * 10_000, isSouth ? 1_000_000 : 0, isSouth ? 10_000_000 : 9_400_000));
                var point = Utm.ToPoint(coordinate.Value);
                if (Mgrs.FromPoint(point, 0).TryGet(out var square, out _) && square.ToString() == name) return false;
            }
        }

        return true;
    }
}
