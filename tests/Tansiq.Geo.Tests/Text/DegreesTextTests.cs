using CsCheck;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Tests;

[Trait("Requirement", "INF-3")]
public sealed class DegreesTextTests
{
    private static readonly Gen<GeoPoint> Place =
        Gen.Select(Gen.Int[-900_000_000, 900_000_000], Gen.Int[-1_800_000_000, 1_799_999_999])
            .Select((latitude, longitude) => GeoPoint.FromE7(latitude, longitude));

    [Theory]
    [InlineData("36°12'30\"N 037°09'E", 362_083_333, 371_500_000)]
    [InlineData("36°12′30″N, 037°09′00″E", 362_083_333, 371_500_000)]
    [InlineData("36º12’30”N 37º09’E", 362_083_333, 371_500_000)]
    [InlineData("36°12'30''N 37°09'E", 362_083_333, 371_500_000)]
    [InlineData("N36°12'30\" E037°09'", 362_083_333, 371_500_000)]
    [InlineData("37°09'E 36°12'30\"N", 362_083_333, 371_500_000)]
    [InlineData("361230N0370900E", 362_083_333, 371_500_000)]
    [InlineData("N361230E0370900", 362_083_333, 371_500_000)]
    [InlineData("361230.5N 0370900.25E", 362_084_722, 371_500_694)]
    [InlineData("3612N03709E", 362_000_000, 371_500_000)]
    [InlineData("3612.5N03709.25E", 362_083_333, 371_541_667)]
    [InlineData("36N037E", 360_000_000, 370_000_000)]
    [InlineData("36.2083N 37.15E", 362_083_000, 371_500_000)]
    [InlineData("36.2083° N, 37.15° E", 362_083_000, 371_500_000)]
    [InlineData("36.2083, 37.15", 362_083_000, 371_500_000)]
    [InlineData("36.2083 37.15", 362_083_000, 371_500_000)]
    [InlineData("-33.5 151", -335_000_000, 1_510_000_000)]
    [InlineData("-33.5-70.5", -335_000_000, -705_000_000)]
    [InlineData("−33.5;+151", -335_000_000, 1_510_000_000)]
    [InlineData("-0.5, -0.25", -5_000_000, -2_500_000)]
    [InlineData("36°12' 37°09'", 362_000_000, 371_500_000)]
    [InlineData("-36 12 30, 37 09 00", -362_083_333, 371_500_000)]
    [InlineData("36 12 30 S 37 09 W", -362_083_333, -371_500_000)]
    [InlineData("36:12:30 N 037:09:00 E", 362_083_333, 371_500_000)]
    [InlineData("36 12.5 north 37 9.25 east", 362_083_333, 371_541_667)]
    [InlineData("90S 180E", -900_000_000, -1_800_000_000)]
    [InlineData("0.00000005N 0.00000015E", 0, 2)]
    [InlineData("36°12′30″ с. ш. 37°09′ в. д.", 362_083_333, 371_500_000)]
    [InlineData("36°12′ю.ш., 37°09′з.д.", -362_000_000, -371_500_000)]
    [InlineData("36°12'30\" С 37°09' В", 362_083_333, 371_500_000)]
    [InlineData("٣٦°١٢′٣٠″ شمالاً، ٣٧°٠٩′ شرقًا", 362_083_333, 371_500_000)]
    [InlineData("۳۶٫۲۰۸۳ شمال ۳۷٫۱۵ شرق", 362_083_000, 371_500_000)]
    [InlineData("\u200F36.2083\u200E, \u206637.15\u2069", 362_083_000, 371_500_000)]
    [InlineData("WGS84 36.2083, 37.15", 362_083_000, 371_500_000)]
    public void Parse_OfAFormInUse_GivesThePoint(string text, int latitudeE7, int longitudeE7) =>
        DegreesText.Parse(text).Value.Point.ShouldBe(GeoPoint.FromE7(latitudeE7, longitudeE7));

