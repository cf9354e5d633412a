using CsCheck;
using NodaTime;
using Tansiq.Geo.Indexing;

namespace Tansiq.Geo.Tests.Indexing;

/// <summary>Many operations, by seed: additions, ends, ends again, forks, and questions to views old and new about sizes old and new.</summary>
public sealed class IndexHistoryTests
{
    private static readonly (Volume[] Volumes, GeoPoint[] Places) Pool = Draw();

    // Few long histories and many short ones; a million operations in all.
    [Theory]
    [InlineData(1, 40, 10_000)]
    [InlineData(2, 600, 1_000)]
    public void Operations_AMillionOfThem_AnswerAsLookingAtEachEntryDoes(int seed, int histories, int operations)
    {
        var chance = new Random(seed);
        for (var history = 0; history < histories; history++) Run(chance, operations, $"seed {seed}, history {history}");
    }

    private static void Run(Random chance, int operations, string name)
    {
        var views = new (VolumeIndex Index, Flat Naive)[6];
        Array.Fill(views, (VolumeIndex.Empty(HeightConversion.Worldwide), new Flat()));
        var endsOften = chance.Next(2) == 0;
        for (var operation = 0; operation < operations; operation++)
        {
            // Mostly the newest view, so that lines grow; now and then an old one, which makes a fork.
            ref var view = ref views[chance.Next(20) == 0 ? chance.Next(views.Length) : 0];
            var kind = chance.Next(100);
            if (kind < 45) view = Add(chance, view, operation);
            else if (kind < (endsOften ? 75 : 55) && view.Index.Count > 0) view = End(chance, view, operation);
            else if (kind < 95) Ask(chance, view, operation, name);
            else views[1 + chance.Next(views.Length - 1)] = views[0];
        }
    }

    private static (VolumeIndex, Flat) Add(Random chance, (VolumeIndex Index, Flat Naive) view, int size)
    {
        var volume = Pool.Volumes[chance.Next(Pool.Volumes.Length)];
        var knownFrom = chance.Next(4) == 0 ? chance.Next(size + 10) : size;
        return (view.Index.Add(volume, size, knownFrom), view.Naive.Add(volume, knownFrom));
    }

    private static (VolumeIndex, Flat) End(Random chance, (VolumeIndex Index, Flat Naive) view, int size)
    {
        // The old and the young end more often than those between.
        var count = view.Index.Count;
        var entry = chance.Next(3) == 0 ? count - 1 - chance.Next(Math.Min(count, 100)) : chance.Next(count);
        var knownUntil = chance.Next(4) == 0 ? chance.Next(size + 10) : size;
        return (view.Index.End(entry, knownUntil), view.Naive.End(entry, knownUntil));
    }

    private static void Ask(Random chance, (VolumeIndex Index, Flat Naive) view, int size, string name)
    {
        var place = Pool.Places[chance.Next(Pool.Places.Length)];
        var knownAt = chance.Next(3) == 0 ? chance.Next(size + 1) : VolumeIndex.LatestSize;
        List<int> found = [];
        view.Index.Holding(place, knownAt, found);
        found.SequenceEqual(view.Naive.Holding(place, knownAt)).ShouldBeTrue($"{name}, operation {size}: {place} as known at {knownAt}");
    }

