using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Information;

/// <summary>
/// The urgent way as pure steps: what a node knows, what happens, and when give what it knows then and what it has to do (INF-5).
/// </summary>
/// <remarks>
/// Every note goes to every node until that says that it holds it, and whoever gets one hands it on likewise: all paths are taken at once, and what comes twice
/// is known by its hash. Nothing here waits for the record, the disk, an agreement or a person.
/// </remarks>
/// <param name="sign">Signs a text with the statement key of this node; the same text gives the same signature (RFC 8032).</param>
public sealed class UrgentSteps(Func<ReadOnlyMemory<byte>, NoteSignature> sign)
{
    /// <summary>The most notes of one sending.</summary>
    public const int MaximumNotesOfSending = 64;

    /// <summary>The most bytes of the notes of one sending.</summary>
    public const int MaximumBytesOfSending = 4 * UrgentNote.MaximumBytes;

    /// <summary>How long after an offer that was not answered it is made again. It never grows while a course is open.</summary>
    public static readonly Duration Resending = Duration.FromMilliseconds(250);

    /// <summary>The same once the course is complete, or where the other node did not take the note.</summary>
    public static readonly Duration SlowResending = Duration.FromSeconds(5);

    /// <summary>How often what another node holds is offered again while its course is open: that node may have lost it with its disk full.</summary>
    public static readonly Duration OfferingAgain = Duration.FromSeconds(10);

    /// <summary>How long a complete course is offered to a node that does not answer.</summary>
    public static readonly Duration OfferingLasts = Duration.FromHours(24);

    private const int MaximumHanded = 16;
    private const int MaximumTold = 32;
    private const int MaximumAnswered = 8;

    /// <summary>Makes the note of a message; it goes out when it is heard.</summary>
    public UrgentNote NoteOf(UrgentMessage message) => UrgentNote.Of(message, sign);

    /// <summary>One step.</summary>
    /// <param name="state">What the node knows.</param>
    /// <param name="input">What happens.</param>
    /// <param name="now">When, by its own clock.</param>
    /// <returns>What it knows then, and what it has to do.</returns>
    public (UrgentState State, ImmutableArray<UrgentEffect> Effects) Next(UrgentState state, UrgentInput input, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(input);
        var effects = ImmutableArray.CreateBuilder<UrgentEffect>();
        var touched = Take(ref state, input, now, effects);
        if (input is UrgentInput.Heard { IsKept: true }) return (state, effects.ToImmutable());
        foreach (var message in input is UrgentInput.Passing ? [.. state.Open.Keys] : touched is null ? [] : ImmutableArray.Create(touched))
        {
            if (state.Open.TryGetValue(message, out var course)) state = With(state, Due(state.Node, course, now, effects), now);
        }

        return (Sendings(state, touched, now, effects), effects.ToImmutable());
    }

    /// <summary>Takes an input in.</summary>
    /// <returns>The message whose course it touches; null for none.</returns>
    private ContentHash? Take(ref UrgentState state, UrgentInput input, Instant now, ImmutableArray<UrgentEffect>.Builder effects)
    {
        if (input is UrgentInput.Heard heard) return Heard(ref state, heard, now, effects);
        var (message, next) = input switch
        {
            UrgentInput.Held held => (held.Note.About, new Func<UrgentNode, UrgentCourse, UrgentCourse>((node, course) => Held(node, course, held, now, effects))),
            UrgentInput.NotTaken refused => (refused.Note.About, (_, course) => NotTaken(course, refused, now)),
            UrgentInput.Shown shown => (shown.Message, (node, course) => IsAddressed(node, course) && course.Of(node.Self).All(each => each.Event.Kind != UrgentEventKind.Shown || each.Event.Role != shown.Role)
                ? Said(node, course, Event(UrgentEventKind.Shown, now) with { Role = shown.Role }, effects)
                : course),
            UrgentInput.Answer answer => (answer.Message, (node, course) => IsAddressed(node, course) && Count(node, course, UrgentEventKind.Answered) < MaximumAnswered
                ? Said(node, course, Event(UrgentEventKind.Answered, now) with { Role = answer.Role, Officer = answer.Officer, Words = answer.Words }, effects)
                : course),
            UrgentInput.Close close => (close.Message, (node, course) => Closed(node, course, close, now, effects)),
            UrgentInput.Recorded recorded => (recorded.Message, (_, course) => course with { IsRecorded = true }),
            _ => (null, null),
        };
        if (message is null || next is null || !state.Open.TryGetValue(message, out var open)) return null;
        state = state with { Open = state.Open.SetItem(message, next(state.Node, open)) };
        return message;
    }

