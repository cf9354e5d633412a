namespace Tansiq.Feeds;

/// <summary>How many bytes of an input were read as they are stored (compressed, if they are).</summary>
/// <remarks>Written by the thread that reads, read by any.</remarks>
internal sealed class ByteCount
{
    private long _bytes;

    /// <summary>The bytes since the last <see cref="Restart"/>.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Counts from nothing again.</summary>
    public void Restart() => Volatile.Write(ref _bytes, 0);

    /// <summary>Adds bytes; one thread only.</summary>
    public void Add(int bytes) => Volatile.Write(ref _bytes, _bytes + bytes);
}

/// <summary>A stream that can only be read forward.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The bytes of an input as they are stored: counted, and at their end once reading is cancelled.</summary>
internal sealed class StoredBytes(Stream stored, ByteCount counted, CancellationToken cancellationToken) : ForwardStream
{
    private const int PipeBufferBytes = 64 * 1024;

    // A read of a pipe cannot be broken off, so it is waited for elsewhere where reading may be cancelled.
    private readonly byte[]? _piped = stored.CanSeek || !cancellationToken.CanBeCanceled ? null : new byte[PipeBufferBytes];
    private int _pipedStart;
    private int _pipedEnd;
    private Task<int>? _pending;

    public override int Read(Span<byte> buffer)
    {
        if (cancellationToken.IsCancellationRequested) return 0;
        var count = _piped is null ? stored.Read(buffer) : ReadPipe(_piped, buffer);
        counted.Add(count);
        return count;
    }

    private int ReadPipe(byte[] piped, Span<byte> buffer)
    {
        if (_pipedStart == _pipedEnd && !TryFill(piped)) return 0;
        var count = Math.Min(buffer.Length, _pipedEnd - _pipedStart);
        piped.AsSpan(_pipedStart, count).CopyTo(buffer);
        _pipedStart += count;
        return count;
    }

    private bool TryFill(byte[] piped)
    {
        var reading = _pending = Task.Run(() => stored.Read(piped), CancellationToken.None);
        try
        {
            reading.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (AggregateException failed) when (failed.InnerException is { } reason)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(reason);
        }

        _pipedStart = 0;
        _pipedEnd = reading.Result;
        return _pipedEnd > 0;
    }

    protected override void Dispose(bool disposing)
    {
        // What is still being read is left open: closing it would wait for a pipe that says nothing.
        if (disposing && _pending is not { IsCompleted: false }) stored.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A stream some bytes of which were taken, read from its start again.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ForwardStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    public override int Read(Span<byte> buffer)
    {
        if (_prefix.IsEmpty) return rest.Read(buffer);
        var count = Math.Min(buffer.Length, _prefix.Length);
        _prefix.Span[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
