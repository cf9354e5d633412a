using System.IO.Compression;
using System.Text;
using Tansiq.Feeds.Positions;

namespace Tansiq.Feeds.Tests.Positions;

public sealed class PositionFileTests
{
    [Fact]
    public void Read_GzipByAnyName_IsDecompressed()
    {
        var text = Feed.Array(Feed.Item("a", 1533101250), Feed.Item("b", 1533101251));
        Feed.Read(Feed.Gzip(text)).ShouldBe(Feed.Read(text));
    }

    [Fact]
    public void Read_GzipOfSeveralMembers_IsReadAsOne()
    {
        var two = Feed.Gzip("timestamp,icao24,latitude,longitude\n1533101250000,a,1,2\n").Concat(Feed.Gzip("1533101250000,b,1,2\n")).ToArray();
        Feed.Read(two).Select(r => r.Content.Value.Track).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_TruncatedGzip_GivesWhatWasWholeAndThenAFatalRefusal(bool isJson)
    {
        var rows = Enumerable.Range(0, 5000).Select(n => isJson ? Feed.Item("a", 1533101250 + n) : FormattableString.Invariant($"{1533101250 + n * 7919 % 5000},a{n * 31 % 999},1,{n * 7 % 179}.{n}"));
        var gzip = Feed.Gzip(isJson ? Feed.Array(rows) : "time,icao24,lat,lon\n" + string.Join('\n', rows) + "\n");
        foreach (var cut in new[] { 1, 4, 8, 9, 20, 40 })
        {
            var records = Feed.Read(gzip[..^cut]);
            records.Count.ShouldBeGreaterThan(isJson ? 4000 : 3000);
            var last = records[^1].Content.Refusal.ShouldNotBeNull($"{cut} bytes cut");
            FeedRefusals.IsFatal(last).ShouldBeTrue();
            records.Count(r => r.Content.Refusal is { } refusal && FeedRefusals.IsFatal(refusal)).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(11)]
    public void Read_GzipThatIsCutInItsHead_IsRefused(int length) =>
        FeedRefusals.IsFatal(Feed.Read(Feed.Gzip("[]")[..length]).ShouldHaveSingleItem().Content.Refusal!).ShouldBeTrue();

    [Fact]
    public void Read_CorruptGzip_EndsWithAFatalRefusal()
    {
        var gzip = Feed.Gzip(Feed.Array(Enumerable.Range(0, 5000).Select(n => Feed.Item("a", 1533101250 + n))));
        gzip[gzip.Length / 2] ^= 0x55;
        FeedRefusals.IsFatal(Feed.Read(gzip)[^1].Content.Refusal.ShouldNotBeNull()).ShouldBeTrue();
    }

    [Fact]
    public void Read_GzipBomb_EndsAtTheLimit()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write("timestamp,icao24,latitude,longitude\n"u8);
            var blank = new byte[1024 * 1024];
            Array.Fill(blank, (byte)'\n');
            for (var block = 0; block < 2; block++) gzip.Write(blank);
        }

        compressed.Length.ShouldBeLessThan(20_000);
        Feed.Of(compressed.ToArray()).Read(maximumBytes: 1_000_000).ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.TooLarge);
        Feed.Of(compressed.ToArray()).Read().ShouldBeEmpty();
    }

    [Fact]
    public void Read_ExactlyAsManyBytesAsTheLimit_IsTaken()
    {
        var text = Feed.Array(Feed.Item("a", 1533101250));
        Feed.Of(text).Read(text.Length).ShouldHaveSingleItem().Content.Refusal.ShouldBeNull();
        Feed.Of(text).Read(text.Length - 1).Last().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.TooLarge);
    }

    [Fact]
    public void Read_FileThatIsNotThere_IsRefused()
    {
        var missing = PositionFile.At("/nowhere/at/all.json");
        missing.Name.ShouldBe("/nowhere/at/all.json");
        missing.Read().ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.Unreadable);
        PositionFile.At(Path.GetTempPath()).Read().ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.Unreadable);
        PositionFile.At("-").CanReadAgain.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\uFEFF\n [")]
    [InlineData("time,lat\n")]
    public void Peek_LiveInput_ReadsNoMoreThanTellsTheFormat(string start)
    {
        using var live = new SlowStream(Encoding.UTF8.GetBytes(start + "more of it"));
        using var input = FeedInput.Over(live, long.MaxValue);
        Encoding.UTF8.GetString(input.Peek()).ShouldBe(start);
        live.BytesGiven.ShouldBe(Encoding.UTF8.GetByteCount(start));
    }
}
