using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>What <see cref="CsvLines.Next"/> found.</summary>
internal enum LineOutcome
{
    /// <summary>The end of the input, or a failure.</summary>
    End = 0,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A line that is too long and was passed over.</summary>
    TooLong,
}

/// <summary>Gives the lines of an input in a buffer of fixed size, without their ends (LF or CR LF).</summary>
internal sealed class CsvLines(FeedInput input, int maximumLineBytes, int maximumPassedOverBytes)
{
    // Room for a line of the greatest length with its end, and a read of some size beyond.
    private readonly byte[] _buffer = new byte[2 * maximumLineBytes + 2];
    private int _start;
    private int _end;
    private int _lineLength;

    /// <summary>Why the input cannot be read on, or null.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>The number of the line that was found last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line; good until the next call of <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_start, _lineLength).TrimEnd((byte)'\r');

    /// <summary>Goes to the next line.</summary>
    public LineOutcome Next()
    {
        _start = Math.Min(_start + _lineLength + (Number == 0 ? 0 : 1), _end);
        _lineLength = 0;
        if (Failure is not null) return LineOutcome.End;
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0) return Found(searched + newline);
            searched = _end - _start;
            if (searched > maximumLineBytes + 1) return PassOver();
            if (Fill()) continue;
            Failure = input.Failure;
            return searched == 0 || Failure is not null ? LineOutcome.End : Found(searched);
        }
    }

    private LineOutcome Found(int length)
    {
        Number++;
        _lineLength = length;
        return Current.Length > maximumLineBytes ? LineOutcome.TooLong : LineOutcome.Line;
    }

    /// <summary>Looks for the end of a line that is too long, holding none of it.</summary>
    private LineOutcome PassOver()
    {
        Number++;
        var passedOver = 0;
        while (passedOver <= maximumPassedOverBytes)
        {
            passedOver += _end - _start;
            _start = _end = 0;
            if (!Fill())
            {
                Failure = input.Failure;
                return LineOutcome.TooLong;
            }

            var newline = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            if (newline < 0) continue;
            _start = newline;
            return LineOutcome.TooLong;
        }

        Failure = new(
            FeedRefusals.EndlessLine, new RecordPlace(RecordKind.Line, Number).ToString(), "a line without end",
            FeedRefusals.Invariant($"at most {maximumLineBytes} bytes"));
        return LineOutcome.End;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var count = input.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
