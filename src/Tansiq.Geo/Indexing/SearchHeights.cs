namespace Tansiq.Geo.Indexing;

/// <summary>
/// Heights as the index compares them before it compares them exactly: intervals above sea level in centimetres, rounded
/// outwards. Bands and heights of which <see cref="HeightConversion"/> says anything but no always overlap here.
/// </summary>
internal sealed class SearchHeights(HeightConversion conversion)
{
    private const long UnitsPerCentimetre = Height.UnitsPerMetre / 100;

    // No two heights of one reference are farther apart.
    private const long GreatestGapUnits = Height.MaximumUnits - Height.MinimumUnits;

    // The interval of a height has to grow with the height and its ends must not be the wrong way round; where the bounds
    // that were given break this, heights are compared exactly only.
    private readonly bool _isOrdered =
        conversion.GeoidLowMetres <= conversion.GeoidHighMetres
        && conversion.GroundLowMetres <= conversion.GroundHighMetres
        && conversion.PressureSurfaceLowMetres <= conversion.PressureSurfaceHighMetres
        && conversion.LayerStretchLowPerMille <= conversion.LayerStretchHighPerMille
        && conversion.LayerStretchLowPerMille >= -1000;

    public HeightConversion Conversion => conversion;

    /// <summary>The interval of a band widened by a vertical distance, in units of 0.1 mm.</summary>
    public (int Low, int High) Of(HeightBand band, long verticalUnits = 0)
    {
        if (!_isOrdered || verticalUnits > GreatestGapUnits) return (int.MinValue, int.MaxValue);
        var widening = Widened(verticalUnits);
        var low = band.Floor is { } floor ? Down(conversion.ToSeaLevel(floor).LowUnits - widening) : int.MinValue;
        var high = band.Ceiling is { } ceiling ? Up(conversion.ToSeaLevel(ceiling).HighUnits + widening) : int.MaxValue;
        return (low, high);
    }

    /// <summary>The interval of a height; of an unknown one (null) all heights.</summary>
    public (int Low, int High) Of(Height? height)
    {
        if (!_isOrdered || height is not { } known) return (int.MinValue, int.MaxValue);
        var (low, high) = conversion.ToSeaLevel(known);
        return (Down(low), Up(high));
    }

    // Pressure altitudes a distance apart lie farther apart above sea level where even the coldest column stretches the layer.
    private long Widened(long verticalUnits) => verticalUnits + verticalUnits * Math.Max(0, conversion.LayerStretchLowPerMille) / 1000 + 1;

    private static int Down(long units) => SearchBox.ToInt((units - (units % UnitsPerCentimetre + UnitsPerCentimetre) % UnitsPerCentimetre) / UnitsPerCentimetre);

    private static int Up(long units) => SearchBox.ToInt((units + (UnitsPerCentimetre - units % UnitsPerCentimetre) % UnitsPerCentimetre) / UnitsPerCentimetre);
}
