using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>One rule for edges, on every path through the code: cells, blocks, trees of blocks, exact fractions, tracks, outlines and the index.</summary>
public sealed class PointLocationTests
{
    private static readonly Interval Always = new(null, null);

    [Fact]
    [Trait("Requirement", "AGR-6")]
    public void EveryPath_OfADrawingFullOfCoincidence_SaysWhatTheOracleSays() =>
        Gen.Select(OutlineGen.Drawings, OutlineGen.Placements).Sample((drawing, placement) =>
        {
            var outline = OutlineGen.Put(drawing, placement);
            var flat = OutlineGen.Flat(drawing);
            var (packed, tail) = Indexes(outline);
            for (var x = 0; x <= OutlineGen.Size; x++)
            {
                for (var y = 0; y <= OutlineGen.Size; y++)
                    ShouldAllSay(RationalOracle.Contains(flat, x, y), outline, placement.Place(x, y), packed, tail);
            }
        }, iter: 300);

    // Either side of one block, of what is looked at without a tree, of one level and of two; and the most there may be.
    [Theory]
    [InlineData(3, 0)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(64, 0)]
    [InlineData(65, 3)]
    [InlineData(1_024, 0)]
    [InlineData(1_025, 40)]
    [InlineData(5_000, 1_000)]
    [InlineData(99_000, 250)]
    public void EveryPath_OfALongOutlineWithHoles_SaysWhatCountingEachEdgeSays(int vertices, int holes)
    {
        var chance = new Random(vertices);
        var outline = Comb(chance, vertices, holes);
        var (packed, tail) = Indexes(outline);
        foreach (var point in Points(chance, outline, vertices > 10_000 ? 60 : 400))
            ShouldAllSay(Plain(outline, point), outline, point.ToGeoPoint(), packed, tail);
    }

    [Fact]
    public void Contains_PlacesAroundAVertexOfASliver_IsExact()
    {
        // Two units wide and 100° long: nearly every place in its box lies in a cell that an edge comes to.
        var sliver = new Outline([new(0, 0), new(1_000_000_001, 1), new(1_000_000_000, 3)], []);
        foreach (var x in new long[] { 0, 1, 333_333_333, 499_999_999, 500_000_000, 500_000_001, 666_666_667, 999_999_999, 1_000_000_000, 1_000_000_001 })
        {
            for (var y = 0; y <= 3; y++) sliver.Contains(GeoPoint.FromE7(y, x)).ShouldBe(Plain(sliver, new(x, y)), $"{x} {y}");
        }
    }

    private static void ShouldAllSay(bool expected, Outline outline, GeoPoint place, VolumeIndex packed, VolumeIndex tail)
    {
        outline.Contains(place).ShouldBe(expected, $"cells: {place}");
        Holds(packed, place).ShouldBe(expected, $"packed: {place}");
        Holds(tail, place).ShouldBe(expected, $"tail: {place}");
        outline.CrossingsOf(place, place).IsEmpty.ShouldBe(!expected, $"track: {place}");
        outline.Meets(new([place.ToPlane()], [])).ShouldBe(expected, $"outlines: {place}");
        var isFound = false;
        for (var turn = -1; turn <= 1; turn++)
        {
            var point = place.ToPlane().Turned(turn);
            if (!outline.Box.Contains(point)) continue;
            isFound |= outline.Contains(new PlaneFraction(3 * (Int128)point.X, 3 * (Int128)point.Y, 3));
            var edges = outline.Edges.Locate((int)(point.X - outline.Box.West + int.MinValue), (int)point.Y);
            edges.ShouldBe(outline.Locate(point), $"edges: {place}");
        }
        isFound.ShouldBe(expected, $"fractions: {place}");
    }

    private static bool Holds(VolumeIndex index, GeoPoint place)
    {
        List<int> found = [];
        index.Holding(place, VolumeIndex.LatestSize, found);
        return found.Contains(0);
    }

    private static (VolumeIndex Packed, VolumeIndex Tail) Indexes(Outline outline)
    {
        var volume = new Volume(outline, HeightBand.All, Always);
        var filler = new Volume(new([new(0, 0), new(1, 0), new(0, 1)], []), HeightBand.All, Always);
        var added = Enumerable.Range(0, 200).Select(number => new AddedVolume(number == 0 ? volume : filler, number, 0)).ToArray();
        var empty = VolumeIndex.Empty(HeightConversion.Worldwide);
        return (empty.AddAll(added), empty.Add(volume, 0, 0));
    }

    // A ring whose upper side is a line of teeth, with such rings of all lengths for holes beneath; most vertices have
    // neighbours at their height. Rings begin anywhere, so that the blocks where one ends and the next begins lie anywhere.
    private static Outline Comb(Random chance, int vertices, int holes)
    {
        const long step = 10_000;
        var shell = Teeth(chance, new(1_700_000_000, 300_000_000), 310_000_000, step, vertices);
        return new(shell, [.. Enumerable.Range(0, holes).Select(hole => Teeth(
            chance, new(1_700_000_000 + vertices * step * (hole + 1) / (holes + 2), 302_000_000 + hole % 7 * 200), 303_000_000, step / 100, chance.Next(3, 60)))]);
    }

    private static ImmutableArray<PlanePoint> Teeth(Random chance, PlanePoint corner, long upperY, long step, int vertices)
    {
        var upper = vertices - 2;
        var ring = new List<PlanePoint> { corner, new(corner.X + Math.Max(1, upper - 1) * step, corner.Y) };
        for (var i = upper - 1; i >= 0; i--) ring.Add(new(corner.X + i * step, upperY + chance.Next(4) * step));
        var start = chance.Next(vertices);
        return [.. ring[start..], .. ring[..start]];
    }

    private static IEnumerable<PlanePoint> Points(Random chance, Outline outline, int count)
    {
        var rings = outline.Holes.Insert(0, outline.Shell);
        for (var i = 0; i < count; i++)
        {
            var ring = rings[chance.Next(2) == 0 ? 0 : chance.Next(rings.Length)];
            var vertex = chance.Next(ring.Length);
            PlanePoint start = ring[vertex], end = ring[(vertex + 1) % ring.Length];
            yield return start;
            // On the edge, where its middle is on the grid, or half a unit beside.
            yield return new((start.X + end.X) / 2, (start.Y + end.Y) / 2);
            yield return new(start.X + chance.Next(-2, 3), start.Y + chance.Next(-2, 3));
            yield return new(chance.NextInt64(outline.Box.West - 5, outline.Box.East + 6), start.Y);
            yield return new(chance.NextInt64(outline.Box.West, outline.Box.East + 1), chance.NextInt64(outline.Box.South, outline.Box.North + 1));
        }
    }

    private static bool Plain(Outline outline, PlanePoint point)
    {
        var isInside = false;
        foreach (var ring in outline.Holes.Insert(0, outline.Shell))
        {
            for (var i = 0; i < ring.Length; i++)
            {
                PlanePoint a = ring[i], b = ring[i + 1 == ring.Length ? 0 : i + 1];
                var side = (Int128)(b.X - a.X) * (point.Y - a.Y) - (Int128)(b.Y - a.Y) * (point.X - a.X);
                if (side == 0 && Math.Min(a.X, b.X) <= point.X && point.X <= Math.Max(a.X, b.X) && Math.Min(a.Y, b.Y) <= point.Y && point.Y <= Math.Max(a.Y, b.Y))
                    return true;
                if (a.Y > point.Y != b.Y > point.Y && side > 0 == b.Y > a.Y) isInside = !isInside;
            }
        }
        return isInside;
    }
}
