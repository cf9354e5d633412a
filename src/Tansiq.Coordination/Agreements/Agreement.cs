using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Agreements;

/// <summary>An agreement as proposed: chapters, classes of areas, clauses and the designated areas, as one text to sign.</summary>
public sealed record Agreement
{
    /// <summary>Its identifier, the same for all versions.</summary>
    public required Id<Agreement> Id { get; init; }

    /// <summary>Its version, 1 or more; of those in force the highest counts.</summary>
    public required int Version { get; init; }

    /// <summary>Its title.</summary>
    public required Words Title { get; init; }

    /// <summary>Its chapters, in order.</summary>
    public required ImmutableArray<Chapter> Chapters { get; init; }

    /// <summary>Classes of designated areas.</summary>
    public required ImmutableArray<AreaClass> AreaClasses { get; init; }

    /// <summary>Its clauses, in order.</summary>
    public required ImmutableArray<Clause> Clauses { get; init; }

    /// <summary>The designated areas.</summary>
    public required ImmutableArray<DesignatedArea> Areas { get; init; }

    /// <summary>The one clause that says from when to when the agreement holds.</summary>
    public required DurationClause Duration { get; init; }
}

/// <summary>A chapter of an agreement.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Title">Its title.</param>
public sealed record Chapter(Id<Chapter> Id, Words Title);

/// <summary>A class of designated areas, for example areas of concentrated presence (AGR-5).</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
public sealed record AreaClass(Id<AreaClass> Id, Words Name);

/// <summary>A designated area: outlines with height limits and validity, of a class (AGR-5).</summary>
public sealed record DesignatedArea
{
    /// <summary>Its identifier.</summary>
    public required Id<DesignatedArea> Id { get; init; }

    /// <summary>Its name.</summary>
    public required Words Name { get; init; }

    /// <summary>Its class.</summary>
    public required Id<AreaClass> Class { get; init; }

    /// <summary>Its outlines, one or more; their points together are the area.</summary>
    public required ImmutableArray<Outline> Outlines { get; init; }

    /// <summary>Its height band.</summary>
    public required HeightBand Heights { get; init; }

    /// <summary>When it is valid, half-open, within the agreement's own time.</summary>
    public required Interval Validity { get; init; }
}

/// <summary>A number that was agreed to exist: either how much, or <em>undefined</em> so far (AGR-4).</summary>
/// <remarks>The default value is undefined, which is legal.</remarks>
public readonly record struct Threshold
{
    private Threshold(long value)
    {
        IsDefined = true;
        Value = value;
    }

    /// <summary>Agreed to exist, not agreed how much.</summary>
    public static Threshold Undefined => default;

    /// <summary>Whether it was agreed how much.</summary>
    public bool IsDefined { get; }

    /// <summary>How much, in the unit that the member's name says; 0 where undefined.</summary>
    public long Value { get; }

    /// <summary>A threshold of that much.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative.</exception>
    public static Threshold Of(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new(value);
    }
}
