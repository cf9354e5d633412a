using System.Buffers.Binary;
using NodaTime;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>Values as items hold them: big-endian, two's complement, scaled by powers of two.</summary>
internal static class AsterixValues
{
    /// <summary>Units of a time of day in a second.</summary>
    public const int TimeUnitsPerSecond = 128;

    /// <summary>A quarter of a flight level, 25 ft, in units of height.</summary>
    public const long QuarterLevelUnits = 25 * Height.UnitsPerFoot;

    // 2⁻¹⁴ nautical miles a second.
    private const double MetresPerSecondOfSpeedUnit = 1852.0 / 16_384;

    private const long HalfTurnE7 = GeoPoint.HalfTurnE7;
    private const int CharactersOfIdentification = 8;

    /// <summary>An unsigned number of two octets.</summary>
    public static int UInt16(ReadOnlySpan<byte> octets) => BinaryPrimitives.ReadUInt16BigEndian(octets);

    /// <summary>A signed number of two octets.</summary>
    public static int Int16(ReadOnlySpan<byte> octets) => BinaryPrimitives.ReadInt16BigEndian(octets);

    /// <summary>An unsigned number of three octets.</summary>
    public static int UInt24(ReadOnlySpan<byte> octets) => octets[0] << 16 | octets[1] << 8 | octets[2];

    /// <summary>A signed number of three octets.</summary>
    public static int Int24(ReadOnlySpan<byte> octets) => unchecked((sbyte)octets[0]) * 65_536 | octets[1] << 8 | octets[2];

    /// <summary>A signed number of four octets.</summary>
    public static int Int32(ReadOnlySpan<byte> octets) => BinaryPrimitives.ReadInt32BigEndian(octets);

    /// <summary>The lowest bits of a number as a signed number.</summary>
    public static int Signed(int value, int bits)
    {
        var range = 1 << bits;
        var lowest = value & range - 1;
        return lowest >= range / 2 ? lowest - range : lowest;
    }

    /// <summary>An angle in units of 180°/2ⁿ, in units of 10⁻⁷ degree, ties to even; exact before that.</summary>
    public static long AngleE7(int value, int powerOfTwo)
    {
        var scaled = value * HalfTurnE7;
        var whole = scaled >> powerOfTwo;
        var rest = scaled - (whole << powerOfTwo);
        var half = 1L << powerOfTwo - 1;
        return rest > half || rest == half && (whole & 1) != 0 ? whole + 1 : whole;
    }

    /// <summary>Whether a latitude and a longitude in units of 180°/2ⁿ are a place.</summary>
    public static bool IsPlace(int latitude, int longitude, int powerOfTwo) =>
        Math.Abs((long)latitude) <= 1L << powerOfTwo - 1 && Math.Abs((long)longitude) <= 1L << powerOfTwo;

    /// <summary>Whether an item is absent or holds a time of day.</summary>
    public static bool IsTimeOrAbsent(ReadOnlySpan<byte> item) => item.IsEmpty || TimeOfDay(item) < DayResolver.EndOfTimes;

    /// <summary>The time of day of an item of three octets.</summary>
    public static Duration TimeOfDay(ReadOnlySpan<byte> octets) =>
        Duration.FromNanoseconds(UInt24(octets) * (NodaConstants.NanosecondsPerSecond / TimeUnitsPerSecond));

    /// <summary>A speed over ground in metres a second, of 2⁻¹⁴ nautical miles a second.</summary>
    public static double Speed(int value) => value * MetresPerSecondOfSpeedUnit;

    /// <summary>Eight characters of six bits (ICAO Annex 10, volume IV, table 3-8) without padding; null where one is none of them or all are blank.</summary>
    public static string? Identification(ReadOnlySpan<byte> octets, IdentifierCache identifiers)
    {
        Span<byte> characters = stackalloc byte[CharactersOfIdentification];
        for (var index = 0; index < CharactersOfIdentification; index++)
        {
            var bit = index * 6;
            var pair = octets[bit / 8] << 8 | (bit / 8 + 1 < octets.Length ? octets[bit / 8 + 1] : 0);
            var character = Character(pair >> 10 - bit % 8 & 0x3f);
            if (character == 0) return null;
            characters[index] = character;
        }

        var trimmed = characters.Trim((byte)' ');
        return trimmed.IsEmpty ? null : identifiers.AsWritten(trimmed);
    }

    /// <summary>Whether a transponder says that it is on the ground (flight status, ICAO Annex 10, volume IV, 3.1.2.6.5.1); null where it does not say.</summary>
    /// <param name="communications">The item: COM in the first three bits, STAT in the next three.</param>
    public static bool? IsOnGround(ReadOnlySpan<byte> communications)
    {
        if (communications.IsEmpty) return null;
        return (communications[0] >> 2 & 7) switch
        {
            0 or 2 => false,
            1 or 3 => true,
            _ => null,
        };
    }

    private static byte Character(int code) => code switch
    {
        >= 1 and <= 26 => (byte)('A' + code - 1),
        32 => (byte)' ',
        >= 48 and <= 57 => (byte)('0' + code - 48),
        _ => 0,
    };
}
