using System.Collections.Immutable;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Parties;

/// <summary>Whether a record is an exercise or real; fixed at its founding and never mixed (BND-4).</summary>
public enum RecordKind
{
    /// <summary>An exercise.</summary>
    Exercise = 0,

    /// <summary>Real.</summary>
    Real = 1,
}

/// <summary>A signatory.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Centre">Its national centre, in words.</param>
public sealed record Party(Id<Party> Id, Words Name, Words Centre);

/// <summary>An observer or humanitarian notifier: no signatory, but it may say things (PTY-3).</summary>
/// <param name="Id">Its identifier, as the author of statements.</param>
/// <param name="Name">Its name.</param>
public sealed record Observer(Id<Party> Id, Words Name);

/// <summary>Whether an actor acts in the air or on the ground.</summary>
public enum ActorKind
{
    /// <summary>An air force.</summary>
    Air = 0,

    /// <summary>A force on the ground.</summary>
    Ground = 1,
}

/// <summary>How an actor stands to the agreement (PTY-3).</summary>
public enum Binding
{
    /// <summary>Not bound by the agreement; nobody answers for it.</summary>
    Unbound = 0,

    /// <summary>A signatory's own force.</summary>
    Signatory = 1,

    /// <summary>Bound without having signed; a guarantor answers for it.</summary>
    Guaranteed = 2,
}

/// <summary>Any force, bound by the agreement or not.</summary>
public sealed record Actor
{
    /// <summary>Its identifier.</summary>
    public required Id<Actor> Id { get; init; }

    /// <summary>Its name.</summary>
    public required Words Name { get; init; }

    /// <summary>Whether it acts in the air or on the ground.</summary>
    public required ActorKind Kind { get; init; }

    /// <summary>How it stands to the agreement.</summary>
    public required Binding Binding { get; init; }

    /// <summary>The party that files and answers for it; null where it is unbound.</summary>
    public required Id<Party>? AnswerableParty { get; init; }
}

/// <summary>Whether flights of a purpose fight.</summary>
public enum PurposeCategory
{
    /// <summary>Non-combat or non-offensive.</summary>
    NonCombat = 0,

    /// <summary>Combat.</summary>
    Combat = 1,
}

/// <summary>A purpose of flight from the agreed code list.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Category">Whether such flights fight.</param>
/// <param name="Name">Its name.</param>
public sealed record Purpose(Id<Purpose> Id, PurposeCategory Category, Words Name);

/// <summary>The first statement of a record: who takes part, and what all verdicts rest on.</summary>
public sealed record Founding : StatementBody
{
    /// <summary>The least radius, in metres, that an agreed floor for the volume of an operation may have (BND-1).</summary>
    public const int LeastOperationFloorRadiusMetres = 5_000;

    /// <summary>Exercise or real.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>What the record is called.</summary>
    public required Words Title { get; init; }

    /// <summary>The languages of all texts, each equally authentic.</summary>
    public required ImmutableArray<string> Languages { get; init; }

    /// <summary>Languages whose texts are not authentic or reviewed yet: <c>machine</c> or <c>reviewed</c> by language.</summary>
    public required ImmutableSortedDictionary<string, string> Translations { get; init; }

    /// <summary>The time zone (TZDB name) in which local times are shown.</summary>
    public required string Zone { get; init; }

    /// <summary>The office, as the author of <see cref="RecordTime"/>.</summary>
    public required Id<Party> Office { get; init; }

    /// <summary>The office's name.</summary>
    public required Words OfficeName { get; init; }

    /// <summary>The signatories, by identifier.</summary>
    public required ImmutableSortedDictionary<Id<Party>, Party> Parties { get; init; }

    /// <summary>Observers and notifiers, by identifier.</summary>
    public required ImmutableSortedDictionary<Id<Party>, Observer> Observers { get; init; }

    /// <summary>All actors, by identifier.</summary>
    public required ImmutableSortedDictionary<Id<Actor>, Actor> Actors { get; init; }

    /// <summary>The agreed purposes, by code.</summary>
    public required ImmutableSortedDictionary<Id<Purpose>, Purpose> Purposes { get; init; }

    /// <summary>What is known of ground, geoid and pressure in the theatre.</summary>
    public required HeightConversion Heights { get; init; }

    /// <summary>Radius in metres of the circle that every volume of an operation must have room for (BND-1); at least 5,000.</summary>
    public required int OperationFloorRadiusMetres { get; init; }

    /// <summary>The keys by which entries are signed; null where the record is played in memory only and nothing is signed.</summary>
    public FoundingKeys? Keys { get; init; }

    /// <summary>Which role may draft and release what; null where the founding says nothing, and then no statement has to name an officer.</summary>
    public AuthorityMatrix? Authority { get; init; }

    /// <summary>The signatories' lines over <see cref="FoundingSignature.Text"/>, as the founding statement bears them; none where it bears none.</summary>
    public ImmutableArray<string> Signatures { get; init; } = [];

    /// <summary>Whether every signatory has signed the founding. A statement that bears some lines but not all of them is not taken.</summary>
    public bool IsSignedByAll => !Signatures.IsEmpty;
}
