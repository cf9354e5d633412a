using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Federation;

/// <summary>What a centre has on its disk as it starts.</summary>
/// <param name="Size">How much of the record is held.</param>
/// <param name="JointSize">How much of it is joint.</param>
/// <param name="CosignedSize">What was cosigned last.</param>
/// <param name="RecordTime">The last time on the record.</param>
/// <param name="Outbox">One's own entries that are not joint yet and were not given back, in the order in which they were said, with when.</param>
/// <param name="Findings">Those that stood and do not pass by themselves.</param>
public sealed record CentreMemory(
    long Size, long JointSize, long CosignedSize, Instant? RecordTime, ImmutableArray<(MerkleHash Leaf, Instant SaidAt)> Outbox, ImmutableArray<Finding> Findings);

/// <summary>
/// The steps of a centre, and of an observer: what it does with what it learns. Pure; whoever drives them does the effects, in order, and gives back what
/// came of them (docs/formats/federation.md).
/// </summary>
public static class CentreProtocol
{
    /// <summary>A centre that starts. Give it a <see cref="CentreInput.Tick"/> next.</summary>
    public static CentreState Start(CentreSettings settings, CentreMemory memory, Instant now)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(memory);
        return new()
        {
            Settings = settings,
            Size = memory.Size,
            JointSize = memory.JointSize,
            CosignedSize = memory.CosignedSize,
            RecordTime = memory.RecordTime,
            Outbox = [.. memory.Outbox.Select(entry => new OutboxEntry(entry.Leaf, entry.SaidAt, default))],
            Peers = settings.Others.Prepend(settings.Office).ToImmutableSortedDictionary(name => name, _ => new PeerState()),
            Findings = [.. memory.Findings],
            NextDue = now,
        };
    }

    /// <summary>One step.</summary>
    /// <param name="state">What it remembers.</param>
    /// <param name="input">What it learns.</param>
    /// <param name="now">Its clock.</param>
    public static (CentreState State, ImmutableArray<CentreEffect> Effects) Step(CentreState state, CentreInput input, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(input);
        var step = new CentreStep(state, now);
        step.Learn(input);
        return step.Done();
    }
}
