using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Sources;

/// <summary>The names and the most bytes of what is read from a source.</summary>
public static class SourceLimits
{
    /// <summary>The most bytes of a checkpoint.</summary>
    public const int MaximumCheckpointBytes = NoteLimits.MaximumBytes;

    /// <summary>The most bytes of an attachment.</summary>
    public const int MaximumAttachmentBytes = 64 * 1024 * 1024;

    /// <summary>The name of the checkpoint below the log's prefix (tlog-tiles, Checkpoints).</summary>
    public const string CheckpointPath = "checkpoint";

    // More than a tile has, so that one that is a little too long is seen as malformed and kept as evidence.
    private const int MaximumHashTileBytes = 64 * 1024;

    /// <summary>The most bytes that are read of a tile or bundle.</summary>
    public static int MaximumBytes(Tile tile) => tile.IsEntries ? EntryBundle.MaximumBytes : MaximumHashTileBytes;

    /// <summary>The name of an attachment below the log's prefix: <c>attachment/</c> and 64 hexadecimal digits.</summary>
    public static string AttachmentPath(AttachmentHash hash) => "attachment/" + hash.Hex;

    internal static RecordSourceException TooLarge(string path, long maximumBytes) =>
        new(new Fault(RecordFaults.TooLarge, path, "more", string.Create(CultureInfo.InvariantCulture, $"at most {maximumBytes} bytes")));
}
