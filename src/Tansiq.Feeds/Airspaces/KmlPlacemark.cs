using System.Text;
using System.Xml;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>One Placemark while it is read.</summary>
internal sealed class KmlPlacemark(XmlReader reader, string place)
{
    private readonly AirspaceProperties _properties = new();
    private readonly DrawnParts _parts = new();
    private readonly KmlHeights _heights = new();
    private Refusal? _refusal;

    /// <summary>Reads the placemark that the reader is at, up to its end.</summary>
    /// <exception cref="XmlException">The XML is not well formed or too deep.</exception>
    public Parsed<Airspace> Read()
    {
        Children(Take);
        if (_refusal is not null) return _refusal;
        if (!FeatureHeights.AreGiven(_properties) && _heights.WriteTo(_properties, place) is { } mixed) return mixed;
        var otherwise = "Area at " + place;
        return FeatureDescription.Read(_properties, otherwise, place).TryGet(out var description, out var refusal)
            ? description.Airspace(_parts, place)
            : refusal;
    }

    private void Take(string element)
    {
        switch (element)
        {
            case "name":
                _properties.Add("name", Text());
                break;
            case "TimeSpan":
                Children(bound =>
                {
                    if (bound is "begin" or "end") _properties.Add(bound, Text());
                });
                break;
            case "ExtendedData":
                Children(TakeData);
                break;
            default:
                TakeGeometry(element);
                break;
        }
    }

    private void TakeData(string element)
    {
        if (element == "SchemaData") Children(TakeData);
        if (element is not ("Data" or "SimpleData") || reader.GetAttribute("name") is not { } name) return;
        if (element == "SimpleData")
        {
            _properties.Add(name, Text());
            return;
        }

        Children(child =>
        {
            if (child == "value") _properties.Add(name, Text());
        });
    }

    private void TakeGeometry(string element)
    {
        switch (element)
        {
            case "Polygon":
                TakePolygon();
                break;
            case "MultiGeometry":
                Children(TakeGeometry);
                break;
            case "Point" or "LineString" or "LinearRing" or "Model" or "Track" or "MultiTrack":
                _refusal ??= _parts.LeaveOut(new(AirspaceRefusals.NotAnArea, place, element, "a Polygon"), XmlInput.Line(reader));
                break;
            default:
                break;
        }
    }

    private void TakePolygon()
    {
        var polygonPlace = XmlInput.Line(reader);
        var shells = new List<IReadOnlyList<GeoPoint>>();
        var holes = new List<IReadOnlyList<GeoPoint>>();
        var drawn = new KmlHeights.Part();
        Children(element =>
        {
            switch (element)
            {
                case "extrude":
                    drawn.IsExtruded = Text().Trim() is "1" or "true";
                    break;
                case "altitudeMode":
                    drawn.Mode = Text().Trim();
                    break;
                case "outerBoundaryIs":
                    TakeBoundary(shells, drawn);
                    break;
                case "innerBoundaryIs":
                    TakeBoundary(holes, drawn);
                    break;
                default:
                    break;
            }
        });
        if (_refusal is not null) return;
        if (shells.Count != 1 || holes.Count > Outline.MaximumHoles)
        {
            var found = FeedRefusals.Invariant($"{shells.Count} outer and {holes.Count} inner boundaries");
            _refusal = new(AirspaceRefusals.Coordinate, polygonPlace, found, FeedRefusals.Invariant($"one outer boundary and at most {Outline.MaximumHoles} inner ones"));
            return;
        }

        _heights.Add(drawn);
        _refusal = _parts.Add([shells[0], .. holes], polygonPlace, mustClose: true);
    }

    private void TakeBoundary(List<IReadOnlyList<GeoPoint>> rings, KmlHeights.Part drawn) => Children(ring =>
    {
        if (ring != "LinearRing") return;
        Children(element =>
        {
            if (element != "coordinates") return;
            var line = XmlInput.Line(reader);
            if (Coordinates(Text(), line, drawn) is { } points) rings.Add(points);
        });
    });

    /// <summary>Places with blanks between, each <c>longitude,latitude[,metres]</c> without blanks.</summary>
    private List<GeoPoint>? Coordinates(string text, string line, KmlHeights.Part drawn)
    {
        var points = new List<GeoPoint>();
        Span<Range> parts = stackalloc Range[5];
        foreach (var range in text.AsSpan().SplitAny(" \t\r\n"))
        {
            var tuple = text.AsSpan(range);
            if (tuple.IsEmpty) continue;
            var count = tuple.Split(parts, ',');
            if (points.Count > Outline.MaximumVertices || count < 2
                || UnitsE7(tuple[parts[0]], GeoPoint.HalfTurnE7) is not { } longitude || UnitsE7(tuple[parts[1]], GeoPoint.MaximumLatitudeE7) is not { } latitude
                || !drawn.TakeHeight(count > 2 ? tuple[parts[2]] : "0"))
            {
                _refusal ??= new(AirspaceRefusals.Coordinate, line, JsonText.Shorten(tuple[..Math.Min(tuple.Length, 100)].ToString()), "longitude,latitude,metres in degrees");
                return null;
            }

            points.Add(GeoPoint.FromE7(latitude, longitude));
        }

        return points;
    }

    private static long? UnitsE7(ReadOnlySpan<char> text, long maximum) =>
        DecimalE7.Parse(text).TryGet(out var units, out _) && Math.Abs(units) <= maximum ? units : null;

    /// <summary>Gives each child element by its local name; what the action does not read is passed over.</summary>
    private void Children(Action<string> child)
    {
        if (reader.IsEmptyElement) return;
        var depth = reader.Depth;
        while (XmlInput.Read(reader) && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1) child(reader.LocalName);
        }
    }

    /// <summary>The text of the element that the reader is at, which it is then at the end of.</summary>
    private string Text()
    {
        if (reader.IsEmptyElement) return "";
        var depth = reader.Depth;
        var text = new StringBuilder();
        while (XmlInput.Read(reader) && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) text.Append(reader.Value);
        }

        return text.ToString();
    }
}
