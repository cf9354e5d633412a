using System.Text;
using System.Text.Json;
using NodaTime.Text;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Recording;

/// <summary>Writes an entry of a record as one object of JSON (docs/formats/record-show.md).</summary>
public static class EntryWriter
{
    /// <summary>Writes the object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="languages">What it says in each of these languages.</param>
    public static void Write(Utf8JsonWriter writer, ReadableEntry entry, IEnumerable<(string Language, StatementText Text)> languages)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(languages);
        Span<byte> leaf = stackalloc byte[Tansiq.Record.Merkle.MerkleHash.Length];
        entry.Leaf.CopyTo(leaf);
        writer.WriteStartObject();
        writer.WriteNumber("index", entry.Index);
        writer.WriteString("kind", entry.Founding is { } founding ? (founding.Kind == RecordKind.Exercise ? "exercise" : "real") : "");
        writer.WriteString("type", entry.Type);
        writer.WriteString("party", entry.Statement.Party.Value);
        writer.WriteString("id", entry.Statement.Id.Value);
        if (entry.OnRecord is { } time) writer.WriteString("time", InstantPattern.ExtendedIso.Format(time));
        WriteEffect(writer, entry);
        writer.WriteBoolean("joint", entry.IsJoint);
        writer.WriteString("hash", entry.Statement.Hash.Hex);
        writer.WriteString("leaf", Convert.ToHexStringLower(leaf));
        writer.WriteString("key", entry.Key?.ToString() ?? entry.Entry.Signature.Name);
        writer.WriteString("text", Encoding.UTF8.GetString(entry.Entry.Text.Span));
        writer.WriteStartObject("says");
        foreach (var (language, text) in languages) writer.WriteString(language, text.Lines(entry.Statement, entry.Before).First().Value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteEffect(Utf8JsonWriter writer, ReadableEntry entry)
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
