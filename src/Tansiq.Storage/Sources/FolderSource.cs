using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Sources;

/// <summary>
/// A record as a folder of files, as any tlog-tiles log serves it: <c>checkpoint</c>, <c>tile/…</c>, and <c>attachment/HEX</c>. Links are refused:
/// what a record says comes from below its folder. Thread-safe.
/// </summary>
/// <param name="folder">The folder.</param>
public sealed class FolderSource(string folder) : IRecordSource
{
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public string Name => _folder;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> CheckpointAsync(CancellationToken cancellationToken) =>
        ReadAsync(SourceLimits.CheckpointPath, SourceLimits.MaximumCheckpointBytes, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> TileAsync(Tile tile, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(tile.Path(), SourceLimits.MaximumBytes(tile), cancellationToken).ConfigureAwait(false);
        return bytes is null && tile.IsPartial ? await TileAsync(tile.WithWidth(Tile.FullWidth), cancellationToken).ConfigureAwait(false) : bytes;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> AttachmentAsync(AttachmentHash hash, CancellationToken cancellationToken) =>
        ReadAsync(SourceLimits.AttachmentPath(hash), SourceLimits.MaximumAttachmentBytes, cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (Plain(path) is not { } file) return null;
            if (file.Length > maximumBytes) throw SourceLimits.TooLarge(path, maximumBytes);
            // A pipe or a device says 0 too, and opening one could wait for ever.
            if (file.Length == 0) return ReadOnlyMemory<byte>.Empty;
            using var handle = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.None);
            return await ReadAsync(handle, new byte[file.Length], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecordSourceException(new(RecordFaults.SourceFailed, path, failure.Message, "a file that can be read"), failure);
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await RandomAccess.ReadAsync(handle, buffer[length..], length, cancellationToken).ConfigureAwait(false);
            if (read == 0) break;
            length += read;
        }

        return buffer[..length];
    }

    private FileInfo? Plain(string path)
    {
        var at = _folder;
        foreach (var part in path.Split('/'))
        {
            at = Path.Combine(at, part);
            if (new FileInfo(at).LinkTarget is not null)
                throw new RecordSourceException(new(RecordFaults.SourceFailed, path, "a link", "a file below the record's own folder"));
        }

        var file = new FileInfo(at);
        return file.Exists ? file : null;
    }
}
