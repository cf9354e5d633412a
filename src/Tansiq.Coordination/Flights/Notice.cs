using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights;

/// <summary>The class of an aircraft.</summary>
public enum FlightClass
{
    /// <summary>Fixed-wing.</summary>
    FixedWing = 0,

    /// <summary>Rotary-wing.</summary>
    Rotary = 1,

    /// <summary>Unmanned.</summary>
    Unmanned = 2,
}

/// <summary>A role in a centre or the office; messages go to a role, never to a person only (PTY-5).</summary>
public enum OfficerRole
{
    /// <summary>On watch.</summary>
    Watch = 0,

    /// <summary>Releases statements.</summary>
    Release = 1,

    /// <summary>Gives consent.</summary>
    Consent = 2,

    /// <summary>In command.</summary>
    Command = 3,

    /// <summary>Liaison at another centre.</summary>
    Liaison = 4,

    /// <summary>At the office's desk.</summary>
    OfficeDesk = 5,
}

/// <summary>A notice of a flight: who, what nature, which volumes of space and time, whom to call (FLT-1, BND-2).</summary>
/// <remarks>There is nothing here for what is below, and nothing may be added for it (BND-1).</remarks>
public sealed record Notice : StatementBody
{
    /// <summary>The most volumes of one notice.</summary>
    public const int MaximumVolumes = 64;

    /// <summary>Who flies.</summary>
    public required Id<Actor> Actor { get; init; }

    /// <summary>The class of the aircraft.</summary>
    public required FlightClass Class { get; init; }

    /// <summary>The purpose, from the agreed list.</summary>
    public required Id<Purpose> Purpose { get; init; }

    /// <summary>The role to call.</summary>
    public required OfficerRole Contact { get; init; }

    /// <summary>Exemptions by condition that the filer claims.</summary>
    public required ImmutableArray<ExemptionReference> Claims { get; init; }

    /// <summary>Where it is a proposed joint operation: when it lapses unless every word needed is given; else null (FLT-6).</summary>
    public required Instant? AnswerBy { get; init; }

    /// <summary>The volumes, 1 to 64, each with a start and an end.</summary>
    public required ImmutableArray<Volume> Volumes { get; init; }

    /// <summary>Whether both say the same in every member.</summary>
    public bool SaysTheSame(Notice other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Claims = [], Volumes = [] } == other with { Claims = [], Volumes = [] }
            && Claims.SequenceEqual(other.Claims)
            && Volumes.SequenceEqual(other.Volumes);
    }

    /// <summary>Start of the first volume.</summary>
    public Instant Start
    {
        get
        {
            var start = Volumes[0].Time.Start;
            foreach (var volume in Volumes) start = Instant.Min(start, volume.Time.Start);
            return start;
        }
    }

    /// <summary>End of the last volume (exclusive).</summary>
    public Instant End
    {
        get
        {
            var end = Volumes[0].Time.End;
            foreach (var volume in Volumes) end = Instant.Max(end, volume.Time.End);
            return end;
        }
    }
}
