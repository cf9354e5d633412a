namespace Tansiq.Feeds.Positions;

/// <summary>Splits one line into its fields after RFC 4180; a quoted field may not go on in the next line.</summary>
internal sealed class CsvFields
{
    /// <summary>The most fields of a line.</summary>
    public const int MaximumFields = 256;

    private readonly Range[] _ranges = new Range[MaximumFields];
    private readonly byte[] _unquoted;
    private int _unquotedLength;

    /// <summary>Creates a splitter for lines of at most that many bytes.</summary>
    public CsvFields(int maximumLineBytes) => _unquoted = new byte[maximumLineBytes];

    /// <summary>How many fields the last line had.</summary>
    public int Count { get; private set; }

    /// <summary>A field of the last line, without its quotes.</summary>
    public ReadOnlySpan<byte> this[int index] => _unquoted.AsSpan(_ranges[index]);

    /// <summary>Splits a line; false where quotes do not match or there are too many fields.</summary>
    public bool Split(ReadOnlySpan<byte> line)
    {
        Count = 0;
        _unquotedLength = 0;
        while (Count < MaximumFields)
        {
            var start = _unquotedLength;
            var isQuoted = !line.IsEmpty && line[0] == (byte)'"';
            if (isQuoted ? !TakeQuoted(ref line) : !TakePlain(ref line)) return false;
            _ranges[Count++] = start.._unquotedLength;
            if (line.IsEmpty) return true;
            line = line[1..];
        }

        return false;
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
