using System.Buffers;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>Finds the times in a JSON array of positions without taking it apart.</summary>
/// <remarks>
/// What stands after any <c>"timestamp":</c> or <c>"time":</c> is taken for a time, wherever it is: there may be too many, never
/// too few. An input with a backslash (names can be written with escapes) or with a long value is not judged.
/// </remarks>
internal static class JsonTimeScan
{
    private const int BufferBytes = 64 * 1024;

    // A name, white space and a value of a usual length; with less left in the buffer more is read first.
    private const int LongestBytes = 128;

    private static readonly SearchValues<byte> NumberEnd = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>Reads the input to its end.</summary>
    public static TimeSpread? Scan(FeedInput input)
    {
        var spread = new TimeSpread();
        var buffer = new byte[BufferBytes];
        var kept = 0;
        while (input.Read(buffer.AsSpan(kept)) is > 0 and var count)
        {
            if (buffer.AsSpan(kept, count).Contains((byte)'\\')) return null;
            var end = kept + count;
            if (!TryTakeAll(buffer.AsSpan(0, end), isLast: false, ref spread, out var taken)) return null;
            kept = end - taken;
            buffer.AsSpan(taken, kept).CopyTo(buffer);
        }

        return TryTakeAll(buffer.AsSpan(0, kept), isLast: true, ref spread, out _) ? spread : null;
    }

    /// <summary>Takes the times that stand wholly in the bytes; false where one cannot be judged.</summary>
    private static bool TryTakeAll(ReadOnlySpan<byte> bytes, bool isLast, ref TimeSpread spread, out int taken)
    {
        taken = 0;
        while (bytes[taken..].IndexOf("\"time"u8) is >= 0 and var found)
        {
            taken += found;
            if (!isLast && bytes.Length - taken < LongestBytes) return true;
            var isToEnd = bytes.Length - taken <= LongestBytes;
            if (!TryTake(isToEnd ? bytes[taken..] : bytes.Slice(taken, LongestBytes), isLast && isToEnd, ref spread)) return false;
            taken++;
        }

        taken = Math.Max(taken, bytes.Length - "\"time".Length);
        return true;
    }

    private static bool TryTake(ReadOnlySpan<byte> bytes, bool isLast, ref TimeSpread spread)
    {
        var isMilliseconds = bytes.StartsWith("\"timestamp\""u8);
        if (!isMilliseconds && !bytes.StartsWith("\"time\""u8)) return true;
        var rest = bytes[(isMilliseconds ? "\"timestamp\"".Length : "\"time\"".Length)..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty) return isLast;
        if (rest[0] != (byte)':') return true;
        rest = rest[1..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty) return isLast;
        var isText = rest[0] == (byte)'"';
        if (isText) rest = rest[1..];
        var end = isText ? rest.IndexOf((byte)'"') : rest.IndexOfAny(NumberEnd);
        if (end < 0) return isLast;
        var value = rest[..end];
        var at = isText ? ReportTime.FromIso(value) : isMilliseconds ? ReportTime.FromMilliseconds(value) : ReportTime.FromSeconds(value);
        if (at is { } time && ReportTime.IsInRange(time)) spread.Add(TimeSpread.Nanoseconds(time));
        return true;
    }
}
