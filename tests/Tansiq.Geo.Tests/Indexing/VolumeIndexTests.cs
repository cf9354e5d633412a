using CsCheck;
using NodaTime;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Geo.Tests.Indexing;

public sealed class VolumeIndexTests
{
    private static readonly Gen<Volume[]> Volumes = Theatre.Volume.Array[0, 300];

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Holding_OfAnyVolumesAndBoxes_IsWhatLookingAtEachGives() =>
        Gen.Select(Theatre.Heights, Volumes, Theatre.Box.Array[0, 9], Gen.Select(Theatre.Place, Theatre.AnyHeight, Theatre.Moment).Array[60]).Sample(
            (heights, volumes, boxes, questions) =>
            {
                var (index, naive) = Both(heights, volumes, boxes);
                foreach (var (place, height, at) in questions)
                {
                    List<int> entries = [];
                    List<IndexHit> hits = [];
                    index.Holding(place, VolumeIndex.LatestSize, entries);
                    index.Holding(place, height, at, VolumeIndex.LatestSize, hits);
                    entries.ShouldBe(naive.Holding(place, VolumeIndex.LatestSize));
                    hits.ShouldBe(naive.Holding(place, height, at, VolumeIndex.LatestSize));
                }
            },
            iter: 60);

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Meeting_OfAnyVolumesAndBoxes_IsWhatLookingAtEachGives() =>
        Gen.Select(Theatre.Heights, Volumes, Theatre.Box.Array[0, 9], Theatre.Volume.Array[20]).Sample(
            (heights, volumes, boxes, questions) =>
            {
                var (index, naive) = Both(heights, volumes, boxes);
                foreach (var question in questions)
                {
                    List<IndexHit> hits = [];
                    index.Meeting(question, VolumeIndex.LatestSize, hits);
                    hits.ShouldBe(naive.Meeting(question, VolumeIndex.LatestSize));
                }
            },
            iter: 60);

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Conflicting_OfAnyVolumes_IsWhatLookingAtEachGives() =>
        Gen.Select(Theatre.Heights, Theatre.Volume.Array[0, 60], Theatre.Volume.Array[4], Theatre.Minima).Sample(
            (heights, volumes, questions, minima) =>
            {
                var (index, naive) = Both(heights, volumes, []);
                foreach (var question in questions)
                {
                    List<IndexConflict> conflicts = [];
                    List<int> near = [];
                    index.Conflicting(question, minima, VolumeIndex.LatestSize, conflicts);
                    index.Near(question, minima, VolumeIndex.LatestSize, near);
                    var expected = naive.Conflicting(question, minima, VolumeIndex.LatestSize);
                    conflicts.Select(conflict => (conflict.Entry, conflict.Conflict)).ShouldBe(expected);
                    expected.Select(conflict => conflict.Entry).ShouldBeSubsetOf(near);
                }
            },
            iter: 40);

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Conflicting_FlightLevelsWhereEveryColumnIsWarm_AreFoundThoughFartherApartAboveSeaLevel()
    {
        var warm = HeightConversion.Worldwide with { PressureSurfaceLowMetres = 0, PressureSurfaceHighMetres = 0, LayerStretchLowPerMille = 30, LayerStretchHighPerMille = 30 };
        var outline = new Outline([new(0, 0), new(1_000, 0), new(0, 1_000)], []);
        var low = new Volume(outline, HeightBand.Create(null, Height.FromFlightLevel(0))!.Value, new(null, null));
        var high = new Volume(outline, HeightBand.Create(Height.FromFlightLevel(100), null)!.Value, new(null, null));
        // 10,000 ft of pressure altitude, 10,300 ft above sea level.
        var minima = SeparationMinima.Create(0, 10_000 * Height.UnitsPerFoot + 1, Duration.Zero);
        List<IndexConflict> conflicts = [];
        VolumeIndex.Empty(warm).Add(low, 0, 0).Conflicting(high, minima, VolumeIndex.LatestSize, conflicts);
        conflicts.ShouldHaveSingleItem().Conflict.Certainty.ShouldBe(Certainty.Certain);
    }

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Near_ABoxAndATime_MissesNone() =>
        Gen.Select(Volumes, Theatre.Box.Array[0, 200], Gen.Select(Theatre.Box, Theatre.Moment, Theatre.Moment).Array[20]).Sample(
            (volumes, boxes, questions) =>
            {
                var (index, naive) = Both(HeightConversion.Worldwide, volumes, boxes);
                foreach (var (box, first, second) in questions)
                {
                    List<int> near = [];
                    var (from, until) = (Instant.Min(first, second), Instant.Max(first, second));
                    index.Near(box, from, until, VolumeIndex.LatestSize, near);
                    near.ShouldBe(near.Distinct().Order());
                    naive.BoxesMeeting(box, from, until, VolumeIndex.LatestSize).ShouldBeSubsetOf(near);
                }
            },
            iter: 60);

