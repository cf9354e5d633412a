using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>A closed box of longitude and latitude with no turn of its own.</summary>
internal readonly record struct TurningBox(long South, long North, long WestInTurn, long Width)
{
    public static TurningBox Of(PlaneBox box) => new(box.South, box.North, Leg.InTurn(box.West), box.East - box.West);

    /// <summary>Whether the box of a leg meets this one, whatever the turn.</summary>
    public bool Meets(in Leg leg)
    {
        var box = leg.Box;
        if (box.South > North || box.North < South) return false;
        var eastward = leg.WestInTurn - WestInTurn;
        if (eastward < 0) eastward += GeoPoint.TurnE7;
        return eastward <= Width || GeoPoint.TurnE7 - eastward <= box.East - box.West;
    }
}
