using System.Globalization;
using System.Text;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Entries;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;
using Tansiq.Storage.Logs;

namespace Tansiq.Server.Api.Answers;

/// <summary>The entries of the record as people read them, with the note as it was signed and the proof that it is there.</summary>
internal static class RecordAnswers
{
    /// <summary>The most entries that one request looks at; where fewer than asked for are among them, the answer says where to go on.</summary>
    public const int MaximumLookedAt = 5_000;

    public static ReadEndpoint Entries(INode node) => new("/record/entries", (request, answer) =>
    {
        var (type, party) = (request.Query.Id<StatementBody>("type")?.Value, request.Query.Id<Party>("party"));
        var (text, until) = (request.Query.Text("text"), request.Situation.Size);
        if (request.Query.Refusal is { } refusal) return refusal;
        var words = RecordWords.Of(request.Situation).Statements;
        var end = Math.Min(until, request.From + MaximumLookedAt);
        var fitting = Shown(request, node, request.From, end)
            .Where(entry => (type is null || entry.Type == type) && (party is null || entry.Statement.Party == party) && (text is null || Says(entry, text, words)))
            .Select(entry => (entry.Index, entry));
        answer.Page(request, "entries", fitting, entry => EntryWriter.Write(answer.Json, entry, words));
        if (request.Next is null && end < until) request.Next = end;
        return null;
    })
    {
        IsList = true,
        Parameters = ["type", "party", "text"],
    };

    public static ReadEndpoint Entry(INode node) => new("/record/entries/{index}", (request, answer) =>
    {
        if (!long.TryParse(request.Route("index"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= request.Situation.Size)
            return new Refusal(ProblemCodes.NotFound, "", "", "");
        var entry = Shown(request, node, index, index + 1).Single();
        if (!EntryProof.Of(node.Store, index).TryGet(out var proof, out var fault)) return fault.AsRefusal();
        var words = RecordWords.Of(request.Situation).Statements;
        answer.Json.WritePropertyName("entry");
        EntryWriter.Write(answer.Json, entry, words);
        WriteLines(answer, entry, words);
        answer.Json.WriteString("note", Encoding.UTF8.GetString(entry.Entry.Note.Bytes.Span));
        answer.Json.WriteString("proof", Encoding.UTF8.GetString(proof.Write()));
        return null;
    })
    {
        IsOfTheMoment = true,
    };

    private static IEnumerable<ReadableEntry> Shown(ReadRequest request, INode node, long from, long until)
    {
        var index = from;
        foreach (var bytes in from < until ? node.Store.Entries(from, until) : [])
        {
            // What stands in the store was verified when it came; a note that is none would be a fault of the store.
            yield return ReadableEntry.Of(request.Picture.State, request.Picture.JointSize, Attachment, index, bytes).Value;
            index++;
        }

        ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => node.Attachment(hash);
    }

    private static bool Says(ReadableEntry entry, string text, IReadOnlyList<(string Language, StatementText Text)> words) =>
        Encoding.UTF8.GetString(entry.Entry.Text.Span).Contains(text, StringComparison.OrdinalIgnoreCase)
        || words.Any(each => each.Text.Lines(entry.Statement, entry.Before).Any(line => line.Value.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private static void WriteLines(AnswerWriter answer, ReadableEntry entry, IReadOnlyList<(string Language, StatementText Text)> words)
    {
        answer.Json.WriteStartObject("lines");
        foreach (var (language, text) in words)
        {
            answer.Json.WriteStartArray(language);
            foreach (var (label, value) in text.Lines(entry.Statement, entry.Before))
            {
                answer.Json.WriteStartObject();
                answer.Json.WriteString("label", label);
                answer.Json.WriteString("value", value);
                answer.Json.WriteEndObject();
            }

            answer.Json.WriteEndArray();
        }

        answer.Json.WriteEndObject();
    }
}
