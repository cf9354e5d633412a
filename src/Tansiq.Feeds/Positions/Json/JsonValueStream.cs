using System.Buffers;
using System.Text;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Json;

/// <summary>Takes JSON texts apart value by value, holding one value at a time.</summary>
/// <remarks>
/// A value is told by its brackets and quotes alone, so that one that is not well formed does not take the next with it;
/// what lies inside is not checked here. Used by one thread.
/// </remarks>
internal sealed class JsonValueStream(FeedInput input, int maximumValueBytes)
{
    /// <summary>The most white space between two values.</summary>
    public const int MaximumSpaceBytes = 64 * 1024;

    private const int FirstBufferBytes = 64 * 1024;

    // What stands before a text of a JSON text sequence (RFC 7464).
    private const byte RecordSeparator = 0x1e;

    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create("\",:]} \t\r\n\u001e"u8);
    private static readonly SearchValues<byte> InText = SearchValues.Create("\"\\"u8);

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private bool _isBegun;

    /// <summary>Why the input cannot be read on, or null. Its place is left to the caller.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>The value that was taken last; good until the next call.</summary>
    public ReadOnlySpan<byte> Value => _buffer.AsSpan(_valueStart, _valueLength);

    private int _valueStart;
    private int _valueLength;

    /// <summary>Looks whether another text begins; false at the input's end or after a failure.</summary>
    public bool TryFindText()
    {
        if (!_isBegun)
        {
            _isBegun = true;
            while (_end < Encoding.UTF8.Preamble.Length && Fill())
            {
            }

            if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble)) _start = Encoding.UTF8.Preamble.Length;
        }

        return Failure is null && TrySkipSpace(out _, endIsGood: true, separators: true);
    }

    /// <summary>The next byte after white space, without taking it; false (a failure) where the input ends.</summary>
    public bool TryPeek(out byte next) => TrySkipSpace(out next, endIsGood: false, separators: false);

    /// <summary>Takes a byte after white space if it is the one; false where it is another, or on failure.</summary>
    public bool TryTake(byte expected)
    {
        if (!TryPeek(out var next) || next != expected) return false;
        _start++;
        return true;
    }

    /// <summary>Takes the byte that must stand here; anything else is a failure.</summary>
    public bool Require(byte expected) => TryTake(expected) || Fail(FeedRefusals.MalformedDocument, ShowNext(), $"'{(char)expected}'");

    /// <summary>Takes one value, which is then <see cref="Value"/>; false on failure.</summary>
    public bool TryTakeValue()
    {
        if (!TryPeek(out _)) return false;
        var scan = default(Scan);
        while (!TryFindEnd(ref scan))
        {
            if (_end - _start > maximumValueBytes) return TooLong();
            if (Fill()) continue;
            return Fail(FeedRefusals.Truncated, "the end", "the end of the value");
        }

        if (scan.Position == 0) return Fail(FeedRefusals.MalformedDocument, ShowNext(), "a JSON value");
        if (scan.Position > maximumValueBytes) return TooLong();
        _valueStart = _start;
        _valueLength = scan.Position;
        _start += scan.Position;
        return true;
    }

    /// <summary>Keeps the first failure; the input's own goes before it.</summary>
    public bool Fail(string code, string found, string expected)
    {
        Failure ??= input.Failure ?? new(code, "", found, expected);
        return false;
    }

    /// <summary>The next bytes as a refusal shows them.</summary>
    public string ShowNext() => FeedRefusals.Show(_buffer.AsSpan(_start, Math.Min(20, _end - _start)));

    /// <summary>Looks on from where the scan stands; false where more bytes are needed.</summary>
    private bool TryFindEnd(ref Scan scan)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        while (scan.Position < bytes.Length)
        {
            if (scan.IsInText ? !TryLeaveText(bytes, ref scan) : !TryFindNext(bytes, ref scan)) return false;
            if (scan.IsDone) return true;
        }

        return false;
    }

    private static bool TryLeaveText(ReadOnlySpan<byte> bytes, ref Scan scan)
    {
        var rest = bytes[scan.Position..];
        var at = rest.IndexOfAny(InText);
        if (at < 0 || rest[at] == (byte)'\\' && at + 1 == rest.Length)
        {
            scan.Position += at < 0 ? rest.Length : at;
            return false;
        }

        scan.IsInText = rest[at] == (byte)'\\';
        scan.Position += at + (scan.IsInText ? 2 : 1);
        scan.IsDone = !scan.IsInText && scan.Depth == 0;
        return true;
    }

    private static bool TryFindNext(ReadOnlySpan<byte> bytes, ref Scan scan)
    {
        var rest = bytes[scan.Position..];
        if (scan.Position == 0) scan.IsScalar = rest[0] is not ((byte)'{' or (byte)'[' or (byte)'"');
        var next = rest.IndexOfAny(scan.IsScalar ? ScalarEnd : Structural);
        scan.Position += next < 0 ? rest.Length : next;
        if (next < 0) return false;
        scan.IsDone = scan.IsScalar;
        if (scan.IsScalar) return true;
        scan.Position++;
        scan.IsInText = rest[next] == (byte)'"';
        if (scan.IsInText) return true;
        scan.Depth += rest[next] is (byte)'{' or (byte)'[' ? 1 : -1;
        scan.IsDone = scan.Depth == 0;
        return true;
    }

    private bool TrySkipSpace(out byte next, bool endIsGood, bool separators)
    {
        next = 0;
        if (Failure is not null) return false;
        var skipped = 0;
        while (true)
        {
            for (; _start < _end; _start++, skipped++)
            {
                next = _buffer[_start];
                var isSpace = next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' || separators && next == RecordSeparator;
                if (!isSpace) return true;
            }

            if (skipped > MaximumSpaceBytes)
                return Fail(FeedRefusals.MalformedDocument, "white space", FeedRefusals.Invariant($"at most {MaximumSpaceBytes} bytes of it"));
            if (Fill()) continue;
            if (endIsGood && input.Failure is null) return false;
            return Fail(FeedRefusals.Truncated, "the end", "more of the JSON text");
        }
    }

    /// <summary>Reads on; what was not yet taken moves to the buffer's start, and the buffer grows where it is full.</summary>
    private bool Fill()
    {
        var held = _buffer.AsSpan(_start, _end - _start);
        if (held.Length == _buffer.Length)
        {
            var larger = new byte[(int)Math.Min(2L * _buffer.Length, 2L * maximumValueBytes + FirstBufferBytes)];
            held.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            held.CopyTo(_buffer);
        }

        _end -= _start;
        _start = 0;
        var count = input.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }

    private bool TooLong() => Fail(FeedRefusals.ItemTooLong, "a longer value", FeedRefusals.Invariant($"at most {maximumValueBytes} bytes"));

    private struct Scan
    {
        public int Position;
        public int Depth;
        public bool IsInText;
        public bool IsScalar;
        public bool IsDone;
    }
}
