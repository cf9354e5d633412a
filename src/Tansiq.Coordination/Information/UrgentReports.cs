using System.Collections.Immutable;
using System.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>What each end puts on the record of a complete course (INF-5): both say the same, because the course's events are the same at both.</summary>
public static class UrgentReports
{
    private const int HashDigits = 32;
    private const string Direct = "direct";

    /// <summary>The statements of one end: the sender makes one for each addressee, an addressee its own; whoever takes no part makes none.</summary>
    /// <param name="course">The course, complete.</param>
    /// <param name="self">Whose statements.</param>
    /// <returns>Their texts; the same ones whenever they are asked for, so that nothing is recorded twice.</returns>
    public static ImmutableArray<ReadOnlyMemory<byte>> Of(UrgentCourse course, Id<Party> self)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(self);
        var addressees = course.Message.From == self ? course.Message.To : course.Message.To.Intersect([self]);
        return [.. addressees.Select(to => StatementWriter.Write(new("stop:" + NameOf(course, to)), self, course.Closing!.At, ReportOf(course, to)).Value)];
    }

    /// <summary>What is reported of a course between its sender and one addressee.</summary>
    public static StopReport ReportOf(UrgentCourse course, Id<Party> to)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(to);
        var message = course.Message;
        var happened = course.InOrder().Where(each => each.Party == to || each.Party == message.From).Select(each => Reported(message, to, each)).OfType<CourseEvent>();
        return new()
        {
            Message = new(NameOf(course, to)),
            Kind = message.Kind switch
            {
                UrgentKind.Stop => DirectMessageKind.Stop,
                UrgentKind.Hotline => DirectMessageKind.Hotline,
                _ => DirectMessageKind.FlightSafety,
            },
            From = message.From,
            To = to,
            Role = message.Role,
            Words = message.Words,
            Course = [.. happened.Prepend(new(CourseEventKind.Said, message.SentAt, Path: null, Role: null)).OrderBy(each => each.At)],
        };
    }

    private static CourseEvent? Reported(UrgentMessage message, Id<Party> to, UrgentEvent happened) => happened.Kind switch
    {
        UrgentEventKind.Handed => new(CourseEventKind.Sent, happened.At, PathOf(happened.Path, to), Role: null),
        UrgentEventKind.Delivered => new(CourseEventKind.Delivered, happened.At, PathOf(happened.Path, message.From), Role: null),
        UrgentEventKind.Told => new(CourseEventKind.Escalated, happened.At, Path: null, happened.Role),
        UrgentEventKind.Shown => new(CourseEventKind.Shown, happened.At, Path: null, happened.Role),
        UrgentEventKind.Answered => new(CourseEventKind.Answered, happened.At, Path: null, happened.Role),
        _ => null,
    };

    private static string PathOf(Id<Party>? node, Id<Party> otherEnd) => node is null || node == otherEnd ? Direct : node.Value;

    // One message has a name for each addressee: of several reports of one name the newest counts.
    private static string NameOf(UrgentCourse course, Id<Party> to)
    {
        var name = course.Note.Hash.Hex[..HashDigits];
        return name + "." + (to.Value.Length <= 16 ? to.Value : ContentHash.Of(Encoding.UTF8.GetBytes(to.Value)).Hex[..16]);
    }
}
