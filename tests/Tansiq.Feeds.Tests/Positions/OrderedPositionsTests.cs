using CsCheck;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Positions;

public sealed class OrderedPositionsTests
{
    private const long Start = 1533101250;

    [Fact]
    public void Read_FileGroupedByAircraft_IsPutInOrderWithAllItsValues()
    {
        var text = "timestamp,icao24,latitude,longitude,altitude,geoaltitude,groundspeed,callsign,onground\n"
            + "1533101250001,a,1,2,1000.5,,100,A1,true\n1533101350000,a,1.5,-2,,500,,,\nbad\n1533101250001,b,3,4,,,,,false\n1533101300000,b,-3,-179.5,-100,7,1,B,\n";
        var given = Ordered(Feed.Of(text));
        given[0].Refusal.ShouldNotBeNull().Where.ShouldBe("test: line 4");
        var expected = Feed.Read(text).Where(r => r.Content.Refusal is null).Select(r => r.Content.Value).ToList();
        given.Skip(1).Select(p => p.Value).ShouldBe([expected[0], expected[2], expected[3], expected[1]]);
    }

    [Fact]
    public void Read_StepsBackWithinTheWindow_AreStreamedInOrder() =>
        Tracks(Ordered(Source(("a", 0), ("b", 6), ("c", 12), ("d", 2), ("e", 12), ("f", 30)))).ShouldBe(["a", "d", "b", "c", "e", "f"]);

    [Fact]
    public void Read_MoreThanFitInMemory_RefusesTheSourceAlone()
    {
        var grouped = Source(("a", 0), ("a", 100), ("b", 0), ("b", 100));
        var refused = Read(new OrderedPositions([grouped, Source(("c", 50))], 3, long.MaxValue));
        refused.Select(p => p.Refusal?.Code ?? p.Value.Track).ShouldBe([FeedRefusals.TooManyPositions, "c"]);
        refused[0].Refusal!.Expected.ShouldContain("at most 3 ");
        Tracks(Read(new OrderedPositions([grouped], 4, long.MaxValue))).ShouldBe(["a", "b", "a", "b"]);
        Read(new OrderedPositions([grouped], 4, 100)).ShouldHaveSingleItem().Refusal!.Code.ShouldBe(FeedRefusals.TooLarge);
    }

    [Fact]
    public void Read_FileInOrder_IsStreamedBeyondTheLimitsOfMemory() =>
        Tracks(Read(new OrderedPositions([Source(("a", 0), ("b", 0), ("c", 1), ("d", 2))], 1, 1))).ShouldBe(["a", "b", "c", "d"]);

    [Fact]
    public void Read_SeveralSources_AreMergedByTimeThenInTheirOrder() =>
        Tracks(Ordered(Source(("a", 0), ("b", 10), ("c", 20)), Source(("d", 10), ("e", 15)), Source(("f", 300), ("g", 5)), Feed.Of("[]")))
            .ShouldBe(["a", "g", "b", "d", "e", "c", "f"]);

    [Fact]
    [Trait("Requirement", "MON-4")]
    public void Read_StandardInputOutOfOrder_RefusesWhatIsLate()
    {
        var given = Ordered(new OnceOnly(Source(("a", 10), ("b", 9), ("c", 10), ("d", 11))));
        given.Select(p => p.Refusal is { } refusal ? $"{refusal.Where} {refusal.Code}" : p.Value.Track)
            .ShouldBe(["a", "once: item 2 feeds.late", "c", "d"]);
    }

    [Fact]
    [Trait("Requirement", "MON-4")]
    public void Read_SamePositionAgain_IsRefusedAsDuplicate()
    {
        var given = Ordered(
            Feed.Of(Feed.Array(Feed.Item("a", Start), Feed.Item("a", Start), Feed.Item("a", Start, latitude: 48), Feed.Item("b", Start), Feed.Item("a", Start + 1)), "one"),
            Feed.Of(Feed.Array(Feed.Item("a", Start)), "two"));
        given.Select(p => p.Refusal is { } refusal ? $"{refusal.Where} {refusal.Code}" : p.Value.Track)
            .ShouldBe(["a", "one: item 2 feeds.duplicate", "a", "b", "two: item 1 feeds.duplicate", "a"]);
    }

