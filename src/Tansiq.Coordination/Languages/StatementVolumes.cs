using Tansiq.Coordination.Flights;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Languages;

/// <summary>Writes the places of a notice or a site as lines for people: volumes with times and heights, corners.</summary>
/// <param name="phrases">The language.</param>
/// <param name="names">The names of the record.</param>
internal sealed class StatementVolumes(Phrasebook phrases, NameText names)
{
    /// <summary>The most corners of one outline that are written out; an area drawn from a circle has hundreds.</summary>
    public const int MostCorners = 16;

    /// <summary>The volumes of a notice.</summary>
    public IEnumerable<(string Label, string Value)> Of(Notice notice)
    {
        for (var number = 0; number < notice.Volumes.Length; number++)
        {
            var volume = notice.Volumes[number];
            yield return ($"{phrases.Text("label.volume")} {names.Values.Count(number + 1)}", phrases.Fill(
                "record.volume",
                KeyValuePair.Create("from", names.Values.Time(volume.Time.Start)),
                KeyValuePair.Create("until", names.Values.Time(volume.Time.End)),
                KeyValuePair.Create("floor", volume.Heights.Floor is { } floor ? Height(floor) : phrases.Text("record.from-ground")),
                KeyValuePair.Create("ceiling", volume.Heights.Ceiling is { } ceiling ? Height(ceiling) : phrases.Text("record.without-limit")),
                KeyValuePair.Create("count", names.Values.Count(volume.Outline.Shell.Length))));
            foreach (var corner in Corners(volume.Outline)) yield return corner;
        }
    }

    /// <summary>The stated place of a site.</summary>
    public IEnumerable<(string Label, string Value)> Of(Site site)
    {
        if (site.Point is { } point) return [(phrases.Text("label.place"), names.Place(point))];
        return site.Outlines.SelectMany(Corners);
    }

    private IEnumerable<(string Label, string Value)> Corners(Outline outline)
    {
        foreach (var corner in outline.Shell.Take(MostCorners)) yield return (phrases.Text("record.label.corner"), names.Place(corner.ToGeoPoint()));
        if (outline.Shell.Length > MostCorners)
            yield return (phrases.Text("record.label.corner"), phrases.Fill("record.more-corners", KeyValuePair.Create("count", names.Values.Count(outline.Shell.Length - MostCorners))));
    }

    /// <summary>A height in metres, between two where it is no whole number of them, with what it is measured from.</summary>
    private string Height(Height height)
    {
        var lower = Math.DivRem(height.Units, Geo.Height.UnitsPerMetre, out var rest);
        if (rest < 0) lower--;
        var key = height.Reference switch
        {
            HeightReference.SeaLevel => "report.height.sea-level",
            HeightReference.Ellipsoid => "report.height.ellipsoid",
            HeightReference.Pressure => "report.height.pressure",
            HeightReference.Ground => "report.height.ground",
            _ => throw new InvalidOperationException($"No words for heights above {height.Reference}."),
        };
        return phrases.Fill(key, KeyValuePair.Create("height", names.Values.Metres(lower, rest == 0 ? lower : lower + 1)));
    }
}
