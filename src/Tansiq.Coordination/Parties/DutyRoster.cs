using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Parties;

/// <summary>Who has a duty for a time (PTY-5). Messages go to the role; the roster says who answers for it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Officer">Who has the duty.</param>
/// <param name="Deputies">Who stands in, in this order.</param>
/// <param name="Time">From when until when, half-open, both bounded.</param>
/// <param name="Zone">The time zone (TZDB name) in which the officer reckons it.</param>
public sealed record Duty(OfficerRole Role, Id<Officer> Officer, ImmutableArray<Id<Officer>> Deputies, Interval Time, string Zone);

/// <summary>A signatory's duty roster, which takes the place of the one before (PTY-5).</summary>
/// <param name="Duties">The duties, in the party's order.</param>
public sealed record DutyRoster(ImmutableArray<Duty> Duties) : StatementBody
{
    /// <summary>The most duties of one roster.</summary>
    public const int MaximumDuties = 400;

    /// <summary>The most deputies of one duty.</summary>
    public const int MaximumDeputies = 8;

    /// <summary>The duties of a role at a moment, in the roster's order.</summary>
    /// <param name="role">The role.</param>
    /// <param name="moment">The moment.</param>
    public IEnumerable<Duty> OnDuty(OfficerRole role, Instant moment) => Duties.Where(duty => duty.Role == role && duty.Time.Contains(moment));

    /// <summary>The duties of all roles at a moment, in the roster's order.</summary>
    /// <param name="moment">The moment.</param>
    public IEnumerable<Duty> OnDuty(Instant moment) => Duties.Where(duty => duty.Time.Contains(moment));
}

/// <summary>A roster on the record.</summary>
/// <param name="Roster">It.</param>
/// <param name="Hash">The hash of its statement.</param>
/// <param name="Place">Where it stands.</param>
public sealed record RecordedRoster(DutyRoster Roster, ContentHash Hash, RecordPlace Place);
