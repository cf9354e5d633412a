using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tansiq.Feeds.Positions;

/// <summary>Splits one line into its fields after RFC 4180; a quoted field may not go on in the next line.</summary>
internal sealed class CsvFields
{
    /// <summary>The most fields of a line.</summary>
    public const int MaximumFields = 256;

    private readonly (int Start, int End)[] _ranges = new (int, int)[MaximumFields];
    private readonly byte[] _unquoted;
    private int _unquotedLength;
    private bool _isUnquoted;

    /// <summary>Creates a splitter for lines of at most that many bytes.</summary>
    public CsvFields(int maximumLineBytes) => _unquoted = new byte[maximumLineBytes];

    /// <summary>How many fields the last line had.</summary>
    public int Count { get; private set; }

    /// <summary>A field of the line that was split last, without its quotes.</summary>
    /// <param name="line">That line.</param>
    /// <param name="index">The field's number, from 0.</param>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line, int index)
    {
        var (start, end) = _ranges[index];
        return _isUnquoted ? _unquoted.AsSpan(start, end - start) : line[start..end];
    }

    /// <summary>Splits a line; false where quotes do not match or there are too many fields.</summary>
    public bool Split(ReadOnlySpan<byte> line)
    {
        Count = 0;
        _isUnquoted = line.Contains((byte)'"');
        return _isUnquoted ? SplitQuoted(line) : SplitPlain(line);
    }

    private bool SplitPlain(ReadOnlySpan<byte> line)
    {
        var start = 0;
        var position = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var comma = Vector256.Create((byte)',');
            ref var first = ref MemoryMarshal.GetReference(line);
            for (; position + Vector256<byte>.Count <= line.Length; position += Vector256<byte>.Count)
            {
                var commas = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)position), comma).ExtractMostSignificantBits();
                for (; commas != 0; commas &= commas - 1)
                {
                    if (!TryAdd(start, position + BitOperations.TrailingZeroCount(commas))) return false;
                    start = _ranges[Count - 1].End + 1;
                }
            }
        }

        for (; position < line.Length; position++)
        {
            if (line[position] != (byte)',') continue;
            if (!TryAdd(start, position)) return false;
            start = position + 1;
        }

        return TryAdd(start, line.Length);
    }

    private bool TryAdd(int start, int end)
    {
        if (Count == MaximumFields) return false;
        _ranges[Count++] = (start, end);
        return true;
    }

    private bool SplitQuoted(ReadOnlySpan<byte> line)
    {
        _unquotedLength = 0;
        while (true)
        {
            var start = _unquotedLength;
            var isQuoted = !line.IsEmpty && line[0] == (byte)'"';
            if (isQuoted ? !TakeQuoted(ref line) : !TakePlain(ref line)) return false;
            if (!TryAdd(start, _unquotedLength)) return false;
            if (line.IsEmpty) return true;
            line = line[1..];
        }
    }

    /// <summary>Takes up to the comma, which stays; a quote inside a plain field is not allowed.</summary>
    private bool TakePlain(ref ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)',', (byte)'"');
        if (end >= 0 && line[end] == (byte)'"') return false;
        Keep(end < 0 ? line : line[..end]);
        line = end < 0 ? default : line[end..];
        return true;
    }

    /// <summary>Takes up to the closing quote; two quotes inside are one.</summary>
    private bool TakeQuoted(ref ReadOnlySpan<byte> line)
    {
        line = line[1..];
        while (true)
        {
            var quote = line.IndexOf((byte)'"');
            if (quote < 0) return false;
            Keep(line[..quote]);
            line = line[(quote + 1)..];
            if (line.IsEmpty || line[0] == (byte)',') return true;
            if (line[0] != (byte)'"') return false;
            Keep(line[..1]);
            line = line[1..];
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_unquoted.AsSpan(_unquotedLength));
        _unquotedLength += bytes.Length;
    }
}
