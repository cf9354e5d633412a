using System.Globalization;
using Tansiq.Coordination;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Cli.Reporting;

/// <summary>Draws areas, tracks and events as SVG: a picture without script, enlarged and moved with it.</summary>
internal sealed class MapDrawing(HtmlWriter html, ReportContent content)
{
    /// <summary>The most areas drawn.</summary>
    public const int MaximumAreas = 1_000;

    /// <summary>The most corners of all areas together; beyond, outlines are drawn more coarsely.</summary>
    public const int MaximumAreaCorners = 150_000;

    /// <summary>The most tracks drawn, those with events first.</summary>
    public const int MaximumTracks = 1_500;

    /// <summary>The most events drawn.</summary>
    public const int MaximumMarks = 2_000;

    /// <summary>How many ways of drawing tell classes of areas apart.</summary>
    public const int ClassStyles = 6;

    private const int TrackStep = 12;
    private const int MaximumTracksDrawnStrongly = 150;
    private readonly MapProjection _projection = MapProjection.Showing(Extent(content));

    /// <summary>Writes the drawing.</summary>
    public void Write()
    {
        var p = _projection;
        html.OpenNamed(
            "svg",
            "report.map",
            ("id", "map"),
            ("class", content.Collected.Tracks().Length > MaximumTracksDrawnStrongly ? "map dense" : "map"),
            ("role", "img"),
            ("tabindex", "0"),
            ("viewBox", Invariant($"0 0 {MapProjection.Width} {p.Height}")),
            ("data-west", Invariant($"{p.WestDegrees:R}")),
            ("data-north", Invariant($"{p.NorthDegrees:R}")),
            ("data-east-units", Invariant($"{p.UnitsPerDegreeEast:R}")),
            ("data-north-units", Invariant($"{p.UnitsPerDegreeNorth:R}")));
        html.Own(MapMarks.Definitions);
        html.Open("rect", ("class", "sea"), ("width", Invariant($"{MapProjection.Width}")), ("height", Invariant($"{p.Height}"))).Close("rect");
        var graticule = new MapGraticule(html, p);
        html.Open("g", ("id", "graticule"), ("class", "graticule"));
        graticule.WriteLines();
        html.CloseLine("g");
        WriteAreas();
        WriteTracks();
        WriteMarks();
        WriteLabels();
        html.Open("g", ("id", "edge"), ("class", "edge"));
        graticule.WriteCoordinates();
        html.CloseLine("g").CloseLine("svg");
    }

    private static List<PlaneBox> Extent(ReportContent content)
    {
        var stayed = content.Collected.Stays.Figures.Select(figures => figures.Area).ToHashSet();
        var boxes = content.Areas.Where(area => stayed.Contains(area.Id)).SelectMany(area => area.Outlines).Select(outline => outline.Box)
            .Concat(content.Collected.Events.Where(happened => happened is not JumpEvent and not FrozenEvent).Select(happened => BoxOf(happened.Place)))
            .ToList();
        if (boxes.Count == 0) boxes.AddRange(content.Areas.SelectMany(area => area.Outlines).Select(outline => outline.Box));
        if (boxes.Count == 0) boxes.AddRange(content.Collected.Tracks().SelectMany(track => track.Pieces()).SelectMany(piece => piece).Select(BoxOf));
        if (boxes.Count == 0) boxes.Add(BoxOf(default));
        return boxes;
    }

    private static PlaneBox BoxOf(GeoPoint place) => new(place.LongitudeE7, place.LatitudeE7, place.LongitudeE7, place.LatitudeE7);

    private void WriteAreas()
    {
        html.Open("g", ("class", "areas"));
        var areas = content.Areas.Take(MaximumAreas).ToList();
        var step = 1;
        var paths = areas.ConvertAll(area => PathOf(area, step));
        while (step < MapProjection.Width && paths.Sum(path => path.Corners) > MaximumAreaCorners)
        {
            step *= 2;
            paths = areas.ConvertAll(area => PathOf(area, step));
        }

        for (var index = areas.Count - 1; index >= 0; index--)
        {
            html.Open("path", ("class", Invariant($"area c{areas[index].ClassNumber % ClassStyles}")), ("data-area", areas[index].Id.Value), ("d", paths[index].ToString()));
            html.Open("title").Text(areas[index].Id.Value).Close("title").CloseLine("path");
        }

        html.CloseLine("g");
    }

