using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>A box of space and time around some volumes, widened by minima: what lies outside can't be too near.</summary>
internal sealed class Reach
{
    // A degree of latitude is nowhere shorter than 110,574 m, so this many units of 10⁻⁷ degree cover a metre and more.
    private const double UnitsPerMetreOfLatitude = GeoPoint.UnitsPerDegree / 110_500.0;

    // Nearer to a pole than this a longitude says nothing about distance.
    private const long PolarLatitudeE7 = 85L * GeoPoint.UnitsPerDegree;

    private readonly List<PlaneBox> _boxes;
    private readonly Instant _from;
    private readonly Instant _until;

    private Reach(List<PlaneBox> boxes, Instant from, Instant until)
    {
        _boxes = boxes;
        _from = from;
        _until = until;
    }

    /// <summary>The reach of volumes that have a start and an end.</summary>
    public static Reach Of(IEnumerable<Volume> volumes, SeparationMinima minima)
    {
        var boxes = new List<PlaneBox>();
        var from = Instant.MaxValue;
        var until = Instant.MinValue;
        foreach (var volume in volumes)
        {
            boxes.Add(Widened(volume.Outline.Box, minima.LateralMetres));
            from = Instant.Min(from, volume.Time.Start);
            until = Instant.Max(until, volume.Time.End);
        }

        return new(boxes, from - minima.Time, until + minima.Time);
    }

    /// <summary>Whether any volume of the notice lies within reach.</summary>
    public bool Touches(Notice notice)
    {
        foreach (var volume in notice.Volumes)
        {
            if (volume.Time.Start <= _until && volume.Time.End >= _from && Touches(volume.Outline)) return true;
        }

        return false;
    }

    /// <summary>Whether an outline lies within reach of any of the volumes.</summary>
    public bool Touches(Outline outline)
    {
        foreach (var box in _boxes)
        {
            for (var turns = -2; turns <= 2; turns++)
            {
                if (box.Meets(outline.Box.Turned(turns))) return true;
            }
        }

        return false;
    }

    /// <summary>Widens a box by a distance; the whole turn where the box comes near a pole.</summary>
    private static PlaneBox Widened(PlaneBox box, int metres)
    {
        var latitude = (long)Math.Ceiling(metres * UnitsPerMetreOfLatitude);
        var south = box.South - latitude;
        var north = box.North + latitude;
        var farthest = Math.Max(Math.Abs(south), Math.Abs(north));
        if (farthest >= PolarLatitudeE7) return new(-2 * GeoPoint.TurnE7, south, 2 * GeoPoint.TurnE7, north);
        var shrink = Geo.Geodesy.Deterministic.Cos(farthest / (double)GeoPoint.UnitsPerDegree * (Math.PI / 180));
        var longitude = (long)Math.Ceiling(latitude / shrink);
        return new(box.West - longitude, south, box.East + longitude, north);
    }
}
