using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.CursorOnTarget;

/// <summary>Finds the events in a stream of them, one after the other, in a buffer of bounded size.</summary>
/// <remarks>
/// An event is told by its tags alone, so that one that is not well formed does not take the next with it. What stands
/// between events (declarations, comments, an element around them) is passed over; a document type is refused.
/// </remarks>
internal sealed class EventItems(FeedInput input, int maximumEventBytes)
{
    /// <summary>The most bytes between two events.</summary>
    public const int MaximumBetweenBytes = 1024 * 1024;

    private const int BufferBytes = 16 * 1024;

    // That of a document type.
    private const int LongestMark = 9;

    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private int _length;

    private enum Mark
    {
        Event = 0,
        Comment,
        CommentEnd,
        DocumentType,
    }

    private static ReadOnlySpan<byte> Opening => "<event"u8;

    private static ReadOnlySpan<byte> Closing => "</event"u8;

    /// <summary>Why the stream cannot be read on, or null. Its place is left to the caller.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>The event; good until the next call of <see cref="MoveNext"/>.</summary>
    public ReadOnlyMemory<byte> Current => _buffer.AsMemory(_start, _length);

    /// <summary>Goes to the next event; false at the end or where <see cref="Failure"/> is set.</summary>
    public bool MoveNext()
    {
        _start += _length;
        _length = 0;
        return Failure is null && FindStart() && FindEnd();
    }

    private bool FindStart()
    {
        var passedOver = 0;
        var isInComment = false;
        while (true)
        {
            var bytes = _buffer.AsSpan(_start, _end - _start);
            var (mark, at) = isInComment ? (Mark.CommentEnd, bytes.IndexOf("-->"u8)) : FirstMark(bytes);
            if (at >= 0 && mark == Mark.DocumentType) return Fail(FeedRefusals.MalformedDocument, "a document type", "events without one");

            // What may be the beginning of a mark stays.
            var passed = at >= 0 ? at : bytes.Length - Math.Min(bytes.Length, LongestMark);
            passedOver += passed;
            _start += passed;
            if (at >= 0 && mark == Mark.Event) return true;
            if (passedOver > MaximumBetweenBytes) return Fail(FeedRefusals.MalformedDocument, "no event", FeedRefusals.Invariant($"one within {MaximumBetweenBytes} bytes"));
            if (at >= 0)
            {
                isInComment = mark == Mark.Comment;
                _start += isInComment ? "<!--"u8.Length : "-->"u8.Length;
                continue;
            }

            if (Fill()) continue;
            Failure = input.Failure;
            return false;
        }
    }

    /// <summary>The first mark outside a comment, and where it is; −1 where there is none.</summary>
    private static (Mark Mark, int At) FirstMark(ReadOnlySpan<byte> bytes)
    {
        var first = (Mark.Event, At: IndexOfTag(bytes, Opening));
        var before = first.At < 0 ? bytes : bytes[..first.At];
        var comment = before.IndexOf("<!--"u8);
        if (comment >= 0) first = (Mark.Comment, comment);
        var type = (comment < 0 ? before : before[..comment]).IndexOf("<!DOCTYPE"u8);
        return type < 0 ? first : (Mark.DocumentType, type);
    }

    private bool FindEnd()
    {
        while (true)
        {
            var bytes = _buffer.AsSpan(_start, _end - _start);
            _length = LengthOf(bytes);
            if (_length > 0) return true;
            if (bytes.Length > maximumEventBytes) return Fail(FeedRefusals.ItemTooLong, "a longer event", FeedRefusals.Invariant($"at most {maximumEventBytes} bytes"));
            if (!Fill()) return Fail(FeedRefusals.Truncated, "the end", "the end of the event");
        }
    }

    /// <summary>How long the event is that begins here; 0 where more bytes are needed.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var tag = EndOfTag(bytes);
        if (tag == 0 || bytes[tag - 1] != (byte)'>' || bytes[tag - 2] == (byte)'/') return tag;
        var end = IndexOfTag(bytes, Closing);
        var next = IndexOfTag(bytes[Opening.Length..], Opening);

        // An event that was broken off ends where the next begins.
        if (next >= 0 && (end < 0 || next + Opening.Length < end)) return next + Opening.Length;
        if (end < 0) return 0;
        var closed = bytes[end..].IndexOf((byte)'>');
        return closed < 0 ? 0 : end + closed + 1;
    }

    /// <summary>Where the first tag ends, quotes heeded; before <c>&lt;</c> where it was broken off; 0 where more bytes are needed.</summary>
    private static int EndOfTag(ReadOnlySpan<byte> bytes)
    {
        byte quote = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            var octet = bytes[index];
            if (octet == (byte)'<' && index > 0) return index;
            if (quote != 0) quote = octet == quote ? (byte)0 : quote;
            else if (octet is (byte)'"' or (byte)'\'') quote = octet;
            else if (octet == (byte)'>') return index + 1;
        }

        return 0;
    }

    /// <summary>Where a tag of just this name begins, or −1.</summary>
    private static int IndexOfTag(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        for (var from = 0; ;)
        {
            var at = bytes[from..].IndexOf(name);
            if (at < 0 || from + at + name.Length >= bytes.Length) return -1;
            if (bytes[from + at + name.Length] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'>' or (byte)'/') return from + at;
            from += at + name.Length;
        }
    }

    private bool Fill()
    {
        var held = _buffer.AsSpan(_start, _end - _start);
        var room = held.Length == _buffer.Length ? new byte[(int)Math.Min(2L * _buffer.Length, maximumEventBytes + BufferBytes)] : _buffer;
        held.CopyTo(room);
        _buffer = room;
        _end -= _start;
        _start = 0;
        var count = input.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }

    private bool Fail(string code, string found, string expected)
    {
        _length = 0;
        Failure ??= input.Failure ?? new(code, "", found, expected);
        return false;
    }
}
