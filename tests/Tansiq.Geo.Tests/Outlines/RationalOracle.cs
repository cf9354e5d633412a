using System.Numerics;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>A rational number on big integers: slow and plain, for the brute-force oracle only.</summary>
internal readonly record struct Rational(BigInteger Top, BigInteger Bottom) : IComparable<Rational>
{
    public static implicit operator Rational(long value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) => new(a.Top * b.Bottom + b.Top * a.Bottom, a.Bottom * b.Bottom);

    public static Rational operator -(Rational a, Rational b) => new(a.Top * b.Bottom - b.Top * a.Bottom, a.Bottom * b.Bottom);

    public static Rational operator *(Rational a, Rational b) => new(a.Top * b.Top, a.Bottom * b.Bottom);

    public static Rational operator /(Rational a, Rational b) => new(a.Top * b.Bottom, a.Bottom * b.Top);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public int Sign => Top.Sign * Bottom.Sign;

    public int CompareTo(Rational other) => (this - other).Sign;

    public static Rational Of(Fraction fraction) => new((BigInteger)fraction.Numerator, (BigInteger)fraction.Denominator);
}

/// <summary>
/// Decides relations of polygons by cutting the plane into slabs at every vertex and crossing: within a slab no edges
/// cross, so the middle line stands for all of it. Shares no code and no method with the product.
/// </summary>
internal static class RationalOracle
{
    private static readonly Rational Half = new(1, 2);

    /// <summary>Whether every point of the second lies in the first: so it is where every slab's middle says so.</summary>
    public static bool Covers(Outline first, Outline second)
    {
        var heights = Heights(first, second);
        return heights.Zip(heights.Skip(1)).All(slab =>
        {
            var middle = (slab.First + slab.Second) * Half;
            var outer = Spans(first, middle);
            return Spans(second, middle).All(span => outer.Exists(o => o.West <= span.West && span.East <= o.East));
        });
    }

    /// <summary>Whether the closed sets share a point: so it is where at some slab's edge or middle their spans do.</summary>
    public static bool Meets(Outline first, Outline second) =>
        Levels(Heights(first, second)).Any(y =>
        {
            var others = ClosedSpans(second, y);
            return ClosedSpans(first, y).Exists(a => others.Exists(b => a.West <= b.East && b.West <= a.East));
        });

    /// <summary>Whether the closed outline holds a point.</summary>
    public static bool Contains(Outline outline, Rational x, Rational y) =>
        ClosedSpans(outline, y).Exists(span => span.West <= x && x <= span.East);

    private static List<(PlanePoint Start, PlanePoint End)> EdgesOf(Outline outline) =>
        [.. outline.Holes.Append(outline.Shell).SelectMany(ring => ring.Select((start, i) => (start, ring[(i + 1) % ring.Length])))];

    private static List<Rational> Heights(Outline first, Outline second)
    {
        var edges = EdgesOf(first).Concat(EdgesOf(second)).ToList();
        var heights = edges.Select(edge => (Rational)edge.Start.Y).ToList();
        foreach (var (a, b) in edges)
        {
            foreach (var (c, d) in edges)
            {
                var determinant = (BigInteger)(b.X - a.X) * (d.Y - c.Y) - (BigInteger)(b.Y - a.Y) * (d.X - c.X);
                if (determinant == 0) continue;
                var t = new Rational((BigInteger)(c.X - a.X) * (d.Y - c.Y) - (BigInteger)(c.Y - a.Y) * (d.X - c.X), determinant);
                if (t.Sign > 0 && t < 1) heights.Add(a.Y + t * (b.Y - a.Y));
            }
        }
        heights.Sort();
        return [.. heights.Where((height, i) => i == 0 || height.CompareTo(heights[i - 1]) != 0)];
    }

    private static IEnumerable<Rational> Levels(List<Rational> heights) =>
        heights.Concat(heights.Zip(heights.Skip(1), (low, high) => (low + high) * Half));

    // On a line through no vertex: between the odd and the even crossings.
    private static List<(Rational West, Rational East)> Spans(Outline outline, Rational y)
    {
        var crossings = EdgesOf(outline)
            .Where(edge => (y < edge.Start.Y) != (y < edge.End.Y))
            .Select(edge => CrossingAt(edge, y)).Order().ToList();
        var spans = new List<(Rational West, Rational East)>();
        for (var i = 0; i + 1 < crossings.Count; i += 2)
        {
            // Holes may touch: two spans that share an end are one.
            if (spans.Count > 0 && spans[^1].East.CompareTo(crossings[i]) == 0) spans[^1] = (spans[^1].West, crossings[i + 1]);
            else spans.Add((crossings[i], crossings[i + 1]));
        }
        return spans;
    }

    // Through a vertex too: what lies in the closed set is the limit of the lines just above and just below, and the edges.
    private static List<(Rational West, Rational East)> ClosedSpans(Outline outline, Rational y)
    {
        var edges = EdgesOf(outline);
        var spans = new List<(Rational, Rational)>();
        foreach (var (start, end) in edges)
        {
            if (y.CompareTo(start.Y) == 0 && y.CompareTo(end.Y) == 0) spans.Add((Math.Min(start.X, end.X), Math.Max(start.X, end.X)));
            else if (y.CompareTo(start.Y) == 0) spans.Add((start.X, start.X));
        }
        var vertical = edges.Select(edge => (Rational)edge.Start.Y).ToList();
        foreach (var side in new[] { -1, 1 })
        {
            var next = vertical.Where(height => height.CompareTo(y) == side).ToList();
            if (next.Count == 0) continue;
            next.Sort();
            var near = (y + (side > 0 ? next[0] : next[^1])) * Half;
            var crossing = edges.Where(edge => (near < edge.Start.Y) != (near < edge.End.Y))
                .Select(edge => (Near: CrossingAt(edge, near), Here: CrossingAt(edge, y)))
                .OrderBy(pair => pair.Near).ThenBy(pair => pair.Here).ToList();
            for (var i = 0; i + 1 < crossing.Count; i += 2) spans.Add((crossing[i].Here, crossing[i + 1].Here));
        }
        return spans;
    }

    private static Rational CrossingAt((PlanePoint Start, PlanePoint End) edge, Rational y) =>
        edge.Start.X + (y - edge.Start.Y) * (edge.End.X - edge.Start.X) / (edge.End.Y - edge.Start.Y);
}
