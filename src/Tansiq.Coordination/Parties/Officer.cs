using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Parties;

/// <summary>An officer, as a mark for <see cref="Id{TEntity}"/>: on the record there is a pseudonym and nothing else of the person (PTY-4).</summary>
public sealed record Officer
{
    /// <summary>The most officers of one party at one time.</summary>
    public const int MaximumCount = 1_000;

    private Officer()
    {
    }
}

/// <summary>The officer who released a statement, as its envelope names it.</summary>
/// <param name="Id">The pseudonym.</param>
/// <param name="Role">In which role.</param>
public sealed record SpeakingOfficer(Id<Officer> Id, OfficerRole Role);

/// <summary>A signatory appoints an officer, or gives one other roles (PTY-4). It counts at once: it gives no permission to fly.</summary>
/// <param name="Officer">The pseudonym, unique within the party.</param>
/// <param name="Roles">All roles from now on, one or more.</param>
/// <param name="At">Where a liaison officer or one at the office's desk serves: another signatory's centre or the office; null for others.</param>
public sealed record OfficerAppointment(Id<Officer> Officer, ImmutableSortedSet<OfficerRole> Roles, Id<Party>? At) : StatementBody;

/// <summary>An officer serves no longer. Restrictive: binds on admission.</summary>
/// <param name="Officer">The pseudonym.</param>
public sealed record OfficerEnd(Id<Officer> Officer) : StatementBody;

/// <summary>An officer on the record.</summary>
/// <param name="Officer">The pseudonym.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="At">Where it serves, if not at its own party's centre.</param>
/// <param name="Hash">The statement that appointed it last.</param>
/// <param name="Since">Where that stands.</param>
public sealed record AppointedOfficer(Id<Officer> Officer, ImmutableSortedSet<OfficerRole> Roles, Id<Party>? At, ContentHash Hash, RecordPlace Since);
