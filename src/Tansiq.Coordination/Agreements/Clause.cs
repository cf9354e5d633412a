using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Agreements;

/// <summary>Whether a clause only asks to be told, or to agree (FLT-9).</summary>
public enum ClauseMode
{
    /// <summary>Its effect on a verdict stands.</summary>
    Agree = 0,

    /// <summary>Notify only: it gives its reasons, and its effect never goes beyond <em>no objection</em>.</summary>
    Notify = 1,
}

/// <summary>Who may read a clause (AGR-10).</summary>
public enum Publication
{
    /// <summary>Everybody.</summary>
    Public = 0,

    /// <summary>The signatories and the office.</summary>
    Parties = 1,

    /// <summary>The office only.</summary>
    Office = 2,
}

/// <summary>One clause of an agreement. Its kind says what it does to a verdict (AGR-4).</summary>
public abstract record Clause
{
    private protected Clause()
    {
    }

    /// <summary>Its identifier within the agreement.</summary>
    public required Id<Clause> Id { get; init; }

    /// <summary>The chapter that it stands in.</summary>
    public required Id<Chapter> Chapter { get; init; }

    /// <summary>Notify only, or agree.</summary>
    public required ClauseMode Mode { get; init; }

    /// <summary>Whether it goes on while the rest is suspended (AGR-9).</summary>
    public required bool Survives { get; init; }

    /// <summary>Who may read it.</summary>
    public required Publication Publication { get; init; }

    /// <summary>Its text.</summary>
    public required Words Text { get; init; }
}

/// <summary>A clause about flights: it says which.</summary>
public abstract record FlightClause : Clause
{
    private protected FlightClause()
    {
    }

    /// <summary>Which flights it speaks of.</summary>
    public required AppliesTo AppliesTo { get; init; }

    /// <summary>The exemptions from it, in order; the first that holds is named. Empty for kinds that have none.</summary>
    public ImmutableArray<Exemption> Exemptions { get; init; } = [];
}

/// <summary>Which flights a clause speaks of. An empty list leaves that open; all lists that are not empty must match.</summary>
/// <param name="Actors">Actors.</param>
/// <param name="Purposes">Purposes.</param>
/// <param name="Categories">Categories of purposes.</param>
public sealed record AppliesTo(
    ImmutableSortedSet<Id<Actor>> Actors,
    ImmutableSortedSet<Id<Purpose>> Purposes,
    ImmutableSortedSet<PurposeCategory> Categories)
{
    /// <summary>Whether a flight of that actor and purpose is meant.</summary>
    public bool Holds(Id<Actor> actor, Purpose purpose) =>
        (Actors.IsEmpty || Actors.Contains(actor))
        && (Purposes.IsEmpty || Purposes.Contains(purpose.Id))
        && (Categories.IsEmpty || Categories.Contains(purpose.Category));
}

/// <summary>Flights stay out of areas of certain classes, but for exemptions (AGR-6).</summary>
public sealed record StandDownClause : FlightClause
{
    /// <summary>The classes of areas.</summary>
    public required ImmutableSortedSet<Id<AreaClass>> AreaClasses { get; init; }
}

/// <summary>Flights are notified in time (FLT-5).</summary>
public sealed record PriorNoticeClause : FlightClause
{
    /// <summary>The periods; the first whose purposes match counts. A flight that none matches is not spoken of.</summary>
    public required ImmutableArray<NoticePeriod> Periods { get; init; }
}

/// <summary>How long before its start a flight is notified.</summary>
/// <param name="Purposes">The purposes meant; empty for all.</param>
/// <param name="Hours">Hours before the start of the first volume.</param>
public sealed record NoticePeriod(ImmutableSortedSet<Id<Purpose>> Purposes, Threshold Hours);

/// <summary>Flights take place only with the word of others (FLT-6).</summary>
public sealed record JointConsentClause : FlightClause
{
    /// <summary>Whose word is needed; the filer's never is. Empty: every signatory's.</summary>
    public required ImmutableSortedSet<Id<Party>> ConsentOf { get; init; }

    /// <summary>Only where a volume meets an area of these classes; empty: everywhere.</summary>
    public required ImmutableSortedSet<Id<AreaClass>> AreaClasses { get; init; }
}

/// <summary>Which pairs of flights keep apart.</summary>
public enum SeparationBetween
{
    /// <summary>Flights filed by different parties.</summary>
    DifferentParties = 0,

    /// <summary>All flights.</summary>
    All = 1,
}

/// <summary>Flights keep apart from each other in distance, height and time (FLT-4); near in all three is a conflict.</summary>
public sealed record SeparationClause : FlightClause
{
    /// <summary>Which pairs.</summary>
    public required SeparationBetween Between { get; init; }

    /// <summary>Least lateral distance, metres.</summary>
    public required Threshold LateralMetres { get; init; }

    /// <summary>Least vertical distance, metres.</summary>
    public required Threshold VerticalMetres { get; init; }

    /// <summary>Least time between one leaving and the other entering, seconds.</summary>
    public required Threshold TimeSeconds { get; init; }
}

/// <summary>Flights keep away from protected sites (FLT-7).</summary>
public sealed record ProtectionClause : FlightClause
{
    /// <summary>The categories of sites.</summary>
    public required ImmutableSortedSet<SiteCategory> Categories { get; init; }

    /// <summary>Least distance, metres, from the place where the site may be.</summary>
    public required Threshold DistanceMetres { get; init; }
}

/// <summary>From when to when the agreement holds (AGR-3).</summary>
public sealed record DurationClause : Clause
{
    /// <summary>When it starts.</summary>
    public required Moment Start { get; init; }

    /// <summary>When it ends.</summary>
    public required Moment End { get; init; }
}

/// <summary>The line between the centres is kept and tested.</summary>
public sealed record HotlineClause : Clause
{
    /// <summary>Hours between checks of the line.</summary>
    public required Threshold CheckEveryHours { get; init; }

    /// <summary>Seconds within which a call is answered.</summary>
    public required Threshold AnswerWithinSeconds { get; init; }
}

/// <summary>A clause that only says something; it has no effect on a verdict.</summary>
public sealed record TextClause : Clause;
