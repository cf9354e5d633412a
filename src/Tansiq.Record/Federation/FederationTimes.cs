using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>The times that nodes have agreed on, and the bounds of what one keeps for another. The same at all of them.</summary>
public sealed record FederationTimes
{
    /// <summary>What is used where nothing else was agreed.</summary>
    public static FederationTimes Default { get; } = new();

    /// <summary>How long a request may take before it counts as not answered.</summary>
    public Duration Answer { get; init; } = Duration.FromSeconds(10);

    /// <summary>How long one waits after a first failure before trying again; doubled with each further one, with jitter.</summary>
    public Duration FirstPause { get; init; } = Duration.FromMilliseconds(200);

    /// <summary>The longest pause between two attempts.</summary>
    public Duration LongestPause { get; init; } = Duration.FromSeconds(10);

    /// <summary>How often a centre looks at the office though it was told of nothing new.</summary>
    public Duration Look { get; init; } = Duration.FromSeconds(2);

    /// <summary>How often nodes show one another their heads and measure their clocks though nothing is new.</summary>
    public Duration Greeting { get; init; } = Duration.FromSeconds(10);

    /// <summary>How long the office shows one checkpoint for all to cosign before it shows a newer one.</summary>
    public Duration Round { get; init; } = Duration.FromMilliseconds(250);

    /// <summary>After how long without a place on the record an author shows a statement to the other centres (PTY-2).</summary>
    public Duration Unanswered { get; init; } = Duration.FromSeconds(10);

    /// <summary>After how long without a place, while the record goes on, a statement counts as withheld.</summary>
    public Duration Withheld { get; init; } = Duration.FromSeconds(30);

    /// <summary>How long the office may show less than another centre holds before that is a finding, and the other centre is followed.</summary>
    public Duration Lag { get; init; } = Duration.FromSeconds(5);

    /// <summary>How long the record's time may be away from one's own clock, at all that the office shows, before that is a finding.</summary>
    public Duration ClockPatience { get; init; } = Duration.FromSeconds(75);

    /// <summary>How far another node's clock may be from one's own (REC-6).</summary>
    public Duration ClockLimit { get; init; } = Duration.FromSeconds(10);

    /// <summary>How far the last time on the record may lie behind one's own clock before the record stands still and permissions run out (REC-6).</summary>
    public Duration StandStill { get; init; } = Duration.FromSeconds(90);

    /// <summary>The most entries that are submitted in one request.</summary>
    public int MaximumBatch { get; init; } = 256;

    /// <summary>The most entries of others that a centre passes on at a time.</summary>
    public int MaximumPassedOn { get; init; } = 1_024;

    /// <summary>The most findings that are kept; of one kind about one node there is one.</summary>
    public int MaximumFindings { get; init; } = 100;
}
