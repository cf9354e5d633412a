using System.Globalization;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>Draws surfaces of GML 3.2 as AIXM profiles them (OGC 12-028r1).</summary>
internal sealed class AixmGeometry(AixmDocument document)
{
    /// <summary>The farthest that curves of a ring may be apart where one ends and the next begins; a straight edge joins them. Metres.</summary>
    public const double MaximumGapMetres = 2_000;

    /// <summary>Adds the patches of a surface to what is drawn; the refusal of the first that cannot be.</summary>
    public Refusal? Draw(AixmElement surface, DrawnParts parts)
    {
        if (surface.Name is not ("Surface" or "ElevatedSurface" or "Polygon"))
            return new(AirspaceRefusals.NotAnArea, surface.Place, surface.Name, "a Surface");
        var patches = surface.Name == "Polygon" ? [surface] : surface.ChildrenOf("patches").SelectMany(property => property.Children).ToList();
        foreach (var patch in patches)
        {
            if (patch.Name is not ("PolygonPatch" or "Polygon" or "Rectangle")) return new(AirspaceRefusals.NotAnArea, patch.Place, patch.Name, "a PolygonPatch");
            if (!Rings(patch).TryGet(out var rings, out var refusal)) return refusal;
            if (parts.Add(rings, patch.Place, mustClose: false) is { } why) return why;
        }

        return null;
    }

    private Parsed<IReadOnlyList<IReadOnlyList<GeoPoint>>> Rings(AixmElement patch)
    {
        var rings = new List<IReadOnlyList<GeoPoint>>();
        foreach (var boundary in patch.ChildrenOf("exterior").Concat(patch.ChildrenOf("interior")))
        {
            if (boundary.Children is not [{ Name: "Ring" or "LinearRing" } ring, ..]) return new Refusal(AirspaceRefusals.NotAnArea, boundary.Place, "no ring", "a Ring or LinearRing");
            if (!(ring.Name == "Ring" ? Ring(ring) : Positions(ring)).TryGet(out var points, out var refusal)) return refusal;
            rings.Add(points);
        }

        return rings.Count == 0 ? new Refusal(AirspaceRefusals.NotAnArea, patch.Place, "nothing", "an exterior") : rings;
    }

    private Parsed<List<GeoPoint>> Ring(AixmElement ring)
    {
        var members = ring.ChildrenOf("curveMember").ToList();
        var drawn = new List<GeoPoint>?[members.Count];
        for (var index = 0; index < members.Count; index++)
        {
            if (Border(members[index]) is not null) continue;
            if (!Member(members[index]).TryGet(out var curve, out var refusal)) return refusal;
            drawn[index] = curve;
        }

        // A border is drawn between the curves before and after it.
        for (var index = 0; index < members.Count; index++)
        {
            if (Border(members[index]) is not { } border) continue;
            if (!Curve(border).TryGet(out var whole, out var refusal)) return refusal;
            if (document.Count(whole.Count, members[index].Place) is { } tooMany) return tooMany;
            var (before, after) = (drawn[(index + members.Count - 1) % members.Count], drawn[(index + 1) % members.Count]);
            if (before is not { Count: > 0 } || after is not { Count: > 0 })
                return new Refusal(AirspaceRefusals.Link, members[index].Place, "a border", "a curve before it and one after it");
            if (!AixmBorder.Between(whole, before[^1], after[0], members[index].Place).TryGet(out drawn[index], out refusal)) return refusal;
        }

        var points = new List<GeoPoint>();
        for (var index = 0; index < members.Count; index++)
        {
            if (Append(points, drawn[index]!, members[index].Place) is { } refusal) return refusal;
        }

        return points;
    }

    /// <summary>The border's curve that a member links to, or null where it links to none.</summary>
    private AixmElement? Border(AixmElement member) =>
        member.Link is { } link && document.Find(link) is { Name: "GeoBorder" } border ? border.All("Curve").FirstOrDefault() : null;

    private Parsed<List<GeoPoint>> Member(AixmElement member)
    {
        var curve = member.Link is { } link ? document.Find(link) : member.Children.Count > 0 ? member.Children[0] : null;
        if (curve is null) return new Refusal(AirspaceRefusals.Link, member.Place, JsonText.Shorten(member.Link ?? "nothing"), "a curve of this file; other links are not followed");
        var isReversed = false;
        if (curve.Name == "OrientableCurve" && curve.Child("baseCurve") is { } inner)
        {
            isReversed = curve.Orientation == "-";
            curve = inner.Link is { } innerLink ? document.Find(innerLink) : inner.Children.Count > 0 ? inner.Children[0] : null;
        }

        if (curve is not { Name: "Curve" or "LineString" }) return new Refusal(AirspaceRefusals.NotAnArea, member.Place, curve?.Name ?? "nothing", "a Curve");
        if (!(curve.Name == "Curve" ? Curve(curve) : Positions(curve)).TryGet(out var points, out var refusal)) return refusal;
        if (isReversed) points.Reverse();
        return points;
    }

