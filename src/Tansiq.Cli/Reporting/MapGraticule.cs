using System.Globalization;

namespace Tansiq.Cli.Reporting;

/// <summary>Draws meridians and parallels with their coordinates, and a scale bar, for the whole map; the page's script does so for a part of it.</summary>
internal sealed class MapGraticule(HtmlWriter html, MapProjection projection)
{
    private const double MetresPerDegree = 111_132;
    private const int LeastSpacing = 1_500;
    private const int EdgeDistance = 90;
    private const int LongestBar = 2_400;

    private static readonly double[] StepsDegrees =
        [30, 20, 10, 5, 2, 1, 30 / 60d, 20 / 60d, 10 / 60d, 5 / 60d, 2 / 60d, 1 / 60d];

    private static readonly int[] BarsKilometres = [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

    /// <summary>Writes meridians and parallels.</summary>
    public void WriteLines()
    {
        foreach (var (_, x) in Meridians()) Line(x, "0", x, Whole(projection.Height));
        foreach (var (_, y) in Parallels()) Line("0", y, Whole(MapProjection.Width), y);
    }

    /// <summary>Writes their coordinates along the edges, and the scale bar.</summary>
    public void WriteCoordinates()
    {
        foreach (var (degrees, x) in Meridians()) Coordinate(x, Whole(projection.Height - EdgeDistance), Sexagesimal(Wrapped(degrees), "000", 'E', 'W'), "middle");
        foreach (var (degrees, y) in Parallels()) Coordinate(Whole(EdgeDistance), y, Sexagesimal(degrees, "00", 'N', 'S'), "start");
        WriteBar();
    }

    private double Step => StepsDegrees.Last(degrees => degrees * projection.UnitsPerDegreeEast >= LeastSpacing || degrees == StepsDegrees[0]);

    private IEnumerable<(double Degrees, string X)> Meridians()
    {
        var (step, east) = (Step, projection.WestDegrees + MapProjection.Width / projection.UnitsPerDegreeEast);
        for (var line = Math.Ceiling(projection.WestDegrees / step); line * step < east; line++)
            yield return (line * step, Whole((line * step - projection.WestDegrees) * projection.UnitsPerDegreeEast));
    }

    private IEnumerable<(double Degrees, string Y)> Parallels()
    {
        var (step, south) = (Step, projection.NorthDegrees - projection.Height / projection.UnitsPerDegreeNorth);
        for (var line = Math.Ceiling(Math.Max(south, -90) / step); line * step < Math.Min(projection.NorthDegrees, 90); line++)
            yield return (line * step, Whole((projection.NorthDegrees - line * step) * projection.UnitsPerDegreeNorth));
    }

    private void Line(string x1, string y1, string x2, string y2) =>
        html.Open("line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)).Close("line");

    private void Coordinate(string x, string y, string text, string anchor)
    {
        html.Open("g", ("transform", $"translate({x} {y})")).Open("text", ("class", "coordinate"), ("text-anchor", anchor));
        html.Text(text).Close("text").Close("g");
    }

    private void WriteBar()
    {
        var unitsPerKilometre = projection.UnitsPerDegreeNorth / MetresPerDegree * 1_000;
        var kilometres = BarsKilometres.First(length => length * unitsPerKilometre <= LongestBar || length == BarsKilometres[^1]);
        var length = kilometres * unitsPerKilometre;
        var (right, y) = (MapProjection.Width - 300d, projection.Height - 420d);
        html.Open("path", ("class", "bar"), ("d", string.Create(CultureInfo.InvariantCulture, $"M{right - length:F0} {y - 60:F0}v60h{length:F0}v-60"))).Close("path");
        html.Open("g", ("transform", $"translate({Whole(right - length / 2)} {Whole(y - 80)})"));
        html.Said("text", language => language.Names.Values.Distance(kilometres * 1_000L), ("class", "coordinate"), ("text-anchor", "middle")).Close("g");
    }

    private static string Sexagesimal(double degrees, string format, char positive, char negative)
    {
        var minutes = (int)Math.Round(Math.Abs(degrees) * 60);
        return (minutes / 60).ToString(format, CultureInfo.InvariantCulture) + "°" + (minutes % 60).ToString("00", CultureInfo.InvariantCulture) + "′" + (degrees < 0 ? negative : positive);
    }

    private static double Wrapped(double degrees) => degrees - 360 * Math.Floor((degrees + 180) / 360);

    private static string Whole(double value) => Math.Round(value).ToString("F0", CultureInfo.InvariantCulture);
}
