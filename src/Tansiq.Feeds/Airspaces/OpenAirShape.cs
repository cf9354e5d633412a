using System.Collections.Immutable;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>The shape of one airspace while its points, arcs and circle are read.</summary>
internal sealed class OpenAirShape
{
    private readonly List<(GeoPoint Point, int Line)> _vertices = [];
    private bool _hasArc;
    private int _circleLine;

    /// <summary>Adds a point; the refusal where it may not follow.</summary>
    public Refusal? AddPoint(GeoPoint point, int line)
    {
        if (_circleLine != 0) return CircleAndMore(line);
        if (_vertices.Count == OpenAirReader.MaximumVerticesOfArea) return TooManyPoints(line);
        _vertices.Add((point, line));
        return null;
    }

    /// <summary>Adds an arc; the refusal where there is none or it may not follow.</summary>
    public Refusal? AddArc(Parsed<ImmutableArray<GeoPoint>> arc, int line)
    {
        if (_circleLine != 0) return CircleAndMore(line);
        _hasArc = true;
        return AddCurve(arc, line);
    }

    /// <summary>Adds a circle, which must be all there is; the refusal where it is not.</summary>
    public Refusal? AddCircle(Parsed<ImmutableArray<GeoPoint>> circle, int line)
    {
        if (_vertices.Count > 0) return CircleAndMore(line);
        _circleLine = line;
        return AddCurve(circle, line);
    }

    /// <summary>The outlines, with what was mended; or why there are none.</summary>
    public Parsed<(ImmutableArray<Outline> Outlines, ImmutableArray<AirspaceRemark> Remarks)> Finish(int firstLine)
    {
        if (_vertices.Count == 0) return AirspaceRefusals.At(firstLine, AirspaceRefusals.Missing, default, "a shape (DP, DA, DB or DC)");
        var remarks = ImmutableArray.CreateBuilder<AirspaceRemark>();
        var ring = IsLine ? Widened(remarks) : WithoutSpikes(remarks);
        if (!Densify.GeodesicEdges([.. ring.Select(vertex => vertex.Point)], closed: true).TryGet(out var drawn, out var refusal))
            return refusal with { Where = AirspaceRefusals.Line(firstLine) };
        if (Outline.Create(drawn, []).TryGet(out var outline, out refusal)) return (ImmutableArray.Create(outline), remarks.ToImmutable());
        if (!SelfCrossing.IsCauseOf(refusal)) return refusal with { Where = AirspaceRefusals.Line(firstLine) };
        var lines = Lines(drawn, ring);
        if (!SelfCrossing.Split([drawn], (_, vertex) => AirspaceRefusals.Line(lines[vertex])).TryGet(out var split, out refusal))
            return refusal.Where.StartsWith("line ", StringComparison.Ordinal) ? refusal : refusal with { Where = AirspaceRefusals.Line(firstLine) };
        remarks.Add(new(AirspaceRemarkKind.SelfCrossingSplit, split.Place));
        return (split.Outlines, remarks.ToImmutable());
    }

    private bool IsLine => !_hasArc && _circleLine == 0 && _vertices.Count == 2 && _vertices[0].Point != _vertices[1].Point;

    private Refusal? AddCurve(Parsed<ImmutableArray<GeoPoint>> curve, int line)
    {
        if (!curve.TryGet(out var points, out var refusal)) return refusal;
        if (_vertices.Count + points.Length > OpenAirReader.MaximumVerticesOfArea) return TooManyPoints(line);
        foreach (var point in points) _vertices.Add((point, line));
        return null;
    }

    /// <summary>
    /// A strip about the line, as a ring of four corners. It reaches past the line by what edges may be off it, so that the
    /// line lies inside.
    /// </summary>
    private List<(GeoPoint Point, int Line)> Widened(ImmutableArray<AirspaceRemark>.Builder remarks)
    {
        var line = _vertices[0].Line;
        remarks.Add(new(AirspaceRemarkKind.LineWidened, AirspaceRefusals.Line(line)));
        var (start, end) = (_vertices[0].Point, _vertices[1].Point);
        var path = Geodesic.Inverse(start, end);
        var cornerMetres = OpenAirReader.LineReachMetres * Math.Sqrt(2);
        return
        [
            (Geodesic.Direct(start, path.StartAzimuthDegrees - 135, cornerMetres), line),
            (Geodesic.Direct(start, path.StartAzimuthDegrees + 135, cornerMetres), line),
            (Geodesic.Direct(end, path.EndAzimuthDegrees + 45, cornerMetres), line),
            (Geodesic.Direct(end, path.EndAzimuthDegrees - 45, cornerMetres), line),
        ];
    }

    /// <summary>Leaves out each point from which the ring runs straight back to where it came from, and equal neighbours.</summary>
    private List<(GeoPoint Point, int Line)> WithoutSpikes(ImmutableArray<AirspaceRemark>.Builder remarks)
    {
        var ring = new List<(GeoPoint Point, int Line)>(_vertices.Count);
        foreach (var vertex in _vertices)
        {
            ring.Add(vertex);
            while (RemoveSpikeAtEnd(ring, remarks))
            {
            }
        }

        // Round the ring's start: turn it by one vertex at a time until nothing is left to remove there.
        var first = 0;
        while (ring.Count - first > 3)
        {
            if (ring[first].Point == ring[^1].Point)
            {
                ring.RemoveAt(ring.Count - 1);
            }
            else if (ring[first].Point == ring[^2].Point)
            {
                remarks.Add(new(AirspaceRemarkKind.SpikeRemoved, AirspaceRefusals.Line(ring[^1].Line)));
                ring.RemoveAt(ring.Count - 1);
            }
            else if (ring[first + 1].Point == ring[^1].Point)
            {
                remarks.Add(new(AirspaceRemarkKind.SpikeRemoved, AirspaceRefusals.Line(ring[first].Line)));
                first++;
            }
            else
            {
                break;
            }
        }

        return ring[first..];
    }

    private static bool RemoveSpikeAtEnd(List<(GeoPoint Point, int Line)> ring, ImmutableArray<AirspaceRemark>.Builder remarks)
    {
        if (ring.Count > 1 && ring[^1].Point == ring[^2].Point)
        {
            ring.RemoveAt(ring.Count - 1);
            return true;
        }

        if (ring.Count < 3 || ring[^1].Point != ring[^3].Point) return false;
        remarks.Add(new(AirspaceRemarkKind.SpikeRemoved, AirspaceRefusals.Line(ring[^2].Line)));
        ring.RemoveRange(ring.Count - 2, 2);
        return true;
    }

    /// <summary>Of each vertex of a drawn ring the line of the file's point that it is or comes after.</summary>
    private static List<int> Lines(ImmutableArray<GeoPoint> drawn, List<(GeoPoint Point, int Line)> ring)
    {
        var lines = new List<int>(drawn.Length);
        var next = 0;
        foreach (var point in drawn)
        {
            if (next < ring.Count && ring[next].Point == point) next++;
            lines.Add(ring[next - 1].Line);
        }

        return lines;
    }

    private static Refusal CircleAndMore(int line) =>
        AirspaceRefusals.At(line, AirspaceRefusals.CircleAndMore, "a circle and other shapes", "a circle alone");

    private static Refusal TooManyPoints(int line) =>
        AirspaceRefusals.At(line, AirspaceRefusals.TooManyPoints, "more points", FeedRefusals.Invariant($"at most {OpenAirReader.MaximumVerticesOfArea}"));
}
