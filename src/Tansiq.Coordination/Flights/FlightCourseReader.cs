using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Flights;

/// <summary>Reads and writes what is said of a flight's course (docs/formats/statements.md).</summary>
internal static class FlightCourseReader
{
    /// <summary>An amendment: a notice, and what it takes the place of.</summary>
    public static Amendment Amendment(JsonCursor body) => new(body.Cites(), NoticeReader.ReadRecord(body));

    /// <summary>Other times of a flight that is in the air.</summary>
    public static Retiming Retiming(JsonCursor body) => new(body.Cites(), [.. body["times"].ItemsAtLeastOne(Notice.MaximumVolumes).Select(time => time.ClosedInterval())]);

    /// <summary>Writes the times of a retiming.</summary>
    public static void Write(Utf8JsonWriter writer, ImmutableArray<Interval> times)
    {
        writer.WriteStartArray("times");
        foreach (var time in times)
        {
            writer.WriteStartObject();
            StatementWriter.Write(writer, "from", time.Start);
            StatementWriter.Write(writer, "until", time.End);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
