using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Server.Api.GeoJson;

/// <summary>
/// Cuts an outline along the antimeridian, as RFC 7946 (3.1.9) asks: pieces whose longitudes all lie in −180° to 180°. Each piece is its rings, shell
/// first, shells counter-clockwise and holes clockwise; first vertices are not repeated. Where an edge is cut, latitude is rounded to the grid.
/// </summary>
internal static class AntimeridianCut
{
    /// <summary>The pieces of an outline; itself where it does not cross.</summary>
    public static List<List<IReadOnlyList<PlanePoint>>> Pieces(Outline outline)
    {
        var rings = outline.Holes.Prepend(outline.Shell).Select(ring => (IReadOnlyList<PlanePoint>)ring).ToList();
        var pieces = new List<List<IReadOnlyList<PlanePoint>>>();
        for (var turns = -1; turns <= 1; turns++)
        {
            var west = GeoPoint.TurnE7 * turns - GeoPoint.HalfTurnE7;
            var east = west + GeoPoint.TurnE7;
            if (outline.Box.East <= west && turns < 1 && outline.Box.West < west) continue;
            if (outline.Box.West > east || outline.Box.East < west) continue;
            foreach (var piece in Between(rings, outline.Box, west, east)) pieces.Add([.. piece.Select(ring => Turned(ring, -turns))]);
        }

        return pieces;
    }

    private static List<List<IReadOnlyList<PlanePoint>>> Between(List<IReadOnlyList<PlanePoint>> rings, PlaneBox box, long west, long east)
    {
        List<List<IReadOnlyList<PlanePoint>>> pieces = [rings];
        // What lies on a line belongs to the west of it.
        if (box.East > east) pieces = [.. pieces.SelectMany(piece => Half(piece, east, point => point.X <= east))];
        if (box.West <= west) pieces = [.. pieces.SelectMany(piece => Half(piece, west, point => point.X > west))];
        return pieces;
    }

    /// <summary>The pieces of a polygon on one side of a meridian.</summary>
    private static List<List<IReadOnlyList<PlanePoint>>> Half(List<IReadOnlyList<PlanePoint>> rings, long meridian, Func<PlanePoint, bool> isInside)
    {
        var whole = new List<IReadOnlyList<PlanePoint>>();
        var chains = new List<Chain>();
        foreach (var ring in rings)
        {
            if (ring.All(isInside)) whole.Add(ring);
            else AddChains(ring, meridian, isInside, chains);
        }

        var shells = Joined(chains);
        // The shell itself may lie on this side, whole.
        if (whole.Count > 0 && ReferenceEquals(whole[0], rings[0])) return [whole];
        var pieces = shells.ConvertAll(shell => new List<IReadOnlyList<PlanePoint>> { shell });
        foreach (var hole in whole) pieces.Find(piece => Holds(piece[0], hole))?.Add(hole);
        return pieces;
    }

    /// <summary>A part of a ring on the side, from where it comes over the meridian to where it goes.</summary>
    private sealed record Chain(List<PlanePoint> Points)
    {
        public long EntryLatitude => Points[0].Y;

        public long ExitLatitude => Points[^1].Y;
    }

    private static void AddChains(IReadOnlyList<PlanePoint> ring, long meridian, Func<PlanePoint, bool> isInside, List<Chain> chains)
    {
        var start = -1;
        for (var index = 0; index < ring.Count && start < 0; index++)
        {
            if (!isInside(ring[index]) && isInside(ring[(index + 1) % ring.Count])) start = index;
        }

        if (start < 0) return;
        List<PlanePoint>? points = null;
        for (var step = 0; step < ring.Count; step++)
        {
            var (from, to) = (ring[(start + step) % ring.Count], ring[(start + step + 1) % ring.Count]);
            if (!isInside(from) && isInside(to)) points = [Crossing(from, to, meridian)];
            if (points is null) continue;
            if (isInside(to)) AddPoint(points, to);
            else
            {
                AddPoint(points, Crossing(from, to, meridian));
                chains.Add(new(points));
                points = null;
            }
        }
    }

