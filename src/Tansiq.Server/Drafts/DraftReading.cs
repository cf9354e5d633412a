using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Server.Drafts;

/// <summary>Reads drafts from requests: <c>{"type", "id", "body", "attachments": [base64]}</c>.</summary>
internal static class DraftReading
{
    /// <summary>The most bytes of a request, attachments in base64 included.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most attachments of a statement.</summary>
    public const int MaximumAttachments = 4;

    /// <summary>A new draft.</summary>
    /// <param name="root">The request.</param>
    /// <param name="drafter">Who makes it.</param>
    /// <param name="now">When.</param>
    public static Draft New(JsonCursor root, string drafter, Instant now)
    {
        root.Only("type", "id", "body", "attachments");
        return Read(root, root["type"].Identifier(), root["id"].Id<Statement>(), revision: 1, drafter, now);
    }

    /// <summary>A draft with another body.</summary>
    public static Draft Changed(JsonCursor root, Draft before, string drafter)
    {
        root.Only("revision", "body", "attachments");
        return Read(root, before.Type, before.Id, Revision(root), drafter, before.MadeAt);
    }

    /// <summary>The revision that somebody read.</summary>
    public static int Revision(JsonCursor root) => (int)root["revision"].Integer(1, int.MaxValue);

    private static Draft Read(JsonCursor root, string type, Id<Statement> id, int revision, string drafter, Instant madeAt)
    {
        _ = root["body"].Members(int.MaxValue);
        return new()
        {
            Id = id,
            Type = type,
            Body = Compact(root["body"]),
            Attachments = root["attachments"].Exists ? [.. root["attachments"].Items(MaximumAttachments).Select(Attachment)] : [],
            Drafters = [drafter],
            MadeAt = madeAt,
            Revision = revision,
        };
    }

    /// <summary>The same object without spaces and breaks between its parts; numbers and texts as they were written.</summary>
    private static ReadOnlyMemory<byte> Compact(JsonCursor body)
    {
        if (body.Kind != JsonValueKind.Object) return default;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) body.Element.WriteTo(writer);
        if (buffer.WrittenCount <= StatementReader.MaximumBytes) return buffer.WrittenMemory;
        body.Refuse("statement.too-large", FormattableString.Invariant($"a statement of at most {StatementReader.MaximumBytes} bytes"));
        return default;
    }

    private static ReadOnlyMemory<byte> Attachment(JsonCursor place)
    {
        if (place.Kind == JsonValueKind.String && place.Element.TryGetBytesFromBase64(out var bytes)) return bytes;
        place.Reading.Refuse(new(DraftCodes.Attachment, place.Pointer, "another value", "base64 (RFC 4648)"));
        return default;
    }
}
