using NodaTime;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>One packet or frame: data blocks, or why they cannot be had.</summary>
/// <param name="Blocks">Data blocks one after the other; valid until the next frame.</param>
/// <param name="ReceivedAt">When it was received, or null.</param>
/// <param name="Refusal">Why there are none, or null.</param>
internal readonly record struct AsterixFrame(ReadOnlyMemory<byte> Blocks, Instant? ReceivedAt, Refusal? Refusal);

/// <summary>What holds data blocks.</summary>
internal abstract class AsterixContainer(OctetWindow window)
{
    /// <summary>Why the container cannot be read further, or null. Fatal.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>Whether its frames say when they were received.</summary>
    public abstract bool HasTimes { get; }

    /// <summary>The octets.</summary>
    protected OctetWindow Window => window;

    /// <summary>The container that the first octets are of: pcap, pcapng, FINAL, or else data blocks alone.</summary>
    public static AsterixContainer Over(OctetWindow window)
    {
        var start = window.Peek(PcapContainer.HeaderOctets);
        if (PcapContainer.IsStart(start)) return new PcapContainer(window);
        if (PcapngContainer.IsStart(start)) return new PcapngContainer(window);
        return FinalContainer.IsStart(start) ? new FinalContainer(window) : new RawContainer(window);
    }

    /// <summary>The next frame; false at the end or at a <see cref="Failure"/>.</summary>
    public bool Next(out AsterixFrame frame)
    {
        frame = default;
        if (Failure is not null) return false;
        if (!Window.Peek(1).IsEmpty && Take() is { } taken)
        {
            frame = taken;
            return true;
        }

        Failure ??= Window.Failure;
        return false;
    }

    /// <summary>Takes the next frame; null at the end or at a <see cref="Failure"/>.</summary>
    protected abstract AsterixFrame? Take();

    /// <summary>Ends the source.</summary>
    protected AsterixFrame? Fail(string code, string found, string expected)
    {
        Failure = Window.Failure ?? new(code, "", found, expected);
        return null;
    }

    /// <summary>Ends the source, which stops inside a frame.</summary>
    protected AsterixFrame? FailAtEnd() => Fail(FeedRefusals.Truncated, "the end", "the rest of a packet, frame or block");
}

/// <summary>Data blocks one after the other, without times.</summary>
internal sealed class RawContainer(OctetWindow window) : AsterixContainer(window)
{
    /// <inheritdoc/>
    public override bool HasTimes => false;

    /// <summary>Whether octets are data blocks: as far as they are seen, each of a category that is in use, and of a length.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start)
    {
        if (!DataBlock.IsNoText(start)) return false;
        var count = 0;
        while (start.Length >= DataBlock.HeaderOctets)
        {
            if (!DataBlock.IsKnownCategory(start[0]) || DataBlock.LengthOf(start) < DataBlock.SmallestOctets) return false;
            count++;
            if (DataBlock.LengthOf(start) >= start.Length) break;
            start = start[DataBlock.LengthOf(start)..];
        }

        return count > 0;
    }

    /// <inheritdoc/>
    protected override AsterixFrame? Take()
    {
        var header = Window.Peek(DataBlock.HeaderOctets);
        if (header.Length < DataBlock.HeaderOctets) return FailAtEnd();
        var length = DataBlock.LengthOf(header);
        if (length < DataBlock.SmallestOctets) return Fail(AsterixRefusals.MalformedContainer, FeedRefusals.Invariant($"a block of {length} octets"), "a data block");
        return Window.Peek(length).Length < length ? FailAtEnd() : new(Window.Take(length), null, null);
    }
}

/// <summary>The FINAL recording format: frames of length, error, line, day, time of day in 10 ms, blocks and four octets <c>A5</c>.</summary>
/// <remarks>Its clock has no date and is often local: it is not used.</remarks>
internal sealed class FinalContainer(OctetWindow window) : AsterixContainer(window)
{
    private const int HeaderOctets = 8;
    private const int SmallestOctets = HeaderOctets + DataBlock.SmallestOctets + 4;

    /// <inheritdoc/>
    public override bool HasTimes => false;

    private static ReadOnlySpan<byte> Trailer => [0xa5, 0xa5, 0xa5, 0xa5];

    /// <summary>Whether octets begin with a frame: its length holds that of its first block.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start)
    {
        if (start.Length < HeaderOctets + DataBlock.HeaderOctets) return false;
        var length = AsterixValues.UInt16(start);
        var block = start[HeaderOctets..];
        return length >= SmallestOctets
            && start[2] == 0
            && DataBlock.IsKnownCategory(block[0])
            && DataBlock.LengthOf(block) is >= DataBlock.SmallestOctets and var blockLength
            && blockLength <= length - HeaderOctets - Trailer.Length;
    }

    /// <inheritdoc/>
    protected override AsterixFrame? Take()
    {
        var header = Window.Peek(HeaderOctets);
        if (header.Length < HeaderOctets) return FailAtEnd();
        var length = AsterixValues.UInt16(header);
        var frame = Window.Peek(length);
        if (frame.Length < length) return FailAtEnd();
        if (length < SmallestOctets || !frame.EndsWith(Trailer))
            return Fail(AsterixRefusals.MalformedContainer, FeedRefusals.Invariant($"a frame of {length} octets"), "a frame that ends in A5 A5 A5 A5");
        return new(Window.Take(length)[HeaderOctets..^Trailer.Length], null, null);
    }
}
