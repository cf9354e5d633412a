using System.Globalization;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>Lower and upper limit of an AirspaceVolume.</summary>
internal static class AixmHeights
{
    private const string Expected = "GND, UNL, or a number with its unit (FL, FT, M, SM) and reference (STD, MSL, SFC, W84)";

    /// <summary>The band, and whether a side is open because nothing is given for it.</summary>
    public static Parsed<(HeightBand Band, bool IsOpen)> Read(AixmElement volume)
    {
        // "Whichever is higher" has no single height.
        if ((volume.Child("maximumLimit") ?? volume.Child("minimumLimit")) is { Text.Length: > 0 } alternative)
            return new Refusal(AirspaceRefusals.Height, alternative.Place, alternative.Name + " " + JsonText.Shorten(alternative.Text), "a single limit");
        if (Limit(volume, "lowerLimit", out var isFloorGiven) is { } lowRefusal) return lowRefusal;
        if (Limit(volume, "upperLimit", out var isCeilingGiven) is { } highRefusal) return highRefusal;
        var (floor, ceiling) = (Value(volume, "lowerLimit"), Value(volume, "upperLimit"));
        if (HeightBand.Create(floor, ceiling) is { } band) return (band, !isFloorGiven || !isCeilingGiven);
        return new Refusal(AirspaceRefusals.FloorAboveCeiling, volume.Place, FeedRefusals.Invariant($"{floor} above {ceiling}"), "a floor not above the ceiling");
    }

    /// <summary>Why a limit is none; null where it is one or is not given.</summary>
    private static Refusal? Limit(AixmElement volume, string name, out bool isGiven)
    {
        var text = volume.TextOf(name);
        isGiven = text is not null;
        if (text is null || IsWord(name, text) || Parse(volume, name, text) is not null) return null;
        var reference = volume.TextOf(name + "Reference") ?? "no reference";
        return new(AirspaceRefusals.Height, volume.Child(name)!.Place, JsonText.Shorten($"{text} {volume.Child(name)!.Unit} {reference}"), Expected);
    }

    private static bool IsWord(string name, string text) =>
        name == "lowerLimit" ? text is "GND" or "FLOOR" : text is "UNL" or "CEILING" or "GND";

    private static Height? Value(AixmElement volume, string name)
    {
        if (volume.TextOf(name) is not { } text) return null;
        if (IsWord(name, text)) return text == "GND" && name == "upperLimit" ? Height.FromFeet(0, HeightReference.Ground) : null;
        return Parse(volume, name, text);
    }

    private static Height? Parse(AixmElement volume, string name, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        var unit = volume.Child(name)!.Unit?.ToUpperInvariant();
        var reference = volume.TextOf(name + "Reference");
        if (Measure(unit, reference) is not { } measure || Math.Abs(number) > Height.MaximumUnits) return null;
        var units = Math.Round(number * measure.Units, MidpointRounding.ToEven);
        return units is >= Height.MinimumUnits and <= Height.MaximumUnits ? Height.FromUnits((long)units, measure.Reference) : null;
    }

    /// <summary>Flight levels and standard metres (tens of metres) are pressure altitudes; feet and metres need their reference.</summary>
    private static (long Units, HeightReference Reference)? Measure(string? unit, string? reference) => (unit, reference) switch
    {
        ("FL", null or "STD") => (100 * Height.UnitsPerFoot, HeightReference.Pressure),
        ("SM", null or "STD") => (10 * Height.UnitsPerMetre, HeightReference.Pressure),
        ("FT", _) when Reference(reference) is { } known => (Height.UnitsPerFoot, known),
        ("M", _) when Reference(reference) is { } known => (Height.UnitsPerMetre, known),
        _ => null,
    };

    private static HeightReference? Reference(string? reference) => reference switch
    {
        "MSL" => HeightReference.SeaLevel,
        "SFC" => HeightReference.Ground,
        "STD" => HeightReference.Pressure,
        "W84" => HeightReference.Ellipsoid,
        _ => null,
    };
}
