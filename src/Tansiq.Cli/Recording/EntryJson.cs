using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Statements;

namespace Tansiq.Cli.Recording;

/// <summary>Writes an entry as one line of JSON (docs/formats/record-show.md).</summary>
internal static class EntryJson
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="languages">What it says in each of these languages.</param>
    public static string Line(ShownEntry entry, IEnumerable<(string Language, StatementText Text)> languages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            writer.WriteStartObject();
            writer.WriteNumber("index", entry.Index);
            writer.WriteString("kind", entry.Founding is { } founding ? (founding.Kind == Coordination.Parties.RecordKind.Exercise ? "exercise" : "real") : "");
            writer.WriteString("type", entry.Type);
            writer.WriteString("party", entry.Statement.Party.Value);
            writer.WriteString("id", entry.Statement.Id.Value);
            if (entry.OnRecord is { } time) writer.WriteString("time", InstantPattern.ExtendedIso.Format(time));
            WriteEffect(writer, entry);
            writer.WriteBoolean("joint", entry.IsJoint);
            writer.WriteString("hash", entry.Statement.Hash.Hex);
            writer.WriteString("leaf", ProofFiles.LeafDigits(entry.Entry.Note.Bytes.Span));
            writer.WriteString("key", entry.Key?.ToString() ?? entry.Entry.Signature.Name);
            writer.WriteString("text", Encoding.UTF8.GetString(entry.Entry.Text.Span));
            writer.WriteStartObject("says");
            foreach (var (language, text) in languages) writer.WriteString(language, text.Lines(entry.Statement, entry.Before).First().Value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteEffect(Utf8JsonWriter writer, ShownEntry entry)
    {
        if (entry.Admission is not Admission.Inert inert)
        {
            writer.WriteString("effect", entry is { IsPermissive: true, IsJoint: false } ? "once-joint" : "has");
            return;
        }

        writer.WriteString("effect", "none");
        writer.WriteString("code", inert.Code);
        writer.WriteString("where", inert.Where);
    }
}
