using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>Which notes are offered to which node, and when again.</summary>
internal static class UrgentOffers
{
    /// <summary>The notes that another node is offered now: open courses before complete ones, a message before its events.</summary>
    /// <param name="state">What the node knows.</param>
    /// <param name="peer">The other node.</param>
    /// <param name="touched">Only those of this course; null for all.</param>
    /// <param name="now">The moment.</param>
    public static ImmutableArray<UrgentNote> Due(UrgentState state, Id<Party> peer, ContentHash? touched, Instant now)
    {
        var courses = touched is null
            ? state.Open.Values.OrderBy(each => each.IsComplete).ThenByDescending(each => each.HeldSince)
            : state.Open.TryGetValue(touched, out var one) ? [one] : Enumerable.Empty<UrgentCourse>();
        var notes = ImmutableArray.CreateBuilder<UrgentNote>();
        var bytes = 0;
        foreach (var note in courses.SelectMany(course => Of(course).Where(note => IsDue(course, peer, note, now))))
        {
            bytes += note.Bytes.Length;
            if (notes.Count >= UrgentSteps.MaximumNotesOfSending || (notes.Count > 0 && bytes > UrgentSteps.MaximumBytesOfSending)) break;
            notes.Add(note);
        }

        return notes.ToImmutable();
    }

    /// <summary>The course after an offer.</summary>
    public static UrgentCourse Made(UrgentCourse course, Id<Party> peer, UrgentNote note, Instant now)
    {
        var key = new OfferedNote(peer, note.Hash);
        var isHeld = course.Offers.GetValueOrDefault(key) is { IsHeld: true };
        var wait = isHeld ? UrgentSteps.OfferingAgain : course.IsComplete ? UrgentSteps.SlowResending : UrgentSteps.Resending;
        return course with { Offers = course.Offers.SetItem(key, new(now + wait, isHeld)) };
    }

    /// <summary>Whether nothing is left to do for a course: complete, recorded where it has to be, and held by all, or offered long enough.</summary>
    public static bool IsSettled(UrgentNode node, UrgentCourse course, Instant now)
    {
        if (!course.IsComplete) return false;
        if (!course.IsRecorded && (course.Message.From == node.Self || course.Message.To.Contains(node.Self))) return false;
        return now >= course.HeldSince + UrgentSteps.OfferingLasts || node.Peers.All(peer => Of(course).All(note => note.Author == peer || IsHeld(course, peer, note)));
    }

    private static IEnumerable<UrgentNote> Of(UrgentCourse course) => course.Events.Values.OrderBy(each => each.Event.Number).Prepend<UrgentNote>(course.Note);

    private static bool IsHeld(UrgentCourse course, Id<Party> peer, UrgentNote note) => course.Offers.GetValueOrDefault(new(peer, note.Hash)) is { IsHeld: true };

    // Its author has it, unless it lost its disk: that is found out when it is offered again.
    private static bool IsDue(UrgentCourse course, Id<Party> peer, UrgentNote note, Instant now) => course.Offers.GetValueOrDefault(new(peer, note.Hash)) is { } offer
        ? offer.NextAt <= now && !(offer.IsHeld && course.IsComplete)
        : note.Author != peer || (!course.IsComplete && now >= course.HeldSince + UrgentSteps.OfferingAgain);
}
