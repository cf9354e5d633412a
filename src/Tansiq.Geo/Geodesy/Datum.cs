using Tansiq.Geo.Text;

namespace Tansiq.Geo.Geodesy;

/// <summary>The datum of coordinates in text: WGS 84 is taken, every other one refused; nothing is converted.</summary>
internal static class Datum
{
    // Longer names before their beginnings.
    private static readonly string[] TakenNames = ["WGS1984", "WGS 1984", "WGS-84", "WGS 84", "WGS84"];

    // Names that stand beside coordinates in the theatres and archives at hand. An unknown name is refused as malformed.
    private static readonly string[] RefusedNames =
    [
        "ED50", "ED 50", "ED-50", "ED87", "ETRS89", "NAD27", "NAD 27", "NAD83", "NAD 83", "OSGB36", "TOKYO", "ADINDAN",
        "WGS72", "WGS 72", "WGS-72", "ITRF", "GCJ-02", "CLARKE 1880", "PULKOVO", "SK-42", "SK42", "SK-63", "SK-95", "PZ-90",
        "СК-42", "СК42", "СК-63", "СК-95", "ПЗ-90", "ПУЛКОВО",
    ];

    /// <summary>The text without a name of WGS 84 before or after it; or a refusal <c>geo.datum-not-wgs84</c>.</summary>
    public static Parsed<string> TakeOff(string text)
    {
        foreach (var name in RefusedNames)
        {
            if (IsWordOf(text, name))
                return new Refusal("geo.datum-not-wgs84", "", Quotation.Of(text), "coordinates on WGS 84");
        }

        var rest = text.Trim();
        foreach (var name in TakenNames)
        {
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return rest[name.Length..].TrimStart(' ', ':', ',', '\t');
            if (rest.EndsWith(name, StringComparison.OrdinalIgnoreCase)) return rest[..^name.Length].TrimEnd(' ', ',', ';', '\t');
            var bracketed = $"({name})";
            if (rest.EndsWith(bracketed, StringComparison.OrdinalIgnoreCase)) return rest[..^bracketed.Length].TrimEnd();
        }

        return rest;
    }

    private static bool IsWordOf(string text, string name)
    {
        var start = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return false;
        var end = start + name.Length;
        return (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
    }
}
