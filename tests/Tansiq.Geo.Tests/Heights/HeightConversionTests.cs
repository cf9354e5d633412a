using CsCheck;

namespace Tansiq.Geo.Tests.Heights;

public sealed class HeightConversionTests
{
    private static readonly HeightConversion Conversion = HeightConversion.Worldwide;

    private static readonly Gen<HeightReference> Reference = Gen.Int[0, 3].Select(i => (HeightReference)i);

    private static readonly Gen<Height> AnyHeight =
        Gen.Select(Gen.OneOf(Gen.Long[Height.MinimumUnits, Height.MaximumUnits], Gen.Long[-30, 30]), Reference).Select(Height.FromUnits);

    private static readonly Gen<HeightBand> Band = Gen.Select(AnyHeight.Nullable(), AnyHeight.Nullable())
        .Select((floor, ceiling) => HeightBand.Create(floor, ceiling) ?? HeightBand.Create(ceiling, floor)!.Value);

    // One true state of ground, geoid and air within the bounds, in which heights become exact.
    private static readonly Gen<(int Geoid, int Ground, int Surface, int Stretch)> World = Gen.Select(
        Gen.Int[Conversion.GeoidLowMetres, Conversion.GeoidHighMetres], Gen.Int[Conversion.GroundLowMetres, Conversion.GroundHighMetres],
        Gen.Int[Conversion.PressureSurfaceLowMetres, Conversion.PressureSurfaceHighMetres], Gen.Int[Conversion.LayerStretchLowPerMille, Conversion.LayerStretchHighPerMille]);

    [Fact]
    public void ToSeaLevel_InAnyWorldWithinTheBounds_HoldsTheTrueHeight() =>
        Gen.Select(AnyHeight, World).Sample((height, world) =>
        {
            var (low, high) = Conversion.ToSeaLevel(height);
            TrueUnits(height, world).ShouldBeInRange(low, high);
        }, iter: 20_000);

    [Fact]
    public void ToSeaLevel_AtTheEndsOfTheBounds_IsReached() =>
        AnyHeight.Sample(height =>
        {
            var (low, high) = Conversion.ToSeaLevel(height);
            var extremes =
                from geoid in new[] { Conversion.GeoidLowMetres, Conversion.GeoidHighMetres }
                from ground in new[] { Conversion.GroundLowMetres, Conversion.GroundHighMetres }
                from surface in new[] { Conversion.PressureSurfaceLowMetres, Conversion.PressureSurfaceHighMetres }
                from stretch in new[] { Conversion.LayerStretchLowPerMille, Conversion.LayerStretchHighPerMille }
                select TrueUnits(height, (geoid, ground, surface, stretch));
            Math.Floor(extremes.Min()).ShouldBe(low);
            Math.Ceiling(extremes.Max()).ShouldBe(high);
        }, iter: 2_000);

    [Fact]
    public void IsAtOrBelow_AnyTwo_IsNeverContradictedByATrueWorld() =>
        Gen.Select(AnyHeight, AnyHeight, World).Sample((first, second, world) =>
        {
            var isTrue = TrueUnits(first, world) <= TrueUnits(second, world);
            var answer = Conversion.IsAtOrBelow(first, second);
            (answer == (isTrue ? Certainty.No : Certainty.Certain)).ShouldBeFalse();
            if (first.Reference == second.Reference) answer.ShouldNotBe(Certainty.Possible);
            Conversion.IsAtOrBelow(first, first).ShouldBe(Certainty.Certain);
        }, iter: 20_000);

    [Fact]
    public void Contains_AnyBandAndHeight_IsNeverContradictedByATrueWorld() =>
        Gen.Select(Band, AnyHeight, World).Sample((band, height, world) =>
        {
            var units = TrueUnits(height, world);
            var isTrue = (band.Floor is not { } floor || TrueUnits(floor, world) <= units) && (band.Ceiling is not { } ceiling || units <= TrueUnits(ceiling, world));
            (Conversion.Contains(band, height) == (isTrue ? Certainty.No : Certainty.Certain)).ShouldBeFalse();
            Conversion.Contains(band, null).ShouldBe(band == HeightBand.All ? Certainty.Certain : Certainty.Possible);
        }, iter: 20_000);

