using System.Numerics;

namespace Tansiq.Geo.Outlines;

/// <summary>How two closed segments lie to each other.</summary>
public enum SegmentRelationKind
{
    /// <summary>They share no point.</summary>
    None = 0,

    /// <summary>They share one point, which is an end of at least one of them.</summary>
    Touch = 1,

    /// <summary>They share one point that is inside both.</summary>
    Crossing = 2,

    /// <summary>They lie on one line and share a piece of it.</summary>
    Overlap = 3,
}

/// <summary>What two segments share: the parameters along the first of the first and the last shared point.</summary>
/// <param name="Kind">The relation; <see cref="SegmentRelationKind.None"/> has no meaningful parameters.</param>
/// <param name="First">The least shared parameter of the first segment, 0 to 1.</param>
/// <param name="Last">The greatest; equal to <paramref name="First"/> but for an overlap.</param>
public readonly record struct SegmentRelation(SegmentRelationKind Kind, Fraction First, Fraction Last);

/// <summary>Exact predicates on the integer plane of unwrapped longitude and latitude.</summary>
/// <remarks>Coordinates up to ±2³⁴ are taken: ±540° and more. Turns are not considered. No rounding anywhere.</remarks>
public static class PlanePredicates
{
    // Differences of coordinates take 35 bits and a sign; a product with this stays within 128.
    private const int SafeFractionBits = 90;

    /// <summary>On which side of the line from a to b the point c lies: 1 left, −1 right, 0 on the line.</summary>
    public static int Orientation(PlanePoint a, PlanePoint b, PlanePoint c)
    {
        long abX = b.X - a.X, abY = b.Y - a.Y, acX = c.X - a.X, acY = c.Y - a.Y;
        return FitsInt(abX) && FitsInt(abY) && FitsInt(acX) && FitsInt(acY)
            ? Math.Sign(abX * acY - abY * acX)
            : Int128.Sign(Cross(abX, abY, acX, acY));
    }

    /// <summary>On which side of the line from a to b an exact point lies: 1 left, −1 right, 0 on the line.</summary>
    public static int Orientation(PlanePoint a, PlanePoint b, PlaneFraction c)
    {
        long abX = b.X - a.X, abY = b.Y - a.Y;
        var acX = c.XNumerator - a.X * c.Denominator;
        var acY = c.YNumerator - a.Y * c.Denominator;
        return Fraction.BitLength(acX) <= SafeFractionBits && Fraction.BitLength(acY) <= SafeFractionBits
            ? Int128.Sign(abX * acY - abY * acX)
            : (abX * (BigInteger)acY - abY * (BigInteger)acX).Sign;
    }

    /// <summary>Whether a point lies on the closed segment.</summary>
    public static bool IsOnSegment(PlanePoint start, PlanePoint end, PlanePoint point) =>
        point.X >= Math.Min(start.X, end.X) && point.X <= Math.Max(start.X, end.X)
        && point.Y >= Math.Min(start.Y, end.Y) && point.Y <= Math.Max(start.Y, end.Y)
        && Orientation(start, end, point) == 0;

    /// <summary>What two closed segments share. Segments of no length are points.</summary>
    public static SegmentRelation Relate(PlanePoint firstStart, PlanePoint firstEnd, PlanePoint secondStart, PlanePoint secondEnd)
    {
        if (firstStart == firstEnd)
            return IsOnSegment(secondStart, secondEnd, firstStart) ? At(SegmentRelationKind.Touch, Fraction.Zero) : default;
        var startSide = Orientation(firstStart, firstEnd, secondStart);
        var endSide = Orientation(firstStart, firstEnd, secondEnd);
        if (startSide == 0 && endSide == 0) return RelateCollinear(firstStart, firstEnd, secondStart, secondEnd);
        if (startSide * endSide > 0) return default;
        var sides = Orientation(secondStart, secondEnd, firstStart) * Orientation(secondStart, secondEnd, firstEnd);
        if (sides > 0) return default;
        var kind = sides == 0 || startSide == 0 || endSide == 0 ? SegmentRelationKind.Touch : SegmentRelationKind.Crossing;
        return At(kind, ParameterOfCrossing(firstStart, firstEnd, secondStart, secondEnd));
    }

    /// <summary>Whether two closed segments share a point, of segments whose boxes do.</summary>
    internal static bool MeetInBoxes(Edge first, Edge second) =>
        // On one line, segments meet where their boxes do.
        Orientation(first.Start, first.End, second.Start) * Orientation(first.Start, first.End, second.End) <= 0
        && Orientation(second.Start, second.End, first.Start) * Orientation(second.Start, second.End, first.End) <= 0;

    private static SegmentRelation RelateCollinear(
        PlanePoint firstStart, PlanePoint firstEnd, PlanePoint secondStart, PlanePoint secondEnd)
    {
        var first = ParameterOnLine(firstStart, firstEnd, secondStart);
        var last = ParameterOnLine(firstStart, firstEnd, secondEnd);
        if (first > last) (first, last) = (last, first);
        if (first < Fraction.Zero) first = Fraction.Zero;
        if (last > Fraction.One) last = Fraction.One;
        var order = first.CompareTo(last);
        if (order > 0) return default;
        return order == 0 ? At(SegmentRelationKind.Touch, first) : new(SegmentRelationKind.Overlap, first, last);
    }

    private static Fraction ParameterOnLine(PlanePoint start, PlanePoint end, PlanePoint onLine) =>
        start.X != end.X
            ? Fraction.Create(onLine.X - start.X, end.X - start.X)
            : Fraction.Create(onLine.Y - start.Y, end.Y - start.Y);

    private static Fraction ParameterOfCrossing(
        PlanePoint firstStart, PlanePoint firstEnd, PlanePoint secondStart, PlanePoint secondEnd)
    {
        long secondX = secondEnd.X - secondStart.X, secondY = secondEnd.Y - secondStart.Y;
        return Fraction.Create(
            Cross(secondStart.X - firstStart.X, secondStart.Y - firstStart.Y, secondX, secondY),
            Cross(firstEnd.X - firstStart.X, firstEnd.Y - firstStart.Y, secondX, secondY));
    }

    private static SegmentRelation At(SegmentRelationKind kind, Fraction parameter) => new(kind, parameter, parameter);

    private static Int128 Cross(long firstX, long firstY, long secondX, long secondY) =>
        (Int128)firstX * secondY - (Int128)firstY * secondX;

    private static bool FitsInt(long value) => unchecked((int)value) == value;
}
