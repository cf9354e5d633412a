using CsCheck;
using NodaTime;
using Shouldly;
using Tansiq.Coordination.Languages;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Languages;

public sealed class ValueTextTests
{
    private static readonly DateTimeZone Damascus = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    [Fact]
    public void Time_WithAZone_ShowsUniversalAndLocalTime() =>
        In("en").Time(Instant.FromUtc(2016, 7, 29, 6, 0)).ShouldBe("2016-07-29 06:00Z (09:00 Asia/Damascus)");

    [Fact]
    public void Time_WhereTheLocalDateDiffers_ShowsTheLocalDate() =>
        In("en").Time(Instant.FromUtc(2016, 7, 29, 22, 30, 5)).ShouldBe("2016-07-29 22:30:05Z (2016-07-30 01:30:05 Asia/Damascus)");

    [Fact]
    public void Time_WithAFractionOfASecond_IsNotRounded() =>
        In("en", null).Time(Instant.FromUtc(2016, 7, 29, 6, 0).PlusNanoseconds(1)).ShouldBe("2016-07-29 06:00:00.000000001Z");

    [Fact]
    public void Time_AtTheEndsOfTheCalendar_IsShownInUniversalTime()
    {
        In("en").Time(Instant.MaxValue).ShouldBe("9999-12-31 23:59:59.999999999Z");
        In("en").Time(Instant.MinValue).ShouldBe("-9998-01-01 00:00Z");
    }

    [Theory]
    [InlineData("en", 1390, "23 h 10 min")]
    [InlineData("ru", 1390, "23 ч 10 мин")]
    [InlineData("ar", 1390, "\u206623\u2069 س \u206610\u2069 د")]
    [InlineData("en", 1440, "24 h")]
    [InlineData("en", 59, "59 min")]
    [InlineData("en", 0, "0 min")]
    [InlineData("en", -125, "2 h 5 min")]
    public void Period_OfMinutes_ReadsInHoursAndMinutes(string language, long minutes, string expected) =>
        In(language).Period(minutes).ShouldBe(expected);

    [Theory]
    [InlineData("en", 10_000, "10 km")]
    [InlineData("ru", 7_500, "7,5 км")]
    [InlineData("en", 6_150, "6,150 m")]
    [InlineData("ar", 500, "\u2066500\u2069 م")]
    public void Distance_Agreed_IsExact(string language, long metres, string expected) =>
        In(language).Distance(metres).ShouldBe(expected);

    [Theory]
    [InlineData("en", 6_101, 6_199, null, "6.1–6.2 km")]
    [InlineData("ru", 6_101, 6_199, null, "6,1–6,2 км")]
    [InlineData("ar", 6_101, 6_199, null, "\u20666.1–6.2\u2069 كم")]
    [InlineData("en", 6_100, 6_100, null, "6.1 km")]
    [InlineData("en", 999, 1_001, null, "999–1,001 m")]
    [InlineData("en", 0, 0, null, "0 m")]
    [InlineData("en", 9_880, 9_899, 10_000L, "9.8–9.9 km")]
    [InlineData("en", 9_930, 9_960, 10_000L, "9,930–9,960 m")]
    [InlineData("en", 9_930, 10_010, 10_000L, "9.9–10.1 km")]
    public void Distance_BetweenBounds_IsRoundedOutwardsAndNeverUpToWhatWasAgreed(string language, long lower, long upper, long? agreed, string expected) =>
        In(language).Distance(lower, upper, agreed).ShouldBe(expected);

    [Theory]
    [InlineData(362_083_333, 371_500_000, "36°12'30.0\"N 037°09'00.0\"E (36.2083333, 37.1500000)")]
    [InlineData(-335_000_000, -1_799_999_999, "33°30'00.0\"S 180°00'00.0\"W (-33.5000000, -179.9999999)")]
    [InlineData(-1, 0, "00°00'00.0\"S 000°00'00.0\"E (-0.0000001, 0.0000000)")]
    [InlineData(359_999_999, 0, "36°00'00.0\"N 000°00'00.0\"E (35.9999999, 0.0000000)")]
    public void Place_OfAPoint_ReadsInDegreesAndExactly(int latitudeE7, int longitudeE7, string expected) =>
        In("en").Place(GeoPoint.FromE7(latitudeE7, longitudeE7), gridReference: null).ShouldBe(expected);

    [Theory]
    [InlineData("en", "Aleppo\u202E\nA\u2069\u200F", "Aleppo A")]
    [InlineData("en", "حلب", "\u2068حلب\u2069")]
    [InlineData("ru", "Алеппо", "Алеппо")]
    [InlineData("ar", "حلب", "\u2068حلب\u2069")]
    [InlineData("ar", "Aleppo\u2069 x", "\u2068Aleppo x\u2069")]
    [InlineData("ar", "می\u200Cخواهم", "\u2068می\u200Cخواهم\u2069")]
    public void Name_OfAnyScript_CannotSteerTheTextAroundIt(string language, string name, string expected) =>
        In(language).Name(name).ShouldBe(expected);

    [Fact]
    public void Distance_OfAnyBounds_HoldsThem() =>
        Gen.Select(Gen.Long[0, 2_000_000], Gen.Long[0, 5_000]).Sample((lower, gap) =>
        {
            var text = In("en").Distance(lower, lower + gap, agreedMetres: null).Replace(",", "", StringComparison.Ordinal);
            var scale = text.EndsWith(" km", StringComparison.Ordinal) ? 1_000m : 1m;
            var bounds = text.Split(' ')[0].Split('–').Select(bound => decimal.Parse(bound, System.Globalization.CultureInfo.InvariantCulture) * scale).ToList();
            bounds[0].ShouldBeInRange(lower - scale / 10, lower);
            bounds[^1].ShouldBeInRange(lower + gap, lower + gap + scale / 10);
        });

    private static ValueText In(string language) => In(language, Damascus);

    private static ValueText In(string language, DateTimeZone? zone) => new(Phrasebook.For(language).Value, zone);
}
