using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Api.GeoJson;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;

namespace Tansiq.Server.Api.Answers;

/// <summary>What was agreed: agreements with their clauses, areas, control maps.</summary>
internal static class AgreementAnswers
{
    public static readonly ReadEndpoint Agreements = new("/agreements", static (request, answer) =>
    {
        var standings = AgreementStanding.Of(request.Situation, request.ValidAt)
            .Select(standing => (standing.Proposed.Proposed.Index, standing))
            .Where(each => each.Index >= request.From);
        answer.Page(request, "agreements", standings, standing => Write(request, answer, standing));
        return null;
    })
    {
        IsList = true,
    };

    public static readonly ReadEndpoint Areas = new("/areas", static (request, answer) =>
    {
        var state = request.Query.OneOf("state", "proposed", "start-undefined", "not-begun", "in-force", "replaced", "lapsed");
        var areas = AgreementStanding.Of(request.Situation, request.ValidAt)
            .SelectMany(standing => standing.Proposed.Agreement.Areas.Select(area => (standing, area)))
            .Select((each, number) => ((long)number, each))
            .Where(each => each.Item1 >= request.From && (state is null || each.each.standing.State.Word() == state));
        answer.Json.WriteString("type", "FeatureCollection");
        answer.Page(request, "features", areas, each => Write(answer, each.standing, each.area));
        return null;
    })
    {
        IsList = true,
        IsGeoJson = true,
        Parameters = ["state"],
    };

    public static readonly ReadEndpoint ControlMaps = new("/control-maps", static (request, answer) =>
    {
        var maps = request.Situation.ControlMaps
            .Where(proposed => Situation.Restricts(proposed.Proposed, request.ValidAt))
            .SelectMany(proposed => proposed.Map.Ground.Select(ground => (proposed, ground)))
            .Select((each, number) => ((long)number, each))
            .Where(each => each.Item1 >= request.From);
        answer.Json.WriteString("type", "FeatureCollection");
        answer.Page(request, "features", maps, each => Write(request, answer, each.proposed, each.ground));
        return null;
    })
    {
        IsList = true,
        IsGeoJson = true,
    };

    private static void Write(ReadRequest request, AnswerWriter answer, AgreementStanding standing)
    {
        var (json, agreement) = (answer.Json, standing.Proposed.Agreement);
        json.WriteStartObject();
        json.WriteString("id", agreement.Id.Value);
        json.WriteNumber("version", agreement.Version);
        json.WriteString("hash", standing.Proposed.Hash.Hex);
        answer.Words("title", agreement.Title);
        json.WriteString("state", standing.State.Word());
        if (standing.Time is { } time) answer.Interval(time);
        answer.Place("proposed", standing.Proposed.Proposed);
        WritePlaces(request, answer, "signatures", standing.Proposed.Signatures);
        json.WriteStartArray("chapters");
        foreach (var chapter in agreement.Chapters) WriteNamed(answer, chapter.Id.Value, "title", chapter.Title);
        json.WriteEndArray();
        json.WriteStartArray("areaClasses");
        foreach (var areaClass in agreement.AreaClasses) WriteNamed(answer, areaClass.Id.Value, "name", areaClass.Name);
        json.WriteEndArray();
        json.WriteStartArray("clauses");
        foreach (var clause in agreement.Clauses) Write(request, answer, clause);
        Write(request, answer, agreement.Duration);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(ReadRequest request, AnswerWriter answer, Clause clause)
    {
        answer.Json.WriteStartObject();
        ClauseJson.WriteMembers(answer, clause);
        if (AgreementStanding.SuspensionOf(request.Situation, clause, request.ValidAt) is { } suspension)
        {
            answer.Json.WriteStartObject("suspension");
            answer.Json.WriteString("party", suspension.Party.Value);
            answer.Json.WriteString("hash", suspension.Hash.Hex);
            answer.Place("since", suspension.Since);
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndObject();
    }

    private static void Write(AnswerWriter answer, AgreementStanding standing, DesignatedArea area)
    {
        var (json, agreement) = (answer.Json, standing.Proposed.Agreement);
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", $"{agreement.Id}/{agreement.Version}/{area.Id}");
        json.WriteStartObject("properties");
        WriteAreaMembers(answer, agreement, area);
        json.WriteString("state", standing.State.Word());
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        GeometryWriter.Write(json, area.Outlines);
        json.WriteEndObject();
    }

    /// <summary>Writes which area it is, its class, heights and validity.</summary>
    public static void WriteAreaMembers(AnswerWriter answer, Agreement agreement, DesignatedArea area)
    {
        answer.Json.WriteString("agreement", agreement.Id.Value);
        answer.Json.WriteNumber("version", agreement.Version);
        answer.Json.WriteString("area", area.Id.Value);
        answer.Words("name", area.Name);
        answer.Json.WriteString("class", area.Class.Value);
        answer.Heights(area.Heights);
        answer.Interval(area.Validity);
    }

    private static void Write(ReadRequest request, AnswerWriter answer, ProposedControlMap proposed, HeldGround ground)
    {
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", $"{proposed.Map.Id}/{ground.Id}");
        json.WriteStartObject("properties");
        json.WriteString("map", proposed.Map.Id.Value);
        json.WriteString("hash", proposed.Hash.Hex);
        answer.Time("asOf", proposed.Map.AsOf);
        json.WriteString("ground", ground.Id.Value);
        json.WriteString("holder", ground.Holder.Value);
        json.WriteBoolean("gained", ground.IsGained);
        answer.Place("proposed", proposed.Proposed);
        WritePlaces(request, answer, "acceptances", proposed.Acceptances);
        json.WriteBoolean("accepted", request.Founding.Parties.Keys.All(party => proposed.Acceptances.TryGetValue(party, out var place) && request.Situation.Permits(place, request.ValidAt)));
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        GeometryWriter.Write(json, ground.Outlines);
        json.WriteEndObject();
    }

    /// <summary>Who signed or accepted where, and whether that has effect: it does once it is joint (REC-2).</summary>
    private static void WritePlaces(ReadRequest request, AnswerWriter answer, string name, ImmutableSortedDictionary<Id<Party>, RecordPlace> places)
    {
        answer.Json.WriteStartArray(name);
        foreach (var (party, place) in places)
        {
            answer.Json.WriteStartObject();
            answer.Json.WriteString("party", party.Value);
            answer.Place("place", place);
            answer.Json.WriteBoolean("hasEffect", request.Situation.Permits(place, request.ValidAt));
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndArray();
    }

    private static void WriteNamed(AnswerWriter answer, string id, string name, Words words)
    {
        answer.Json.WriteStartObject();
        answer.Json.WriteString("id", id);
        answer.Words(name, words);
        answer.Json.WriteEndObject();
    }
}
