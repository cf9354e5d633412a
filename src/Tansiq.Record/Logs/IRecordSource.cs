using Tansiq.Record.Entries;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Logs;

/// <summary>Where somebody else's record is read from: a folder of tiles, a database, an address. What it gives is not trusted.</summary>
public interface IRecordSource
{
    /// <summary>What people know it by.</summary>
    string Name { get; }

    /// <summary>The checkpoint that it shows, as it is; null where it has none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> CheckpointAsync(CancellationToken cancellationToken);

    /// <summary>A tile or bundle; where a partial one is gone, the full one may be given. Null where it has neither.</summary>
    ValueTask<ReadOnlyMemory<byte>?> TileAsync(Tile tile, CancellationToken cancellationToken);

    /// <summary>An attachment; null where it has none of that hash.</summary>
    ValueTask<ReadOnlyMemory<byte>?> AttachmentAsync(AttachmentHash hash, CancellationToken cancellationToken);
}
