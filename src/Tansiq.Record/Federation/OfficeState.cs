using System.Collections.Immutable;
using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>Who is who for an office.</summary>
/// <param name="Self">Its own name.</param>
/// <param name="Centres">Those whose cosignatures make entries joint.</param>
/// <param name="Times">What was agreed.</param>
public sealed record OfficeSettings(NodeName Self, ImmutableArray<NodeName> Centres, FederationTimes Times);

/// <summary>All that an office's steps remember. Immutable.</summary>
public sealed record OfficeState
{
    /// <summary>Who is who.</summary>
    public required OfficeSettings Settings { get; init; }

    /// <summary>How much is on its disk.</summary>
    public long NewestSize { get; init; }

    /// <summary>Of which size the checkpoint is that it shows to all.</summary>
    public long ShownSize { get; init; }

    /// <summary>Since when.</summary>
    public Instant ShownAt { get; init; }

    /// <summary>How much is joint.</summary>
    public long JointSize { get; init; }

    /// <summary>What is known of each centre.</summary>
    public ImmutableSortedDictionary<NodeName, PeerState> Centres { get; init; } = ImmutableSortedDictionary<NodeName, PeerState>.Empty;

    /// <summary>What was found and still stands.</summary>
    public ImmutableList<Finding> Findings { get; init; } = [];

    /// <summary>When <see cref="OfficeInput.Tick"/> is due next.</summary>
    public Instant NextDue { get; init; }
}

/// <summary>What an office learns.</summary>
public abstract record OfficeInput
{
    private OfficeInput()
    {
    }

    /// <summary>Entries are on the disk, under a signed checkpoint of this size.</summary>
    public sealed record Appended(long Size) : OfficeInput;

    /// <summary>A centre's cosignature on a checkpoint of this log, verified and kept with the others on it.</summary>
    /// <param name="By">Whose.</param>
    /// <param name="Size">The checkpoint's size.</param>
    /// <param name="IsJoint">Whether all who make entries joint have now cosigned it.</param>
    public sealed record Cosigned(NodeName By, long Size, bool IsJoint) : OfficeInput;

    /// <summary>A centre's clock was read; null where nothing could be told.</summary>
    public sealed record ClockMeasured(NodeName Of, ClockReading? Reading) : OfficeInput;

    /// <summary>Time goes by; due at <see cref="OfficeState.NextDue"/>.</summary>
    public sealed record Tick : OfficeInput;
}

/// <summary>What an office has to do.</summary>
public abstract record OfficeEffect
{
    private OfficeEffect()
    {
    }

    /// <summary>Show the checkpoint of this size as the newest, and tell all who listen.</summary>
    public sealed record Show(long Size) : OfficeEffect;

    /// <summary>Tell all who listen that the checkpoint of this size is joint, with all cosignatures.</summary>
    public sealed record ShowJoint(long Size) : OfficeEffect;

    /// <summary>Read a centre's clock. Answered by <see cref="OfficeInput.ClockMeasured"/>.</summary>
    public sealed record MeasureClock(NodeName Of) : OfficeEffect;

    /// <summary>Show a finding to people, and write it down.</summary>
    public sealed record Raise(Finding Finding) : OfficeEffect;

    /// <summary>What a finding was about is well again.</summary>
    public sealed record Withdraw(Finding Finding) : OfficeEffect;
}
