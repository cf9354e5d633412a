using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Ordering;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>Looking through the times of a source against reading it.</summary>
public sealed class TimeSpreadTests
{
    private static readonly Gen<string> Time = Gen.OneOf(
        Gen.Long[1_533_000_000_000, 1_533_000_100_000].Select(time => $"{time}"),
        Gen.Long[1_533_000_000, 1_533_000_100].Select(time => $"{time}.5"),
        Gen.Int[0, 59].Select(second => $"\"2018-08-01T05:27:{second:00}Z\""),
        Gen.Int[0, 59].Select(second => $"\"2018-08-01 05:27:{second:00}.25+02:00\""),
        OneOf("null", "1e9", "-5", "7", "\"soon\"", "[1533000000]", "1533000000" + new string('0', 150), "1533000000." + new string('0', 150), "\"" + new string('x', 150) + "\""));

    private static readonly Gen<string> Space = OneOf("", "", "", " ", "\n\t");

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    [Fact]
    public void LookThrough_AnyArray_IsNeverLessThanWhatReadingGives()
    {
        var name = OneOf("timestamp", "time", "timestamp", "time", "times", "ti\\u006de", "note");
        var item = Gen.Select(Gen.Select(name, Space, Space, Time).Array[0, 3], OneOf("8", "null"), Gen.Int[0, 200]).Select((values, longitude, padding) =>
            $"{{\"icao24\":\"a\",\"latitude\":47,{string.Concat(values.Select(value => $"\"{value.Item1}\"{value.Item2}:{value.Item3}{value.Item4},"))}\"pad\":\"{new string('p', padding)}\",\"longitude\":{longitude}}}");
        item.Array[0, 40].Sample(items => Holds("[" + string.Join(",", items) + "]"), iter: 2_000);
    }

    [Fact]
    public void LookThrough_AnyLines_IsNeverLessThanWhatReadingGives()
    {
        var field = Gen.Select(Time, Gen.Bool).Select((time, isQuoted) => isQuoted ? $"\" {time.Trim('"')}\"" : " " + time.Trim('"'));
        var line = Gen.Select(field, field, OneOf("\"a\"", "a", "\"a,b\"", "\"a\"\"b\""), OneOf("8", "", "8,8"))
            .Select((timestamp, time, callsign, longitude) => $"{callsign},{time},a,47,{timestamp},{longitude}");
        line.Array[0, 40].Sample(lines => Holds("callsign,time,icao24,lat,timestamp,lon\n" + string.Join("\r\n", lines)), iter: 2_000);
    }

    [Fact]
    public void LookThrough_AnySbsMessages_IsNeverLessThanWhatReadingGives()
    {
        var leading = OneOf("", "", "", "1533000000.5,", "1533000100000,", "77000000000,", "soon,");
        var clock = Gen.Select(Gen.Int[0, 23], Gen.Int[0, 60]).Select((hour, second) => $"2018/08/01,{hour:00}:27:{second:00}.250");
        var message = Gen.Select(leading, OneOf("1", "2", "3", "3", "3", "4", "8"), clock, OneOf("2018/08/01,05:00:00.000", ","), OneOf("47", "", "x"))
            .Select((before, type, generated, logged, latitude) => $"{before}MSG,{type},1,1,ABCDEF,1,{generated},{logged},CALL,1000,,,{latitude},8,,,0,,0,0");
        Gen.OneOf(message, message, message, OneOf("START,Wed Aug 1 04:23:37 +0000 UTC 2018", "garbage", "SEL,,1")).Array[1, 40]
            .Sample(lines => Holds("MSG,8,1,1,ABCDEF,1\n" + string.Join("\n", lines)), iter: 1_000);
    }

    [Fact]
    public void LookThrough_TimesAcrossTheEndsOfTheBuffer_AreFound()
    {
        for (var padding = 0; padding < 200; padding++)
        {
            var start = "[" + new string(' ', 65_536 - 200 + padding);
            Holds($"{start}{Feed.Item("a", 1_533_000_000)},{Feed.Item("a", 1_533_000_050)},{Feed.Item("a", 1_533_000_040)}]", exact: 10);
        }
    }

    private static void Holds(string text, int? exact = null)
    {
        var source = Feed.Of(text);
        var read = new TimeSpread();
        foreach (var record in source.Read())
        {
            if (record.Content.TryGet(out var position, out _)) read.Add(TimeSpread.Nanoseconds(position.Position.At));
        }

        var found = ((IQuickToOrder)source).LookThrough(CancellationToken.None);
        if (exact is { } seconds) found.ShouldNotBeNull().LargestStepBack.ShouldBe(Duration.FromSeconds(seconds).ToInt64Nanoseconds());
        if (found is not { } spread) return;
        spread.LargestStepBack.ShouldBeGreaterThanOrEqualTo(read.LargestStepBack, Encoding.UTF8.GetByteCount(text).ToString(System.Globalization.CultureInfo.InvariantCulture));
        spread.Earliest.ShouldBeLessThanOrEqualTo(read.Earliest);
    }
}
