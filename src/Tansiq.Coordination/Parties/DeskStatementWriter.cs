using System.Text.Json;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Parties;

/// <summary>Writes the bodies of statements about officers and desks.</summary>
internal static class DeskStatementWriter
{
    /// <summary>Writes the officer of an envelope.</summary>
    public static void Write(Utf8JsonWriter writer, SpeakingOfficer officer)
    {
        writer.WriteStartObject("officer");
        writer.WriteString("id", officer.Id.Value);
        writer.WriteString("role", NoticeWords.Word(officer.Role));
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, OfficerAppointment appointment)
    {
        writer.WriteString("officer", appointment.Officer.Value);
        writer.WriteStartArray("roles");
        foreach (var role in appointment.Roles) writer.WriteStringValue(NoticeWords.Word(role));
        writer.WriteEndArray();
        if (appointment.At is { } at) writer.WriteString("at", at.Value);
    }

    public static void Write(Utf8JsonWriter writer, DutyRoster roster)
    {
        writer.WriteStartArray("duties");
        foreach (var duty in roster.Duties)
        {
            writer.WriteStartObject();
            writer.WriteString("role", NoticeWords.Word(duty.Role));
            writer.WriteString("officer", duty.Officer.Value);
            writer.WriteStartArray("deputies");
            foreach (var deputy in duty.Deputies) writer.WriteStringValue(deputy.Value);
            writer.WriteEndArray();
            StatementWriter.Write(writer, "from", duty.Time.Start);
            StatementWriter.Write(writer, "until", duty.Time.End);
            writer.WriteString("zone", duty.Zone);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, DeskContacts contacts)
    {
        writer.WriteStartArray("lines");
        foreach (var line in contacts.Lines)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", DeskStatementReader.Word(line.Kind));
            writer.WriteString("role", NoticeWords.Word(line.Role));
            writer.WriteString("number", line.Number);
            writer.WriteNumber("order", line.Order);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("guard");
        foreach (var frequency in contacts.Guard)
        {
            writer.WriteStartObject();
            writer.WriteNumber("hertz", frequency.Hertz);
            if (frequency.CallSign is { } callSign) writer.WriteString("callSign", callSign);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, LineCheck check)
    {
        writer.WriteString("with", check.With.Value);
        writer.WriteString("path", DeskStatementReader.Word(check.Path));
        writer.WriteBoolean("answered", check.IsAnswered);
        StatementWriter.Write(writer, "at", check.At);
    }
}