    [Fact]
    public void Read_MoreSourcesThanTheLimit_IsNotAccepted() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OrderedPositions(Enumerable.Repeat(Feed.Of("[]"), OrderedPositions.MaximumSources + 1).ToList()));

    [Fact]
    public void Read_AnySources_GivesEachPositionOnceInTheStableOrderOfTime()
    {
        var times = Gen.Int[0, 60].Array[0, 30];
        times.Array[1, 4].Sample(sources =>
        {
            var all = sources.Select((seconds, source) => seconds.Select((second, item) => (Track: $"{source}.{item}", Second: second)).ToList()).ToList();
            var given = Ordered([.. all.Select(rows => Source([.. rows.Select(row => (row.Track, (long)row.Second))]))]);
            var expected = all.SelectMany((rows, source) => rows.Select(row => (row.Second, source, row.Track))).OrderBy(row => row.Second).ThenBy(row => row.source);
            Tracks(given).ShouldBe(expected.Select(row => row.Track));
        });
    }

    [Fact]
    public void Read_OfStoredBytes_CountsThemUpToTheTotal()
    {
        var rows = Enumerable.Range(0, 50_000).Select(number => Feed.Item("a", Start + number)).ToList();
        var plain = Feed.Array(rows);
        var compressed = Feed.Gzip(plain);
        var positions = new OrderedPositions([Feed.Of(plain), Feed.Of(compressed)]);
        positions.TotalBytes.ShouldBe(plain.Length + compressed.Length);
        var seen = new List<long>();
        foreach (var (number, _) in positions.Read().Index())
        {
            if (number % 1000 == 0) seen.Add(positions.BytesRead);
        }

        seen.ShouldBe(seen.Order());
        seen[0].ShouldBeLessThan(positions.TotalBytes!.Value / 4);
        seen[seen.Count / 2].ShouldBeInRange(positions.TotalBytes.Value / 4, positions.TotalBytes.Value * 3 / 4);
        positions.BytesRead.ShouldBe(positions.TotalBytes.Value);
        new OrderedPositions([Feed.Of(plain), new OnceOnly(Feed.Of(plain))]).TotalBytes.ShouldBeNull();
    }

    [Fact]
    public void Read_Cancelled_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var given = 0;
        foreach (var _ in new OrderedPositions([Source(Enumerable.Range(0, 1000).Select(number => ("a", (long)number)))]).Read(stop.Token))
        {
            if (++given == 10) stop.Cancel();
        }

        given.ShouldBe(10);
    }

    [Fact]
    public async Task Read_CancelledWhileAPipeIsSilent_EndsAtOnce()
    {
        using var silent = new ManualResetEventSlim();
        using var pipe = new SilentStream("[{"u8.ToArray(), silent);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            using var input = FeedInput.Over(pipe, long.MaxValue, cancellationToken: stop.Token);
            return new JsonPositionReader(input).Read().ToList();
        });
        pipe.IsWaitedFor.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        reading.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        (await reading.WaitAsync(TimeSpan.FromSeconds(10))).ShouldHaveSingleItem().Content.Refusal!.Code.ShouldBe(FeedRefusals.Truncated);
        silent.Set();
    }

    [Fact]
    public void Order_WindowHoldsTooMany_GivesTheOldestEarly()
    {
        var buffer = new ReorderBuffer(OrderedPositions.ReorderWindow);
        var taken = 0;
        var records = Enumerable.Range(0, ReorderBuffer.MaximumHeld + 1).Select(number =>
        {
            taken = number + 1;
            var position = new ReportedPosition("a", new(GeoPoint.FromE7(0, number), 0, null, Instant.FromUnixTimeSeconds(Start)), null, null, null);
            return new PositionRecord(new(RecordKind.Item, number + 1), position);
        });
        buffer.Order(records).First().Place.Number.ShouldBe(1);
        taken.ShouldBe(ReorderBuffer.MaximumHeld + 1);
    }

    [Fact]
    public void Admit_MoreOfOneMomentThanTheLimit_IsRememberedUpToIt()
    {
        var once = new PositionsOnce();
        for (var number = 0; number <= PositionsOnce.MaximumOfOneMoment; number++) once.Admit(At(number), default).ShouldBeNull();
        once.Admit(At(PositionsOnce.MaximumOfOneMoment - 1), default).ShouldNotBeNull().Code.ShouldBe(FeedRefusals.Duplicate);
        once.Admit(At(PositionsOnce.MaximumOfOneMoment), default).ShouldBeNull();

        static ReportedPosition At(int number) =>
            new("a", new(GeoPoint.FromE7(0, number), 0, null, Instant.FromUnixTimeSeconds(Start)), null, null, null);
    }

    private static PositionFile Source(params IEnumerable<(string Track, long Seconds)> rows) =>
        Feed.Of(Feed.Array(rows.Select(row => Feed.Item(row.Track, Start + row.Seconds))));

    private static List<Parsed<ReportedPosition>> Ordered(params IPositionSource[] sources) => Read(new(sources));

    private static List<Parsed<ReportedPosition>> Read(OrderedPositions positions) => [.. positions.Read()];

    private static IEnumerable<string> Tracks(IEnumerable<Parsed<ReportedPosition>> positions) => positions.Select(p => p.Value.Track);

    private sealed class OnceOnly(IPositionSource source) : IPositionSource
    {
        public string Name => "once";

        public bool CanReadAgain => false;

        public IEnumerable<PositionRecord> Read(long maximumBytes = long.MaxValue, CancellationToken cancellationToken = default) =>
            source.Read(maximumBytes, cancellationToken);
    }
}
