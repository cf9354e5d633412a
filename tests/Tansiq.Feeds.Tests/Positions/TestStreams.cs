using System.Text;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>A stream that is made while it is read.</summary>
internal abstract class MadeStream : Stream
{
    public long BytesGiven { get; protected set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Gives some text and then one character without end.</summary>
internal sealed class EndlessStream(string start, char filler) : MadeStream
{
    private readonly byte[] _start = Encoding.UTF8.GetBytes(start);

    public override int Read(Span<byte> buffer)
    {
        for (var index = 0; index < buffer.Length; index++, BytesGiven++)
            buffer[index] = BytesGiven < _start.Length ? _start[BytesGiven] : (byte)filler;
        return buffer.Length;
    }
}

/// <summary>Gives one byte at a time.</summary>
internal sealed class SlowStream(byte[] content) : MadeStream
{
    public override int Read(Span<byte> buffer)
    {
        if (BytesGiven == content.Length || buffer.IsEmpty) return 0;
        buffer[0] = content[BytesGiven++];
        return 1;
    }
}

/// <summary>Gives some bytes and then nothing, without an end, until it is told to end.</summary>
internal sealed class SilentStream(byte[] start, ManualResetEventSlim end) : MadeStream
{
    public ManualResetEventSlim IsWaitedFor { get; } = new();

    public override int Read(Span<byte> buffer)
    {
        if (BytesGiven == 0)
        {
            start.CopyTo(buffer);
            BytesGiven = start.Length;
            return start.Length;
        }

        IsWaitedFor.Set();
        end.Wait();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) IsWaitedFor.Dispose();
        base.Dispose(disposing);
    }
}
