using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Sources;

/// <summary>A record in a store. Thread-safe.</summary>
/// <param name="store">The store; whoever gives it disposes it.</param>
/// <param name="name">What people know it by.</param>
public sealed class StoreSource(IRecordStore store, string name) : IRecordSource
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> CheckpointAsync(CancellationToken cancellationToken) => Read(SourceLimits.CheckpointPath, () => store.Checkpoint, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> TileAsync(Tile tile, CancellationToken cancellationToken) => Read(tile.Path(), () => store.Tile(tile), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> AttachmentAsync(AttachmentHash hash, CancellationToken cancellationToken) =>
        Read(SourceLimits.AttachmentPath(hash), () => store.Attachment(hash), cancellationToken);

    private static ValueTask<ReadOnlyMemory<byte>?> Read(string path, Func<ReadOnlyMemory<byte>?> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(read());
        }
        catch (RecordStoreException failure)
        {
            throw new RecordSourceException(new(RecordFaults.SourceFailed, path, failure.Message, "a store that can be read"), failure);
        }
    }
}