    private static ContentHash? Heard(ref UrgentState state, UrgentInput.Heard heard, Instant now, ImmutableArray<UrgentEffect>.Builder effects)
    {
        if (state.Refuses(heard.Note) is not null) return null;
        var course = state.Open.GetValueOrDefault(heard.Note.About);
        switch (heard.Note)
        {
            case UrgentNote.OfMessage message when course is null && state.Find(message.Hash) is null:
                course = new() { Note = message, HeldSince = now, Path = heard.Path };
                break;
            case UrgentNote.OfEvent happened when course is not null:
                if (course.Events.ContainsKey(happened.Hash)) return null;
                course = course.With(happened);
                break;
            default:
                return null;
        }

        if (!heard.IsKept) effects.Add(new UrgentEffect.Keep(heard.Note));
        effects.Add(new UrgentEffect.Change(heard.Note.About));
        state = state with { Open = state.Open.SetItem(heard.Note.About, course) };
        return heard.Note.About;
    }

    private UrgentCourse Held(UrgentNode node, UrgentCourse course, UrgentInput.Held held, Instant now, ImmutableArray<UrgentEffect>.Builder effects)
    {
        var key = new OfferedNote(held.Peer, held.Note.Hash);
        var isFirst = held.Note is UrgentNote.OfMessage && course.Offers.GetValueOrDefault(key) is not { IsHeld: true };
        course = course with { Offers = course.Offers.SetItem(key, new(now + OfferingAgain, IsHeld: true)) };
        if (!isFirst || course.Message.From != node.Self || course.Closing is not null || Count(node, course, UrgentEventKind.Handed) >= MaximumHanded) return course;
        if (course.Of(node.Self).Any(each => each.Event.Kind == UrgentEventKind.Handed && each.Event.Path == held.Peer)) return course;
        return Said(node, course, Event(UrgentEventKind.Handed, now) with { Path = held.Peer }, effects);
    }

    private static UrgentCourse NotTaken(UrgentCourse course, UrgentInput.NotTaken refused, Instant now)
    {
        var offers = course.Offers.SetItem(new(refused.Peer, refused.Note.Hash), new(now + (refused.LacksMessage ? Resending : SlowResending), IsHeld: false));
        return course with { Offers = refused.LacksMessage ? offers.Remove(new(refused.Peer, course.Note.Hash)) : offers };
    }

    private UrgentCourse Closed(UrgentNode node, UrgentCourse course, UrgentInput.Close? close, Instant now, ImmutableArray<UrgentEffect>.Builder effects)
    {
        if (course.Message.From != node.Self || course.Closing is not null) return course;
        var through = course.Message.To.Select(course.LastOf).OfType<UrgentNote.OfEvent>().ToImmutableSortedDictionary(each => each.Author, each => each.Hash);
        return Said(node, course, Event(UrgentEventKind.Closed, now) with { Role = close?.Role, Officer = close?.Officer, Through = through }, effects);
    }

    /// <summary>What is due in a course at a moment.</summary>
    private UrgentCourse Due(UrgentNode node, UrgentCourse course, Instant now, ImmutableArray<UrgentEffect>.Builder effects)
    {
        if (IsAddressed(node, course))
        {
            if (Count(node, course, UrgentEventKind.Delivered) == 0)
                course = Said(node, course, Event(UrgentEventKind.Delivered, now) with { Path = course.Path }, effects);
            course = Told(node, course, now, effects);
        }

        if (course.Closing is null && course.Message.To.All(course.IsAnsweredBy)) course = Closed(node, course, close: null, now, effects);
        if (!course.IsRecorded && TakesPart(node, course) && course.IsComplete && now >= course.NextRecordingAt)
        {
            effects.Add(new UrgentEffect.Record(course));
            course = course with { NextRecordingAt = now + SlowResending };
        }

        return course;
    }