    [Fact]
    public void MeetsWithin_AnyTwoBands_IsSymmetricGrowsAndIsNeverContradictedByATrueWorld() =>
        Gen.Select(Band, Band, Gen.OneOf(Gen.Long[0, 50], Gen.Long[0, 2_000 * Height.UnitsPerMetre]), World).Sample((first, second, vertical, world) =>
        {
            var answer = Conversion.MeetsWithin(first, second, vertical);
            Conversion.MeetsWithin(second, first, vertical).ShouldBe(answer);
            if (vertical > 0) ((int)Conversion.MeetsWithin(first, second, vertical + 1)).ShouldBeGreaterThanOrEqualTo((int)answer);
            Conversion.Meets(first, second).ShouldBe(Conversion.MeetsWithin(first, second, 0));
            var gap = Math.Max(TrueGap(first.Floor, second.Ceiling, world), TrueGap(second.Floor, first.Ceiling, world));
            var isTrue = vertical == 0 ? gap <= 0 : gap < vertical;
            (answer == (isTrue ? Certainty.No : Certainty.Certain)).ShouldBeFalse();
            var (low, high) = Conversion.GapBetween(first, second);
            Math.Max(0, gap).ShouldBeInRange(low, high);
            Conversion.GapBetween(second, first).ShouldBe((low, high));
        }, iter: 20_000);

    [Fact]
    public void MeetsWithin_BandsOneReferenceApart_TakesLessThanTheDistance()
    {
        HeightBand low = Metres(0, 100), high = Metres(150, 200);
        Conversion.MeetsWithin(low, high, 50 * Height.UnitsPerMetre).ShouldBe(Certainty.No);
        Conversion.MeetsWithin(low, high, 50 * Height.UnitsPerMetre + 1).ShouldBe(Certainty.Certain);
        Conversion.Meets(low, Metres(100, 200)).ShouldBe(Certainty.Certain);
        Should.Throw<ArgumentOutOfRangeException>(() => Conversion.MeetsWithin(low, high, -1));
    }

    [Fact]
    public void MeetsWithin_HeightsAboveDifferentGround_ComparesThroughTheBoundsOfTheGround()
    {
        var conversion = Conversion with { GroundLowMetres = 300, GroundHighMetres = 500 };
        HeightBand low = Ground(0, 100), high = Ground(250, 300);
        conversion.Meets(low, high).ShouldBe(Certainty.No);
        conversion.MeetsWithin(low, high, 0, isOverOneGround: false).ShouldBe(Certainty.Possible);
        conversion.MeetsWithin(low, Ground(301, 400), 0, isOverOneGround: false).ShouldBe(Certainty.No);
        conversion.GapBetween(low, high, isOverOneGround: false).ShouldBe((0, 350 * Height.UnitsPerMetre));
    }

    [Fact]
    public void Create_OfAFloorAboveTheCeiling_IsNoBandInOneReferenceOnly()
    {
        HeightBand.Create(Height.FromMetres(2, HeightReference.SeaLevel), Height.FromMetres(1, HeightReference.SeaLevel)).ShouldBeNull();
        HeightBand.Create(Height.FromMetres(2, HeightReference.Ground), Height.FromMetres(1, HeightReference.SeaLevel)).ShouldNotBeNull();
        HeightBand.Create(Height.FromMetres(1, HeightReference.Ground), Height.FromMetres(1, HeightReference.Ground)).ShouldNotBeNull();
    }

    private static HeightBand Metres(int floor, int ceiling) =>
        HeightBand.Create(Height.FromMetres(floor, HeightReference.SeaLevel), Height.FromMetres(ceiling, HeightReference.SeaLevel))!.Value;

    private static HeightBand Ground(int floor, int ceiling) =>
        HeightBand.Create(Height.FromMetres(floor, HeightReference.Ground), Height.FromMetres(ceiling, HeightReference.Ground))!.Value;

    // Between flight levels the gap is that of the levels, whatever the air between them.
    private static decimal TrueGap(Height? floor, Height? ceiling, (int, int, int, int) world)
    {
        if (floor is not { } low || ceiling is not { } high) return decimal.MinValue;
        return low.Reference == high.Reference ? low.Units - high.Units : TrueUnits(low, world) - TrueUnits(high, world);
    }

    private static decimal TrueUnits(Height height, (int Geoid, int Ground, int Surface, int Stretch) world) => height.Reference switch
    {
        HeightReference.SeaLevel => height.Units,
        HeightReference.Ellipsoid => height.Units - world.Geoid * 10_000m,
        HeightReference.Ground => height.Units + world.Ground * 10_000m,
        _ => height.Units * (1 + world.Stretch / 1000m) + world.Surface * 10_000m,
    };
}
