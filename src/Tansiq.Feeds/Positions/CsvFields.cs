namespace Tansiq.Feeds.Positions;

/// <summary>Splits one line into its fields after RFC 4180; a quoted field may not go on in the next line.</summary>
internal sealed class CsvFields
{
    /// <summary>The most fields of a line.</summary>
    public const int MaximumFields = 256;

    // Where each field ends, in the line or among what was unquoted; there one byte is left between two, as in the line.
    private readonly int[] _ends = new int[MaximumFields];
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
        var start = index == 0 ? 0 : _ends[index - 1] + 1;
        return _isUnquoted ? _unquoted.AsSpan(start, _ends[index] - start) : line[start.._ends[index]];
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
        var commas = Commas.Find(line, _ends);
        if (commas == MaximumFields) return false;
        _ends[commas] = line.Length;
        Count = commas + 1;
        return true;
    }

    private bool SplitQuoted(ReadOnlySpan<byte> line)
    {
        _unquotedLength = 0;
        while (Count < MaximumFields)
        {
            var isQuoted = !line.IsEmpty && line[0] == (byte)'"';
            if (isQuoted ? !TakeQuoted(ref line) : !TakePlain(ref line)) return false;
            _ends[Count++] = _unquotedLength++;
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
