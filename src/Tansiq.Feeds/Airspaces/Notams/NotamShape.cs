using System.Globalization;
using System.Text.RegularExpressions;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces.Notams;

/// <summary>The shapes that the text of a NOTAM says: polygons, or one circle. None where it says more than is understood.</summary>
/// <param name="Polygons">Their corners in order, the first again at the end or not.</param>
/// <param name="Circle">A circle, or null.</param>
internal sealed record NotamShape(IReadOnlyList<IReadOnlyList<GeoPoint>> Polygons, (GeoPoint Centre, double RadiusMetres)? Circle)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int FewestCorners = 3;
    private const int MaximumWordsBefore = 80;

    // What is drawn otherwise than by straight lines between the coordinates, or goes on elsewhere.
    private static readonly Regex More = new(@"\b(ARC|CLOCKWISE|ANTICLOCKWISE|COUNTERCLOCKWISE|ALONG|BORDER|FRONTIER|COASTLINE|EITHER SIDE|BOTH SIDES|BUFFER|PART [0-9]{1,2} OF [0-9]{1,2})\b", Options);
    private static readonly Regex Joint = new(@"^[\s,;:./\-–]*((THEN|THENCE|TO|AND)\b[\s,;:./\-–]*)*$", Options);
    private static readonly Regex AreaWord = new(@"\b(AREA|AREAS|BOUNDED|WI|WITHIN|POLYGON|LIMITS|JOINING|DELIMITED|ENCLOSED|REGION)\b", Options);
    // Lines are wrapped at any character.
    private static readonly Regex BackToStart = new(@"^[\s,.\-–]*B\s*A\s*C\s*K\s*T\s*O\b", Options);
    private static readonly Regex Unfinished = new(@"^[\s,;:/\-–]*[NSEW]?[0-9]{3,}", Options);

    private static readonly Regex Radius = new(
        @"\b(RADIUS|RAD|CIRCLE)\s(OF\s|IS\s)?(?<number>[0-9]{1,4}(\.[0-9]{1,4})?)\s?(?<unit>NM|KM|M)\b|\b(?<number>[0-9]{1,4}(\.[0-9]{1,4})?)\s?(?<unit>NM|KM|M)\s?-?(RADIUS|RAD)\b", Options);

    private static readonly NotamShape None = new([], null);

    /// <summary>Reads the text of field E in upper case.</summary>
    public static NotamShape Read(string text)
    {
        if (More.IsMatch(text)) return None;
        var coordinates = NotamCoordinates.Of(text);
        if (coordinates.Any(coordinate => coordinate.Place is null)) return None;
        var runs = Runs(text, coordinates);
        var radii = Radius.Matches(text);
        if (radii.Count == 0) return Polygonal(text, runs);
        return radii.Count == 1 && coordinates.Count == 1 ? new([], (coordinates[0].Place!.Value, Metres(radii[0]))) : None;
    }

    private static NotamShape Polygonal(string text, List<List<NotamCoordinate>> runs)
    {
        var polygons = new List<IReadOnlyList<GeoPoint>>();
        foreach (var run in runs)
        {
            // A coordinate alone tells where something is; two are a line.
            if (run.Count == 1) continue;
            if (run.Count < FewestCorners || !IsArea(text, run) || Unfinished.IsMatch(text[run[^1].End..])) return None;
            polygons.Add([.. run.Select(coordinate => coordinate.Place!.Value)]);
        }

        return new(polygons, null);
    }

    /// <summary>Coordinates with nothing between them but marks and words such as THEN TO.</summary>
    private static List<List<NotamCoordinate>> Runs(string text, IReadOnlyList<NotamCoordinate> coordinates)
    {
        var runs = new List<List<NotamCoordinate>>();
        foreach (var coordinate in coordinates)
        {
            if (runs.Count > 0 && Joint.IsMatch(text[runs[^1][^1].End..coordinate.Start]) && !IsClosed(runs[^1])) runs[^1].Add(coordinate);
            else runs.Add([coordinate]);
        }

        return runs;
    }

    private static bool IsClosed(List<NotamCoordinate> run) => run.Count > FewestCorners && run[0].Place == run[^1].Place;

    private static bool IsArea(string text, List<NotamCoordinate> run) =>
        IsClosed(run)
        || AreaWord.IsMatch(text[Math.Max(0, run[0].Start - MaximumWordsBefore)..run[0].Start])
        || BackToStart.IsMatch(text[run[^1].End..]);

    private static double Metres(Match radius)
    {
        var number = double.Parse(radius.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return number * radius.Groups["unit"].Value switch
        {
            "NM" => 1852,
            "KM" => 1000,
            _ => 1,
        };
    }
}
