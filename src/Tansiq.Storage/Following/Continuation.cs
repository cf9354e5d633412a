using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;

namespace Tansiq.Storage.Following;

/// <summary>Whether what a log shows continues what is held of it.</summary>
internal static class Continuation
{
    /// <summary>Why a checkpoint with its tiles does not continue one that is held; null where it does.</summary>
    /// <returns>
    /// Evidence of <see cref="RecordFaults.SplitView"/> or <see cref="RecordFaults.RolledBack"/>: both notes, and the tiles that give the root at the size that is
    /// held; or of the tile by which neither can be told.
    /// </returns>
    public static async Task<Evidence?> FaultAsync(SignedCheckpoint held, VouchedTiles shown, CancellationToken cancellationToken)
    {
        var (size, root) = (held.Checkpoint.Size, held.Checkpoint.Root);
        var files = Notes(held.Note.Bytes, shown.Checkpoint.Note.Bytes);
        switch (HeadComparisons.Compare(held.Checkpoint, shown.Checkpoint.Checkpoint))
        {
            case HeadComparison.Same: return null;
            case HeadComparison.Split: return new(Split(size, shown.Checkpoint.Checkpoint.Root, root), files);
            case HeadComparison.Behind: return new(RolledBack(shown.Size, size), files);
            case HeadComparison.Ahead: break;
            default: throw new InvalidOperationException("A comparison that nobody decides.");
        }

        if (!(await shown.RootAtAsync(size, cancellationToken).ConfigureAwait(false)).TryGet(out var found, out var fault)) return new(fault, files);
        if (found == root) return null;
        return new(Split(size, found, root), files.SetItems(await shown.WayToAsync(Math.Max(0, size - 1), cancellationToken).ConfigureAwait(false)).SetItems(files));
    }

    /// <summary>Two checkpoints that can't both be true.</summary>
    public static Fault Split(long size, MerkleHash found, MerkleHash held) =>
        new(RecordFaults.SplitView, string.Create(CultureInfo.InvariantCulture, $"size {size}"), $"root {found}", $"root {held}");

    /// <summary>A log that shows less than it showed.</summary>
    public static Fault RolledBack(long shown, long held) =>
        new(RecordFaults.RolledBack, EvidenceNames.Checkpoint, string.Create(CultureInfo.InvariantCulture, $"size {shown}"), string.Create(CultureInfo.InvariantCulture, $"size {held} or more"));

    /// <summary>Both notes as evidence.</summary>
    public static ImmutableDictionary<string, ReadOnlyMemory<byte>> Notes(ReadOnlyMemory<byte> held, ReadOnlyMemory<byte> shown) =>
        ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(EvidenceNames.HeldCheckpoint, held).Add(EvidenceNames.Checkpoint, shown);
}
