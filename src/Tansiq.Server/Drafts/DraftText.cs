using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Entries;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Drafts;

/// <summary>Makes the text of a statement from a draft, and tries it: read as every other node will read it, and admitted as the office will.</summary>
internal static class DraftText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonText.MaximumDepth };

    /// <summary>The text: one JSON object and a newline.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="node">The node: its party says it, its checkpoint was seen.</param>
    /// <param name="officer">Who releases it; null while it is a draft.</param>
    /// <param name="made">When.</param>
    public static ReadOnlyMemory<byte> Write(Draft draft, INode node, SpeakingOfficer? officer, Instant made)
    {
        var buffer = new ArrayBufferWriter<byte>(draft.Body.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type", draft.Type);
            writer.WriteString("id", draft.Id.Value);
            writer.WriteString("party", node.Identity.Party.Value);
            if (officer is not null)
            {
                writer.WriteStartObject("officer");
                writer.WriteString("id", officer.Id.Value);
                writer.WriteString("role", NoticeWords.Word(officer.Role));
                writer.WriteEndObject();
            }

            writer.WriteString("made", InstantPattern.ExtendedIso.Format(made));
            if (node.Picture.Checkpoint is { } seen)
            {
                writer.WriteStartObject("seen");
                writer.WriteNumber("size", seen.Checkpoint.Size);
                writer.WriteString("root", seen.Checkpoint.Root.ToString());
                writer.WriteEndObject();
            }

            writer.WritePropertyName("body");
            // Read and written by this program before: nothing in it breaks out of its place.
            writer.WriteRawValue(draft.Body.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>Reads a text and asks admission.</summary>
    /// <param name="text">The text.</param>
    /// <param name="draft">Whose attachments it may name.</param>
    /// <param name="node">The node.</param>
    /// <returns>The statement; or why it can't be read, or would be without effect.</returns>
    public static Parsed<Statement> Try(ReadOnlyMemory<byte> text, Draft draft, INode node)
    {
        var situation = node.Picture.State.Situation;
        var given = draft.Attachments.ToDictionary(attachment => ContentHash.Of(attachment.Span), attachment => attachment);
        if (!StatementReader.Read(text, hash => given.TryGetValue(hash, out var own) ? own : Held(node, hash), situation.Founding).TryGet(out var statement, out var refusal)) return refusal;
        if (statement.Body is UnknownBody) return new Refusal(DraftCodes.UnknownType, "/type", JsonText.Shorten(draft.Type), "the type of a statement (docs/formats/statements.md)");
        if (Admit.Decide(situation, statement) is not Admission.Inert inert) return statement;
        // Who releases a draft is not known yet.
        return statement.Officer is null && inert.Where.StartsWith("/officer", StringComparison.Ordinal)
            ? statement
            : new Refusal(inert.Code, inert.Where, "what admission would find inert", "a statement that would be admitted");
    }

    private static ReadOnlyMemory<byte>? Held(INode node, ContentHash hash) => AttachmentHash.Parse(hash.Hex) is { } named ? node.Attachment(named) : null;
}
