using CsCheck;
using NodaTime;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Tests;

public sealed class DateTimeGroupTests
{
    [Theory]
    [InlineData("151200ZJUL16", 2016, 7, 15, 12, 0)]
    [InlineData("151200Z JUL 16", 2016, 7, 15, 12, 0)]
    [InlineData(" 15 1200z jul 2016 ", 2016, 7, 15, 12, 0)]
    [InlineData("151200CJUL16", 2016, 7, 15, 9, 0)]
    [InlineData("010030AJAN16", 2015, 12, 31, 23, 30)]
    [InlineData("312330RDEC15", 2016, 1, 1, 4, 30)]
    [InlineData("151200MJUL16", 2016, 7, 15, 0, 0)]
    [InlineData("151200YJUL16", 2016, 7, 16, 0, 0)]
    [InlineData("290000ZFEB16", 2016, 2, 29, 0, 0)]
    [InlineData("010000ZJAN69", 1969, 1, 1, 0, 0)]
    [InlineData("010000ZJAN68", 2068, 1, 1, 0, 0)]
    public void Parse_OfAGroup_GivesTheInstant(string text, int year, int month, int day, int hour, int minute) =>
        DateTimeGroup.Parse(text).Value.ShouldBe(Instant.FromUtc(year, month, day, hour, minute));

    [Theory]
    [InlineData("", "time.group-malformed")]
    [InlineData("151200Z", "time.group-malformed")]
    [InlineData("151200ZJUL", "time.group-malformed")]
    [InlineData("151200ZJUL1", "time.group-malformed")]
    [InlineData("151200ZJUL016", "time.group-malformed")]
    [InlineData("151200ZJUL0000", "time.group-malformed")]
    [InlineData("151200JUL16", "time.group-malformed")]
    [InlineData("151200ZXYZ16", "time.group-malformed")]
    [InlineData("15120000ZJUL16", "time.group-malformed")]
    [InlineData("1512000ZJUL16", "time.group-malformed")]
    [InlineData("١٥1200ZJUL16", "time.group-malformed")]
    [InlineData("321200ZJUL16", "time.no-such-day")]
    [InlineData("001200ZJUL16", "time.no-such-day")]
    [InlineData("310000ZJUN16", "time.no-such-day")]
    [InlineData("290000ZFEB15", "time.no-such-day")]
    [InlineData("152400ZJUL16", "time.no-such-time")]
    [InlineData("152360ZJUL16", "time.no-such-time")]
    [InlineData("151200JJUL16", "time.local-zone-unknown")]
    [InlineData("151200ZJUL16                             ", "time.group-too-long")]
    public void Parse_OfWhatIsNoInstant_IsRefused(string text, string code) => DateTimeGroup.Parse(text).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void Parse_OfLocalTimeWithAnOffset_GivesTheInstant() =>
        DateTimeGroup.Parse("151200JJUL16", Offset.FromHours(3)).Value.ShouldBe(Instant.FromUtc(2016, 7, 15, 9, 0));

    [Fact]
    public void Format_InAnyZone_ReadsBackToTheMinute() =>
        Gen.Select(Gen.Long[-60_000_000_000, 200_000_000_000], Gen.Char["ABCDEFGHIKLMNOPQRSTUVWXYZ"]).Sample((seconds, zone) =>
        {
            var instant = Instant.FromUnixTimeSeconds(seconds);
            var minute = Instant.FromUnixTimeSeconds(seconds - ((seconds % 60) + 60) % 60);
            DateTimeGroup.Parse(DateTimeGroup.Format(instant, zone)).Value.ShouldBe(minute);
        });

    [Fact]
    public void Format_OfAnExample_IsAsMessagesWriteIt()
    {
        DateTimeGroup.Format(Instant.FromUtc(2016, 7, 15, 12, 0)).ShouldBe("151200ZJUL16");
        DateTimeGroup.Format(Instant.FromUtc(2016, 7, 15, 12, 0), 'C').ShouldBe("151500CJUL16");
        DateTimeGroup.Format(Instant.FromUtc(2069, 1, 1, 0, 0)).ShouldBe("010000ZJAN2069");
        Should.Throw<ArgumentOutOfRangeException>(() => DateTimeGroup.Format(default, 'J'));
    }

    [Fact]
    public void Parse_OfAnyText_NeverThrows()
    {
        Gen.String.Sample(text => _ = DateTimeGroup.Parse(text).Refusal);
        Gen.Char["0123456789ZJAJULDEC "].Array[0, 16].Sample(characters => _ = DateTimeGroup.Parse(new string(characters)).Refusal);
    }
}
