using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Following;

/// <summary>How somebody else's record is followed.</summary>
/// <param name="LogKey">The log's key.</param>
/// <param name="Clock">One's own clock.</param>
public sealed record FollowerSettings<TState>(VerifierKey LogKey, IClock Clock)
    where TState : class
{
    /// <summary>The agreed limit by default.</summary>
    public static readonly Duration DefaultClockLimit = Duration.FromSeconds(10);

    /// <summary>One's own key of type <see cref="SignatureType.Cosignature"/>; null where the record is kept and never cosigned.</summary>
    public SigningKey? CosigningKey { get; init; }

    /// <summary>How far the last time on the record may be from one's own clock (REC-6).</summary>
    public Duration ClockLimit { get; init; } = DefaultClockLimit;

    /// <summary>The keys of all whose cosignatures make entries joint (REC-2), by the state at a checkpoint. Where it gives none, nothing becomes joint.</summary>
    public Func<TState, IReadOnlyCollection<VerifierKey>> Cosigners { get; init; } = _ => [];

    /// <summary>
    /// Checkpoints that others show with one's own cosignature. One that is larger than what is remembered here says that an older disk was
    /// restored: nothing below it is cosigned again (REC-5). Those without one's own cosignature prove nothing and are passed over.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> CosignedElsewhere { get; init; } = [];

    /// <summary>
    /// What is wrong with how a record begins, by the state after its first entry and the attachments that this names; null where nothing is. Where something
    /// is, nothing of the record is taken and nothing cosigned. Null for any beginning.
    /// </summary>
    public Func<TState, IReadOnlyList<AttachmentHash>, Fault?>? Beginning { get; init; }

    /// <summary>How many bytes of entries and attachments wait in memory before a transaction is begun for them.</summary>
    public long MaximumStagedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Told while the store is opened and while a source is followed.</summary>
    public IProgress<VerificationProgress>? Progress { get; init; }
}