    private Parsed<List<GeoPoint>> Curve(AixmElement curve)
    {
        var points = new List<GeoPoint>();
        foreach (var segment in curve.ChildrenOf("segments").SelectMany(property => property.Children))
        {
            if (!Segment(segment).TryGet(out var drawn, out var refusal)) return refusal;
            if (Append(points, drawn, segment.Place) is { } gap) return gap;
        }

        return points.Count > 0 ? points : new Refusal(AirspaceRefusals.NotAnArea, curve.Place, "a curve without segments", "segments");
    }

    private Parsed<List<GeoPoint>> Segment(AixmElement segment)
    {
        switch (segment.Name)
        {
            case "GeodesicString" or "Geodesic":
                return Positions(segment).TryGet(out var given, out var refusal) ? GeodesicEdges(given, segment) : refusal;
            case "LineStringSegment":
                return Positions(segment);
            case "CircleByCenterPoint" or "ArcByCenterPoint":
                return Arc(segment);
            default:
                return new Refusal(AirspaceRefusals.NotAnArea, segment.Place, segment.Name, "GeodesicString, LineStringSegment, ArcByCenterPoint or CircleByCenterPoint");
        }
    }

    private Parsed<List<GeoPoint>> Arc(AixmElement segment)
    {
        if (!Positions(segment).TryGet(out var centre, out var refusal)) return refusal;
        if (centre.Count != 1) return new Refusal(AirspaceRefusals.Coordinate, segment.Place, FeedRefusals.Invariant($"{centre.Count} positions"), "one centre");
        if (Number(segment.TextOf("radius")) is not { } radius || MetresOf(segment.Child("radius")!.Unit) is not { } metres)
            return new Refusal(AirspaceRefusals.Number, segment.Place, JsonText.Shorten($"{segment.TextOf("radius")} {segment.Child("radius")?.Unit}"), "a radius in NM, KM, M or FT");
        if (segment.Name == "CircleByCenterPoint") return Drawn(Densify.Circle(centre[0], radius * metres), segment);
        if (Angle(segment, "startAngle") is not { } start || Angle(segment, "endAngle") is not { } end)
            return new Refusal(AirspaceRefusals.Number, segment.Place, "no start or end", "startAngle and endAngle in degrees within ±720");
        if (Math.Abs(end - start) > 360) return new Refusal(AirspaceRefusals.Number, segment.Place, FeedRefusals.Invariant($"{start} to {end}"), "at most 360 degrees");

        // Angles run from the first axis to the second: from north clockwise where latitude is first, from east the other way where longitude is.
        var isLatitudeFirst = AxisOrder(SystemOf(segment)) == true;
        var (from, to) = isLatitudeFirst ? (start, end) : (90 - start, 90 - end);
        return Drawn(Densify.Arc(centre[0], radius * metres, Turned(from), Turned(to), clockwise: isLatitudeFirst == end > start), segment);
    }

    private static double Turned(double degrees) => (degrees % 360 + 360) % 360;

    private static double? Angle(AixmElement segment, string name) =>
        Number(segment.TextOf(name)) is { } angle && Math.Abs(angle) <= 720 && segment.Child(name)!.Unit is null or "deg" or "DEG" ? Number(segment.TextOf(name)) : null;

    private static Parsed<List<GeoPoint>> GeodesicEdges(List<GeoPoint> points, AixmElement segment) => Drawn(Densify.GeodesicEdges(points, closed: false), segment);

    private static Parsed<List<GeoPoint>> Drawn(Parsed<System.Collections.Immutable.ImmutableArray<GeoPoint>> curve, AixmElement segment) =>
        curve.TryGet(out var points, out var refusal) ? points.ToList() : refusal with { Where = segment.Place };

