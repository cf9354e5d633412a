using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using NodaTime;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>
/// Reads what <see cref="SnapshotWriter"/> wrote. What is not as it should be breaks the cursor: from then on everything is
/// zero and empty, and the reader looks at <see cref="IsBroken"/> before it uses or repeats anything.
/// </summary>
internal ref struct SnapshotCursor(ReadOnlySpan<byte> bytes)
{
    private const int ContinuationBit = 0x80;
    private const int GreatestShift = 56;

    private static readonly int FirstDay = (NodaTime.Instant.MinValue - NodaConstants.UnixEpoch).Days;
    private static readonly int LastDay = (NodaTime.Instant.MaxValue - NodaConstants.UnixEpoch).Days;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether something was not as it should be.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>That something was not as it should be.</summary>
    public void Break()
    {
        IsBroken = true;
        _rest = [];
    }

    /// <summary>Breaks the cursor where a condition does not hold.</summary>
    public void Require(bool condition)
    {
        if (!condition) Break();
    }

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            Break();
            return 0;
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>One of the values of an enumeration, numbered from 0.</summary>
    /// <param name="greatest">The greatest number.</param>
    public int Choice(int greatest)
    {
        var value = Byte();
        if (value <= greatest) return value;
        Break();
        return 0;
    }

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A count or a number, 0 to a greatest one.</summary>
    public int Number(int greatest)
    {
        long value = 0;
        for (var shift = 0; shift <= GreatestShift; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & (ContinuationBit - 1)) << shift;
            if ((part & ContinuationBit) != 0) continue;
            if (value <= greatest) return (int)value;
            break;
        }

        Break();
        return 0;
    }

    /// <summary>The number of one of so many things.</summary>
    public int NumberBelow(int count)
    {
        var number = Number(int.MaxValue);
        if (number < count) return number;
        Break();
        return 0;
    }

    /// <summary>How many things follow, each of which takes some bytes at least: never more than there is room for.</summary>
    /// <param name="greatest">The most that are taken.</param>
    /// <param name="leastBytesEach">The least that each takes.</param>
    public int Count(int greatest, int leastBytesEach)
    {
        var count = Number(greatest);
        if (count <= _rest.Length / leastBytesEach) return count;
        Break();
        return 0;
    }

    public Instant Instant()
    {
        var (days, nanoseconds) = (Int32(), Int64());
        if (days >= FirstDay && days <= LastDay && nanoseconds is >= 0 and < NodaConstants.NanosecondsPerDay)
            return NodaConstants.UnixEpoch + Duration.FromDays(days) + Duration.FromNanoseconds(nanoseconds);
        Break();
        return NodaConstants.UnixEpoch;
    }

    public string Text(int greatestBytes)
    {
        var length = Number(greatestBytes);
        return Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>The next bytes; zeros where there are not so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) return Missing(count);
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ReadOnlySpan<byte> Missing(int count)
    {
        Break();
        return new byte[count];
    }
}
