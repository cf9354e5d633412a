using NodaTime;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Logs;

/// <summary>How a log is kept: its keys, its clock, its bounds.</summary>
/// <param name="LogKey">Signs checkpoints; its name is the origin of the record.</param>
/// <param name="TimeKey">The office's statement key: signs the entries by which time advances (REC-6).</param>
/// <param name="Clock">The office's clock.</param>
public sealed record RecordLogSettings(SigningKey LogKey, SigningKey TimeKey, IClock Clock)
{
    /// <summary>The most entries of a batch, without the one that advances time.</summary>
    public int MaximumBatchEntries { get; init; } = 1_024;

    /// <summary>The most bytes of entries in a batch; an entry that is alone may have more.</summary>
    public int MaximumBatchBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most entries that wait for an answer; a further one is refused with <see cref="Record.RecordFaults.Busy"/>.</summary>
    public int MaximumQueuedEntries { get; init; } = 16_384;

    /// <summary>The most bytes of entries that wait for an answer.</summary>
    public int MaximumQueuedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many threads read entries and verify their signatures.</summary>
    public int Verifiers { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>
    /// Notes of the newest checkpoints of this log that witnesses remember. If one of them is beyond the store or contradicts it, the log does not
    /// open (REC-5). Notes that the log key has not signed prove nothing about this log and are passed over.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> WitnessedCheckpoints { get; init; } = [];

    /// <summary>Called after each commit by the thread that writes, when the new head can be seen: it has to be quick and must not throw.</summary>
    public Action? Committed { get; init; }

    /// <summary>Told how many entries are folded while the log opens.</summary>
    public IProgress<long>? Opening { get; init; }
}
