using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;

namespace Tansiq.Coordination.Information;

/// <summary>A step of a ladder: a role is told so long after the message was delivered, unless a person has answered.</summary>
/// <param name="After">How long after delivery.</param>
/// <param name="Role">Who is told.</param>
public sealed record EscalationStep(Duration After, OfficerRole Role);

/// <summary>Which roles an addressee's node tells of an urgent message, and when, until a person answers (INF-5).</summary>
/// <remarks>Whoever was told stays told. After the last step all are told again, without end.</remarks>
public static class EscalationLadder
{
    private static readonly ImmutableArray<OfficerRole> Roles = [OfficerRole.Watch, OfficerRole.Release, OfficerRole.Command];
    private static readonly ImmutableArray<OfficerRole> RolesOfOffice = [OfficerRole.OfficeDesk, OfficerRole.Command];

    /// <summary>The time between two steps: STOP 15 s, flight safety 30 s, hotline 60 s.</summary>
    public static Duration Between(UrgentKind kind) => Duration.FromSeconds(kind switch
    {
        UrgentKind.Stop => 15,
        UrgentKind.FlightSafety => 30,
        _ => 60,
    });

    /// <summary>The steps of a message at one of its addressees: the role that it names first, at once, and then those above it.</summary>
    /// <param name="kind">What the message is.</param>
    /// <param name="first">The role that it is addressed to.</param>
    /// <param name="isOffice">Whether the addressee is the office.</param>
    public static ImmutableArray<EscalationStep> Steps(UrgentKind kind, OfficerRole first, bool isOffice)
    {
        var roles = isOffice ? RolesOfOffice : Roles;
        var start = roles.IndexOf(first);
        // A role that is not on the ladder is told, and the whole ladder after it.
        var told = start >= 0 ? roles.Skip(start) : isOffice ? roles : roles.Prepend(first);
        return [.. told.Select((role, number) => new EscalationStep(Between(kind) * number, role))];
    }
}