    private static void AddPoint(List<PlanePoint> points, PlanePoint point)
    {
        if (points[^1] != point) points.Add(point);
    }

    /// <summary>
    /// Joins the chains along the meridian. A stretch of it that lies in the polygon is bounded by one exit and one entry, on one side always the exit
    /// further south, on the other always the entry; so the exits from south to north go with the entries from south to north, also where a vertex
    /// that only touches the meridian is both at one latitude.
    /// </summary>
    private static List<IReadOnlyList<PlanePoint>> Joined(List<Chain> chains)
    {
        var numbers = Enumerable.Range(0, chains.Count);
        var exits = numbers.OrderBy(number => chains[number].ExitLatitude);
        var entries = numbers.OrderBy(number => chains[number].EntryLatitude);
        var next = new int[chains.Count];
        foreach (var (exit, entry) in exits.Zip(entries)) next[exit] = entry;

        var rings = new List<IReadOnlyList<PlanePoint>>();
        var isDone = new bool[chains.Count];
        for (var first = 0; first < chains.Count; first++)
        {
            if (isDone[first]) continue;
            var ring = new List<PlanePoint>();
            for (var chain = first; !isDone[chain]; chain = next[chain])
            {
                isDone[chain] = true;
                foreach (var point in chains[chain].Points)
                {
                    if (ring.Count == 0 || ring[^1] != point) ring.Add(point);
                }
            }

            if (ring.Count > 1 && ring[0] == ring[^1]) ring.RemoveAt(ring.Count - 1);
            // Of an outline that only touches the meridian there is nothing on the other side.
            if (HasArea(ring)) rings.Add(ring);
        }

        return rings;
    }

    private static bool HasArea(List<PlanePoint> ring)
    {
        Int128 doubled = 0;
        for (var index = 0; index < ring.Count; index++)
        {
            var (from, to) = (ring[index], ring[(index + 1) % ring.Count]);
            doubled += (Int128)from.X * to.Y - (Int128)to.X * from.Y;
        }

        return doubled != 0;
    }

    private static PlanePoint Crossing(PlanePoint from, PlanePoint to, long meridian)
    {
        var share = (Int128)(meridian - from.X) * (to.Y - from.Y);
        var across = to.X - from.X;
        // Rounded to the nearest, away from zero at a half: from both ends the same.
        var doubled = 2 * share;
        var latitude = (doubled + (doubled < 0 == across < 0 ? across : -across)) / (2 * (Int128)across);
        return new(meridian, from.Y + (long)latitude);
    }

    private static bool Holds(IReadOnlyList<PlanePoint> shell, IReadOnlyList<PlanePoint> hole) => hole.Any(point => IsStrictlyInside(shell, point));

    private static bool IsStrictlyInside(IReadOnlyList<PlanePoint> ring, PlanePoint point)
    {
        var isInside = false;
        for (var index = 0; index < ring.Count; index++)
        {
            var (from, to) = (ring[index], ring[(index + 1) % ring.Count]);
            var turn = (Int128)(to.X - from.X) * (point.Y - from.Y) - (Int128)(to.Y - from.Y) * (point.X - from.X);
            var isBetween = Math.Min(from.X, to.X) <= point.X && point.X <= Math.Max(from.X, to.X) && Math.Min(from.Y, to.Y) <= point.Y && point.Y <= Math.Max(from.Y, to.Y);
            if (turn == 0 && isBetween) return false;
            if (from.Y > point.Y != to.Y > point.Y && turn > 0 == to.Y > from.Y) isInside = !isInside;
        }

        return isInside;
    }

    private static List<PlanePoint> Turned(IReadOnlyList<PlanePoint> ring, int turns) => [.. ring.Select(point => point.Turned(turns))];
}
