using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Noding.Snapround;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces;

/// <summary>A ring, or a shell with its holes, cut wherever they meet themselves or each other, every vertex on the integer grid.</summary>
internal sealed class NodedRing
{
    private static readonly PrecisionModel WholeUnits = new(1);

    private NodedRing(Dictionary<(PlanePoint From, PlanePoint To), int> passages, (int Ring, int Vertex) firstMeeting)
    {
        Passages = passages;
        FirstMeeting = firstMeeting;
    }

    /// <summary>
    /// How many times more the rings run along an edge from its lesser end to its greater one (in X, then Y) than back; never
    /// 0, since what they run there and back bounds nothing. A ring to be taken the other way round counts so.
    /// </summary>
    public IReadOnlyDictionary<(PlanePoint From, PlanePoint To), int> Passages { get; }

    /// <summary>The first vertex, of the rings in order, at which or before the next of which a ring meets itself or another.</summary>
    public (int Ring, int Vertex) FirstMeeting { get; }

    /// <summary>Cuts rings, or returns null where edges meet more than <see cref="OpenAirReader.MaximumSelfMeetings"/> times.</summary>
    /// <param name="rings">Their vertices, the first not repeated.</param>
    /// <param name="isReversed">Which of them are to be taken the other way round.</param>
    public static NodedRing? Create(IReadOnlyList<IReadOnlyList<PlanePoint>> rings, IReadOnlyList<bool> isReversed)
    {
        if (MeetTooOften(rings)) return null;
        // By snap rounding (Hobby 1999) no new crossing comes of rounding the old ones.
        var noder = new SnapRoundingNoder(WholeUnits);
        noder.ComputeNodes(Edges(rings));
        var passages = new Dictionary<(PlanePoint, PlanePoint), int>();
        var departures = new Dictionary<PlanePoint, (int Count, (int Ring, int Vertex) First)>();
        foreach (var piece in noder.GetNodedSubstrings())
        {
            var start = ((int Ring, int Vertex))piece.Context;
            for (var index = 1; index < piece.Count; index++)
            {
                var (from, to) = (Point(piece.Coordinates[index - 1]), Point(piece.Coordinates[index]));
                var isForward = (from.X, from.Y).CompareTo((to.X, to.Y)) < 0;
                var edge = isForward ? (from, to) : (to, from);
                passages[edge] = passages.GetValueOrDefault(edge) + (isForward == isReversed[start.Ring] ? -1 : 1);
                var (count, first) = departures.GetValueOrDefault(from, (0, (int.MaxValue, 0)));
                departures[from] = (count + 1, start.CompareTo(first) < 0 ? start : first);
            }
        }

        foreach (var edge in passages.Where(passage => passage.Value == 0).Select(passage => passage.Key).ToList()) passages.Remove(edge);
        var firstMeeting = departures.Values.Where(departure => departure.Count > 1).Select(departure => departure.First).DefaultIfEmpty((0, 0)).Min();
        return new(passages, firstMeeting);
    }

    private static bool MeetTooOften(IReadOnlyList<IReadOnlyList<PlanePoint>> rings)
    {
        // Each edge meets its two neighbours.
        var counter = new MeetingCounter(rings.Sum(ring => ring.Count) + OpenAirReader.MaximumSelfMeetings);
        new MCIndexNoder(counter).ComputeNodes(Edges(rings));
        return counter.IsDone;
    }

    private static List<ISegmentString> Edges(IReadOnlyList<IReadOnlyList<PlanePoint>> rings)
    {
        var edges = new List<ISegmentString>();
        for (var number = 0; number < rings.Count; number++)
        {
            var ring = rings[number];
            for (var index = 0; index < ring.Count; index++)
            {
                var (from, to) = (ring[index], ring[index + 1 == ring.Count ? 0 : index + 1]);
                if (from != to) edges.Add(new NodedSegmentString([Coordinate(from), Coordinate(to)], (number, index)));
            }
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
