using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Polygonize;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces;

/// <summary>The faces into which a ring that meets itself divides the plane, and how often it winds around each.</summary>
internal static class WoundFaces
{
    private const int Outside = -1;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(1));

    /// <summary>What the ring winds around, either way and once or more, as simple polygons that meet at most in single points.</summary>
    public static IReadOnlyList<Polygon> Of(NodedRing ring)
    {
        // A first time every edge bounds a face; a second time only those between what is wound around and what is not, so
        // that of two faces on the two sides of an edge one is.
        var (_, leftOf, windings) = Divide(ring.Passages);
        var borders = new Dictionary<(PlanePoint From, PlanePoint To), int>();
        foreach (var edge in ring.Passages.Keys)
        {
            var (isLeftWound, isRightWound) = (windings[Left(leftOf, edge)] != 0, windings[Right(leftOf, edge)] != 0);
            if (isLeftWound != isRightWound) borders.Add(edge, isLeftWound ? 1 : -1);
        }

        var (faces, _, isWound) = Divide(borders);
        return [.. faces.Where((_, number) => isWound[number] != 0)];
    }

    private static (List<Polygon> Faces, Dictionary<(PlanePoint From, PlanePoint To), int> LeftOf, Dictionary<int, int> Windings) Divide(
        IReadOnlyDictionary<(PlanePoint From, PlanePoint To), int> passages)
    {
        var polygonizer = new Polygonizer();
        polygonizer.Add([.. passages.Keys.Select(Line)]);
        var faces = polygonizer.GetPolygons().Cast<Polygon>().ToList();
        var leftOf = FaceLeftOf(faces);
        return (faces, leftOf, Windings(passages, leftOf));
    }

    private static int Left(Dictionary<(PlanePoint From, PlanePoint To), int> leftOf, (PlanePoint From, PlanePoint To) edge) =>
        leftOf.GetValueOrDefault(edge, Outside);

    private static int Right(Dictionary<(PlanePoint From, PlanePoint To), int> leftOf, (PlanePoint From, PlanePoint To) edge) =>
        leftOf.GetValueOrDefault((edge.To, edge.From), Outside);

    private static Geometry Line((PlanePoint From, PlanePoint To) edge) =>
        Factory.CreateLineString([new Coordinate(edge.From.X, edge.From.Y), new Coordinate(edge.To.X, edge.To.Y)]);

    private static Dictionary<(PlanePoint From, PlanePoint To), int> FaceLeftOf(List<Polygon> faces)
    {
        var leftOf = new Dictionary<(PlanePoint, PlanePoint), int>();
        for (var number = 0; number < faces.Count; number++)
        {
            Add(faces[number].Shell.Coordinates, isShell: true);
            foreach (var hole in faces[number].Holes) Add(hole.Coordinates, isShell: false);

            void Add(Coordinate[] ring, bool isShell)
            {
                var isLeft = Orientation.IsCCW(ring) == isShell;
                for (var index = 1; index < ring.Length; index++)
                {
                    var (from, to) = (Point(ring[index - 1]), Point(ring[index]));
                    leftOf.Add(isLeft ? (from, to) : (to, from), number);
                }
            }
        }

        return leftOf;
    }

    /// <summary>
    /// From face to face across edges, beginning outside, where the winding number is 0: left of an edge it is greater by
    /// the passages along it than right of it.
    /// </summary>
    private static Dictionary<int, int> Windings(
        IReadOnlyDictionary<(PlanePoint From, PlanePoint To), int> passages, Dictionary<(PlanePoint From, PlanePoint To), int> leftOf)
    {
        var across = passages
            .Select(passage => (Left: Left(leftOf, passage.Key), Right: Right(leftOf, passage.Key), Step: passage.Value))
            .SelectMany(border => new[] { (From: border.Right, To: border.Left, border.Step), (From: border.Left, To: border.Right, Step: -border.Step) })
            .ToLookup(step => step.From);
        var windings = new Dictionary<int, int> { [Outside] = 0 };
        var reached = new Queue<int>([Outside]);
        while (reached.TryDequeue(out var face))
        {
            foreach (var (_, to, step) in across[face])
            {
                if (windings.TryAdd(to, windings[face] + step)) reached.Enqueue(to);
            }
        }

        return windings;
    }

    private static PlanePoint Point(Coordinate place) => new((long)place.X, (long)place.Y);
}