    private DrawingPath PathOf(ReportedArea area, int step)
    {
        var path = new DrawingPath(step);
        foreach (var outline in area.Outlines)
        {
            var turns = _projection.TurnsOf((outline.Box.West + outline.Box.East) / 2);
            path.Ring(outline.Shell.Select(point => _projection.At(point, turns)));
            foreach (var hole in outline.Holes) path.Ring(hole.Select(point => _projection.At(point, turns)));
        }

        return path;
    }

    private void WriteTracks()
    {
        html.Open("g", ("class", "tracks"));
        foreach (var track in content.Collected.Tracks().Take(MaximumTracks).Reverse())
        {
            var path = new DrawingPath(TrackStep);
            foreach (var piece in track.Pieces()) path.Line(Unwrapped(piece));
            if (path.Corners == 0) continue;
            html.Open("path", ("class", content.Collected.HasEvents(track.Track) ? "track with-events" : "track"), ("data-track", track.Track), ("d", path.ToString()));
            html.Open("title").Text(track.Callsign is { } callsign ? $"{track.Track} {callsign}" : track.Track).Close("title").CloseLine("path");
        }

        html.CloseLine("g");
    }

    /// <summary>A line that goes the short way round from corner to corner.</summary>
    private IEnumerable<(int X, int Y)> Unwrapped(IReadOnlyList<GeoPoint> piece)
    {
        var turns = _projection.TurnsOf(piece[0].LongitudeE7);
        long previous = piece[0].LongitudeE7;
        foreach (var place in piece)
        {
            if (place.LongitudeE7 - previous > GeoPoint.HalfTurnE7) turns--;
            else if (previous - place.LongitudeE7 > GeoPoint.HalfTurnE7) turns++;
            previous = place.LongitudeE7;
            yield return _projection.At(place.ToPlane(), turns);
        }
    }

    private void WriteMarks()
    {
        html.Open("g", ("class", "marks"));
        var occurrences = content.Occurrences;
        for (var index = Math.Min(occurrences.Length, MaximumMarks) - 1; index >= 0; index--)
        {
            var happened = occurrences[index].Event;
            var (x, y) = _projection.At(happened.Place.ToPlane());
            html.Open("g", ("class", MapMarks.ClassOf(happened)), ("data-event", Invariant($"{index}")), ("transform", Invariant($"translate({x} {y})")));
            html.Open("use", ("href", "#" + MapMarks.IdOf(happened.Kind))).Close("use");
            html.Open("title").Text($"{happened.Track} · {ReportTime.Exact(happened.At)}{(happened is AreaEvent inArea ? " · " + inArea.Area.Value : "")}").Close("title").CloseLine("g");
        }

        html.CloseLine("g");
    }

    private void WriteLabels()
    {
        html.Open("g", ("class", "labels"));
        var places = content.Areas.Take(MaximumAreas).Select(area =>
        {
            var largest = area.Outlines.MaxBy(outline => (outline.Box.East - outline.Box.West) * (double)(outline.Box.North - outline.Box.South))!;
            var (x, y) = _projection.At(MiddleOf(largest));
            return (area, x, y, area.Name?.ByLanguage.Values.Append("").Max(name => name.Length) ?? area.Id.Value.Length);
        }).Where(label => label.x >= 0 && label.x <= MapProjection.Width && label.y >= 0 && label.y <= _projection.Height);
        foreach (var label in AreaLabels.Place(places))
        {
            html.Open("g", ("class", label.Enlargement == 1 ? "label" : "label far"), ("data-from", Invariant($"{label.Enlargement}")), ("transform", Invariant($"translate({label.X} {label.Y})")));
            html.Said("text", language => NameOf(label.Area, language), ("class", "name")).CloseLine("g");
        }

        html.CloseLine("g");
    }

    /// <summary>An area's name, shortened for a label; its identifier where it has none.</summary>
    private static string NameOf(ReportedArea area, ReportLanguage language)
    {
        var name = area.Name is { } words ? words.In(language.Tag) : area.Id.Value;
        return language.Names.Values.Name(name.Length <= AreaLabels.MaximumLength ? name : string.Concat(name.AsSpan(0, AreaLabels.MaximumLength - 1), "…"));
    }

    /// <summary>The centre of gravity of an outline's vertices, weighted by the edges between them.</summary>
    private static PlanePoint MiddleOf(Outline outline)
    {
        double x = 0, y = 0, weight = 0;
        var shell = outline.Shell;
        for (var index = 0; index < shell.Length; index++)
        {
            var (from, to) = (shell[index], shell[(index + 1) % shell.Length]);
            var length = Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2));
            (x, y, weight) = (x + length * (from.X + to.X) / 2, y + length * (from.Y + to.Y) / 2, weight + length);
        }

        return new((long)(x / weight), (long)(y / weight));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
