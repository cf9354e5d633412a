using System.IO.Compression;
using System.Text;
using Shouldly;
using Xunit;

namespace Tansiq.Cli.Tests.Replaying;

/// <summary>What a replay does with input that is broken: one line for what ended a feed, counts for the rest, no half file.</summary>
public sealed class ReplayInputTests : IDisposable
{
    private const string Header = "timestamp,icao24,latitude,longitude,altitude\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-replay-").FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1470052800000,abc123,91,37,1000", "feeds.latitude-out-of-range")]
    [InlineData("1470052800000,abc123,36,181,1000", "feeds.longitude-out-of-range")]
    [InlineData("1470052800000,abc123,NaN,37,1000", "feeds.not-finite")]
    [InlineData("1470052800000,abc123,36,Infinity,1000", "feeds.not-finite")]
    [InlineData("1470052800000,abc123,north,37,1000", "feeds.wrong-type")]
    [InlineData(",abc123,36,37,1000", "feeds.missing-time")]
    [InlineData("1470052800000,,36,37,1000", "feeds.missing-track")]
    [Trait("Requirement", "MON-4")]
    public void Replay_RowThatCannotBe_IsCountedWithAnExampleAndTheRestGoesOn(string row, string code)
    {
        var file = Write("bad.csv", Encoding.UTF8.GetBytes(Header + "1470052800000,good01,36,37,1000\n" + row + "\n1470052810000,good01,36.01,37,1000\n"));
        var (exit, output, error) = Run(file, "--json");
        exit.ShouldBe(0, error);
        var summary = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        summary.ShouldContain($"\"kind\":\"{code}\",\"count\":1");
        summary.ShouldContain("line 3");
        summary.ShouldContain("\"accepted\":2");
    }

    [Fact]
    [Trait("Requirement", "MON-4")]
    public void Replay_TruncatedGzip_EndsWithOneLineAndLeavesNoFile()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 5_000).Select(second => $"{1470052800000 + second * 1000},abc123,36.{second:0000},37,1000\n"))));
        }

        var file = Write("cut.csv.gz", packed.ToArray()[..^40]);
        var result = Path.Combine(_folder, "events.jsonl");
        var (exit, _, error) = Run(file, "--out", result);
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("cut.csv.gz");
        Directory.GetFiles(_folder).ShouldBe([file]);
    }

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Replay_TimesWithoutZone_TakeTheOffsetOfTheFeed()
    {
        var file = Write("local.sbs", "MSG,3,1,1,73000E,1,2016/08/01,14:00:00.000,2016/08/01,14:00:00.000,,39000,,,33.46039,40.36021,,,0,0,0,0\n"u8.ToArray());
        Run(file, "--json").Output.ShouldContain("\"from\":\"2016-08-01T14:00:00.000Z\"");
        Run(file, "--json", "--feed-offset", "+03:00").Output.ShouldContain("\"from\":\"2016-08-01T11:00:00.000Z\"");
    }

    [Fact]
    [Trait("Requirement", "MON-4")]
    public void Replay_FeedThatOnlyRepeatsAnother_IsNotCalledBlind()
    {
        var rows = Header + string.Concat(Enumerable.Range(0, 300).Select(second => $"{1470052800000 + second * 1000},abc123,36.{second:0000},37,1000\n"));
        var (first, second) = (Write("first.csv", Encoding.UTF8.GetBytes(rows)), Write("second.csv", Encoding.UTF8.GetBytes(rows)));

        var (exit, output, error) = Run(second, first, "--json");

        exit.ShouldBe(0, error);
        var summary = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        summary.ShouldContain("\"accepted\":300");
        summary.ShouldContain("\"kind\":\"feeds.same-position\",\"count\":300");
        foreach (var source in new[] { "first", "second" })
        {
            var feed = summary[summary.IndexOf($"\"source\":\"{source}\"", StringComparison.Ordinal)..];
            feed.ShouldContain("\"positions\":300");
            feed[..feed.IndexOf('}', feed.IndexOf("blindSeconds", StringComparison.Ordinal))].ShouldEndWith("\"blindSeconds\":0");
        }
    }

    [Fact]
    public void Replay_BinaryRubbish_IsRefusedInOneLine()
    {
        var file = Write("rubbish.bin", [.. Enumerable.Range(0, 4_096).Select(index => (byte)(index * 37 % 251))]);
        var (exit, _, error) = Run(file, "--json");
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("rubbish.bin");
    }

    [Fact]
    public void Replay_FileThatIsNotThere_IsRefusedInOneLine()
    {
        var (exit, _, error) = Run(Path.Combine(_folder, "absent.csv"), "--json");
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("absent.csv");
    }

    [Fact]
    public void Replay_LineWithoutEnd_IsRefusedWithoutBeingHeld()
    {
        var file = Write("endless.csv", Encoding.UTF8.GetBytes(Header + new string('7', 4 * 1024 * 1024)));
        var (exit, _, error) = Run(file, "--json");
        exit.ShouldBe(2);
        error.ShouldContain("feeds.endless-line");
    }

    [Fact]
    public void Replay_PlaceThatCannotBeWritten_IsRefusedInOneLine()
    {
        var file = Write("good.csv", Encoding.UTF8.GetBytes(Header + "1470052800000,good01,36,37,1000\n"));
        var (exit, _, error) = Run(file, "--out", Path.Combine(_folder, "absent", "events.jsonl"));
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("cli.cannot-write");
    }

    [Theory]
    [InlineData("--max-gap", "0")]
    [InlineData("--max-gap", "NaN")]
    [InlineData("--max-gap", "3601")]
    [InlineData("--known-at", "999999")]
    [InlineData("--known-at", "yesterday")]
    [InlineData("--known-at", "0")]
    [InlineData("--language", "fr")]
    [InlineData("--starts-near", "noon")]
    [InlineData("--feed-offset", "noon")]
    [InlineData("--feed-offset", "3")]
    [InlineData("--radars", "absent.txt")]
    public void Replay_OptionOutOfRange_IsRefusedInOneLine(string option, string value)
    {
        var file = Write("good.csv", Encoding.UTF8.GetBytes(Header + "1470052800000,good01,36,37,1000\n"));
        var (exit, _, error) = Run(file, option, value);
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem();
    }

    /// <summary>An ASTERIX block of one radar report, 64 NM north of radar 1/2 at 10:00 UTC.</summary>
    [Fact]
    [Trait("Requirement", "MON-4")]
    public void Replay_TimesWithoutDateAndRangesOfARadar_TakeWhatOptionsSay()
    {
        var file = Write("radar.ast", Convert.FromHexString("300013" + "D190" + "0102" + "465000" + "40000000" + "ABCDEF" + "0123"));
        var radars = Write("radars.txt", Encoding.UTF8.GetBytes("1,2,36,37,100\n"));
        var (exit, output, error) = Run(file, "--json", "--starts-near", "2016-08-01T12:00:00Z", "--radars", radars);
        exit.ShouldBe(0, error);
        output.ShouldContain("\"accepted\":1");
        Run(file, "--json", "--starts-near", "2016-08-01T12:00:00Z").Output.ShouldContain("asterix.radar-place-unknown");
        Run(file, "--json").Error.ShouldContain("asterix.date-unknown");
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static (int Exit, string Output, string Error) Run(string file, params string[] options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = CommandLine.Run(["replay", file, "--scenario", Repository.Path("scenarios/syria-2016"), .. options], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
