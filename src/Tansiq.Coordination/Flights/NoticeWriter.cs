using System.Text.Json;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights;

/// <summary>Writes the body of a notice's statement.</summary>
internal static class NoticeWriter
{
    /// <summary>Writes the members of the body.</summary>
    public static void Write(Utf8JsonWriter writer, Notice notice)
    {
        writer.WriteString("actor", notice.Actor.Value);
        writer.WriteString("class", NoticeWords.Word(notice.Class));
        writer.WriteString("purpose", notice.Purpose.Value);
        writer.WriteString("contact", NoticeWords.Word(notice.Contact));
        writer.WriteStartArray("claims");
        foreach (var claim in notice.Claims) writer.WriteStringValue(claim.ToString());
        writer.WriteEndArray();
        if (notice.AnswerBy is { } answerBy)
        {
            writer.WriteStartObject("operation");
            StatementWriter.Write(writer, "answerBy", answerBy);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("volumes");
        foreach (var volume in notice.Volumes) Write(writer, volume);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Volume volume)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("outline");
        RecordGeometry.Write(writer, volume.Outline);
        Write(writer, "floor", volume.Heights.Floor);
        Write(writer, "ceiling", volume.Heights.Ceiling);
        StatementWriter.Write(writer, "from", volume.Time.Start);
        StatementWriter.Write(writer, "until", volume.Time.End);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Height? height)
    {
        if (height is not { } known) return;
        writer.WriteStartObject(name);
        writer.WriteNumber("units", known.Units);
        writer.WriteString("reference", Geo.Text.HeightReading.Word(known.Reference));
        writer.WriteEndObject();
    }
}