    /// <summary>Joins curves: the next begins where the last ends, or near.</summary>
    private static Refusal? Append(List<GeoPoint> points, List<GeoPoint> next, string place)
    {
        if (points.Count > 0 && next.Count > 0 && Geodesic.Inverse(points[^1], next[0]).DistanceMetres is > MaximumGapMetres and var gap)
            return new(AirspaceRefusals.Coordinate, place, FeedRefusals.Invariant($"{gap:0} m from the curve before"), FeedRefusals.Invariant($"curves that meet, or at most {MaximumGapMetres} m apart"));
        if (points.Count + next.Count > Densify.MaximumVertices)
            return new(AirspaceRefusals.TooManyPoints, place, "more", FeedRefusals.Invariant($"at most {Densify.MaximumVertices} vertices in a ring"));
        points.AddRange(points.Count > 0 && next.Count > 0 && points[^1] == next[0] ? next.Skip(1) : next);
        return null;
    }

    /// <summary>The positions of an element: <c>posList</c>, <c>pos</c> or <c>pointProperty</c>.</summary>
    private Parsed<List<GeoPoint>> Positions(AixmElement element)
    {
        var points = new List<GeoPoint>();
        foreach (var child in element.Children)
        {
            var given = child.Name is "pointProperty" ? (child.Link is { } link ? document.Find(link) : child.Children.Count > 0 ? child.Children[0] : null) : child;
            if (given is null) return new Refusal(AirspaceRefusals.Link, child.Place, JsonText.Shorten(child.Link ?? "nothing"), "a point of this file; other links are not followed");
            var list = given.Name is "Point" or "ElevatedPoint" ? given.Child("pos") : given.Name is "posList" or "pos" ? given : null;
            if (list is not null && Read(list, points) is { } refusal) return refusal;
        }

        if (document.Count(points.Count, element.Place) is { } tooMany) return tooMany;
        return points.Count > 0 ? points : new Refusal(AirspaceRefusals.Coordinate, element.Place, "no position", "posList, pos or pointProperty");
    }

    private static Refusal? Read(AixmElement list, List<GeoPoint> points)
    {
        if (AxisOrder(list.CoordinateSystem) is not { } isLatitudeFirst)
            return new(AirspaceRefusals.Coordinate, list.Place, JsonText.Shorten(list.CoordinateSystem ?? "no srsName"), "urn:ogc:def:crs:EPSG::4326 or urn:ogc:def:crs:OGC:1.3:CRS84");
        long? first = null;
        foreach (var range in list.Text.AsSpan().SplitAny(" \t\r\n"))
        {
            var text = list.Text.AsSpan(range);
            if (text.IsEmpty) continue;
            if (!DecimalE7.Parse(System.Text.Encoding.UTF8.GetBytes(text.ToString())).TryGet(out var units, out _)) return NoCoordinate(list, text);
            if (first is not { } other)
            {
                first = units;
                continue;
            }

            var (latitude, longitude) = isLatitudeFirst ? (other, units) : (units, other);
            if (Math.Abs(latitude) > GeoPoint.MaximumLatitudeE7 || Math.Abs(longitude) > GeoPoint.HalfTurnE7) return NoCoordinate(list, text);
            if (points.Count == Densify.MaximumVertices)
                return new(AirspaceRefusals.TooManyPoints, list.Place, "more", FeedRefusals.Invariant($"at most {Densify.MaximumVertices} positions"));
            points.Add(GeoPoint.FromE7(latitude, longitude));
            first = null;
        }

        return first is null ? null : NoCoordinate(list, "a number alone");
    }

    private static Refusal NoCoordinate(AixmElement list, ReadOnlySpan<char> found) =>
        new(AirspaceRefusals.Coordinate, list.Place, JsonText.Shorten(found.ToString()), "pairs of latitude and longitude in degrees");

    private static string? SystemOf(AixmElement segment) =>
        segment.Children.FirstOrDefault(child => child.Name is "posList" or "pos" or "pointProperty")?.CoordinateSystem ?? segment.CoordinateSystem;

    /// <summary>Whether latitude stands first; null where the system is not known to be WGS 84.</summary>
    private static bool? AxisOrder(string? system) => system switch
    {
        "urn:ogc:def:crs:EPSG::4326" or "http://www.opengis.net/def/crs/EPSG/0/4326" => true,
        "urn:ogc:def:crs:OGC:1.3:CRS84" or "http://www.opengis.net/def/crs/OGC/1.3/CRS84" => false,
        _ => null,
    };

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static double? MetresOf(string? unit) => unit?.ToUpperInvariant() switch
    {
        "NM" or "[NMI_I]" => 1852,
        "KM" => 1000,
        "M" => 1,
        "FT" or "[FT_I]" => 0.3048,
        _ => null,
    };
}
