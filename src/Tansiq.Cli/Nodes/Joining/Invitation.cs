using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary>What a node gives to the office before there is a record: who it is and its public keys (docs/formats/joining.md). Nothing in it is secret.</summary>
/// <param name="Party">For whom it speaks.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Name">Under which other nodes call it.</param>
/// <param name="Statement">Its key of statements.</param>
internal sealed record Invitation(string Party, NodeRole Role, string Name, VerifierKey Statement)
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaximumBytes = 16_384;

    private const string Format = "tansiq-invitation/1";
    private const int MaximumKeyLength = 4_096;
    private static readonly JsonWriterOptions Writing = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Its key of cosignatures; null for the office.</summary>
    public VerifierKey? Witness { get; init; }

    /// <summary>Its recovery key.</summary>
    public VerifierKey? Recovery { get; init; }

    /// <summary>The office's key of the log; null for others.</summary>
    public VerifierKey? Log { get; init; }

    /// <summary>The keys with which the party begins.</summary>
    public StartingKeys Keys => new(Statement, Witness, Recovery);

    /// <summary>Reads a file.</summary>
    public static Parsed<(Invitation Invitation, ReadOnlyMemory<byte> Bytes)> Load(string path)
    {
        if (!InputFile.Read(path, MaximumBytes).TryGet(out var bytes, out var refusal)) return refusal.Under(path + " ");
        return Read(bytes).TryGet(out var invitation, out refusal) ? (invitation, bytes) : refusal.Under(path + " ");
    }

    /// <summary>Reads an invitation.</summary>
    public static Parsed<Invitation> Read(ReadOnlyMemory<byte> bytes) => JsonReading.Read(bytes, MaximumBytes, refusesUnknownMembers: true, root =>
    {
        root.Only("format", "party", "role", "name", "keys");
        _ = root["format"].OneOf((Format, 0));
        var keys = root["keys"];
        keys.Only("statement", "witness", "recovery", "log");
        var role = root["role"].OneOf(("office", NodeRole.Office), ("centre", NodeRole.Centre), ("observer", NodeRole.Observer));
        var invitation = new Invitation(root["party"].Identifier(), role, root["name"].Text(NoteLimits.MaximumNameBytes), Key(keys["statement"], SignatureType.Ed25519)!)
        {
            Witness = role == NodeRole.Office ? Absent(keys["witness"]) : Optional(keys["witness"], SignatureType.Cosignature),
            Recovery = Optional(keys["recovery"], SignatureType.Ed25519),
            Log = role == NodeRole.Office ? Key(keys["log"], SignatureType.Ed25519) : Absent(keys["log"]),
        };
        return invitation;
    });

    /// <summary>The file's bytes.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("party", Party);
            json.WriteString("role", Role.ToString().ToLowerInvariant());
            json.WriteString("name", Name);
            json.WriteStartObject("keys");
            foreach (var (name, key) in NamedKeys()) json.WriteString(name, key.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private IEnumerable<(string Name, VerifierKey Key)> NamedKeys()
    {
        yield return ("statement", Statement);
        if (Witness is not null) yield return ("witness", Witness);
        if (Recovery is not null) yield return ("recovery", Recovery);
        if (Log is not null) yield return ("log", Log);
    }

    private static VerifierKey? Optional(JsonCursor place, SignatureType type) => place.Exists ? Key(place, type) : null;

    private static VerifierKey? Absent(JsonCursor place)
    {
        if (place.Exists) place.Refuse("json.unknown-member", "no such key in this role");
        return null;
    }

    private static VerifierKey? Key(JsonCursor place, SignatureType type)
    {
        var text = place.Text(MaximumKeyLength);
        if (place.Reading.IsRefused) return null;
        if (!VerifierKey.Parse(text).TryGet(out var key, out var fault)) place.Refuse(fault.AsRefusal());
        else if (key.Type != type) place.Refuse("parties.key-type", $"a key of type 0x{(byte)type:x2}");
        else return key;
        return null;
    }
}
