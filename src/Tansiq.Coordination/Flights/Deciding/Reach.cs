using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>A box around an outline, widened by a distance: what lies outside of it is farther than that.</summary>
internal readonly struct Reach
{
    // A degree of latitude is nowhere shorter than 110,574 m, so this many units of 10⁻⁷ degree cover a metre and more.
    private const double UnitsPerMetreOfLatitude = GeoPoint.UnitsPerDegree / 110_500.0;

    // Nearer to a pole than this a longitude says nothing about distance.
    private const long PolarLatitudeE7 = 85L * GeoPoint.UnitsPerDegree;

    // Bounds of distances lie within a metre of them: what may be found nearer has to be in reach too.
    private const long DistanceSlackMetres = 1;

    private readonly PlaneBox _box;

    private Reach(PlaneBox box) => _box = box;

    /// <summary>The reach of an outline.</summary>
    /// <param name="outline">The outline.</param>
    /// <param name="metres">The distance, metres, 0 or more; of 0 only what meets the outline's box is in reach.</param>
    public static Reach Of(Outline outline, long metres)
    {
        var box = outline.Box;
        if (metres == 0) return new(box);
        var latitude = (long)Math.Ceiling((metres + DistanceSlackMetres) * UnitsPerMetreOfLatitude);
        var south = box.South - latitude;
        var north = box.North + latitude;
        var farthest = Math.Max(Math.Abs(south), Math.Abs(north));
        if (farthest >= PolarLatitudeE7) return new(new(-2 * GeoPoint.TurnE7, south, 2 * GeoPoint.TurnE7, north));
        var shrink = Geo.Geodesy.Deterministic.Cos(farthest / (double)GeoPoint.UnitsPerDegree * (Math.PI / 180));
        var longitude = (long)Math.Ceiling(latitude / shrink);
        return new(new(box.West - longitude, south, box.East + longitude, north));
    }

    /// <summary>Whether anything of a box may be in reach, in whatever turn the box is given.</summary>
    public bool Touches(PlaneBox box)
    {
        if (box.South > _box.North || box.North < _box.South) return false;
        for (var turns = -2; turns <= 2; turns++)
        {
            if (_box.Meets(box.Turned(turns))) return true;
        }

        return false;
    }
}
