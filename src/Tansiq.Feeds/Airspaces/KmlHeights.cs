using System.Globalization;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>
/// Floor and ceiling as the polygons of one Placemark are drawn. A polygon of KML is a surface: extruded it reaches down to the
/// ground, and several at different heights bound a body; one level surface alone says nothing of floor and ceiling.
/// </summary>
internal sealed class KmlHeights
{
    private readonly List<Part> _parts = [];

    /// <summary>Adds a polygon.</summary>
    public void Add(Part part) => _parts.Add(part);

    /// <summary>Writes the heights that the polygons draw, if any, as properties; refused where no rule makes a band of them.</summary>
    public Refusal? WriteTo(AirspaceProperties properties, string place)
    {
        var modes = _parts.Select(part => part.Mode).Distinct().ToList();
        if (modes.TrueForAll(mode => mode is "clampToGround" or "clampToSeaFloor")) return null;
        if (modes is not [("absolute" or "relativeToGround") and var drawn])
            return new(AirspaceRefusals.Height, place, "altitudeMode " + JsonText.Shorten(string.Join(", ", modes)), "absolute or relativeToGround, one for all Polygons");
        var (low, high) = (_parts.Min(part => part.LowMetres), _parts.Max(part => part.HighMetres));
        var isExtruded = _parts.Exists(part => part.IsExtruded);
        if (!isExtruded && low == high) return null;
        var reference = drawn == "absolute" ? "AMSL" : "AGL";
        properties.Add("floor", isExtruded ? "GND" : FeedRefusals.Invariant($"{low} m {reference}"));
        properties.Add("ceiling", FeedRefusals.Invariant($"{high} m {reference}"));
        return null;
    }

    /// <summary>How one polygon is drawn.</summary>
    internal sealed class Part
    {
        private bool _hasHeight;

        /// <summary>Its <c>altitudeMode</c>.</summary>
        public string Mode { get; set; } = "clampToGround";

        /// <summary>Whether it reaches down to the ground.</summary>
        public bool IsExtruded { get; set; }

        /// <summary>The lowest height of its points, metres.</summary>
        public decimal LowMetres { get; private set; }

        /// <summary>The greatest height of its points, metres.</summary>
        public decimal HighMetres { get; private set; }

        /// <summary>Takes the height of a point; false where it is none.</summary>
        public bool TakeHeight(ReadOnlySpan<char> metres)
        {
            const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            if (!decimal.TryParse(metres, style, CultureInfo.InvariantCulture, out var height)) return false;
            height = decimal.Round(height, 4);
            LowMetres = _hasHeight ? Math.Min(LowMetres, height) : height;
            HighMetres = _hasHeight ? Math.Max(HighMetres, height) : height;
            return _hasHeight = true;
        }
    }
}
