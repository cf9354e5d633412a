using System.Buffers.Binary;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>Sorted runs of rows, one after the other in a temporary file that only this process sees.</summary>
internal sealed class RunFile : IDisposable
{
    // With two thousand runs of 32 MiB (the limits of PositionSorter) the reading buffers take 128 MiB.
    private const int ReadBufferBytes = 64 * 1024;
    private const int WriteBufferBytes = 1024 * 1024;

    private readonly FileStream _stream;
    private readonly List<(long Start, long End)> _runs = [];
    private readonly byte[] _unwritten = new byte[WriteBufferBytes];

    private RunFile(FileStream stream) => _stream = stream;

    /// <summary>The bytes of the runs.</summary>
    public long Length => _runs.Count == 0 ? 0 : _runs[^1].End;

    /// <summary>Makes an empty one in the system's folder for temporary files. It is gone when it is closed, whatever happens.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public static RunFile Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(Path.Combine(Path.GetTempPath(), $"tansiq-{Guid.NewGuid():N}.positions"), options);

        // An open file needs no name on Unix; without one nothing is left behind if the process is ended.
        if (!OperatingSystem.IsWindows()) File.Delete(stream.Name);
        return new(stream);
    }

    /// <summary>Writes a run. Where that fails the runs before it are as they were.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public void Write(IEnumerable<ReadOnlyMemory<byte>> rows)
    {
        var end = Length;
        var held = 0;
        foreach (var row in rows)
        {
            if (held + sizeof(int) + row.Length > _unwritten.Length) Flush(ref held, ref end);
            BinaryPrimitives.WriteInt32LittleEndian(_unwritten.AsSpan(held), row.Length);
            held += sizeof(int);
            if (held + row.Length > _unwritten.Length)
            {
                Flush(ref held, ref end);
                RandomAccess.Write(_stream.SafeFileHandle, row.Span, end);
                end += row.Length;
                continue;
            }

            row.Span.CopyTo(_unwritten.AsSpan(held));
            held += row.Length;
        }

        Flush(ref held, ref end);
        _runs.Add((Length, end));
    }

    /// <summary>The rows of each run. A row is good until the next of its run.</summary>
    public IEnumerable<IEnumerable<ReadOnlyMemory<byte>>> Runs() => _runs.Select(run => Rows(run.Start, run.End));

    public void Dispose() => _stream.Dispose();

    private void Flush(ref int held, ref long end)
    {
        RandomAccess.Write(_stream.SafeFileHandle, _unwritten.AsSpan(0, held), end);
        end += held;
        held = 0;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Rows(long position, long end)
    {
        var buffer = new byte[ReadBufferBytes];
        var (start, filled) = (0, 0);
        while (true)
        {
            var length = filled - start < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start));
            if (length >= 0 && filled - start >= sizeof(int) + length)
            {
                yield return buffer.AsMemory(start + sizeof(int), length);
                start += sizeof(int) + length;
                continue;
            }

            if (position == end) yield break;
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            (start, filled) = (0, filled - start);
            if (length + sizeof(int) > buffer.Length) Array.Resize(ref buffer, length + sizeof(int));
            var wanted = (int)Math.Min(buffer.Length - filled, end - position);
            var count = RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(filled, wanted), position);
            if (count == 0) throw new EndOfStreamException("A temporary file lost its end.");
            filled += count;
            position += count;
        }
    }
}
