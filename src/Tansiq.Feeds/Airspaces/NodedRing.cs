using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Noding.Snapround;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces;

/// <summary>A ring cut wherever it meets itself, every vertex on the integer grid.</summary>
internal sealed class NodedRing
{
    private static readonly PrecisionModel WholeUnits = new(1);

    private NodedRing(Dictionary<(PlanePoint From, PlanePoint To), int> passages, int firstMeeting)
    {
        Passages = passages;
        FirstMeeting = firstMeeting;
    }

    /// <summary>
    /// How many times more the ring runs along an edge from its lesser end to its greater one (in X, then Y) than back; never
    /// 0, since what it runs there and back bounds nothing.
    /// </summary>
    public IReadOnlyDictionary<(PlanePoint From, PlanePoint To), int> Passages { get; }

    /// <summary>The vertex of the ring that it first meets itself at, or before the next vertex.</summary>
    public int FirstMeeting { get; }

    /// <summary>Cuts a ring, or returns null where it meets itself more than <see cref="OpenAirReader.MaximumSelfMeetings"/> times.</summary>
    /// <param name="ring">Its vertices, the first not repeated.</param>
    public static NodedRing? Create(IReadOnlyList<PlanePoint> ring)
    {
        if (MeetsTooOften(ring)) return null;
        // By snap rounding (Hobby 1999) no new crossing comes of rounding the old ones.
        var noder = new SnapRoundingNoder(WholeUnits);
        noder.ComputeNodes(Edges(ring));
        var passages = new Dictionary<(PlanePoint, PlanePoint), int>();
        var departures = new Dictionary<PlanePoint, (int Count, int First)>();
        foreach (var piece in noder.GetNodedSubstrings())
        {
            for (var index = 1; index < piece.Count; index++)
            {
                var (from, to) = (Point(piece.Coordinates[index - 1]), Point(piece.Coordinates[index]));
                var isForward = (from.X, from.Y).CompareTo((to.X, to.Y)) < 0;
                var edge = isForward ? (from, to) : (to, from);
                passages[edge] = passages.GetValueOrDefault(edge) + (isForward ? 1 : -1);
                var (count, first) = departures.GetValueOrDefault(from, (0, int.MaxValue));
                departures[from] = (count + 1, Math.Min(first, (int)piece.Context));
            }
        }

        foreach (var edge in passages.Where(passage => passage.Value == 0).Select(passage => passage.Key).ToList()) passages.Remove(edge);
        var firstMeeting = departures.Values.Where(departure => departure.Count > 1).Select(departure => departure.First).DefaultIfEmpty(0).Min();
        return new(passages, firstMeeting);
    }

    private static bool MeetsTooOften(IReadOnlyList<PlanePoint> ring)
    {
        // Each edge meets its two neighbours.
        var counter = new MeetingCounter(ring.Count + OpenAirReader.MaximumSelfMeetings);
        new MCIndexNoder(counter).ComputeNodes(Edges(ring));
        return counter.IsDone;
    }

    private static List<ISegmentString> Edges(IReadOnlyList<PlanePoint> ring)
    {
        var edges = new List<ISegmentString>(ring.Count);
        for (var index = 0; index < ring.Count; index++)
        {
            var (from, to) = (ring[index], ring[index + 1 == ring.Count ? 0 : index + 1]);
            if (from != to) edges.Add(new NodedSegmentString([Coordinate(from), Coordinate(to)], index));
        }

        return edges;
    }

    private static Coordinate Coordinate(PlanePoint point) => new(point.X, point.Y);

    private static PlanePoint Point(Coordinate place) => new((long)place.X, (long)place.Y);

    private sealed class MeetingCounter(int most) : ISegmentIntersector
    {
        private readonly RobustLineIntersector _intersector = new();
        private int _count;

        public bool IsDone => _count > most;

        public void ProcessIntersections(ISegmentString e0, int segIndex0, ISegmentString e1, int segIndex1)
        {
            if (ReferenceEquals(e0, e1)) return;
            _intersector.ComputeIntersection(
                e0.Coordinates[segIndex0], e0.Coordinates[segIndex0 + 1], e1.Coordinates[segIndex1], e1.Coordinates[segIndex1 + 1]);
            if (_intersector.HasIntersection) _count++;
        }
    }
}
