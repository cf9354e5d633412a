using System.Text.Json;

namespace Tansiq.Geo.Text;

/// <summary>Heights and height bands as JSON members, in the form that people write and in that of the record.</summary>
public static class HeightReading
{
    /// <summary>The most characters of a number of metres or feet: within it a decimal is exact.</summary>
    public const int MaximumNumberLength = 24;

    /// <summary>The lowest flight level in the range of heights.</summary>
    public const int LowestFlightLevel = -262;

    /// <summary>The highest flight level in the range of heights.</summary>
    public const int HighestFlightLevel = 3_280;

    private static readonly (string Word, HeightReference Value)[] References =
    [
        ("sea-level", Geo.HeightReference.SeaLevel), ("ellipsoid", Geo.HeightReference.Ellipsoid),
        ("pressure", Geo.HeightReference.Pressure), ("ground", Geo.HeightReference.Ground),
    ];

    /// <summary>A height reference by its word.</summary>
    public static HeightReference HeightReference(this JsonCursor place) => place.OneOf(References);

    /// <summary>The word of a height reference.</summary>
    public static string Word(HeightReference reference) => Array.Find(References, entry => entry.Value == reference).Word;

    /// <summary>
    /// <c>{"metres": 3000, "reference": "sea-level"}</c>, the same with <c>feet</c>, or <c>{"flightLevel": 245}</c>; exact to
    /// 0.1 mm, −8,000 m to 100,000 m.
    /// </summary>
    /// <returns>The height; 0 m above sea level if refused.</returns>
    public static Height Height(this JsonCursor place)
    {
        if (place["flightLevel"].Exists)
        {
            place.Only("flightLevel");
            return Geo.Height.FromFlightLevel((int)place["flightLevel"].Integer(LowestFlightLevel, HighestFlightLevel));
        }

        var isInFeet = place["feet"].Exists;
        var unit = isInFeet ? "feet" : "metres";
        place.Only(unit, "reference");
        var units = Units(place[unit], isInFeet ? Geo.Height.UnitsPerFoot : Geo.Height.UnitsPerMetre);
        return Geo.Height.FromUnits(units, place["reference"].HeightReference());
    }

    /// <summary><c>{"units": n, "reference": "sea-level"}</c> with whole units of 0.1 mm, as on the record.</summary>
    /// <returns>The height; the lowest if refused.</returns>
    public static Height RecordHeight(this JsonCursor place) => Geo.Height.FromUnits(
        place["units"].Integer(Geo.Height.MinimumUnits, Geo.Height.MaximumUnits), place["reference"].HeightReference());

    /// <summary>The members <c>floor</c> and <c>ceiling</c>, each of which may be missing.</summary>
    /// <param name="holder">What has the members.</param>
    /// <param name="height">Reads one height.</param>
    /// <returns>The band; all heights if refused.</returns>
    public static HeightBand HeightBand(this JsonCursor holder, Func<JsonCursor, Height> height)
    {
        ArgumentNullException.ThrowIfNull(height);
        Height? floor = holder["floor"].Exists ? height(holder["floor"]) : null;
        Height? ceiling = holder["ceiling"].Exists ? height(holder["ceiling"]) : null;
        if (holder.Reading.IsRefused) return Geo.HeightBand.All;
        if (Geo.HeightBand.Create(floor, ceiling) is { } band) return band;
        holder["floor"].Refuse("geo.floor-above-ceiling", $"a floor not above {ceiling}");
        return Geo.HeightBand.All;
    }

    private static long Units(JsonCursor place, long unitsOfOne)
    {
        if (place.Kind == JsonValueKind.Number
            && place.Element.GetRawText().Length <= MaximumNumberLength
            && place.Element.TryGetDecimal(out var number)
            && Math.Abs(number) <= Geo.Height.MaximumUnits
            && number * unitsOfOne is var units
            && units == decimal.Truncate(units)
            && Geo.Height.IsInRange((long)units))
            return (long)units;
        place.Refuse(place.Exists ? "geo.height-out-of-range" : "json.missing", "a height from -8000 m to 100000 m, exact to 0.1 mm");
        return 0;
    }
}
