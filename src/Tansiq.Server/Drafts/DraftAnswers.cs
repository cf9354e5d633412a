using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Drafts;

/// <summary>Answers about drafts and releases.</summary>
internal static class DraftAnswers
{
    /// <summary>One draft in full, with what stands in its way now and, for a notice, the verdict that it would get.</summary>
    public static void Write(Utf8JsonWriter json, Draft draft, INode node, Parsed<Statement>? tried)
    {
        json.WriteStartObject();
        WriteHead(json, draft, node);
        json.WritePropertyName("body");
        json.WriteRawValue(draft.Body.Span, skipInputValidation: true);
        json.WriteStartArray("attachments");
        foreach (var attachment in draft.Attachments) json.WriteStringValue(ContentHash.Of(attachment.Span).Hex);
        json.WriteEndArray();
        if (tried is { } trial) Write(json, draft, node, trial);
        json.WriteEndObject();
    }

    /// <summary>One draft in a list.</summary>
    public static void WriteInList(Utf8JsonWriter json, Draft draft, INode node)
    {
        json.WriteStartObject();
        WriteHead(json, draft, node);
        json.WriteEndObject();
    }

    /// <summary>What became of a release: 201 with its place, 202 while it waits for the office, else a problem.</summary>
    public static Task AnswerAsync(HttpContext context, Submission answer, Draft draft)
    {
        switch (answer)
        {
            case Submission.Accepted accepted:
                context.Response.Headers.Location = FormattableString.Invariant($"/api/v1/record/entries/{accepted.Index}");
                return JsonBody.WriteAsync(context, StatusCodes.Status201Created, json => WriteSaid(json, draft, accepted.Hash, accepted.Index, accepted.IsRepeated));
            case Submission.Waiting waiting:
                return JsonBody.WriteAsync(context, StatusCodes.Status202Accepted, json => WriteSaid(json, draft, waiting.Hash, null, isRepeated: false));
            case Submission.Refused refused:
                return Problem.WriteAsync(context, refused.Refusal);
            default:
                throw new InvalidOperationException("An answer of an unknown kind.");
        }
    }

    private static void WriteHead(Utf8JsonWriter json, Draft draft, INode node)
    {
        json.WriteString("id", draft.Id.Value);
        json.WriteString("type", draft.Type);
        json.WriteNumber("revision", draft.Revision);
        json.WriteString("madeAt", InstantPattern.ExtendedIso.Format(draft.MadeAt));
        json.WriteStartArray("drafters");
        foreach (var drafter in draft.Drafters) json.WriteStringValue(drafter);
        json.WriteEndArray();
        json.WriteBoolean("needsTwo", DraftRules.NeedsTwo(node, draft.Type));
        json.WriteString("state", draft.Released is null ? "draft" : "released");
        if (draft.Released is not { } released) return;
        var hash = ContentHash.Of(released.Text.Span);
        json.WriteString("releasedBy", released.By);
        json.WriteString("releasedAt", InstantPattern.ExtendedIso.Format(released.At));
        json.WriteString("hash", hash.Hex);
        if (node.Picture.Waiting.FirstOrDefault(waiting => waiting.Hash == hash) is not { } said) return;
        json.WriteBoolean("waitsForOffice", said.Refusal is null);
        if (said.Refusal is { } fault) json.WriteString("refusal", fault.Code);
    }

    private static void Write(Utf8JsonWriter json, Draft draft, INode node, Parsed<Statement> tried)
    {
        if (!tried.TryGet(out var statement, out var refusal))
        {
            json.WriteStartObject("problem");
            json.WriteString("code", refusal.Code);
            json.WriteString("pointer", refusal.Where);
            json.WriteString("found", refusal.Found);
            json.WriteString("expected", refusal.Expected);
            json.WriteEndObject();
            return;
        }

        if (statement.Body is not Notice notice || node.Picture.Situation is not { Founding: not null, Time: not null } situation) return;
        var verdict = Decide.Flight(situation, FlightInQuestion.NotFiled(notice, node.Identity.Party));
        json.WritePropertyName("verdict");
        VerdictWriter.Write(json, verdict, draft.Id.Value, node.Identity.Party, Sentences(situation));
    }

    private static List<(string Language, SentenceWriter Writer)> Sentences(Situation situation)
    {
        var names = RecordNames.Of(
            situation.Founding!,
            situation.Agreements.Select(proposed => proposed.Agreement),
            situation.Sites.Values.Select(site => site.Site),
            situation.ControlMaps.Select(proposed => proposed.Map));
        return [.. Phrasebook.Languages.Select(language => (language, new SentenceWriter(Phrasebook.For(language).Value, names)))];
    }

    private static void WriteSaid(Utf8JsonWriter json, Draft draft, ContentHash hash, long? index, bool isRepeated)
    {
        json.WriteStartObject();
        json.WriteString("id", draft.Id.Value);
        json.WriteString("type", draft.Type);
        json.WriteString("hash", hash.Hex);
        json.WriteString("state", index is null ? "waits-for-office" : "on-record");
        if (index is { } place)
        {
            json.WriteNumber("index", place);
            json.WriteBoolean("repeated", isRepeated);
        }

        json.WriteEndObject();
    }
}
