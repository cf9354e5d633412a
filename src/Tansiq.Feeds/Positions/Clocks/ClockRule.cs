using NodaTime;

namespace Tansiq.Feeds.Positions.Clocks;

/// <summary>What is said of a feed's clock where its times have no zone or no date. The rule: docs/formats/feeds-text.md.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ClockRule
{
    /// <summary>UTC, and no moment known besides the feed's own.</summary>
    public static readonly ClockRule Default = new();

    /// <summary>By how much the feed's clock is ahead of UTC where its times have no zone; UTC by default.</summary>
    public Offset AheadOfUtc { get; init; } = Offset.Zero;

    /// <summary>
    /// A moment near which a feed begins that gives times of day without a date; null where nobody said one. It is
    /// needed only where the feed has no moment of its own (the time of a packet, a date in its file's name).
    /// </summary>
    public Instant? Reference { get; init; }

    /// <summary>A moment for the feed of a name: <see cref="Reference"/>, else noon of the date in the name, else null.</summary>
    /// <param name="name">The name of a file, also with its path.</param>
    public Instant? ReferenceFor(string name)
    {
        if (Reference is not null) return Reference;
        return NamedDate.Find(name) is { } date ? date.At(new LocalTime(12, 0)).WithOffset(AheadOfUtc).ToInstant() : null;
    }

    /// <summary>The instant of a date and time without a zone.</summary>
    public Instant ToInstant(LocalDateTime local) => local.WithOffset(AheadOfUtc).ToInstant();
}
