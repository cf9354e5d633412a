using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Storage.Logs;

namespace Tansiq.Cli.Recording;

/// <summary>
/// A record as it is read, folded to its situation of every size. Signatures and hashes are not verified here: of a database of one's own they
/// were before it was written, and for anything else there is <c>record verify</c>.
/// </summary>
internal sealed class RecordPicture
{
    private readonly RecordEntries _entries;

    private RecordPicture(RecordEntries entries, Checkpoint checkpoint, RecordedState state, long jointSize)
    {
        _entries = entries;
        Checkpoint = checkpoint;
        State = state;
        JointSize = jointSize;
    }

    /// <summary>The checkpoint that it was read at.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The situation of every size, all of it joint.</summary>
    public RecordedState State { get; }

    /// <summary>How many entries are joint.</summary>
    public long JointSize { get; }

    /// <summary>Opens a record.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="error">Where snapshots that are passed over, and progress on a terminal, are told.</param>
    /// <param name="stop">Ends it.</param>
    public static Parsed<RecordPicture> Open(RecordPlace place, TextWriter error, CancellationToken stop)
    {
        if (!RecordEntries.Open(place, stop).TryGet(out var entries, out var refusal)) return refusal;
        var snapshots = place is { Store: { } store, Folder: { } folder } ? new SituationSnapshots(Path.Combine(folder, RecordPlace.SnapshotFolderName), store) : null;
        var start = snapshots?.Read(Told) ?? RecordedState.Empty;
        // A snapshot may be of a size that was reached after the checkpoint was read.
        if (start.Situation.Size > entries.Checkpoint.Size) start = RecordedState.Empty;
        using var progress = EntryProgress.Where(error, entries.Checkpoint.Size);
        if (!Folded(entries, start, progress, stop).TryGet(out var state, out refusal)) return refusal;
        _ = snapshots?.Write(state, start.Situation.Size, Told);
        return new RecordPicture(entries, entries.Checkpoint, state, JointSizeOf(place, entries, state.Situation));

        void Told(string line) => error.WriteLine(ExitCode.OneLine(line));
    }

    /// <summary>The situation that an answer rests on: of so many entries, as far as they are joint.</summary>
    public Situation Joint(Situation known) => known.WithJointSize(Math.Min(known.Size, JointSize));

    /// <summary>Some entries, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Entries(long from, long until) => _entries.Read(from, until);

    /// <summary>An attachment; null where it is not there.</summary>
    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => _entries.Attachment(hash);

    /// <summary>Folds what a store has beyond a state.</summary>
    public static Parsed<RecordedState> Folded(RecordEntries entries, RecordedState start, IProgress<long>? progress, CancellationToken stop)
    {
        var domain = new StatementsDomain();
        var state = start;
        var index = start.Situation.Size;
        foreach (var read in ReadAhead.Of(entries.Read(index, entries.Checkpoint.Size), domain, start, entries.Attachment))
        {
            stop.ThrowIfCancellationRequested();
            if (!read.TryGet(out var each, out var fault) || !domain.KeyOf(state, each.Reading, each.Entry.Signature).TryGet(out _, out fault))
                return fault.In(FormattableString.Invariant($"entry {index}")).AsRefusal();
            state = domain.Append(state, each.Entry, each.Reading, entries.Attachment).State;
            progress?.Report(++index);
        }

        return state;
    }

    private static long JointSizeOf(RecordPlace place, RecordEntries entries, Situation situation)
    {
        var kept = place.Store?.JointCheckpoint is { } joint && SignedNote.Read(joint).TryGet(out var note, out _) && Checkpoint.Parse(note.Text.Span).TryGet(out var checkpoint, out _)
            ? checkpoint.Size
            : 0;
        return Math.Min(entries.Checkpoint.Size, Math.Max(kept, IsCosignedByAll(entries.Note, situation) ? entries.Checkpoint.Size : 0));
    }

    private static bool IsCosignedByAll(ReadOnlyMemory<byte> checkpoint, Situation situation)
    {
        if (situation.Founding is not { Keys.Log: { } logKey }) return false;
        var witnesses = Cosigners.Of(situation);
        return witnesses.Count > 0
            && SignedCheckpoint.Open(checkpoint, logKey, witnesses).TryGet(out var signed, out _)
            && witnesses.All(witness => signed.Cosignatures.Any(cosignature => cosignature.Key.Equals(witness)));
    }
}
