using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Server.Api.GeoJson;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;

namespace Tansiq.Server.Api.Answers;

/// <summary>Writes notices of flights, with how they stand and what was said to them.</summary>
internal static class NoticeJson
{
    /// <summary>The states in which a notice is at a moment.</summary>
    public static readonly string[] States = ["withdrawn", "superseded", "completed", "active", "lapsed", "over", "under-way", "standing"];

    /// <summary>
    /// How a notice stands: by what its filer said of the flight (withdrawn, superseded, completed, active), and where that is nothing yet by its terms and
    /// times: lapsed, over, under way, or standing until it starts.
    /// </summary>
    public static string State(ReadRequest request, FiledNotice filed) => filed.StateAt(request.ValidAt) switch
    {
        FlightState.Withdrawn => "withdrawn",
        FlightState.Superseded => "superseded",
        FlightState.Completed => "completed",
        FlightState.Active => "active",
        _ => StateOfFiled(request, filed),
    };

    /// <summary>Writes a notice as a Feature: a GeometryCollection has one geometry for each volume, whose heights and times stand in <c>volumes</c>.</summary>
    public static void WriteFeature(ReadRequest request, AnswerWriter answer, FiledNotice filed)
    {
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", $"{filed.Reference.Party}/{filed.Reference.Id}");
        json.WriteStartObject("properties");
        WriteMembers(request, answer, filed);
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        WriteGeometry(answer, filed.Notice);
        json.WriteEndObject();
    }

    /// <summary>Writes one geometry for each volume.</summary>
    public static void WriteGeometry(AnswerWriter answer, Notice notice)
    {
        answer.Json.WriteStartObject();
        answer.Json.WriteString("type", "GeometryCollection");
        answer.Json.WriteStartArray("geometries");
        foreach (var volume in notice.Volumes) GeometryWriter.Write(answer.Json, [volume.Outline]);
        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
    }

    /// <summary>Writes who flies what, how it stands, and what was said to it.</summary>
    public static void WriteMembers(ReadRequest request, AnswerWriter answer, FiledNotice filed)
    {
        var (json, notice) = (answer.Json, filed.Notice);
        json.WriteString("party", filed.Reference.Party.Value);
        json.WriteString("notice", filed.Reference.Id.Value);
        json.WriteString("hash", filed.Reference.Hash.Hex);
        json.WriteString("actor", notice.Actor.Value);
        json.WriteString("class", notice.Class.Word());
        json.WriteString("purpose", notice.Purpose.Value);
        json.WriteString("contact", notice.Contact.Word());
        json.WriteStartArray("claims");
        foreach (var claim in notice.Claims) json.WriteStringValue(claim.ToString());
        json.WriteEndArray();
        answer.Time("answerBy", notice.AnswerBy);
        answer.Time("from", notice.Start);
        answer.Time("until", notice.End);
        json.WriteString("state", State(request, filed));
        answer.Place("filed", filed.Filed);
        answer.Place("withdrawn", filed.Withdrawn);
        answer.Place("activated", filed.Activated);
        answer.Place("completed", filed.Completed);
        answer.Place("superseded", filed.Superseded);
        WriteReference(answer, "supersededBy", filed.SupersededBy);
        WriteReference(answer, "replaces", filed.Replaces);
        answer.Place("lapseMarked", filed.LapseMarked);
        WriteAnswers(request, answer, filed);
        json.WriteStartArray("volumes");
        foreach (var volume in notice.Volumes)
        {
            json.WriteStartObject();
            answer.Heights(volume.Heights);
            answer.Interval(volume.Time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string StateOfFiled(ReadRequest request, FiledNotice filed)
    {
        if (NoticeStanding.IsLapsed(request.Situation, filed, request.ValidAt)) return "lapsed";
        if (filed.Notice.End <= request.ValidAt) return "over";
        return filed.Notice.Start <= request.ValidAt ? "under-way" : "standing";
    }

    private static void WriteReference(AnswerWriter answer, string name, FlightReference? flight)
    {
        if (flight is null) return;
        answer.Json.WriteStartObject(name);
        answer.Json.WriteString("party", flight.Party.Value);
        answer.Json.WriteString("notice", flight.Id.Value);
        answer.Json.WriteString("hash", flight.Hash.Hex);
        answer.Json.WriteEndObject();
    }

    private static void WriteAnswers(ReadRequest request, AnswerWriter answer, FiledNotice filed)
    {
        answer.Json.WriteStartArray("answers");
        foreach (var said in filed.Answers)
        {
            answer.Json.WriteStartObject();
            answer.Json.WriteString("kind", said.Kind.Word());
            answer.Json.WriteString("party", said.Party.Value);
            answer.Json.WriteString("hash", said.Hash.Hex);
            answer.Place("place", said.Place);
            answer.Time("otherStart", said.OtherStart);
            answer.Json.WriteBoolean("hasEffect", said.Kind == AnswerKind.Consent ? request.Situation.Permits(said.Place, request.ValidAt) : Situation.Restricts(said.Place, request.ValidAt));
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndArray();
    }
}
