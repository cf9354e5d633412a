using System.Buffers;
using System.Text;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Finds the items of a JSON array one after the other in a buffer of fixed size.</summary>
/// <remarks>
/// An item is told apart by its brackets and quotes alone, so that one that is not well formed does not take the next
/// with it. Nothing of what lies inside is checked here.
/// </remarks>
internal sealed class JsonArrayItems(FeedInput input, int maximumItemBytes)
{
    /// <summary>The most white space between two items.</summary>
    public const int MaximumSpaceBytes = 64 * 1024;

    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create("\",]} \t\r\n"u8);
    private static readonly SearchValues<byte> InText = SearchValues.Create("\"\\"u8);

    // Room for an item of the greatest length, the byte after it, and a read of some size beyond.
    private readonly byte[] _buffer = new byte[2 * maximumItemBytes + 2];
    private int _start;
    private int _end;
    private int _itemLength;
    private bool _isOpen;
    private bool _isDone;

    /// <summary>Why the array cannot be read on, or null.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>The number of the item that <see cref="Current"/> gives, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The bytes of the item; good until the next call of <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_start, _itemLength);

    /// <summary>Goes to the next item; false at the array's end or where <see cref="Failure"/> is set.</summary>
    public bool MoveNext()
    {
        _start += _itemLength;
        _itemLength = 0;
        if (_isDone || Failure is not null) return false;
        if (!_isOpen) return Open() && FindItem();
        if (!TrySkipSpace(out var separator)) return false;
        switch (separator)
        {
            case (byte)',':
                _start++;
                return TrySkipSpace(out _) && FindItem();
            case (byte)']':
                return Close();
            default:
                return Fail(FeedRefusals.MalformedArray, ShowNext(), "',' or ']'");
        }
    }

    private bool Open()
    {
        while (_end < Encoding.UTF8.Preamble.Length && Fill())
        {
        }

        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble)) _start = Encoding.UTF8.Preamble.Length;
        if (!TrySkipSpace(out var bracket)) return false;
        if (bracket != (byte)'[')
            return Fail(FeedRefusals.MalformedArray, ShowNext(), "a JSON array");
        _isOpen = true;
        _start++;
        return TrySkipSpace(out var first) && (first != (byte)']' || Close());
    }

    private bool Close()
    {
        _start++;
        _isDone = true;
        if (TrySkipSpace(out _, endIsGood: true))
            return Fail(FeedRefusals.MalformedArray, ShowNext(), "nothing after the array");
        return false;
    }

    private bool FindItem()
    {
        if (_isDone) return false;
        Number++;
        var scan = default(Scan);
        while (true)
        {
            if (TryFindEnd(ref scan))
            {
                if (scan.Position == 0) return Fail(FeedRefusals.MalformedArray, "no item", "a JSON value");
                if (scan.Position > maximumItemBytes) return TooLong();
                _itemLength = scan.Position;
                return true;
            }

            if (_end - _start > maximumItemBytes) return TooLong();
            if (!Fill()) return Fail(FeedRefusals.Truncated, "the end", "the end of the item and ']'");
        }
    }

    /// <summary>Looks on from where the scan stands; false where more bytes are needed.</summary>
    private bool TryFindEnd(ref Scan scan)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        while (scan.Position < bytes.Length)
        {
            var rest = bytes[scan.Position..];
            if (scan.IsInText)
            {
                var at = rest.IndexOfAny(InText);
                if (at < 0 || rest[at] == (byte)'\\' && at + 1 == rest.Length)
                {
                    scan.Position += at < 0 ? rest.Length : at;
                    return false;
                }

                scan.IsInText = rest[at] == (byte)'\\';
                scan.Position += at + (scan.IsInText ? 2 : 1);
                if (!scan.IsInText && scan.Depth == 0) return true;
                continue;
            }

            if (scan.Position == 0) scan.IsScalar = rest[0] is not ((byte)'{' or (byte)'[' or (byte)'"');
            var next = rest.IndexOfAny(scan.IsScalar ? ScalarEnd : Structural);
            if (next < 0)
            {
                scan.Position = bytes.Length;
                return false;
            }

            if (scan.IsScalar)
            {
                scan.Position += next;
                return true;
            }

            scan.Position += next + 1;
            switch (rest[next])
            {
                case (byte)'"':
                    scan.IsInText = true;
                    break;
                case (byte)'{' or (byte)'[':
                    scan.Depth++;
                    break;
                default:
                    scan.Depth--;
                    if (scan.Depth == 0) return true;
                    break;
            }
        }

        return false;
    }

    private bool TrySkipSpace(out byte next, bool endIsGood = false)
    {
        next = 0;
        var skipped = 0;
        while (true)
        {
            for (; _start < _end; _start++, skipped++)
            {
                next = _buffer[_start];
                if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) return true;
            }

            if (skipped > MaximumSpaceBytes)
                return Fail(FeedRefusals.MalformedArray, "white space", FeedRefusals.Invariant($"at most {MaximumSpaceBytes} bytes of it"));
            if (Fill()) continue;
            if (endIsGood && input.Failure is null) return false;
            return Fail(FeedRefusals.Truncated, "the end", "',' or ']'");
        }
    }

    /// <summary>Reads on; what was not yet taken moves to the buffer's start.</summary>
    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var count = input.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }

    private string ShowNext() => FeedRefusals.Show(_buffer.AsSpan(_start, Math.Min(20, _end - _start)));

    private bool TooLong() => Fail(FeedRefusals.ItemTooLong, "a longer item", FeedRefusals.Invariant($"at most {maximumItemBytes} bytes"));

    private bool Fail(string code, string found, string expected)
    {
        Failure ??= input.Failure ?? new(code, new RecordPlace(RecordKind.Item, Math.Max(Number, 1)).ToString(), found, expected);
        return false;
    }

    private struct Scan
    {
        public int Position;
        public int Depth;
        public bool IsInText;
        public bool IsScalar;
    }
}
