using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>Reports of one radar (EUROCONTROL-SPEC-0149-4, editions 1.14 to 1.31).</summary>
internal sealed class Category048() : AsterixCategory(48, Profile)
{
    private const int TimeOfDay = 2;
    private const int ReportDescriptor = 3;
    private const int PolarPosition = 4;
    private const int FlightLevel = 6;
    private const int Address = 8;
    private const int Identification = 9;
    private const int TrackNumber = 11;
    private const int PolarVelocity = 13;
    private const int TrackStatus = 14;
    private const int MeasuredHeight = 19;
    private const int Communications = 21;

    private const int HeightBits = 14;

    // 1/256 NM.
    private const double MetresOfRangeUnit = 1852.0 / 256;
    private const double DegreesOfAzimuthUnit = 360.0 / 65_536;

    private static readonly ItemLayout?[] Profile =
    [
        ItemLayout.Fixed(2), ItemLayout.Fixed(3), ItemLayout.Extended(), ItemLayout.Fixed(4), ItemLayout.Fixed(2), ItemLayout.Fixed(2), PlotCharacteristics(),
        ItemLayout.Fixed(3), ItemLayout.Fixed(6), ItemLayout.Repeated(8), ItemLayout.Fixed(2), ItemLayout.Fixed(4), ItemLayout.Fixed(4), ItemLayout.Extended(),
        ItemLayout.Fixed(4), ItemLayout.Extended(), ItemLayout.Fixed(2), ItemLayout.Fixed(4), ItemLayout.Fixed(2), DopplerSpeed(), ItemLayout.Fixed(2),
        ItemLayout.Fixed(7), ItemLayout.Fixed(1), ItemLayout.Fixed(2), ItemLayout.Fixed(1), ItemLayout.Fixed(2), ItemLayout.Explicit, ItemLayout.Explicit,
    ];

    /// <inheritdoc/>
    public override bool IsPlausible(AsterixRecord record) => AsterixValues.IsTimeOrAbsent(record[TimeOfDay]);

    /// <inheritdoc/>
    public override void Read(AsterixRecord record, AsterixReport report)
    {
        ReadStatus(record, report);
        if (record[TimeOfDay] is { IsEmpty: false } time) report.TimeOfDay = AsterixValues.TimeOfDay(time);
        if (record[PolarPosition] is { IsEmpty: false } polar)
            report.SetPolar(AsterixValues.UInt16(polar) * MetresOfRangeUnit, AsterixValues.UInt16(polar[2..]) * DegreesOfAzimuthUnit);
        ReadHeight(record, report);
        if (record[Address] is { IsEmpty: false } address) report.Address = AsterixValues.UInt24(address);
        if (record[Identification] is { IsEmpty: false } name) report.Callsign = AsterixValues.Identification(name, report.Identifiers);
        if (record[TrackNumber] is { IsEmpty: false } number) report.TrackNumber = AsterixValues.UInt16(number) & 0xfff;
        if (record[PolarVelocity] is { IsEmpty: false } velocity) report.GroundSpeed = AsterixValues.Speed(AsterixValues.UInt16(velocity));
        report.OnGround = AsterixValues.IsOnGround(record[Communications]);
    }

    private static void ReadStatus(AsterixRecord record, AsterixReport report)
    {
        if (record[ReportDescriptor] is { IsEmpty: false } descriptor)
        {
            if ((descriptor[0] & 0x10) != 0) report.Refuse(AsterixRefusals.NotAnAircraft, "a simulated report", "an aircraft");
            if ((descriptor[0] & 0x02) != 0) report.Refuse(AsterixRefusals.NotAnAircraft, "a field monitor", "an aircraft");
            if (descriptor.Length > 1 && (descriptor[1] & 0x80) != 0) report.Refuse(AsterixRefusals.NotAnAircraft, "a test report", "an aircraft");
        }

        if (record[TrackStatus] is { Length: > 1 } status && (status[1] & 0x40) != 0)
            report.Refuse(AsterixRefusals.Suspect, "a ghost track", "a true track");
    }

    /// <summary>The flight level unless it is garbled or not validated, else the height that a three-dimensional radar measured.</summary>
    private static void ReadHeight(AsterixRecord record, AsterixReport report)
    {
        if (record[FlightLevel] is { IsEmpty: false } level && (level[0] & 0xc0) == 0)
            report.SetHeight(AsterixValues.Signed(AsterixValues.UInt16(level), HeightBits) * AsterixValues.QuarterLevelUnits, HeightReference.Pressure);
        else if (record[MeasuredHeight] is { IsEmpty: false } height)
            report.SetHeight(AsterixValues.Signed(AsterixValues.UInt16(height), HeightBits) * AsterixValues.QuarterLevelUnits, HeightReference.SeaLevel);
    }

    private static ItemLayout PlotCharacteristics() => ItemLayout.Compound([.. Enumerable.Repeat(ItemLayout.Fixed(1), 7)]);

    private static ItemLayout DopplerSpeed() => ItemLayout.Compound(ItemLayout.Fixed(2), ItemLayout.Repeated(6));
}
