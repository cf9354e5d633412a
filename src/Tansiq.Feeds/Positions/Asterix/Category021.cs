using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>ADS-B reports (EUROCONTROL-SPEC-0149-12, editions 2.1 to 2.6). Editions 0.x have other items in other places.</summary>
internal sealed class Category021() : AsterixCategory(21, Profile)
{
    private const int ReportDescriptor = 2;
    private const int TrackNumber = 3;
    private const int TimeOfApplicability = 5;
    private const int Position = 6;
    private const int PositionHighResolution = 7;
    private const int Address = 11;
    private const int TimeOfReception = 12;
    private const int GeometricHeight = 16;
    private const int QualityIndicators = 17;
    private const int FlightLevel = 21;
    private const int GroundVector = 26;
    private const int TimeOfTransmission = 28;
    private const int Identification = 29;

    private const int PositionPower = 23;
    private const int PositionHighResolutionPower = 30;

    // 6.25 ft.
    private const long GeometricHeightUnits = Height.UnitsPerFoot * 25 / 4;

    // The greatest value means that much or more.
    private const int LargestGeometricHeight = 0x7fff;

    private static readonly ItemLayout?[] Profile =
    [
        ItemLayout.Fixed(2), ItemLayout.Extended(), ItemLayout.Fixed(2), ItemLayout.Fixed(1), ItemLayout.Fixed(3), ItemLayout.Fixed(6), ItemLayout.Fixed(8),
        ItemLayout.Fixed(3), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(3), ItemLayout.Fixed(3), ItemLayout.Fixed(4), ItemLayout.Fixed(3),
        ItemLayout.Fixed(4), ItemLayout.Fixed(2), ItemLayout.Extended(), ItemLayout.Fixed(1), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2),
        ItemLayout.Fixed(2), ItemLayout.Fixed(1), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(4), ItemLayout.Fixed(2), ItemLayout.Fixed(3),
        ItemLayout.Fixed(6), ItemLayout.Fixed(1), Meteorology(), ItemLayout.Fixed(2), ItemLayout.Fixed(2), TrajectoryIntent(), ItemLayout.Fixed(1),
        ItemLayout.Fixed(1), ItemLayout.Extended(), ItemLayout.Fixed(1), ItemLayout.Repeated(8), ItemLayout.Fixed(7), ItemLayout.Fixed(1), DataAges(),
        null, null, null, null, null, ItemLayout.Explicit, ItemLayout.Explicit,
    ];

    // Radius in metres that holds the true place in 95 of 100 cases, by navigation accuracy category (DO-260B, table 2-70); 0 is unknown.
    private static readonly double[] EstimatedPositionUncertainty =
        [0, 18_520, 7_408, 3_704, 1_852, 926, 555.6, 185.2, 92.6, 30, 10, 3, 0, 0, 0, 0];

    /// <inheritdoc/>
    public override bool IsPlausible(AsterixRecord record) =>
        AsterixValues.IsTimeOrAbsent(record[TimeOfApplicability])
        && AsterixValues.IsTimeOrAbsent(record[TimeOfReception])
        && AsterixValues.IsTimeOrAbsent(record[TimeOfTransmission])
        && !record[ReportDescriptor].IsEmpty
        && (record[Position] is not { IsEmpty: false } low
            || AsterixValues.IsPlace(AsterixValues.Int24(low), AsterixValues.Int24(low[3..]), PositionPower))
        && (record[PositionHighResolution] is not { IsEmpty: false } high
            || AsterixValues.IsPlace(AsterixValues.Int32(high), AsterixValues.Int32(high[4..]), PositionHighResolutionPower));

    /// <inheritdoc/>
    public override void Read(AsterixRecord record, AsterixReport report)
    {
        ReadDescriptor(record[ReportDescriptor], report);
        ReadTime(record, report);
        if (record[TrackNumber] is { IsEmpty: false } number) report.TrackNumber = AsterixValues.UInt16(number) & 0xfff;
        if (record[Address] is { IsEmpty: false } address) report.Address = AsterixValues.UInt24(address);
        if (record[PositionHighResolution] is { IsEmpty: false } high)
            report.SetPlace(AsterixValues.Int32(high), AsterixValues.Int32(high[4..]), PositionHighResolutionPower);
        else if (record[Position] is { IsEmpty: false } low)
            report.SetPlace(AsterixValues.Int24(low), AsterixValues.Int24(low[3..]), PositionPower);
        if (record[FlightLevel] is { IsEmpty: false } level)
            report.SetHeight(AsterixValues.Int16(level) * AsterixValues.QuarterLevelUnits, HeightReference.Pressure);
        else if (record[GeometricHeight] is { IsEmpty: false } height && AsterixValues.Int16(height) != LargestGeometricHeight)
            report.SetHeight(AsterixValues.Int16(height) * GeometricHeightUnits, HeightReference.Ellipsoid);
        if (record[QualityIndicators] is { Length: > 1 } quality) report.SetUncertainty(EstimatedPositionUncertainty[quality[1] >> 1 & 0xf]);
        if (record[GroundVector] is { IsEmpty: false } vector && (vector[0] & 0x80) == 0) report.GroundSpeed = AsterixValues.Speed(AsterixValues.UInt16(vector));
        if (record[Identification] is { IsEmpty: false } name) report.Callsign = AsterixValues.Identification(name, report.Identifiers);
    }

    private static void ReadDescriptor(ReadOnlySpan<byte> descriptor, AsterixReport report)
    {
        report.IsOtherAddress = descriptor[0] >> 5 != 0;
        if ((descriptor[0] & 0x02) != 0) report.Refuse(AsterixRefusals.NotAnAircraft, "a field monitor", "an aircraft");
        if (descriptor.Length < 2) return;
        report.OnGround = (descriptor[1] & 0x40) != 0;
        if ((descriptor[1] & 0x30) != 0) report.Refuse(AsterixRefusals.NotAnAircraft, "a simulated or test report", "an aircraft");
        if ((descriptor[1] >> 1 & 3) == 1) report.Refuse(AsterixRefusals.Suspect, "a report that its station calls suspect", "a valid report");
    }

    private static void ReadTime(AsterixRecord record, AsterixReport report)
    {
        foreach (var reference in (ReadOnlySpan<int>)[TimeOfApplicability, TimeOfReception, TimeOfTransmission])
        {
            if (record[reference] is not { IsEmpty: false } time) continue;
            report.TimeOfDay = AsterixValues.TimeOfDay(time);
            return;
        }
    }

    private static ItemLayout Meteorology() =>
        ItemLayout.Compound(ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(1));

    private static ItemLayout TrajectoryIntent() => ItemLayout.Compound(ItemLayout.Extended(), ItemLayout.Repeated(15));

    private static ItemLayout DataAges() => ItemLayout.Compound([.. Enumerable.Repeat(ItemLayout.Fixed(1), 23)]);
}
