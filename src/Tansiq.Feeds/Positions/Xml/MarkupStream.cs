using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Xml;

/// <summary>An input as a stream for an XML reader, which ends where a single tag or text is too long to be held.</summary>
internal sealed class MarkupStream(FeedInput input, int maximumMarkupBytes) : ForwardStream
{
    private int _sinceMarkup;

    /// <summary>Why the stream ended early, or null.</summary>
    public Refusal? Failure { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (Failure is not null) return 0;
        var count = input.Read(buffer);
        Failure = input.Failure;
        var last = buffer[..count].LastIndexOf((byte)'<');
        _sinceMarkup = last < 0 ? _sinceMarkup + count : count - last;
        if (_sinceMarkup <= maximumMarkupBytes) return count;
        Failure ??= new(FeedRefusals.ItemTooLong, "", "a longer tag or text", FeedRefusals.Invariant($"at most {maximumMarkupBytes} bytes"));
        return 0;
    }
}
