using NodaTime;
using Tansiq.Record.Checkpoints;

namespace Tansiq.Record.Following;

/// <summary>What holds of a record, and the first thing that does not.</summary>
/// <param name="Source">What people know its source by.</param>
/// <param name="Checkpoint">The checkpoint by which it was verified; null where it did not open.</param>
/// <param name="Counts">What was counted in the entries that hold.</param>
/// <param name="State">The domain's state after the entries that hold.</param>
/// <param name="LastTime">The last time on the record among them (REC-6).</param>
/// <param name="Digest">The digest of <paramref name="State"/> (REC-7).</param>
/// <param name="Broken">The first place at which it does not hold; null where all of it does.</param>
public sealed record RecordFindings<TState>(
    string Source,
    SignedCheckpoint? Checkpoint,
    EntryCounts Counts,
    TState State,
    Instant? LastTime,
    ReadOnlyMemory<byte> Digest,
    Broken? Broken)
    where TState : class
{
    /// <summary>Whether all of it holds.</summary>
    public bool Holds => Broken is null;
}

/// <summary>What was counted in entries that hold.</summary>
/// <param name="Until">The entries before this index hold.</param>
/// <param name="SignaturesVerified">How many of their signatures were verified now.</param>
/// <param name="Attachments">How many different attachments they name; all are there and right.</param>
/// <param name="InertByCode">How many have no effect, by the code that says why.</param>
public sealed record EntryCounts(long Until, long SignaturesVerified, long Attachments, IReadOnlyDictionary<string, long> InertByCode)
{
    /// <summary>How many entries have no effect.</summary>
    public long Inert => InertByCode.Values.Sum();
}

/// <summary>How far a verification has come.</summary>
/// <param name="Done">How many entries are done.</param>
/// <param name="Of">Of how many.</param>
public readonly record struct VerificationProgress(long Done, long Of);
