using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>What happens to a node on the urgent way.</summary>
public abstract record UrgentInput
{
    private UrgentInput()
    {
    }

    /// <summary>Time passes.</summary>
    public sealed record Passing : UrgentInput;

    /// <summary>A note is here: of another node, of this node itself, or from its disk after a restart.</summary>
    /// <param name="Note">The note, verified.</param>
    /// <param name="Path">By whose node it came, as that called itself; null for this node's own.</param>
    /// <param name="IsKept">Whether it is on this node's disk already.</param>
    public sealed record Heard(UrgentNote Note, Id<Party>? Path, bool IsKept = false) : UrgentInput;

    /// <summary>Another node says that it holds a note.</summary>
    /// <param name="Peer">Which.</param>
    /// <param name="Note">The note.</param>
    public sealed record Held(Id<Party> Peer, UrgentNote Note) : UrgentInput;

    /// <summary>Another node did not take a note; it is offered again later.</summary>
    /// <param name="Peer">Which.</param>
    /// <param name="Note">The note.</param>
    /// <param name="LacksMessage">Whether it lacks the message that the note is about, which is then offered again at once.</param>
    public sealed record NotTaken(Id<Party> Peer, UrgentNote Note, bool LacksMessage) : UrgentInput;

    /// <summary>A message was on the screen of an officer here.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Role">The officer's role.</param>
    public sealed record Shown(ContentHash Message, OfficerRole Role) : UrgentInput;

    /// <summary>A person here answers.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Role">The person's role.</param>
    /// <param name="Officer">The person's pseudonym.</param>
    /// <param name="Words">What is answered; null for only that it was understood.</param>
    public sealed record Answer(ContentHash Message, OfficerRole Role, string Officer, Words? Words) : UrgentInput;

    /// <summary>A person of the sender ends it though not all have answered, for example because it was settled by telephone.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Role">The person's role.</param>
    /// <param name="Officer">The person's pseudonym.</param>
    public sealed record Close(ContentHash Message, OfficerRole Role, string Officer) : UrgentInput;

    /// <summary>A course has its place on the record, or waits on the disk for one.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Recorded(ContentHash Message) : UrgentInput;
}

/// <summary>What a node has to do then.</summary>
public abstract record UrgentEffect
{
    private UrgentEffect()
    {
    }

    /// <summary>Notes are sent to another node, at once; a message stands before its events.</summary>
    /// <param name="Peer">To which.</param>
    /// <param name="Notes">The notes, 1 to <see cref="UrgentSteps.MaximumNotesOfSending"/>.</param>
    public sealed record Send(Id<Party> Peer, ImmutableArray<UrgentNote> Notes) : UrgentEffect;

    /// <summary>A note goes to the disk. Nothing waits for it.</summary>
    /// <param name="Note">The note.</param>
    public sealed record Keep(UrgentNote Note) : UrgentEffect;

    /// <summary>What the desk sees of a message has changed.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Change(ContentHash Message) : UrgentEffect;

    /// <summary>Those of a role are told now.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Role">The role.</param>
    public sealed record Tell(ContentHash Message, OfficerRole Role) : UrgentEffect;

    /// <summary>The course goes on the record; until <see cref="UrgentInput.Recorded"/> it is asked for again.</summary>
    /// <param name="Course">The course, complete.</param>
    public sealed record Record(UrgentCourse Course) : UrgentEffect;
}
