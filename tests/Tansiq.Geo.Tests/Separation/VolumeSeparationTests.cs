using NodaTime;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Geo.Tests.Separation;

[Trait("Requirement", "FLT-4")]
public sealed class VolumeSeparationTests
{
    private static readonly Instant Noon = Instant.FromUtc(2016, 7, 15, 12, 0);
    private static readonly HeightConversion Conversion = HeightConversion.Worldwide;

    // About 90 km apart in the west-east direction; the first reaches from 37° to 37.1° E.
    private static readonly Outline Here = Box(37.0, 37.1);
    private static readonly Outline Beside = Box(37.1, 37.2);
    private static readonly Outline There = Box(38.1, 38.2);

    [Theory]
    [InlineData(0, 60, 60, 120, Certainty.No)]
    [InlineData(0, 60, 59, 120, Certainty.Certain)]
    [InlineData(0, 60, 0, 60, Certainty.Certain)]
    [InlineData(0, 60, 10, 10, Certainty.No)]
    [InlineData(null, null, 10, 20, Certainty.Certain)]
    [InlineData(null, 10, 10, null, Certainty.No)]
    public void Meets_ByTime_TakesTheStartAndNotTheEnd(int? start, int? end, int? otherStart, int? otherEnd, Certainty expected)
    {
        var meeting = VolumeSeparation.Meets(Volume(Here, start, end), Volume(Beside, otherStart, otherEnd), Conversion);
        meeting.Certainty.ShouldBe(expected);
        (meeting.CommonTime is not null).ShouldBe(expected != Certainty.No);
        VolumeSeparation.Meets(Volume(Beside, otherStart, otherEnd), Volume(Here, start, end), Conversion).ShouldBe(meeting);
    }

    [Fact]
    public void Meets_InTime_GivesTheExactCommonInterval()
    {
        VolumeSeparation.Meets(Volume(Here, 0, 60), Volume(Here, 30, null), Conversion).CommonTime.ShouldBe(Minutes(30, 60));
        VolumeSeparation.Meets(Volume(Here, null, null), Volume(Here, null, 5), Conversion).CommonTime.ShouldBe(Minutes(null, 5));
    }

    [Fact]
    public void Meets_ByPlaceAndHeight_IsExactAndAsCertainAsTheHeights()
    {
        Volume low = Volume(Here, 0, 60, Band(0, 1_000, HeightReference.SeaLevel)), high = Volume(Here, 0, 60, Band(1_000, 2_000, HeightReference.SeaLevel));
        VolumeSeparation.Meets(low, high, Conversion).Certainty.ShouldBe(Certainty.Certain);
        VolumeSeparation.Meets(low, Volume(Here, 0, 60, Band(1_050, 2_000, HeightReference.Ellipsoid)), Conversion).Certainty.ShouldBe(Certainty.Possible);
        VolumeSeparation.Meets(low, Volume(Here, 0, 60, Band(1_001, 2_000, HeightReference.SeaLevel)), Conversion).Certainty.ShouldBe(Certainty.No);
        VolumeSeparation.Meets(low, Volume(There, 0, 60), Conversion).Certainty.ShouldBe(Certainty.No);
    }

    [Theory]
    // Here to There is 1° of longitude at most at 36.1° N: 90,050 m.
    [InlineData(90_000, 0, 0, Certainty.No)]
    [InlineData(90_100, 0, 0, Certainty.Certain)]
    public void Conflicts_ByDistance_TakesLessThanTheMinimum(int lateralMetres, int start, int heightMetres, Certainty expected)
    {
        var conflict = VolumeSeparation.Conflicts(
            Volume(Here, 0, 60, Band(0, 100, HeightReference.SeaLevel)),
            Volume(There, start, 60, Band(heightMetres, 200, HeightReference.SeaLevel)),
            SeparationMinima.Create(lateralMetres, 0, Duration.Zero), Conversion);
        conflict.Certainty.ShouldBe(expected);
        conflict.Lateral!.Value.LowerMetres.ShouldBeInRange(89_990, 90_100);
        conflict.TimeGap.ShouldBe(Duration.Zero);
        conflict.VerticalGapUnits.ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(100, 0, Certainty.Certain)]
    [InlineData(101, 0, Certainty.No)]
    [InlineData(150, 50, Certainty.No)]
    [InlineData(149, 50, Certainty.Certain)]
    public void Conflicts_ByHeight_TakesLessThanTheMinimumAndTouchOfZero(int otherFloorMetres, int verticalMetres, Certainty expected)
    {
        var conflict = VolumeSeparation.Conflicts(
            Volume(Here, 0, 60, Band(0, 100, HeightReference.SeaLevel)),
            Volume(Beside, 0, 60, Band(otherFloorMetres, 200, HeightReference.SeaLevel)),
            SeparationMinima.Create(0, verticalMetres * Height.UnitsPerMetre, Duration.Zero), Conversion);
        conflict.Certainty.ShouldBe(expected);
        conflict.VerticalGapUnits.ShouldBe(((otherFloorMetres - 100) * Height.UnitsPerMetre, (otherFloorMetres - 100) * Height.UnitsPerMetre));
    }