    [Fact]
    public async Task Readers_WhileOneWrites_EachSeesItsOwnViewThroughout()
    {
        const int writes = 6_000;
        var newest = (Index: VolumeIndex.Empty(HeightConversion.Worldwide), Naive: new Flat());
        var published = new[] { Tuple.Create(newest.Index, newest.Naive) };
        var finished = 0;
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            var chance = new Random(reader);
            var asked = 0;
            var kept = Volatile.Read(ref published[0]);
            while (Volatile.Read(ref finished) == 0 || asked < 500)
            {
                // Now the newest view, now one held for long, while the writer goes on in the same storage.
                if (chance.Next(50) == 0) kept = Volatile.Read(ref published[0]);
                var (index, naive) = chance.Next(2) == 0 ? kept : Volatile.Read(ref published[0]);
                Ask(chance, (index, naive), writes, $"reader {reader}");
                asked++;
            }
        }, TestContext.Current.CancellationToken)).ToArray();
        var writer = new Random(99);
        for (var size = 0; size < writes; size++)
        {
            newest = writer.Next(3) == 0 && newest.Index.Count > 0 ? End(writer, newest, size) : Add(writer, newest, size);
            Volatile.Write(ref published[0], Tuple.Create(newest.Index, newest.Naive));
        }
        Volatile.Write(ref finished, 1);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Add_ToOneViewByManyThreads_GivesEachItsOwnLine()
    {
        var chance = new Random(5);
        var start = (Index: VolumeIndex.Empty(HeightConversion.Worldwide), Naive: new Flat());
        for (var size = 0; size < 1_000; size++) start = chance.Next(4) == 0 && size > 0 ? End(chance, start, size) : Add(chance, start, size);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            var own = new Random(thread);
            var view = start;
            for (var size = 1_000; size < 2_500; size++)
            {
                view = own.Next(3) == 0 ? End(own, view, size) : Add(own, view, size);
                if (size % 5 == 0) Ask(own, view, size, $"thread {thread}");
                if (size % 50 == 0) Ask(own, start, size, $"thread {thread}, start");
            }
        }, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void End_OfAnEntryThatHasEnded_CountsAnew()
    {
        var index = VolumeIndex.Empty(HeightConversion.Worldwide);
        foreach (var volume in Pool.Volumes.Take(100)) index = index.Add(volume with { Time = new(null, null) }, 0, 0);
        var place = Pool.Volumes[0].Outline.Shell[0].ToGeoPoint();
        for (var entry = 0; entry < 100; entry++) index = index.End(entry, 10);
        // Enough to pack the ended ones apart.
        for (var i = 0; i < 1_000; i++) index = index.Add(new PlaneBox(0, 0, 1, 1), HeightBand.All, new(null, null), 0, 0);
        var again = index.End(0, 20);
        Holds(again, 19).ShouldBeTrue();
        Holds(again, 20).ShouldBeFalse();
        Holds(index, 19).ShouldBeFalse();
        Holds(index, 9).ShouldBeTrue();

        bool Holds(VolumeIndex view, long knownAt)
        {
            List<int> found = [];
            view.Holding(place, knownAt, found);
            return found.Contains(0);
        }
    }

    private static (Volume[], GeoPoint[]) Draw()
    {
        var (volumes, places) = (new List<Volume>(), new List<GeoPoint>());
        Gen.Select(Theatre.Volume, Theatre.Place).Array[300].Sample(
            many =>
            {
                volumes.AddRange(many.Select(one => one.Item1));
                places.AddRange(many.Select(one => one.Item2));
            },
            iter: 1, threads: 1, seed: "0000KOIPe036");
        return ([.. volumes], [.. places]);
    }

    /// <summary>Entries side by side and when they are known, with each volume's answer for each place worked out once.</summary>
    private sealed class Flat(int[] volumes, long[] knownFrom, long[] knownUntil)
    {
        private static readonly Dictionary<Volume, int> Numbers = Pool.Volumes.Distinct().Select((volume, number) => (volume, number)).ToDictionary();

        private static readonly Dictionary<GeoPoint, bool[]> Held = Pool.Places.Distinct().ToDictionary(
            place => place, place => Numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key.Outline.Contains(place)).ToArray());

        public Flat() : this([], [], [])
        {
        }

        public Flat Add(Volume volume, long from) => new([.. volumes, Numbers[volume]], [.. knownFrom, from], [.. knownUntil, long.MaxValue]);

        public Flat End(int entry, long until)
        {
            var ends = knownUntil.ToArray();
            ends[entry] = until;
            return new(volumes, knownFrom, ends);
        }

        public IEnumerable<int> Holding(GeoPoint place, long knownAt)
        {
            var held = Held[place];
            for (var number = 0; number < volumes.Length; number++)
            {
                if (held[volumes[number]] && knownFrom[number] <= knownAt && knownAt < knownUntil[number]) yield return number;
            }
        }
    }
}
