using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights;

/// <summary>What a verdict says (FLT-2). It is never a clearance (BND-3).</summary>
public enum VerdictKind
{
    /// <summary>The agreement does not speak of the flight.</summary>
    NotCovered = 0,

    /// <summary>Something speaks of the flight, and nothing on record objects.</summary>
    NoObjection = 1,

    /// <summary>It takes place only with the word of those named.</summary>
    NeedsConsent = 2,

    /// <summary>What was agreed, or is known, does not decide it.</summary>
    Unclear = 3,

    /// <summary>Something on record objects.</summary>
    Refused = 4,
}

/// <summary>What a reason does to the verdict; the strongest effect decides (docs/formats/verdicts.md).</summary>
public enum ReasonEffect
{
    /// <summary>Nothing: it is said for the reader.</summary>
    Notes = 0,

    /// <summary>The clause speaks of the flight and does not object.</summary>
    DoesNotObject = 1,

    /// <summary>The word of those named is needed.</summary>
    Asks = 2,

    /// <summary>It can't be decided.</summary>
    LeavesUnclear = 3,

    /// <summary>It objects.</summary>
    Refuses = 4,
}

/// <summary>A whole number that explains a reason.</summary>
/// <param name="Name">What it is, with its unit, for example <c>distanceLowerMetres</c>.</param>
/// <param name="Value">How much.</param>
public sealed record ReasonNumber(string Name, long Value);

/// <summary>One reason of a verdict: what speaks, where and when, and what it does.</summary>
public sealed record Reason
{
    /// <summary>Its stable code (docs/formats/verdicts.md).</summary>
    public required string Code { get; init; }

    /// <summary>What it does to the verdict.</summary>
    public required ReasonEffect Effect { get; init; }

    /// <summary>The agreement, or null where the reason rests on none.</summary>
    public Id<Agreement>? Agreement { get; init; }

    /// <summary>The clause, or null.</summary>
    public Id<Clause>? Clause { get; init; }

    /// <summary>The exemption that holds or was claimed, or null.</summary>
    public Id<Exemption>? Exemption { get; init; }

    /// <summary>The area, or null.</summary>
    public Id<DesignatedArea>? Area { get; init; }

    /// <summary>The protected site, or null.</summary>
    public Id<Site>? Site { get; init; }

    /// <summary>The control map, or null.</summary>
    public Id<ControlMap>? Map { get; init; }

    /// <summary>The other flight, or null.</summary>
    public FlightReference? Flight { get; init; }

    /// <summary>Whose word is needed, who objected, or who suspended.</summary>
    public ImmutableSortedSet<Id<Party>> Parties { get; init; } = [];

    /// <summary>Which of the notice's volumes it is about, counted from 0, or null for all.</summary>
    public int? Volume { get; init; }

    /// <summary>How sure the geometry is.</summary>
    public Certainty Certainty { get; init; } = Certainty.Certain;

    /// <summary>Entry: the first moment that it is about, or null.</summary>
    public Instant? From { get; init; }

    /// <summary>Exit: the first moment that it is no longer about, or null.</summary>
    public Instant? Until { get; init; }

    /// <summary>
    /// Where it enters: a point of the volume and of what it meets at <see cref="From"/>, the same on every machine; null
    /// where they don't meet. A volume states no route, so any point of what they share may be the one.
    /// </summary>
    public GeoPoint? Place { get; init; }

    /// <summary>Where it leaves: the same for the last moment before <see cref="Until"/>.</summary>
    public GeoPoint? ExitPlace { get; init; }

    /// <summary>Numbers that explain.</summary>
    public ImmutableArray<ReasonNumber> Numbers { get; init; } = [];

    /// <summary>Whether both say the same, word for word.</summary>
    public bool SaysTheSame(Reason other) =>
        this with { Numbers = [], Parties = [] } == other with { Numbers = [], Parties = [] }
        && Numbers.SequenceEqual(other.Numbers)
        && Parties.SetEquals(other.Parties);
}

/// <summary>Names another flight on the record.</summary>
/// <param name="Party">Who filed it.</param>
/// <param name="Id">Its statement's identifier.</param>
/// <param name="Hash">Its statement's hash.</param>
public sealed record FlightReference(Id<Party> Party, Id<Statement> Id, ContentHash Hash);

/// <summary>The answer to «does anything on record object to this flight», with every reason (FLT-2, FLT-3).</summary>
public sealed record Verdict
{
    /// <summary>What it says.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>Whose word is still needed, over all reasons.</summary>
    public required ImmutableSortedSet<Id<Party>> ConsentOf { get; init; }

    /// <summary>Every reason, strongest effect first, then in an order that is the same everywhere.</summary>
    public required ImmutableArray<Reason> Reasons { get; init; }

    /// <summary><em>Known at</em>: the size of the record that it rests on.</summary>
    public required long KnownAtSize { get; init; }

    /// <summary>The size up to which the record is joint.</summary>
    public required long JointSize { get; init; }

    /// <summary><em>Valid at</em>: the moment that it was asked for.</summary>
    public required Instant ValidAt { get; init; }

    /// <summary>The version of the rules that gave it.</summary>
    public required int RulesVersion { get; init; }

    /// <summary>Exercise or real (BND-4).</summary>
    public required RecordKind RecordKind { get; init; }

    /// <summary>Whether every statement that it rests on is joint.</summary>
    public bool IsJoint => JointSize >= KnownAtSize;

    /// <summary>Whether both say the same for the same reasons, whatever they were asked of.</summary>
    public bool SaysTheSame(Verdict other) =>
        Kind == other.Kind
        && Reasons.Length == other.Reasons.Length
        && Reasons.Zip(other.Reasons).All(pair => pair.First.SaysTheSame(pair.Second));
}
