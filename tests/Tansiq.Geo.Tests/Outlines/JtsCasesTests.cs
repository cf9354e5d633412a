using System.Globalization;
using System.Xml.Linq;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>The JTS project's own cases, put on the integer grid, where they speak of polygons and points.</summary>
public sealed class JtsCasesTests
{
    // Half of what fits, so that no step between vertices is a half turn.
    private const decimal GreatestCoordinate = 800_000_000;

    [Fact]
    public void Create_OfTheValidityCases_IsTakenExactlyWhereJtsSaysValid()
    {
        var tried = 0;
        foreach (var (name, a, _, operation) in Cases().Where(c => c.Operation.Attribute("name")?.Value == "isValid"))
        {
            if (ReadRings(a) is not { } rings) continue;
            tried++;
            var refusal = Outline.Create(rings[0], rings[1..]).Refusal;
            (refusal is null).ShouldBe(IsTrue(operation), $"{name}: {a} {refusal}");
        }
        tried.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Relations_OfTheAreaCases_AgreeWithJts()
    {
        var tried = new Dictionary<string, int>();
        foreach (var (name, a, b, operation) in Cases())
        {
            if (ReadOutline(a) is not { } first || ReadOutline(b) is not { } second) continue;
            if (operation.Attribute("arg1")?.Value.Equals("B", StringComparison.OrdinalIgnoreCase) == true) (first, second) = (second, first);
            var kind = operation.Attribute("name")!.Value;
            var expected = IsTrue(operation);
            var matrix = operation.Attribute("arg3")?.Value ?? "";
            var found = kind switch
            {
                "intersects" => first.Meets(second),
                "disjoint" => !first.Meets(second),
                "covers" or "contains" => first.Covers(second),
                "coveredBy" or "within" => second.Covers(first),
                "equalsTopo" => first.Covers(second) && second.Covers(first),
                "relate" when expected && !matrix.Contains('*') => AgreesWithMatrix(first, second, matrix),
                _ => (bool?)null,
            };
            if (found is null) continue;
            tried[kind] = tried.GetValueOrDefault(kind) + 1;
            found.ShouldBe(expected, $"{name}: {kind} {matrix} of {a} and {b}");
        }
        foreach (var kind in new[] { "intersects", "covers", "coveredBy", "relate", "equalsTopo" }) tried.GetValueOrDefault(kind).ShouldBeGreaterThan(40, kind);
    }

    [Fact]
    public void Contains_OfThePointCases_AgreesWithJts()
    {
        var tried = 0;
        foreach (var (name, a, b, operation) in Cases())
        {
            if (operation.Attribute("name")!.Value is not "intersects") continue;
            var (area, place) = ReadOutline(a) is { } outline ? (outline, ReadPoint(b)) : (ReadOutline(b), ReadPoint(a));
            if (area is null || place is not { } known) continue;
            tried++;
            area.Contains(known).ShouldBe(IsTrue(operation), $"{name}: {a} and {b}");
        }
        tried.ShouldBeGreaterThan(20);
    }

    // Rows of the matrix are the first's inside, boundary and outside; columns the second's.
    private static bool AgreesWithMatrix(Outline first, Outline second, string matrix)
    {
        var meets = matrix[0] != 'F' || matrix[1] != 'F' || matrix[3] != 'F' || matrix[4] != 'F';
        var covers = meets && matrix[6] == 'F' && matrix[7] == 'F';
        var isCovered = meets && matrix[2] == 'F' && matrix[5] == 'F';
        return first.Meets(second) == meets && first.Covers(second) == covers && second.Covers(first) == isCovered;
    }

    private static List<(string Name, string A, string B, XElement Operation)> Cases() =>
    [
        .. from file in Directory.EnumerateFiles(GeometryFiles.Folder("jts"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           from entry in XDocument.Load(file).Descendants("case")
           from operation in entry.Descendants("op")
           select ($"{Path.GetFileName(file)} {entry.Element("desc")?.Value.Trim()}", entry.Element("a")?.Value ?? "", entry.Element("b")?.Value ?? "", operation),
    ];

    private static bool IsTrue(XElement operation) => operation.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static Outline? ReadOutline(string text) =>
        ReadRings(text) is { } rings && Outline.Create(rings[0], rings[1..]).TryGet(out var outline, out _) ? outline : null;

    private static GeoPoint? ReadPoint(string text) => ReadParts(text, "POINT") is [[var place]] ? place : null;

    private static List<GeoPoint[]>? ReadRings(string text) => ReadParts(text, "POLYGON");

    // The lists of coordinates between innermost brackets; none where there is another kind, an empty one or a fraction.
    private static List<GeoPoint[]>? ReadParts(string text, string kind)
    {
        var trimmed = text.Trim();
        var rest = trimmed.StartsWith(kind, StringComparison.OrdinalIgnoreCase) ? trimmed[kind.Length..].TrimStart() : "";
        if (!rest.StartsWith('(')) return null;
        var parts = rest.Split('(', ')').Where(part => part.Any(char.IsAsciiDigit)).Select(ReadPlaces).ToList();
        return parts.Count == 0 || parts.Contains(null) ? null : parts.ConvertAll(part => part!);
    }

    // Cases in fractions are shown a thousand times as large (both of a case's geometries are); what is still no integer is left.
    private static GeoPoint[]? ReadPlaces(string text)
    {
        var places = new List<GeoPoint>();
        foreach (var pair in text.Split(',').Select(pair => pair.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (pair.Length < 2 || Scaled(pair[0]) is not { } x || Scaled(pair[1]) is not { } y) return null;
            places.Add(GeoPoint.FromE7(y, x));
        }
        return [.. places];
    }

    private static long? Scaled(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) <= GreatestCoordinate / 1000 && decimal.IsInteger(value * 1000)
            ? (long)(value * 1000)
            : null;
}
