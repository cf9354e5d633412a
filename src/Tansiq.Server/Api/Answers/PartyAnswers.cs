using Tansiq.Coordination.Parties;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;

namespace Tansiq.Server.Api.Answers;

/// <summary>Who takes part, and what all verdicts rest on.</summary>
internal static class PartyAnswers
{
    public static readonly ReadEndpoint Founding = new("/founding", static (request, answer) =>
    {
        var (founding, json) = (request.Founding, answer.Json);
        answer.Words("title", founding.Title);
        json.WriteStartArray("languages");
        foreach (var language in founding.Languages) json.WriteStringValue(language);
        json.WriteEndArray();
        json.WriteStartObject("translations");
        foreach (var (language, status) in founding.Translations) json.WriteString(language, status);
        json.WriteEndObject();
        json.WriteNumber("operationFloorRadiusMetres", founding.OperationFloorRadiusMetres);
        json.WriteString("hash", request.Situation.Keys.Record.Hex);
        if (founding.Keys is { } keys) json.WriteString("logKey", keys.Log.ToString());
        WriteParties(request, answer);
        return null;
    });

    public static readonly ReadEndpoint Parties = new("/parties", static (request, answer) =>
    {
        WriteParties(request, answer);
        return null;
    });

    public static readonly ReadEndpoint Actors = new("/actors", static (request, answer) =>
    {
        answer.Page(request, "actors", From(request, request.Founding.Actors.Values), actor => Write(answer, actor));
        return null;
    })
    {
        IsList = true,
    };

    public static readonly ReadEndpoint Purposes = new("/purposes", static (request, answer) =>
    {
        answer.Page(request, "purposes", From(request, request.Founding.Purposes.Values), purpose =>
        {
            answer.Json.WriteStartObject();
            answer.Json.WriteString("id", purpose.Id.Value);
            answer.Json.WriteString("category", purpose.Category.Word());
            answer.Words("name", purpose.Name);
            answer.Json.WriteEndObject();
        });
        return null;
    })
    {
        IsList = true,
    };

    private static IEnumerable<(long Place, TItem Item)> From<TItem>(ReadRequest request, IEnumerable<TItem> items) =>
        items.Select((item, number) => ((long)number, item)).Where(each => each.Item1 >= request.From);

    private static void Write(AnswerWriter answer, Actor actor)
    {
        answer.Json.WriteStartObject();
        answer.Json.WriteString("id", actor.Id.Value);
        answer.Words("name", actor.Name);
        answer.Json.WriteString("kind", actor.Kind.Word());
        answer.Json.WriteString("binding", actor.Binding.Word());
        if (actor.AnswerableParty is { } party) answer.Json.WriteString("answerableParty", party.Value);
        answer.Json.WriteEndObject();
    }

    private static void WriteParties(ReadRequest request, AnswerWriter answer)
    {
        var (founding, json) = (request.Founding, answer.Json);
        json.WriteStartObject("office");
        json.WriteString("id", founding.Office.Value);
        answer.Words("name", founding.OfficeName);
        WriteKeys(request, answer, founding.Office.Value);
        json.WriteEndObject();
        json.WriteStartArray("parties");
        foreach (var party in founding.Parties.Values)
        {
            json.WriteStartObject();
            json.WriteString("id", party.Id.Value);
            answer.Words("name", party.Name);
            answer.Words("centre", party.Centre);
            WriteKeys(request, answer, party.Id.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("observers");
        foreach (var observer in founding.Observers.Values)
        {
            json.WriteStartObject();
            json.WriteString("id", observer.Id.Value);
            answer.Words("name", observer.Name);
            WriteKeys(request, answer, observer.Id.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The public keys that it held or holds, with the places on the record from and until which they count (PTY-7).</summary>
    private static void WriteKeys(ReadRequest request, AnswerWriter answer, string party)
    {
        var json = answer.Json;
        json.WriteStartArray("keys");
        foreach (var held in request.Situation.Keys.All.Where(each => each.Party.Value == party))
        {
            json.WriteStartObject();
            json.WriteString("role", held.Role.ToString().ToLowerInvariant());
            json.WriteString("key", held.Key.ToString());
            json.WriteString("fingerprint", held.Key.Fingerprint());
            json.WriteNumber("fromIndex", held.From);
            if (held.Until is { } until) json.WriteNumber("untilIndex", until);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
