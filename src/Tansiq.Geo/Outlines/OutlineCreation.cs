using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Outlines;

/// <summary>A vertex that was kept, with its number in the input.</summary>
internal readonly record struct NumberedVertex(PlanePoint Point, int Number);

/// <summary>Makes outlines of rings as they are drawn, or says what is wrong with them.</summary>
internal static class OutlineCreation
{
    public static Parsed<Outline> Create(IReadOnlyList<GeoPoint> shell, IReadOnlyList<IReadOnlyList<GeoPoint>> holes)
    {
        if (holes.Count > Outline.MaximumHoles)
            return new Refusal("geo.outline-too-many-holes", "", Text($"{holes.Count} holes"), Text($"at most {Outline.MaximumHoles}"));
        var rings = new List<List<NumberedVertex>>(holes.Count + 1);
        var vertexCount = 0;
        for (var number = 0; number <= holes.Count; number++)
        {
            if (!Unwrap(number, number == 0 ? shell : holes[number - 1]).TryGet(out var ring, out var refusal)) return refusal;
            vertexCount += ring.Count;
            if (vertexCount > Outline.MaximumVertices)
            {
                return new Refusal(
                    "geo.outline-too-many-vertices", Place(number), "more", Text($"at most {Outline.MaximumVertices} vertices in all rings"));
            }
            rings.Add(ring);
        }
        var invalid = PutHolesInTurn(rings) ?? OutlineValidity.Check(rings);
        return invalid is null ? Assemble(rings) : invalid;
    }

    /// <summary>A refusal at a vertex of a ring.</summary>
    public static Refusal At(string code, int ring, NumberedVertex vertex, string expected) =>
        new("geo.outline-" + code, Place(ring) + Text($" vertex {vertex.Number}"), vertex.Point.ToGeoPoint().ToString(), expected);

    private static Parsed<List<NumberedVertex>> Unwrap(int number, IReadOnlyList<GeoPoint> places)
    {
        if (places.Count == 0) return TooFew(number, 0);
        var ring = new List<NumberedVertex>(Math.Min(places.Count, Outline.MaximumVertices + 2));
        var last = places[0].ToPlane();
        for (var i = 0; i < places.Count; i++)
        {
            var place = places[i];
            if (Math.Abs(place.LatitudeE7) == GeoPoint.MaximumLatitudeE7)
                return At("touches-pole", number, new(place.ToPlane(), i), "a latitude between the poles");
            if (Step(last, place) is not { } next)
                return At("half-turn-edge", number, new(place.ToPlane(), i), "less than 180° of longitude from vertex to vertex");
            if (ring.Count == 0 || next != last) ring.Add(new(next, i));
            if (ring.Count > Outline.MaximumVertices + 1) return ring;
            last = next;
        }
        if (Step(last, places[0]) is not { } closing)
            return At("half-turn-edge", number, ring[0], "less than 180° of longitude from the last vertex to the first");
        if (closing != ring[0].Point)
            return At("encloses-pole", number, ring[0], "a ring that holds no pole");
        if (ring.Count > 1 && last == closing) ring.RemoveAt(ring.Count - 1);
        return ring.Select(vertex => vertex.Point).Distinct().Take(3).Count() < 3 ? TooFew(number, ring.Count) : CheckExtent(number, ring);
    }

    private static Parsed<List<NumberedVertex>> CheckExtent(int number, List<NumberedVertex> ring)
    {
        NumberedVertex west = ring[0], east = ring[0];
        foreach (var vertex in ring)
        {
            if (vertex.Point.X < west.Point.X) west = vertex;
            if (vertex.Point.X > east.Point.X) east = vertex;
        }
        if (east.Point.X - west.Point.X >= GeoPoint.TurnE7)
            return At("too-wide", number, east, "a ring less than 360° wide");
        var isLine = ring.TrueForAll(v => PlanePredicates.Orientation(ring[0].Point, ring[1].Point, v.Point) == 0);
        return isLine ? At("zero-area", number, ring[0], "vertices that do not lie on one line") : ring;
    }

    // The place nearest in longitude to the last vertex; null where it is half a turn away either way.
    private static PlanePoint? Step(PlanePoint last, GeoPoint place)
    {
        var east = (place.LongitudeE7 - last.X) % GeoPoint.TurnE7;
        if (east < 0) east += GeoPoint.TurnE7;
        if (east == GeoPoint.HalfTurnE7) return null;
        return new(last.X + (east > GeoPoint.HalfTurnE7 ? east - GeoPoint.TurnE7 : east), place.LatitudeE7);
    }

    private static Refusal? PutHolesInTurn(List<List<NumberedVertex>> rings)
    {
        var shell = BoxOf(rings[0]);
        for (var number = 1; number < rings.Count; number++)
        {
            var hole = BoxOf(rings[number]);
            var turns = Turns.Bringing(hole, shell);
            var turn = turns.First;
            while (turn <= turns.Last && !Holds(shell, hole.Turned(turn))) turn++;
            if (turn > turns.Last) return At("hole-outside", number, rings[number][0], "a hole inside of the shell");
            rings[number] = rings[number].ConvertAll(vertex => vertex with { Point = vertex.Point.Turned(turn) });
        }
        return null;
    }

    private static Outline Assemble(List<List<NumberedVertex>> rings) =>
        new(Wound(rings[0], counterClockwise: true), [.. rings.Skip(1).Select(ring => Wound(ring, counterClockwise: false))]);

    private static ImmutableArray<PlanePoint> Wound(List<NumberedVertex> ring, bool counterClockwise)
    {
        Int128 twiceArea = 0;
        for (var i = 0; i < ring.Count; i++)
        {
            PlanePoint start = ring[i].Point, end = ring[i + 1 == ring.Count ? 0 : i + 1].Point;
            twiceArea += (Int128)start.X * end.Y - (Int128)end.X * start.Y;
        }
        var points = ring.Select(vertex => vertex.Point);
        return twiceArea > 0 == counterClockwise ? [.. points] : [ring[0].Point, .. points.Skip(1).Reverse()];
    }

    private static bool Holds(PlaneBox outer, PlaneBox inner) =>
        outer.West <= inner.West && inner.East <= outer.East && outer.South <= inner.South && inner.North <= outer.North;

    private static PlaneBox BoxOf(List<NumberedVertex> ring) =>
        new(ring.Min(v => v.Point.X), ring.Min(v => v.Point.Y), ring.Max(v => v.Point.X), ring.Max(v => v.Point.Y));

    private static Refusal TooFew(int ring, int count) =>
        new("geo.outline-too-few-vertices", Place(ring), Text($"{count} vertices"), "at least 3 different vertices");

    private static string Place(int ring) => Text($"ring {ring}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
