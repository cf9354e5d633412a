using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Distances as whole numbers that explain: the lower bound rounded down, the upper one up.</summary>
internal static class DistanceNumbers
{
    public static IEnumerable<ReasonNumber> Of(DistanceBounds distance)
    {
        yield return new(ReasonNumbers.DistanceLowerMetres, (long)Math.Floor(distance.LowerMetres));
        if (double.IsFinite(distance.UpperMetres)) yield return new(ReasonNumbers.DistanceUpperMetres, (long)Math.Ceiling(distance.UpperMetres));
    }
}
