using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Information;

/// <summary>Reads and writes what an end reports of a direct message (docs/formats/statements.md, Direct messages).</summary>
internal static class StopReportReader
{
    private static readonly (string Word, DirectMessageKind Value)[] Kinds =
        [("stop", DirectMessageKind.Stop), ("hotline", DirectMessageKind.Hotline), ("flight-safety", DirectMessageKind.FlightSafety)];

    private static readonly (string Word, CourseEventKind Value)[] Events =
    [
        ("said", CourseEventKind.Said), ("sent", CourseEventKind.Sent), ("delivered", CourseEventKind.Delivered), ("shown", CourseEventKind.Shown),
        ("escalated", CourseEventKind.Escalated), ("answered", CourseEventKind.Answered),
    ];

    public static StatementBody Read(JsonCursor body) => new StopReport
    {
        Message = body["message"].Id<DirectMessage>(),
        Kind = body["kind"].OneOf(Kinds),
        From = body["from"].Id<Party>(),
        To = body["to"].Id<Party>(),
        Role = body["role"].OfficerRole(),
        Words = Words(body["words"]),
        Course = Course(body["course"]),
    };

    public static void Write(Utf8JsonWriter writer, StopReport report)
    {
        writer.WriteString("message", report.Message.Value);
        writer.WriteString("kind", Array.Find(Kinds, each => each.Value == report.Kind).Word);
        writer.WriteString("from", report.From.Value);
        writer.WriteString("to", report.To.Value);
        writer.WriteString("role", NoticeWords.Word(report.Role));
        writer.WriteStartObject("words");
        foreach (var (language, text) in report.Words.ByLanguage) writer.WriteString(language, text);
        writer.WriteEndObject();
        writer.WriteStartArray("course");
        foreach (var each in report.Course) Write(writer, each);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CourseEvent each)
    {
        writer.WriteStartObject();
        writer.WriteString("event", Array.Find(Events, word => word.Value == each.Kind).Word);
        StatementWriter.Write(writer, "at", each.At);
        if (each.Path is { } path) writer.WriteString("path", path);
        if (each.Role is { } role) writer.WriteString("role", NoticeWords.Word(role));
        writer.WriteEndObject();
    }

    private static Words Words(JsonCursor place)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var members = place.Members(FoundingReader.MaximumLanguages);
        if (members.Count == 0) place.Refuse("json.missing", "words in at least one language");
        foreach (var (language, text) in members) texts[language] = text.Text(StopReport.MaximumWordsLength);
        return new(texts.ToImmutable());
    }

    private static ImmutableArray<CourseEvent> Course(JsonCursor place)
    {
        var course = ImmutableArray.CreateBuilder<CourseEvent>();
        var last = Instant.MinValue;
        foreach (var item in place.ItemsAtLeastOne(StopReport.MaximumEvents))
        {
            var (kind, at) = (item["event"].OneOf(Events), item["at"].Instant());
            if (at < last && !item.Reading.IsRefused) item["at"].Refuse("information.course-order", "events in the order of time");
            var hasPath = kind is CourseEventKind.Sent or CourseEventKind.Delivered;
            var hasRole = kind is CourseEventKind.Shown or CourseEventKind.Escalated or CourseEventKind.Answered;
            course.Add(new(kind, at, hasPath ? item["path"].Identifier() : null, hasRole ? item["role"].OfficerRole() : null));
            last = at;
        }

        return course.ToImmutable();
    }
}
