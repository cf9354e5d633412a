using Tansiq.Geo;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>Tracks of a surveillance data processing system (EUROCONTROL-SPEC-0149-9, editions 1.x).</summary>
internal sealed class Category062() : AsterixCategory(62, Profile)
{
    private const int TimeOfTrack = 4;
    private const int Position = 5;
    private const int Velocity = 7;
    private const int Identification = 10;
    private const int AircraftDerived = 11;
    private const int TrackNumber = 12;
    private const int TrackStatus = 13;
    private const int MeasuredLevel = 17;
    private const int GeometricHeight = 18;
    private const int BarometricHeight = 19;
    private const int Accuracy = 27;

    private const int DerivedAddress = 1;
    private const int DerivedIdentification = 2;
    private const int DerivedCommunications = 10;
    private const int AccuracyOfPosition = 1;

    private const int PositionPower = 25;
    private const int BarometricBits = 15;

    // 6.25 ft.
    private const long GeometricHeightUnits = Height.UnitsPerFoot * 25 / 4;
    private const double MetresPerSecondOfVelocityUnit = 0.25;
    private const double MetresOfAccuracyUnit = 0.5;

    private static readonly ItemLayout DerivedData = ItemLayout.Compound(
        ItemLayout.Fixed(3), ItemLayout.Fixed(6), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2),
        ItemLayout.Extended(), ItemLayout.Repeated(15), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(7), ItemLayout.Fixed(2), ItemLayout.Fixed(2),
        ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(1), ItemLayout.Fixed(8), ItemLayout.Fixed(1),
        ItemLayout.Fixed(6), ItemLayout.Fixed(2), ItemLayout.Fixed(1), ItemLayout.Repeated(8), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2));

    private static readonly ItemLayout EstimatedAccuracies = Subfields(4, 2, 4, 1, 1, 2, 2, 1);

    private static readonly ItemLayout FlightPlan = ItemLayout.Compound(
        ItemLayout.Fixed(2), ItemLayout.Fixed(7), ItemLayout.Fixed(4), ItemLayout.Fixed(1), ItemLayout.Fixed(4), ItemLayout.Fixed(1), ItemLayout.Fixed(4),
        ItemLayout.Fixed(4), ItemLayout.Fixed(3), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Repeated(4), ItemLayout.Fixed(6), ItemLayout.Fixed(1),
        ItemLayout.Fixed(7), ItemLayout.Fixed(7), ItemLayout.Fixed(2), ItemLayout.Fixed(7));

    private static readonly ItemLayout?[] Profile =
    [
        ItemLayout.Fixed(2), null, ItemLayout.Fixed(1), ItemLayout.Fixed(3), ItemLayout.Fixed(8), ItemLayout.Fixed(6), ItemLayout.Fixed(4),
        ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(7), DerivedData, ItemLayout.Fixed(2), ItemLayout.Extended(), Subfields(1, 1, 1, 1, 2, 1, 1, 1, 1, 1),
        ItemLayout.Fixed(1), ItemLayout.Compound([.. Enumerable.Repeat(ItemLayout.Fixed(1), 31)]), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2), ItemLayout.Fixed(2), FlightPlan,
        ItemLayout.Extended(), ItemLayout.Fixed(1), Subfields(1, 4, 6, 2, 2, 1, 1), ItemLayout.Fixed(2), ItemLayout.Extended(octetsOfPart: 3), EstimatedAccuracies, Subfields(2, 4, 2, 2, 2, 1),
        null, null, null, null, null, ItemLayout.Explicit, ItemLayout.Explicit,
    ];

    /// <inheritdoc/>
    public override bool IsPlausible(AsterixRecord record) =>
        AsterixValues.IsTimeOrAbsent(record[TimeOfTrack])
        && (record[Position] is not { IsEmpty: false } place || AsterixValues.IsPlace(AsterixValues.Int32(place), AsterixValues.Int32(place[4..]), PositionPower));

    /// <inheritdoc/>
    public override void Read(AsterixRecord record, AsterixReport report)
    {
        if (record[TrackStatus] is { Length: > 1 } status && (status[1] & 0x80) != 0)
            report.Refuse(AsterixRefusals.NotAnAircraft, "a simulated track", "an aircraft");
        if (record[TimeOfTrack] is { IsEmpty: false } time) report.TimeOfDay = AsterixValues.TimeOfDay(time);
        if (record[Position] is { IsEmpty: false } place) report.SetPlace(AsterixValues.Int32(place), AsterixValues.Int32(place[4..]), PositionPower);
        if (record[TrackNumber] is { IsEmpty: false } number) report.TrackNumber = AsterixValues.UInt16(number);
        if (record[Velocity] is { IsEmpty: false } velocity)
            report.GroundSpeed = Deterministic.Hypot(AsterixValues.Int16(velocity), AsterixValues.Int16(velocity[2..])) * MetresPerSecondOfVelocityUnit;
        ReadHeight(record, report);
        ReadAircraft(record, report);
        ReadUncertainty(EstimatedAccuracies.Subfield(record[Accuracy], AccuracyOfPosition), report);
    }

    /// <summary>The level that was measured, else the barometric height of the track, else its geometric height.</summary>
    private static void ReadHeight(AsterixRecord record, AsterixReport report)
    {
        if (record[MeasuredLevel] is { IsEmpty: false } level)
        {
            report.SetHeight(AsterixValues.Int16(level) * AsterixValues.QuarterLevelUnits, HeightReference.Pressure);
        }
        else if (record[BarometricHeight] is { IsEmpty: false } barometric)
        {
            var isCorrected = (barometric[0] & 0x80) != 0;
            var value = AsterixValues.Signed(AsterixValues.UInt16(barometric), BarometricBits);
            report.SetHeight(value * AsterixValues.QuarterLevelUnits, isCorrected ? HeightReference.SeaLevel : HeightReference.Pressure);
        }
        else if (record[GeometricHeight] is { IsEmpty: false } height)
        {
            report.SetHeight(AsterixValues.Int16(height) * GeometricHeightUnits, HeightReference.Ellipsoid);
        }
    }

    private static void ReadAircraft(AsterixRecord record, AsterixReport report)
    {
        var derived = record[AircraftDerived];
        if (DerivedData.Subfield(derived, DerivedAddress) is { IsEmpty: false } address) report.Address = AsterixValues.UInt24(address);
        if (DerivedData.Subfield(derived, DerivedIdentification) is { IsEmpty: false } sent)
            report.Callsign = AsterixValues.Identification(sent, report.Identifiers);
        if (report.Callsign is null && record[Identification] is { IsEmpty: false } name)
            report.Callsign = AsterixValues.Identification(name[1..], report.Identifiers);
        report.OnGround = AsterixValues.IsOnGround(DerivedData.Subfield(derived, DerivedCommunications));
    }

    /// <summary>Twice the root of the sum of both variances: the true place lies within in at least 95 of 100 cases.</summary>
    private static void ReadUncertainty(ReadOnlySpan<byte> deviations, AsterixReport report)
    {
        if (deviations.IsEmpty) return;
        report.SetUncertainty(2 * MetresOfAccuracyUnit * Deterministic.Hypot(AsterixValues.UInt16(deviations), AsterixValues.UInt16(deviations[2..])));
    }

    private static ItemLayout Subfields(params int[] octets) => ItemLayout.Compound([.. octets.Select(ItemLayout.Fixed)]);
}