    [Fact]
    public void Near_OnePlaceAmongMany_FindsFew()
    {
        var index = VolumeIndex.Empty(HeightConversion.Worldwide);
        for (var i = 0; i < 10_000; i++)
        {
            var corner = new PlanePoint(350_000_000 + i % 100 * 100_000, 320_000_000 + i / 100 * 100_000);
            index = index.Add(new(corner.X, corner.Y, corner.X + 50_000, corner.Y + 50_000), HeightBand.All, new(null, null), i, 0);
        }
        List<int> near = [];
        var noon = Instant.FromUtc(2016, 7, 15, 12, 0);
        index.Near(new(350_000_000, 320_000_000, 350_060_000, 320_060_000), noon, noon, VolumeIndex.LatestSize, near);
        near.ShouldBe([0]);
        index.KeyOf(4_321).ShouldBe(4_321);
        index.VolumeOf(4_321).ShouldBeNull();
    }

    [Fact]
    public void AddAll_ManyVolumes_GivesWhatOneByOneGives() =>
        Gen.Select(Volumes, Theatre.Volume.Array[129, 900], Theatre.Place.Array[30]).Sample(
            (before, added, places) =>
            {
                var (oneByOne, _) = Both(HeightConversion.Worldwide, before, []);
                var atOnce = oneByOne.AddAll([.. added.Select((volume, number) => new AddedVolume(volume, -number, number))]);
                for (var number = 0; number < added.Length; number++) oneByOne = oneByOne.Add(added[number], -number, number);
                atOnce.Count.ShouldBe(oneByOne.Count);
                atOnce.VolumeOf(atOnce.Count - 1).ShouldBeSameAs(added[^1]);
                foreach (var place in places)
                {
                    List<int> first = [], second = [];
                    atOnce.Holding(place, added.Length / 2, first);
                    oneByOne.Holding(place, added.Length / 2, second);
                    first.ShouldBe(second);
                }
            },
            iter: 20);

    [Fact]
    public void KeyOf_AnEntryThatOnlyALaterViewHas_IsRefused()
    {
        var box = new PlaneBox(0, 0, 1, 1);
        var empty = VolumeIndex.Empty(HeightConversion.Worldwide);
        var one = empty.Add(box, HeightBand.All, new(null, null), 7, 0);
        one.KeyOf(0).ShouldBe(7);
        Should.Throw<ArgumentOutOfRangeException>(() => empty.KeyOf(0));
        Should.Throw<ArgumentOutOfRangeException>(() => empty.VolumeOf(0));
        Should.Throw<ArgumentOutOfRangeException>(() => empty.End(0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => one.KeyOf(-1));
    }

    [Fact]
    public void MemoryBytes_OfTenThousand_StaysBelowTwoHundredBytesEach()
    {
        var index = VolumeIndex.Empty(HeightConversion.Worldwide);
        for (var i = 0; i < 10_000; i++) index = index.Add(new(i, i, i + 10, i + 10), HeightBand.All, new(null, null), i, 0);
        (index.MemoryBytes / 10_000).ShouldBeInRange(150, 200);
    }

    private static (VolumeIndex Index, NaiveIndex Naive) Both(HeightConversion heights, Volume[] volumes, PlaneBox[] boxes)
    {
        var (index, naive) = (VolumeIndex.Empty(heights), NaiveIndex.Empty(heights));
        var always = new Interval(null, null);
        foreach (var volume in volumes) (index, naive) = (index.Add(volume, index.Count, 0), naive.Add(volume, naive.Count, 0));
        foreach (var box in boxes) (index, naive) = (index.Add(box, HeightBand.All, always, index.Count, 0), naive.Add(box, HeightBand.All, always, naive.Count, 0));
        return (index, naive);
    }
}
