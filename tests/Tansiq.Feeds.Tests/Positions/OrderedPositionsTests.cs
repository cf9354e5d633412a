using CsCheck;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Ordering;
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
    public void Read_MorePositionsThanTheTemporaryFileHolds_EndsTheSourceWithWhatWasRead()
    {
        var rows = Enumerable.Range(0, 100).SelectMany(track => new (string, long)[] { ($"t{track}", 100), ($"t{track}", 0) });
        var given = Read(new OrderedPositions([Source(rows), Source(("c", 50))], 1_000, 4_000));
        given.Where(p => p.Refusal is not null).ShouldHaveSingleItem().Refusal!.Code.ShouldBe(FeedRefusals.TooManyPositions);
        FeedRefusals.IsFatal(given.First(p => p.Refusal is not null).Refusal!).ShouldBeTrue();
        var taken = given.Where(p => p.Refusal is null).Select(p => p.Value).ToList();
        taken.Count.ShouldBeInRange(40, 100);
        taken.Select(p => p.Position.At).ShouldBe(taken.Select(p => p.Position.At).Order());
        Tracks(Read(new OrderedPositions([Source(rows), Source(("c", 50))], 1_000, 100_000)).Skip(100).Take(2)).ShouldBe(["c", "t0"]);
    }

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
            Feed.Of(Feed.Array(Feed.Item("a", Start), Feed.Item("a", Start), Feed.Item("a", Start, latitude: 48), Feed.Item("b", Start), Feed.Item("a", Start + 1)), "one"));
        given.Select(p => p.Refusal is { } refusal ? $"{refusal.Where} {refusal.Code}" : p.Value.Track)
            .ShouldBe(["a", "one: item 2 feeds.duplicate", "a", "b", "a"]);
    }

    [Fact]
    public void Read_MoreSourcesThanTheLimit_IsNotAccepted() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OrderedPositions(Enumerable.Repeat(Feed.Of("[]"), OrderedPositions.MaximumSources + 1).ToList()));

    [Fact]
    public void Read_AnySourcesWithAnyRoomForSorting_GivesEachPositionOnceInTheStableOrderOfTime()
    {
        var times = Gen.Int[0, 60].Array[0, 30];
        Gen.Select(times.Array[1, 4], Gen.Int[1, 2_000]).Sample((sources, runBytes) =>
        {
            var all = sources.Select((seconds, source) => seconds.Select((second, item) => (Track: $"{source}.{item}", Second: second)).ToList()).ToList();
            var files = all.Select((rows, source) => source % 2 == 0 ? Source([.. rows.Select(row => (row.Track, (long)row.Second))]) : Lines(rows)).ToList();
            var given = Read(new OrderedPositions(files, runBytes, long.MaxValue));
            var expected = all.SelectMany((rows, source) => rows.Select(row => (row.Second, source, row.Track))).OrderBy(row => row.Second).ThenBy(row => row.source);
            Tracks(given).ShouldBe(expected.Select(row => row.Track));
        });

        static PositionFile Lines(IEnumerable<(string Track, int Second)> rows) =>
            Feed.Of("icao24,time,lat,lon\n" + string.Concat(rows.Select(row => FormattableString.Invariant($"{row.Track},{Start + row.Second},47,8\n"))));
    }

    [Fact]
    public void Read_FileThatFillsTheTemporaryFile_KeepsAllItsValues()
    {
        var text = "timestamp,icao24,latitude,longitude,altitude,geoaltitude,groundspeed,callsign,onground\n" + string.Concat(Enumerable.Range(0, 60).Select(number =>
            FormattableString.Invariant($"{(Start - (20 * number)) * 1000},t{number},{number - 30},{number * 3},{(number % 3 == 0 ? "" : $"{number}.5")},{(number % 2 == 0 ? "7" : "")},{(number % 5 == 0 ? "" : "3.25")},{(number % 4 == 0 ? "" : $"Ж{number}")},{(number % 7) switch { 0 => "", 1 => "true", _ => "false" }}\n")));
        Read(new OrderedPositions([Feed.Of(text)], 500, long.MaxValue)).Select(p => p.Value)
            .ShouldBe(Feed.Read(text).Select(r => r.Content.Value).Reverse());
    }

    [Fact]
    public void Merge_StreamNotYetDue_IsNotBegun()
    {
        var begun = new List<long>();
        var streams = Enumerable.Range(0, 3).Select(number => new PositionStream(number * 10, Records(number * 10))).ToList();
        var given = PositionStream.Merge(streams).Select(record => (record.Source, begun.Count)).ToList();
        given.ShouldBe([(0, 1), (0, 1), (10, 2), (10, 2), (20, 3), (20, 3)]);

        IEnumerable<(int, PositionRecord)> Records(long start)
        {
            begun.Add(start);
            for (var number = 0; number < 2; number++)
            {
                var at = NodaConstants.UnixEpoch.PlusNanoseconds(start + (number * 5));
                yield return ((int)start, new(default, new ReportedPosition("a", new(default, 0, null, at), null, null, null)));
            }
        }
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
        foreach (var _ in new OrderedPositions([Source(Enumerable.Range(0, 1000).Select(number => ("a", (long)number)))]).Read(cancellationToken: stop.Token))
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
        for (var number = 0; number <= PositionsOnce.MaximumOfOneMoment; number++) once.Admit(0, default, At(number)).ShouldBeNull();
        once.Admit(0, default, At(PositionsOnce.MaximumOfOneMoment - 1)).ShouldNotBeNull().Code.ShouldBe(FeedRefusals.Duplicate);
        once.Admit(0, default, At(PositionsOnce.MaximumOfOneMoment)).ShouldBeNull();

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
