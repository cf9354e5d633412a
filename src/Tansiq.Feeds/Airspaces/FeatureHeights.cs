using System.Globalization;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Floor and ceiling of a feature by the names and forms that files in use have (docs/formats/airspace.md).</summary>
internal static class FeatureHeights
{
    // Only together with what follows: alone they may be of anything.
    private const string Lowest = "min";
    private const string Greatest = "max";

    private static readonly string[] FloorStems = ["floor", "lower", "lowerlimit", "lowerceiling", "bottom", "base", Lowest];
    private static readonly string[] CeilingStems = ["ceiling", "upper", "upperlimit", "upperceiling", "top", Greatest];

    // What follows a stem, or is a member of an object under it.
    private static readonly string[] Values = ["", "value", "val", "height", "altitude"];
    private static readonly string[] Units = ["unit", "units", "uom"];
    private static readonly string[] References = ["reference", "ref", "referencedatum", "datum", "code", "verticalreference"];
    private static readonly (string Name, string Unit)[] NamesWithUnit =
    [
        ("feet", "FT"), ("ft", "FT"), ("metres", "M"), ("meters", "M"), ("m", "M"), ("flightlevel", "FL"), ("fl", "FL"),
    ];

    /// <summary>Whether the feature says something of its floor or its ceiling.</summary>
    public static bool AreGiven(AirspaceProperties properties) => Text(properties, FloorStems) is not null || Text(properties, CeilingStems) is not null;

    /// <summary>The band from floor to ceiling, and whether a side is open because nothing is given for it.</summary>
    /// <param name="properties">What the feature says.</param>
    /// <param name="place">Where it stands.</param>
    public static Parsed<(HeightBand Band, bool IsOpen)> Read(AirspaceProperties properties, string place)
    {
        var (floorText, ceilingText) = (Text(properties, FloorStems), Text(properties, CeilingStems));
        var (floor, ceiling) = (Bound(floorText), Bound(ceilingText));
        if (floor.Bound is OpenAirHeight.Bound.Unreadable or OpenAirHeight.Bound.Unlimited) return Unreadable(floorText, place);
        if (ceiling.Bound == OpenAirHeight.Bound.Unreadable) return Unreadable(ceilingText, place);
        Height? low = floor.Bound == OpenAirHeight.Bound.At ? floor.Height : null;
        Height? high = ceiling.Bound switch
        {
            OpenAirHeight.Bound.At => ceiling.Height,
            OpenAirHeight.Bound.Surface when ceilingText is not null => Height.FromFeet(0, HeightReference.Ground),
            _ => null,
        };
        if (HeightBand.Create(low, high) is { } band) return (band, floorText is null || ceilingText is null);
        return new Refusal(AirspaceRefusals.FloorAboveCeiling, place, FeedRefusals.Invariant($"{low} above {high}"), "a floor not above the ceiling");
    }

    private static Refusal Unreadable(string? found, string place) =>
        new(AirspaceRefusals.Height, place, JsonText.Shorten(found ?? "nothing"), "a height with its unit, such as FL95, 4500 ft AMSL, 1000 ft AGL, GND, UNL");

    private static (OpenAirHeight.Bound Bound, Height Height) Bound(string? text) =>
        text is null ? (OpenAirHeight.Bound.Surface, default) : IsBareNumber(text) ? default : OpenAirHeight.Read(text, takesMinus: true);

    /// <summary>Without a unit feet and metres are a guess, but for 0.</summary>
    private static bool IsBareNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number != 0;

    /// <summary>The height as one text; null where nothing is given.</summary>
    private static string? Text(AirspaceProperties properties, string[] stems)
    {
        foreach (var stem in stems)
        {
            if (properties.Find(stem)?.Members is { } members) return Text(members, [""]) ?? "";
        }

        foreach (var stem in stems)
        {
            if (Number(properties, stem) is not { } number) continue;
            string[] near = [stem, .. stems];
            return Composed(number.Text, number.Unit ?? First(properties, near, Units), First(properties, near, References));
        }

        return null;
    }

    private static (string Text, string? Unit)? Number(AirspaceProperties properties, string stem)
    {
        foreach (var (name, unit) in NamesWithUnit)
        {
            if (properties.Find(stem + name)?.Text is { } number) return (number, unit);
        }

        foreach (var name in Values)
        {
            if (name.Length == 0 && stem is (Lowest or Greatest)) continue;
            if (properties.Find(stem + name)?.Text is { } text) return (text, null);
        }

        return null;
    }

    private static string First(AirspaceProperties properties, string[] stems, string[] names)
    {
        foreach (var stem in stems)
        {
            foreach (var name in names)
            {
                if (properties.Find(stem + name)?.Text is { } text) return text;
            }
        }

        return "";
    }

    /// <summary>A number with its unit and reference as one text; a text that is no number has its unit in it, or needs none.</summary>
    private static string Composed(string text, string unit, string reference)
    {
        var (unitWord, referenceWord) = (UnitWord(unit), ReferenceWord(reference));
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var plain = number.ToString("0.#######", CultureInfo.InvariantCulture);
            if (unitWord == "FL") return "FL" + plain;
            if (unitWord.Length == 0 && number != 0) return plain;
            text = $"{plain} {unitWord}";
        }

        return referenceWord.Length > 0 && TakesReference(text) ? $"{text} {referenceWord}" : text;
    }

    /// <summary>Whether a height has no reference in it, nor needs one as flight levels do.</summary>
    private static bool TakesReference(string text) => OpenAirHeight.Read(text + " AMSL", takesMinus: true).Bound != OpenAirHeight.Bound.Unreadable;

    /// <summary>The unit as OpenAir writes it; numbers are the codes of openAIP.</summary>
    private static string UnitWord(string unit) => unit.ToUpperInvariant() switch
    {
        "FT" or "FEET" or "F" or "1" => "FT",
        "M" or "METRE" or "METRES" or "METER" or "METERS" or "0" => "M",
        "FL" or "6" => "FL",
        var other => other,
    };

    /// <summary>The reference as OpenAir writes it; numbers are the codes of openAIP.</summary>
    private static string ReferenceWord(string reference) => reference.ToUpperInvariant() switch
    {
        "SEA-LEVEL" or "MSL" or "AMSL" or "1" => "AMSL",
        "GROUND" or "SFC" or "AGL" or "GND" or "0" => "AGL",
        "PRESSURE" or "STD" or "2" => "STD",
        "ELLIPSOID" or "W84" or "WGS84" or "HAE" => "HAE",
        var other => other,
    };
}
