using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>One time slice of an Airspace as airspaces: one for each band of heights that its components have.</summary>
internal sealed class AixmAirspace(AixmDocument document, AixmSlice slice)
{
    /// <summary>The most airspaces that are gone through from one to the next that contributes to it.</summary>
    public const int MaximumContributions = 16;

    /// <summary>The most components of an airspace, those of contributing airspaces among them.</summary>
    public const int MaximumComponents = 1_000;

    private const int MaximumClassLength = 64;

    private readonly List<(HeightBand Band, AixmElement Surface)> _components = [];
    private readonly List<string> _open = [];

    /// <summary>The airspaces, or the refusal.</summary>
    public IReadOnlyList<Parsed<Airspace>> Read()
    {
        if (Refusal() is { } refusal) return [refusal];
        return [.. _components.GroupBy(component => component.Band).Select(group => Draw(group.Key, group.Select(component => component.Surface)))];
    }

    private Refusal? Refusal()
    {
        if (!HasGeometry(slice.Element)) return NotAnArea(slice.Element, slice.Interpretation + " without a geometry");
        if (slice.Interpretation == "PERMDELTA") return NotAnArea(slice.Element, "a change of a baseline");
        if (Name() is null) return new(AirspaceRefusals.Missing, slice.Element.Place, "nothing", FeedRefusals.Invariant($"a name, designator or identifier of 1 to {AirspaceFile.MaximumNameLength} characters"));
        _ = slice.Validity(out var isTime);
        if (!isTime) return new(AirspaceRefusals.Time, slice.Element.Place, "a valid time that is none", "a beginning, and an end after it");
        return Collect(slice.Element, null, 0);
    }

    private static bool HasGeometry(AixmElement timeSlice) => timeSlice.ChildrenOf("geometryComponent").Any(component => component.Children.Count > 0);

    /// <summary>Collects the components of a slice; those of a contributing airspace in the band of who takes them, where it has one.</summary>
    private Refusal? Collect(AixmElement timeSlice, HeightBand? imposed, int depth)
    {
        if (depth > MaximumContributions) return new(AirspaceRefusals.Link, timeSlice.Place, "airspaces that contribute to each other", FeedRefusals.Invariant($"at most {MaximumContributions} one after the other"));
        foreach (var component in timeSlice.ChildrenOf("geometryComponent").SelectMany(property => property.Children))
        {
            if (component.TextOf("operation") is { } operation and not ("BASE" or "UNION")) return NotAnArea(component, "a part by " + operation);
            if (component.Child("theAirspaceVolume")?.Child("AirspaceVolume") is not { } volume) return NotAnArea(component, "no AirspaceVolume");
            if (Take(volume, imposed, depth) is { } refusal) return refusal;
        }

        return null;
    }

    private Refusal? Take(AixmElement volume, HeightBand? imposed, int depth)
    {
        if (volume.Child("contributorAirspace") is { } contributor) return Contribute(volume, contributor, imposed, depth);
        if (volume.Child("horizontalProjection")?.Children is not [{ } surface, ..])
            return NotAnArea(volume, volume.Child("centreline") is null ? "a volume without an outline" : "a centreline with a width");
        if (_components.Count == MaximumComponents) return new(AirspaceRefusals.TooManyPoints, volume.Place, "more", FeedRefusals.Invariant($"at most {MaximumComponents} components"));
        if (!AixmHeights.Read(volume).TryGet(out var heights, out var refusal)) return refusal;
        if (heights.IsOpen && imposed is null) _open.Add(volume.Place);
        _components.Add((imposed ?? heights.Band, surface));
        return null;
    }

    private Refusal? Contribute(AixmElement volume, AixmElement contributor, HeightBand? imposed, int depth)
    {
        var dependency = contributor.Child("AirspaceVolumeDependency");
        if (dependency?.Child("theAirspace")?.Link is not { } link || document.Find(link) is not { Name: "Airspace" } other)
            return new(AirspaceRefusals.Link, contributor.Place, JsonText.Shorten(dependency?.Child("theAirspace")?.Link ?? "nothing"), "an airspace of this file; other links are not followed");
        if (AixmSlice.Of(other).FirstOrDefault(candidate => candidate.Interpretation is "BASELINE" or "SNAPSHOT" && HasGeometry(candidate.Element)) is not { } baseline)
            return NotAnArea(contributor, "an airspace without a baseline");
        switch (dependency.TextOf("dependency"))
        {
            case "FULL_GEOMETRY":
                return Collect(baseline.Element, imposed, depth + 1);
            case "HORZ_PROJECTION":
                if (!AixmHeights.Read(volume).TryGet(out var heights, out var refusal)) return refusal;
                if (heights.IsOpen) _open.Add(volume.Place);
                return Collect(baseline.Element, imposed ?? heights.Band, depth + 1);
            case var unknown:
                return NotAnArea(contributor, unknown ?? "no dependency");
        }
    }

    private Parsed<Airspace> Draw(HeightBand band, IEnumerable<AixmElement> surfaces)
    {
        var place = slice.Element.Place;
        var parts = new DrawnParts();
        foreach (var open in _open) parts.Remark(AirspaceRemarkKind.HeightsOpen, open);
        var geometry = new AixmGeometry(document);
        foreach (var surface in surfaces)
        {
            if (geometry.Draw(surface, parts) is { } refusal) return refusal;
        }

        if (!parts.Finish(place).TryGet(out var outlines, out var why)) return why;
        var classes = slice.Element.All("classification").Select(element => element.Text).Where(text => text.Length is > 0 and <= MaximumClassLength).Distinct().ToList();
        return new Airspace(place, Name()!, Kind() ?? classes.FirstOrDefault() ?? FeatureDescription.NoClass, band, outlines)
        {
            Type = Kind() is not null && classes is [var single] ? single : null,
            Validity = slice.Validity(out _),
            Remarks = [.. parts.Remarks],
        };
    }

    private string? Kind() => slice.Element.TextOf("type") is { Length: <= MaximumClassLength } type ? type.ToUpperInvariant() : null;

    private string? Name() =>
        (slice.Element.TextOf("name") ?? slice.Element.TextOf("designator") ?? slice.Identifier) is { Length: <= AirspaceFile.MaximumNameLength } name ? AirspaceProperties.Printable(name) : null;

    private static Refusal NotAnArea(AixmElement element, string found) =>
        new(AirspaceRefusals.NotAnArea, element.Place, JsonText.Shorten(found), "a baseline, snapshot or temporary airspace of outlines that are added");
}
