using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;

namespace Tansiq.Server.Information;

/// <summary>Urgent messages as the API gives them (docs/formats/urgent-messages.md).</summary>
internal static class UrgentJson
{
    /// <summary>One message with its course.</summary>
    public static void Write(Utf8JsonWriter json, UrgentCourse course, Id<Party> self)
    {
        var message = course.Message;
        json.WriteStartObject();
        json.WriteString("message", course.Note.Hash.Hex);
        json.WriteString("id", message.Id.Value);
        json.WriteString("kind", UrgentText.Word(message.Kind));
        json.WriteString("from", message.From.Value);
        json.WriteStartArray("to");
        foreach (var party in message.To) json.WriteStringValue(party.Value);
        json.WriteEndArray();
        json.WriteString("role", UrgentText.Word(message.Role));
        Write(json, message.Words);
        if (message.About is { } about) json.WriteString("about", about.Hex);
        Write(json, "sentAt", message.SentAt);
        json.WriteString("state", StateOf(course));
        json.WriteBoolean("forThisDesk", message.To.Contains(self));
        json.WriteBoolean("recorded", course.IsRecorded);
        json.WriteStartArray("addressees");
        foreach (var party in message.To) WriteAddressee(json, course, party);
        json.WriteEndArray();
        json.WriteStartArray("course");
        foreach (var happened in course.InOrder()) Write(json, happened);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One piece of news.</summary>
    public static void Write(Utf8JsonWriter json, UrgentNews news, IReadOnlyList<string> onDuty, UrgentCourse course, Id<Party> self)
    {
        json.WriteStartObject();
        if (news.Told is { } told)
        {
            json.WriteString("told", UrgentText.Word(told));
            json.WriteStartArray("onDuty");
            foreach (var officer in onDuty) json.WriteStringValue(officer);
            json.WriteEndArray();
        }

        json.WritePropertyName("stop");
        Write(json, course, self);
        json.WriteEndObject();
    }

    private static string StateOf(UrgentCourse course) =>
        course.Closing is not null ? "closed"
        : course.Message.To.All(party => course.AnswerOf(party) is not null) ? "answered"
        : course.Message.To.All(party => course.Events.Values.Any(each => each.Author == party)) ? "delivered"
        : "under-way";

    private static void WriteAddressee(Utf8JsonWriter json, UrgentCourse course, Id<Party> party)
    {
        var events = course.Events.Values.Where(each => each.Author == party).Select(each => each.Event).ToList();
        json.WriteStartObject();
        json.WriteString("party", party.Value);
        Write(json, "deliveredAt", events.Find(each => each.Kind == UrgentEventKind.Delivered)?.At);
        Write(json, "shownAt", events.Find(each => each.Kind == UrgentEventKind.Shown)?.At);
        Write(json, "answeredAt", course.AnswerOf(party)?.At);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, UrgentEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("party", happened.Party.Value);
        json.WriteString("event", UrgentText.Word(happened.Kind));
        Write(json, "at", happened.At);
        if (happened.Path is { } path) json.WriteString("path", path.Value);
        if (happened.Role is { } role) json.WriteString("role", UrgentText.Word(role));
        if (happened.Officer is { } officer) json.WriteString("officer", officer);
        if (happened.Words is { } words) Write(json, words);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Words words)
    {
        json.WriteStartObject("words");
        foreach (var (language, text) in words.ByLanguage) json.WriteString(language, text);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Instant? at)
    {
        if (at is { } known) json.WriteString(name, InstantPattern.ExtendedIso.Format(known));
    }
}
