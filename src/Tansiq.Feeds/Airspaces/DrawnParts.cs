using System.Collections.Immutable;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>
/// The polygons of one airspace as they are drawn, made into outlines: edges straight in longitude and latitude (who has
/// geodesics densifies first), rings closed, crossings split by the rule of <see cref="SelfCrossing"/>.
/// </summary>
internal sealed class DrawnParts
{
    private readonly List<Outline> _outlines = [];
    private readonly HashSet<Outline> _seen = [];
    private readonly List<AirspaceRemark> _remarks = [];
    private readonly HashSet<AirspaceRemark> _remarked = [];
    private Refusal? _withoutArea;
    private int _parts;
    private long _vertices;

    /// <summary>What was mended so far.</summary>
    public IReadOnlyList<AirspaceRemark> Remarks => _remarks;

    /// <summary>Adds a remark.</summary>
    public void Remark(AirspaceRemarkKind kind, string place)
    {
        var remark = new AirspaceRemark(kind, place);
        if (_remarked.Add(remark)) _remarks.Add(remark);
    }

    /// <summary>Adds a polygon.</summary>
    /// <param name="rings">Its rings, the shell first, each with its first vertex again at its end or not.</param>
    /// <param name="place">Where it stands in the file.</param>
    /// <param name="mustClose">Whether the format wants the first vertex again, so that its absence is remarked.</param>
    /// <returns>Null; or why it can't be drawn.</returns>
    public Refusal? Add(IReadOnlyList<IReadOnlyList<GeoPoint>> rings, string place, bool mustClose)
    {
        _vertices += rings.Sum(ring => ring.Count);
        if (_vertices > Outline.MaximumVertices + rings.Count || ++_parts > GeoJsonGeometry.MaximumPolygons) return TooMany(place);

        if (mustClose && rings.Any(ring => ring.Count > 0 && ring[0] != ring[^1])) Remark(AirspaceRemarkKind.RingClosed, place);
        if (Outline.Create(rings[0], [.. rings.Skip(1)]).TryGet(out var outline, out var refusal)) return Keep(outline, place);
        if (refusal.Code is "geo.outline-zero-area" or "geo.outline-too-few-vertices") return KeepAway(At(refusal, place), place);
        if (!SelfCrossing.IsCauseOf(refusal)) return At(refusal, place);
        var open = rings.Select(Open).ToList();
        if (!SelfCrossing.Split(open, (ring, vertex) => FeedRefusals.Invariant($"ring {ring} vertex {vertex}")).TryGet(out var split, out refusal))
            return refusal.Code == "geo.outline-zero-area" ? KeepAway(At(refusal, place), place) : At(refusal, place);
        Remark(AirspaceRemarkKind.SelfCrossingSplit, Joined(place, split.Place));
        foreach (var part in split.Outlines) Keep(part, place);
        return null;
    }

    /// <summary>Leaves out a part without area, which refuses the airspace only where no other part has one.</summary>
    /// <param name="refusal">Why, if it does.</param>
    /// <param name="place">Where the part stands in the file.</param>
    /// <returns>Null; or that there are too many parts.</returns>
    public Refusal? LeaveOut(Refusal refusal, string place) => ++_parts > GeoJsonGeometry.MaximumPolygons ? TooMany(place) : KeepAway(refusal, place);

    /// <summary>The outlines of all parts; refused where none has an area.</summary>
    /// <param name="place">Where the airspace stands in the file.</param>
    public Parsed<ImmutableArray<Outline>> Finish(string place)
    {
        if (_outlines.Count > 0) return _outlines.ToImmutableArray();
        return _withoutArea ?? new Refusal(AirspaceRefusals.NotAnArea, place, "nothing", "an area");
    }

    private static IReadOnlyList<GeoPoint> Open(IReadOnlyList<GeoPoint> ring) => ring.Count > 1 && ring[0] == ring[^1] ? [.. ring.Take(ring.Count - 1)] : ring;

    private static Refusal At(Refusal refusal, string place) => refusal with { Where = Joined(place, refusal.Where) };

    private static string Joined(string place, string within) => within.Length == 0 ? place : place + " " + within;

    private static Refusal TooMany(string place) => new(
        AirspaceRefusals.TooManyPoints,
        place,
        "more",
        FeedRefusals.Invariant($"at most {GeoJsonGeometry.MaximumPolygons} parts with {Outline.MaximumVertices} vertices"));

    private Refusal? KeepAway(Refusal refusal, string place)
    {
        _withoutArea ??= refusal;
        Remark(AirspaceRemarkKind.PartLeftOut, place);
        return null;
    }

    private Refusal? Keep(Outline outline, string place)
    {
        if (_seen.Add(outline)) _outlines.Add(outline);
        else Remark(AirspaceRemarkKind.PartLeftOut, place);
        return null;
    }

}
