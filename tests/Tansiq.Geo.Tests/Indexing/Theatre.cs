using CsCheck;
using NodaTime;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;
using Tansiq.Geo.Tests.Outlines;

namespace Tansiq.Geo.Tests.Indexing;

/// <summary>Volumes and questions full of coincidence: few places, heights and times, so that bounds fall on bounds.</summary>
internal static class Theatre
{
    private static readonly Instant Noon = Instant.FromUtc(2016, 7, 15, 12, 0);

    // Around the bounds of the units that the index counts in, and beyond what they reach.
    private static readonly Instant[] Moments =
    [
        Instant.MinValue, Instant.FromUtc(-5000, 1, 1, 0, 0), Instant.FromUtc(1425, 1, 1, 0, 0), Noon - Duration.FromTicks(1), Noon,
        Noon + Duration.FromNanoseconds(1), Noon + Duration.FromSeconds(8) - Duration.FromNanoseconds(1), Noon + Duration.FromSeconds(8),
        Noon + Duration.FromSeconds(9), Noon + Duration.FromHours(1), Noon + Duration.FromDays(7), Instant.FromUtc(2514, 6, 1, 0, 0),
        Instant.FromUtc(9000, 1, 1, 0, 0), Instant.MaxValue,
    ];

    private static readonly long[] Units =
    [
        Height.MinimumUnits, -620 * Height.UnitsPerMetre, -1, 0, 1, 99, 100, 101, 3_048_000, 3_048_100, 3_052_999, 30_480_000, Height.MaximumUnits,
    ];

    public static readonly Gen<Instant> Moment = Gen.Int[0, Moments.Length - 1].Select(i => Moments[i]);

    private static readonly Gen<Height> SomeHeight = Gen.Select(Gen.Int[0, Units.Length - 1], Gen.Int[0, 3])
        .Select((i, reference) => Height.FromUnits(Units[i], (HeightReference)reference));

    public static readonly Gen<Height?> AnyHeight = Gen.Frequency((5, SomeHeight.Select(height => (Height?)height)), (1, Gen.Const((Height?)null)));

    public static readonly Gen<HeightBand> Band = Gen.Select(AnyHeight, AnyHeight)
        .Select((floor, ceiling) => HeightBand.Create(floor, ceiling) ?? HeightBand.Create(ceiling, floor)!.Value);

    public static readonly Gen<Interval> Time = Gen.Select(Moment, Moment, Gen.Int[0, 7]).Select((first, second, open) => new Interval(
        open is 0 or 1 ? null : Instant.Min(first, second), open is 0 or 2 ? null : Instant.Max(first, second)));

    public static readonly Gen<Volume> Volume = Gen.Select(OutlineGen.Drawings, OutlineGen.Placements, Band, Time)
        .Select((drawing, placement, band, time) => new Volume(OutlineGen.Put(drawing, placement), band, time));

    public static readonly Gen<GeoPoint> Place = Gen.Select(OutlineGen.Point, OutlineGen.Placements)
        .Select((point, placement) => placement.Place(point.X, point.Y));

    public static readonly Gen<PlaneBox> Box = Gen.Select(Place, Gen.Int[0, 5], Gen.Int[-1, 1]).Select((place, size, turns) =>
    {
        var corner = place.ToPlane().Turned(turns);
        long[] sizes = [0, 1, 12_345, 10_000_003, 1_500_000_000, 3_599_999_999];
        return new PlaneBox(corner.X, corner.Y, corner.X + sizes[size], Math.Min(corner.Y + sizes[size], GeoPoint.MaximumLatitudeE7));
    });

    public static readonly Gen<SeparationMinima> Minima = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 4]).Select((lateral, vertical, time) =>
    {
        int[] metres = [0, 1, 300, 9_260, 600_000, 3_000_000];
        long[] units = [0, 1, 3_048_000, 2_000_000_000];
        Duration[] times = [Duration.Zero, Duration.FromNanoseconds(1), Duration.FromMinutes(15), Duration.FromDays(8), Duration.FromDays(2_000_000)];
        return SeparationMinima.Create(metres[lateral], units[vertical], times[time]);
    });

    /// <summary>The bounds of the Earth; a theatre where they are narrow; one where every column is warm; one with bounds the wrong way round.</summary>
    public static readonly Gen<HeightConversion> Heights = Gen.Int[0, 3].Select(i => i switch
    {
        0 => HeightConversion.Worldwide,
        1 => HeightConversion.Worldwide with { GeoidLowMetres = 10, GeoidHighMetres = 20, GroundLowMetres = 0, GroundHighMetres = 300, PressureSurfaceLowMetres = 0, PressureSurfaceHighMetres = 0, LayerStretchLowPerMille = 0, LayerStretchHighPerMille = 0 },
        2 => HeightConversion.Worldwide with { PressureSurfaceLowMetres = 0, PressureSurfaceHighMetres = 0, LayerStretchLowPerMille = 30, LayerStretchHighPerMille = 90 },
        _ => HeightConversion.Worldwide with { GeoidLowMetres = 50, GeoidHighMetres = -50, GroundHighMetres = -500, LayerStretchLowPerMille = 150, LayerStretchHighPerMille = -1500 },
    });
}