    [Theory]
    [InlineData("", "geo.degrees-malformed")]
    [InlineData("36.2", "geo.degrees-malformed")]
    [InlineData("N E", "geo.degrees-malformed")]
    [InlineData("NaN, 37", "geo.degrees-malformed")]
    [InlineData("36.2, 37.1, 300", "geo.degrees-malformed")]
    [InlineData("36 12 37 09", "geo.degrees-malformed")]
    [InlineData("36.2083N 37.15", "geo.degrees-malformed")]
    [InlineData("36N 37N", "geo.degrees-malformed")]
    [InlineData("36N E37", "geo.degrees-malformed")]
    [InlineData("36.5°12'N 37°E", "geo.degrees-malformed")]
    [InlineData("36'12°N 37°E", "geo.degrees-malformed")]
    [InlineData("36°12'30\"15N 37°E", "geo.degrees-malformed")]
    [InlineData("36:N 37:E", "geo.degrees-malformed")]
    [InlineData("36,2083N 37,15E", "geo.degrees-malformed")]
    [InlineData("36.N 37E", "geo.degrees-malformed")]
    [InlineData("36.2ش 37.1", "geo.degrees-malformed")]
    [InlineData("36 NE 37", "geo.degrees-malformed")]
    [InlineData("-36N 37E", "geo.degrees-ambiguous")]
    [InlineData("3612N 3709E", "geo.degrees-ambiguous")]
    [InlineData("361N 037E", "geo.degrees-ambiguous")]
    [InlineData("3612, 3709", "geo.degrees-ambiguous")]
    [InlineData("36°60'N 37°E", "geo.minutes-out-of-range")]
    [InlineData("36°59'60\"N 37°E", "geo.minutes-out-of-range")]
    [InlineData("3660N03700E", "geo.minutes-out-of-range")]
    [InlineData("91N 37E", "geo.latitude-out-of-range")]
    [InlineData("90°00'01\"N 37E", "geo.latitude-out-of-range")]
    [InlineData("151, -33.5", "geo.latitude-out-of-range")]
    [InlineData("36N 181E", "geo.longitude-out-of-range")]
    [InlineData("36, -180.0000001", "geo.longitude-out-of-range")]
    [InlineData("36.2083, 37.15 NAD27", "geo.datum-not-wgs84")]
    [InlineData("36.2083, 37.15 СК-42", "geo.datum-not-wgs84")]
    public void Parse_OfWhatIsUnclear_IsRefused(string text, string code) => DegreesText.Parse(text).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void Parse_AtTheLengthLimit_IsTakenAndBeyondRefused()
    {
        DegreesText.Parse("36, 37".PadRight(DegreesText.MaximumLength)).Refusal.ShouldBeNull();
        DegreesText.Parse("36, 37".PadRight(DegreesText.MaximumLength + 1)).Refusal!.Code.ShouldBe("geo.degrees-too-long");
        DegreesText.Parse("36." + new string('1', DegreesText.MaximumFractionDigits) + ", 37").Refusal.ShouldBeNull();
        DegreesText.Parse("36." + new string('1', DegreesText.MaximumFractionDigits + 1) + ", 37").Refusal!.Code.ShouldBe("geo.degrees-malformed");
    }

    [Theory]
    [InlineData("0N 0E", 111_694)]
    [InlineData("36°12'N 037°09'E", 1_861)]
    [InlineData("36°12'30\"N 037°09'00\"E", 31)]
    [InlineData("36°12'30\"N 037°09'E", 1_497)]
    [InlineData("36.2083, 37.1500", 11.2)]
    [InlineData("36.20830000, 37.15000000", 0.001117)]
    public void Parse_OfAPlace_KeepsWhatTheLastDigitIsWorth(string text, double metres) =>
        DegreesText.Parse(text).Value.LastDigitMetres.ShouldBe(metres, metres * 0.01);

    [Theory]
    [InlineData(362_083_333, 371_500_000, "36°12′30″N 037°09′00″E", "361230N0370900E", "36.21°N 37.15°E")]
    [InlineData(-899_999_999, -1_800_000_000, "90°00′00″S 180°00′00″W", "900000S1800000W", "90.00°S 180.00°W")]
    [InlineData(5_000_000, -1_250_000, "00°30′00″N 000°07′30″W", "003000N0000730W", "0.50°N 0.12°W")]
    public void Format_OfAPoint_RoundsAndCarries(int latitudeE7, int longitudeE7, string sexagesimal, string compact, string decimals)
    {
        var point = GeoPoint.FromE7(latitudeE7, longitudeE7);
        DegreesText.FormatDegreesMinutesSeconds(point).ShouldBe(sexagesimal);
        DegreesText.FormatCompact(point).ShouldBe(compact);
        DegreesText.FormatDecimal(point, 2).ShouldBe(decimals);
    }

    [Fact]
    public void Format_WithEnoughDigits_ReadsBackToTheSamePoint() =>
        Place.Sample(point =>
        {
            DegreesText.Parse(DegreesText.FormatDegreesMinutesSeconds(point, 5)).Value.Point.ShouldBe(point);
            DegreesText.Parse(DegreesText.FormatDecimal(point, 7)).Value.Point.ShouldBe(point);
            DegreesText.Parse(point.ToString()).Value.Point.ShouldBe(point);
        });

    [Fact]
    public void Parse_OfCompactText_IsWithinHalfOfItsLastDigit() =>
        Place.Sample(point =>
        {
            var read = DegreesText.Parse(DegreesText.FormatCompact(point)).Value.Point;
            Math.Abs(read.LatitudeE7 - point.LatitudeE7).ShouldBeLessThanOrEqualTo(1_389);
            Math.Abs(Math.IEEERemainder((double)read.LongitudeE7 - point.LongitudeE7, GeoPoint.TurnE7)).ShouldBeLessThanOrEqualTo(1_389);
        });

    [Fact]
    public void Parse_OfAnyText_NeverThrows()
    {
        Gen.String.Sample(text => _ = DegreesText.Parse(text).Refusal);
        Gen.Char["0123456789.,;:°'\"′″NSEW+- ٣٦شرقСВ"].Array[0, 40].Sample(characters => _ = DegreesText.Parse(new string(characters)).Refusal);
    }
}
