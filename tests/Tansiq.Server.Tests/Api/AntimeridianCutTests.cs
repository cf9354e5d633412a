using CsCheck;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Server.Api.GeoJson;

namespace Tansiq.Server.Tests.Api;

/// <summary>Outlines as maps of RFC 7946 want them: cut along the antimeridian, without a point more or less.</summary>
public sealed class AntimeridianCutTests
{
    // Coarse units, so that vertices lie on the antimeridian itself often.
    private const int Unit = 10_000_000;

    [Fact]
    public void Outline_ThatDoesNotCross_IsItself()
    {
        var outline = Outline.Create([At(10, 10), At(20, 10), At(20, 20), At(10, 20)], [[At(12, 12), At(14, 12), At(14, 14)]]).Value;
        var piece = AntimeridianCut.Pieces(outline).ShouldHaveSingleItem();
        piece[0].ShouldBe(outline.Shell);
        piece[1].ShouldBe(outline.Holes[0]);
    }

    [Fact]
    public void Outline_AcrossTheAntimeridian_IsInTwoPieces()
    {
        var pieces = AntimeridianCut.Pieces(Outline.Create([At(170, 0), At(-170, 0), At(-170, 10), At(170, 10)], []).Value);
        pieces.Count.ShouldBe(2);
        pieces.SelectMany(piece => piece.Single()).Select(point => point.X / Unit).Distinct().Order().ShouldBe([-180, -170, 170, 180]);
    }

    [Fact]
    public void Comb_WhoseTeethCross_IsCutIntoEachOfThem()
    {
        var comb = Outline.Create([At(175, 0), At(-175, 0), At(-175, 2), At(178, 2), At(178, 4), At(-175, 4), At(-175, 6), At(175, 6)], []).Value;
        AntimeridianCut.Pieces(comb).Count.ShouldBe(3);
    }

    [Fact]
    public void Outline_ThatTouchesTheAntimeridianAlongEdges_IsInOnePiece() =>
        AntimeridianCut.Pieces(Outline.Create([At(-155, -6), At(180, 2), At(180, -1), At(180, -3), At(-179, 0)], []).Value).ShouldHaveSingleItem();

    [Fact]
    public void Hole_ThatTouchesTheAntimeridianWithOneVertex_StaysAHole()
    {
        var shell = new[] { At(161, 3), At(-163, 1), At(-163, -6), At(158, -6), At(177, -5) };
        var pieces = AntimeridianCut.Pieces(Outline.Create(shell, [[At(-164, 0), At(-173, -4), At(180, -1)]]).Value);
        pieces.Count.ShouldBe(2);
        pieces.ShouldAllBe(piece => DoubledArea(piece[0]) > 0);
    }

    [Fact]
    public void Pieces_OfAnyOutline_HaveItsPointsItsAreaAndTheRightWinding()
    {
        var coordinate = Gen.Select(Gen.Int[-24, 24], Gen.Int[-8, 8]);
        var checkedOnes = 0;
        Gen.Select(coordinate.Array[3, 10], coordinate.Array[3, 4], Gen.Int[-2, 2]).Sample((shell, hole, shift) =>
        {
            var created = Outline.Create([.. shell.Select(Place)], []);
            if (!created.TryGet(out var outline, out _)) return;
            if (Outline.Create([.. shell.Select(Place)], [[.. hole.Select(Place)]]).TryGet(out var holed, out _)) outline = holed;
            Interlocked.Increment(ref checkedOnes);
            var pieces = AntimeridianCut.Pieces(outline);
            foreach (var piece in pieces)
            {
                piece.SelectMany(ring => ring).ShouldAllBe(point => point.X >= -GeoPoint.HalfTurnE7 && point.X <= GeoPoint.HalfTurnE7);
                DoubledArea(piece[0]).ShouldBeGreaterThan(0);
                piece.Skip(1).ShouldAllBe(ring => DoubledArea(ring) < 0);
            }

            // Latitudes of cuts are rounded by half a unit.
            var area = pieces.Sum(piece => piece.Sum(DoubledArea));
            var expected = outline.Holes.Prepend(outline.Shell).Sum(ring => DoubledArea(ring));
            Math.Abs(area - expected).ShouldBeLessThanOrEqualTo((decimal)Unit * 100 * 40);

            (int, int) Moved((int X, int Y) at) => (at.X + shift, at.Y);

            GeoPoint Place((int X, int Y) at) => At(180 + Moved(at).Item1, at.Y);
        }, iter: 2_000);
        checkedOnes.ShouldBeGreaterThan(100);
    }

    private static decimal DoubledArea(IReadOnlyList<PlanePoint> ring)
    {
        var area = 0m;
        for (var index = 0; index < ring.Count; index++)
        {
            var (from, to) = (ring[index], ring[(index + 1) % ring.Count]);
            area += (decimal)from.X * to.Y - (decimal)to.X * from.Y;
        }

        return area;
    }

    private static GeoPoint At(int longitude, int latitude) =>
        GeoPoint.FromE7((long)latitude * Unit, (long)((longitude + 540) % 360 - 180) * Unit);
}
