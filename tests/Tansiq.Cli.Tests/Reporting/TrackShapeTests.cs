using CsCheck;
using NodaTime;
using Tansiq.Cli.Reporting;
using Tansiq.Geo;

namespace Tansiq.Cli.Tests.Reporting;

public sealed class TrackShapeTests
{
    private static readonly Instant Start = Instant.FromUtc(2016, 8, 1, 6, 0);
    private static readonly Duration Gap = Duration.FromSeconds(60);

    [Fact]
    public void Add_AnyTrack_KeepsPlacesOfItInOrderWithinTheLimits() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[-400_000, 400_000], Gen.Int[-400_000, 400_000]).Array[1, 2_000].Sample(steps =>
        {
            var shape = new TrackShape("t", Gap);
            var places = new List<GeoPoint>();
            var (at, north, east) = (Start, 350_000_000L, 1_799_000_000L);
            foreach (var (seconds, northward, eastward) in steps)
            {
                (at, north, east) = (at + Duration.FromSeconds(seconds), Math.Clamp(north + northward, -890_000_000, 890_000_000), east + eastward);
                places.Add(new PlanePoint(east, north).ToGeoPoint());
                shape.Add(new("t", new(places[^1], 0, Height: null, at), null, null, null));
            }

            var pieces = shape.Pieces().ToList();
            pieces.Sum(piece => piece.Count).ShouldBeLessThanOrEqualTo(TrackShape.MaximumCorners);
            shape.Sightings.Count.ShouldBeLessThanOrEqualTo(TrackShape.MaximumPieces);
            var next = 0;
            foreach (var corner in pieces.SelectMany(piece => piece))
            {
                next = places.IndexOf(corner, next);
                next.ShouldBeGreaterThanOrEqualTo(0);
            }
        });

    [Fact]
    public void Add_LongTrack_KeepsItsFirstAndLastPlace()
    {
        var shape = new TrackShape("t", Gap);
        for (var second = 0; second < 20_000; second++) shape.Add(At(second, 300_000_000 + second * 2_000, 370_000_000));
        var corners = shape.Pieces().ShouldHaveSingleItem();
        corners[0].LatitudeE7.ShouldBe(300_000_000);
        corners[^1].LatitudeE7.ShouldBe(300_000_000 + 19_999 * 2_000);
        corners.Count.ShouldBeInRange(TrackShape.MaximumCorners / 4, TrackShape.MaximumCorners);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(61, 2)]
    public void Add_AfterAGap_StartsAnotherPiece(int seconds, int pieces)
    {
        var shape = new TrackShape("t", Gap);
        shape.Add(At(0, 300_000_000, 370_000_000));
        shape.Add(At(seconds, 300_100_000, 370_000_000));
        shape.Sightings.Count.ShouldBe(pieces);
    }

    [Fact]
    public void Add_FromAPlaceThatCannotBeReached_DrawsNoLineThere()
    {
        var shape = new TrackShape("t", Gap);
        shape.Add(At(0, 300_000_000, 370_000_000));
        shape.Add(At(5, 300_010_000, 370_000_000));
        shape.Add(At(10, 100_000_000, 370_000_000));
        shape.Add(At(15, 300_020_000, 370_000_000));
        shape.Add(At(20, 300_030_000, 370_000_000));
        shape.Pieces().SelectMany(piece => piece).ShouldNotContain(place => place.LatitudeE7 == 100_000_000);
        shape.Pieces().Count().ShouldBe(2);
    }

    [Fact]
    public void Add_MorePiecesThanAreKept_CountsTheOthers()
    {
        var shape = new TrackShape("t", Gap);
        for (var piece = 0; piece < TrackShape.MaximumPieces + 3; piece++)
        {
            shape.Add(At(piece * 200, 300_000_000, 370_000_000));
            shape.Add(At(piece * 200 + 10, 300_010_000, 370_000_000));
        }

        shape.Sightings.Count.ShouldBe(TrackShape.MaximumPieces);
        shape.PiecesLeftOut.ShouldBe(3);
    }

    private static ReportedPosition At(int second, int latitudeE7, int longitudeE7) =>
        new("t", new(GeoPoint.FromE7(latitudeE7, longitudeE7), 0, Height: null, Start + Duration.FromSeconds(second)), null, null, null);
}