    [Theory]
    [InlineData(60, 0, Certainty.No)]
    [InlineData(59, 0, Certainty.Certain)]
    [InlineData(60, 5, Certainty.Certain)]
    [InlineData(64, 5, Certainty.Certain)]
    [InlineData(65, 5, Certainty.No)]
    public void Conflicts_ByTime_TakesLessThanTheMinimumAndOverlapOfZero(int otherStart, int minutes, Certainty expected)
    {
        var minima = SeparationMinima.Create(0, 0, Duration.FromMinutes(minutes));
        Volume first = Volume(Here, 0, 60), second = Volume(Here, otherStart, 120);
        var conflict = VolumeSeparation.Conflicts(first, second, minima, Conversion);
        conflict.Certainty.ShouldBe(expected);
        conflict.TimeGap.ShouldBe(Duration.FromMinutes(Math.Max(0, otherStart - 60)));
        (conflict.Lateral is null).ShouldBe(expected == Certainty.No);
        VolumeSeparation.Conflicts(second, first, minima, Conversion).ShouldBe(conflict);
        VolumeSeparation.Conflicts(first, Volume(Here, 70, 70), minima, Conversion).TimeGap.ShouldBeNull();
    }

    [Fact]
    public void Conflicts_OfHeightsThatCompareByBoundsOnly_IsPossible()
    {
        var conflict = VolumeSeparation.Conflicts(
            Volume(Here, 0, 60, Band(0, 100, HeightReference.SeaLevel)),
            Volume(Beside, 0, 60, Band(300, 400, HeightReference.Ellipsoid)),
            SeparationMinima.Create(0, 200 * Height.UnitsPerMetre, Duration.Zero), Conversion);
        conflict.Certainty.ShouldBe(Certainty.Possible);
        conflict.VerticalGapUnits.ShouldBe(((300 - 86 - 100) * Height.UnitsPerMetre, (300 + 107 - 100) * Height.UnitsPerMetre));
    }

    [Fact]
    public void Conflicts_OfHeightsAboveGroundAtDifferentPlaces_IsNeverRuledOutByTheOtherPlacesGround()
    {
        Volume hill = Volume(Here, 0, 60, Band(0, 100, HeightReference.Ground)), valley = Volume(There, 0, 60, Band(300, 400, HeightReference.Ground));
        var minima = SeparationMinima.Create(100_000, 0, Duration.Zero);
        VolumeSeparation.Conflicts(hill, valley, minima, Conversion).Certainty.ShouldBe(Certainty.Possible);
        // At one place the ground is one: there they are surely apart, and surely meet where the bands do.
        VolumeSeparation.Conflicts(hill, valley with { Outline = Here }, SeparationMinima.Create(0, 0, Duration.Zero), Conversion).Certainty.ShouldBe(Certainty.No);
        VolumeSeparation.Conflicts(hill, hill with { Outline = Beside }, minima, Conversion).Certainty.ShouldBe(Certainty.Certain);
    }

    [Fact]
    public void Create_OfNegativeMinima_IsABug()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SeparationMinima.Create(-1, 0, Duration.Zero));
        Should.Throw<ArgumentOutOfRangeException>(() => SeparationMinima.Create(0, -1, Duration.Zero));
        Should.Throw<ArgumentOutOfRangeException>(() => SeparationMinima.Create(0, 0, -Duration.Epsilon));
        SeparationMinima.Create(0, 0, Duration.Zero).ShouldBe(default);
    }

    private static Volume Volume(Outline outline, int? start, int? end, HeightBand? heights = null) =>
        new(outline, heights ?? HeightBand.All, Minutes(start, end));

    private static Interval Minutes(int? start, int? end) => new(
        start is { } s ? Noon + Duration.FromMinutes(s) : null, end is { } e ? Noon + Duration.FromMinutes(e) : null);

    private static HeightBand Band(int floorMetres, int ceilingMetres, HeightReference reference) =>
        HeightBand.Create(Height.FromMetres(floorMetres, reference), Height.FromMetres(ceilingMetres, reference))!.Value;

    private static Outline Box(double west, double east) => Outline.Create(
        [GeoPoint.FromDegrees(36.0, west), GeoPoint.FromDegrees(36.0, east), GeoPoint.FromDegrees(36.1, east), GeoPoint.FromDegrees(36.1, west)], []).Value;
}
