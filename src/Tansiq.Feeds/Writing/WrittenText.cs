using System.Globalization;
using System.Xml;
using NodaTime;
using NodaTime.Text;
using Tansiq.Geo;

namespace Tansiq.Feeds.Writing;

/// <summary>Numbers, heights, times and names as the writers write them.</summary>
internal static class WrittenText
{
    /// <summary>Degrees with seven places: exactly the units of 10⁻⁷ degree.</summary>
    public static string Degrees(long unitsE7) => (unitsE7 / (decimal)GeoPoint.UnitsPerDegree).ToString("F7", CultureInfo.InvariantCulture);

    /// <summary>Metres with up to four places: exactly the units of 0.1 mm.</summary>
    public static string Metres(Height height) => (height.Units / (decimal)Height.UnitsPerMetre).ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>An instant in UTC, as fine as it is.</summary>
    public static string Time(Instant at) => InstantPattern.ExtendedIso.Format(at);

    /// <summary>A floor: <c>GND</c> where there is none.</summary>
    public static string Floor(HeightBand heights) => heights.Floor is { } floor ? HeightWithReference(floor) : "GND";

    /// <summary>A ceiling: <c>UNL</c> where there is none.</summary>
    public static string Ceiling(HeightBand heights) => heights.Ceiling is { } ceiling ? HeightWithReference(ceiling) : "UNL";

    /// <summary>A text that XML can carry: what it can't becomes U+FFFD.</summary>
    public static string ForXml(string text)
    {
        var characters = text.ToCharArray();
        for (var index = 0; index < characters.Length; index++)
        {
            var isPair = index + 1 < characters.Length && XmlConvert.IsXmlSurrogatePair(characters[index + 1], characters[index]);
            if (isPair) index++;
            else if (!XmlConvert.IsXmlChar(characters[index])) characters[index] = '\uFFFD';
        }

        return new(characters);
    }

    /// <summary>As a flight level or in feet where that is whole, as it will have been given, else in metres: <c>FL95</c>, <c>4500 ft AMSL</c>, <c>120.5 m AGL</c>.</summary>
    private static string HeightWithReference(Height height)
    {
        var (feet, rest) = Math.DivRem(height.Units, Height.UnitsPerFoot);
        if (height.Reference == HeightReference.Pressure && rest == 0 && feet % 100 == 0) return FeedRefusals.Invariant($"FL{feet / 100}");
        var reference = height.Reference switch
        {
            HeightReference.SeaLevel => "AMSL",
            HeightReference.Ground => "AGL",
            HeightReference.Ellipsoid => "HAE",
            _ => "STD",
        };
        return rest == 0 ? FeedRefusals.Invariant($"{feet} ft {reference}") : $"{Metres(height)} m {reference}";
    }
}
