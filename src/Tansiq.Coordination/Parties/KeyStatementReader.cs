using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>Reads and writes the bodies of statements about keys (docs/formats/statements.md).</summary>
internal static class KeyStatementReader
{
    private const int MaximumLineLength = 1_024;

    public static StatementBody? Rotation(JsonCursor body)
    {
        var replaces = body["replaces"].RoleOfKey();
        if (body.Reading.IsRefused || body["key"].Key(replaces) is not { } key) return null;
        return new KeyRotation(key, replaces, Endorsements(body["endorsements"]));
    }

    public static StatementBody? Revocation(JsonCursor body) =>
        body["key"].Key() is { } key ? new KeyRevocation(key, Endorsements(body["endorsements"])) : null;

    public static void Write(Utf8JsonWriter writer, KeyRotation rotation)
    {
        writer.WriteString("key", rotation.Key.ToString());
        writer.WriteString("replaces", rotation.Replaces.Word());
        Write(writer, "endorsements", rotation.Endorsements);
    }

    public static void Write(Utf8JsonWriter writer, KeyRevocation revocation)
    {
        writer.WriteString("key", revocation.Key.ToString());
        if (!revocation.Endorsements.IsEmpty) Write(writer, "endorsements", revocation.Endorsements);
    }

    /// <summary>Writes signature lines as a member.</summary>
    public static void Write(Utf8JsonWriter writer, string name, ImmutableArray<string> lines)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }

    /// <summary>Signature lines of notes, without newlines; none where there is no such member.</summary>
    public static ImmutableArray<string> Endorsements(JsonCursor place)
    {
        if (!place.Exists) return [];
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var item in place.Items(NoteLimits.MaximumSignatures))
        {
            var line = item.Text(MaximumLineLength);
            if (!item.Reading.IsRefused && !IsSignatureLine(line)) item.Refuse("parties.endorsement-malformed", "a signature line of a note, without its newline");
            lines.Add(line);
        }

        return lines.ToImmutable();
    }

    private static bool IsSignatureLine(string line) =>
        !line.Contains('\n', StringComparison.Ordinal) && SignedNote.Read(Encoding.UTF8.GetBytes($"-\n\n{line}\n")).Fault is null;
}
