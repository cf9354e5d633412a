using Tansiq.Record;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Following;

/// <summary>By what a fork was found: others may each see one history only, and learn of the other from whoever saw both.</summary>
public static class ForkEvidence
{
    /// <summary>The checkpoints of the first fork that is kept as evidence, at most two notes; none where there is none.</summary>
    /// <param name="store">A store in which evidence is kept.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Notes(IRecordStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var fork = store.AllEvidence().FirstOrDefault(evidence => evidence.Fault.Code == RecordFaults.SplitView);
        string[] names = [EvidenceNames.Checkpoint, EvidenceNames.HeldCheckpoint];
        return fork is null ? [] : names.Where(fork.Files.ContainsKey).Select(name => fork.Files[name]);
    }

    /// <summary>The checkpoint that was shown with what was refused; null where there was none.</summary>
    public static ReadOnlyMemory<byte>? Shown(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.Files.TryGetValue(EvidenceNames.Checkpoint, out var note) ? note : (ReadOnlyMemory<byte>?)null;
    }
}