    /// <summary>Takes the steps of the ladder that are due, until a person here has answered or the sender closed it.</summary>
    private UrgentCourse Told(UrgentNode node, UrgentCourse course, Instant now, ImmutableArray<UrgentEffect>.Builder effects)
    {
        var steps = EscalationLadder.Steps(course.Message.Kind, course.Message.Role, node.Self == node.Office);
        var delivered = course.Of(node.Self).First(each => each.Event.Kind == UrgentEventKind.Delivered).Event.At;
        // After a restart the steps that were taken before are known by their events.
        course = course with { StepsTaken = Math.Max(course.StepsTaken, Count(node, course, UrgentEventKind.Told)) };
        while (course.Closing is null && course.AnswerOf(node.Self) is null)
        {
            var isRepetition = course.StepsTaken >= steps.Length;
            var at = isRepetition ? (course.LastStepAt ?? Instant.MinValue) + EscalationLadder.Between(course.Message.Kind) : delivered + steps[course.StepsTaken].After;
            if (at > now) break;
            var step = steps[Math.Min(course.StepsTaken, steps.Length - 1)];
            effects.Add(new UrgentEffect.Tell(course.Note.Hash, step.Role));
            course = course with { StepsTaken = course.StepsTaken + 1, LastStepAt = now };
            if (Count(node, course, UrgentEventKind.Told) >= MaximumTold) continue;
            course = Said(node, course, Event(UrgentEventKind.Told, now) with { Role = step.Role }, effects);
        }

        return course;
    }

    /// <summary>Signs an event of this node's and takes it in; its number is the next.</summary>
    private UrgentCourse Said(UrgentNode node, UrgentCourse course, UrgentEvent happened, ImmutableArray<UrgentEffect>.Builder effects)
    {
        var before = course.Of(node.Self).LastOrDefault();
        var complete = happened with { Message = course.Note.Hash, Party = node.Self, Number = (before?.Event.Number ?? 0) + 1, After = before?.Hash };
        var note = (UrgentNote.OfEvent)UrgentNote.Of(complete, sign);
        effects.Add(new UrgentEffect.Keep(note));
        effects.Add(new UrgentEffect.Change(course.Note.Hash));
        return course.With(note);
    }

    /// <summary>An event of this node's, whose place in its course <see cref="Said"/> fills in.</summary>
    private static UrgentEvent Event(UrgentEventKind kind, Instant at) =>
        new() { Message = ContentHash.None, Party = Id<Party>.None, Number = 1, After = null, At = at, Kind = kind };

    /// <summary>Keeps a course, among the settled ones if there is nothing left to do for it.</summary>
    private static UrgentState With(UrgentState state, UrgentCourse course, Instant now)
    {
        var hash = course.Note.Hash;
        if (!UrgentOffers.IsSettled(state.Node, course, now)) return state with { Open = state.Open.SetItem(hash, course) };
        var settled = state.Settled.SetItem(hash, course);
        if (settled.Count > UrgentState.MaximumSettled) settled = settled.Remove(settled.Values.MinBy(each => each.HeldSince)!.Note.Hash);
        return state with { Open = state.Open.Remove(hash), Settled = settled };
    }

    private static UrgentState Sendings(UrgentState state, ContentHash? touched, Instant now, ImmutableArray<UrgentEffect>.Builder effects)
    {
        foreach (var peer in state.Node.Peers)
        {
            var notes = UrgentOffers.Due(state, peer, touched, now);
            if (notes.IsEmpty) continue;
            effects.Add(new UrgentEffect.Send(peer, notes));
            foreach (var note in notes)
            {
                var course = state.Open[note.About];
                state = state with { Open = state.Open.SetItem(note.About, UrgentOffers.Made(course, peer, note, now)) };
            }
        }

        return state;
    }

    private static int Count(UrgentNode node, UrgentCourse course, UrgentEventKind kind) => course.Of(node.Self).Count(each => each.Event.Kind == kind);

    private static bool IsAddressed(UrgentNode node, UrgentCourse course) => course.Message.To.Contains(node.Self);

    private static bool TakesPart(UrgentNode node, UrgentCourse course) => course.Message.From == node.Self || IsAddressed(node, course);
}
