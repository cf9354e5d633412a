namespace Tansiq.Geo;

/// <summary>A closed band of heights: both bounds belong to it.</summary>
/// <remarks>
/// No floor means from the ground (and below); no ceiling means without upper limit. The bounds may have different
/// references (a floor above ground, a ceiling as flight level). The default value is the band of all heights.
/// </remarks>
public readonly record struct HeightBand
{
    private HeightBand(Height? floor, Height? ceiling)
    {
        Floor = floor;
        Ceiling = ceiling;
    }

    /// <summary>All heights.</summary>
    public static HeightBand All => default;

    /// <summary>The lower bound, or null from the ground.</summary>
    public Height? Floor { get; }

    /// <summary>The upper bound, or null without limit.</summary>
    public Height? Ceiling { get; }

    /// <summary>Creates a band, or returns null where the floor is above the ceiling and both have one reference.</summary>
    /// <remarks>Bounds of different references cannot be compared here and are taken as they are.</remarks>
    public static HeightBand? Create(Height? floor, Height? ceiling) =>
        floor is { } low && ceiling is { } high && low.Reference == high.Reference && low.Units > high.Units
            ? null
            : new(floor, ceiling);
}
