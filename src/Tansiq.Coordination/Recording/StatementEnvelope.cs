using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Entries;

namespace Tansiq.Coordination.Recording;

/// <summary>
/// What a record has to know of a statement's text without reading all of it: type, author, identifier, and which attachments it
/// names. Both domains go by it, so that they never differ in it. Of a text that is read as a statement it says what the statement says.
/// </summary>
/// <param name="Type">The type; empty where the text has none that can be read.</param>
/// <param name="Party">The author; empty where the text has none.</param>
/// <param name="Id">The identifier; empty where the text has none.</param>
/// <param name="Attachments">The attachments that its type names by hash, those that are hashes.</param>
internal readonly record struct StatementEnvelope(string Type, string Party, string Id, ImmutableArray<AttachmentHash> Attachments)
{
    private const int IdentityBytes = 16;

    private static readonly StatementEnvelope Unread = new("", "", "", []);
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonText.MaximumDepth };

    /// <summary>Whether it is about keys: such a statement may bear the signature of a recovery key.</summary>
    public bool IsAboutKeys => Type is StatementTypes.KeyRotation or StatementTypes.KeyRevocation;

    /// <summary>Party and identifier as 128 bits: the first of SHA-256(party ‖ 0x00 ‖ id), big-endian; null where the text says no identity.</summary>
    public UInt128? Identity()
    {
        if (Party.Length == 0 || Id.Length == 0) return null;
        Span<byte> name = stackalloc byte[2 * JsonCursor.MaximumIdentifierLength + 1];
        var length = Encoding.ASCII.GetBytes(Party, name);
        name[length++] = 0;
        length += Encoding.ASCII.GetBytes(Id, name[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name[..length], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash[..IdentityBytes]);
    }

    /// <summary>Scans a text as far as it has to be: mostly no further than the body.</summary>
    /// <param name="text">The text; whatever it is.</param>
    /// <returns>The envelope; an empty one for a text that is no JSON object with these members, each once as far as it was scanned.</returns>
    public static StatementEnvelope Scan(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? ScanMembers(ref reader) : Unread;
        }
        catch (JsonException)
        {
            return Unread;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in an escape.
            return Unread;
        }
    }

    private static StatementEnvelope ScanMembers(ref Utf8JsonReader reader)
    {
        string? type = null, party = null, id = null;
        NamedHashes? hashes = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) type = type is null ? Identifier(ref reader) : "";
            else if (reader.ValueTextEquals("party"u8)) party = party is null ? Identifier(ref reader) : "";
            else if (reader.ValueTextEquals("id"u8)) id = id is null ? Identifier(ref reader) : "";
            else if (reader.ValueTextEquals("body"u8)) hashes = NamedHashes.Scan(ref reader);
            else SkipValue(ref reader);
            if (type is "" || party is "" || id is "") return Unread;
            if (type is null || party is null || id is null) continue;
            if (hashes is not null || !NamedHashes.AreIn(type)) return new(type, party, id, hashes?.Of(type) ?? []);
        }

        return Unread;
    }

    private static string Identifier(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && JsonCursor.IsIdentifier(text)) return text;
        reader.Skip();
        return "";
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>The members of a body that may be hashes of attachments.</summary>
    private struct NamedHashes
    {
        private AttachmentHash? _founding;
        private AttachmentHash? _agreement;
        private AttachmentHash? _areas;
        private AttachmentHash? _map;

        /// <summary>Whether statements of a type name attachments.</summary>
        public static bool AreIn(string type) =>
            type is StatementTypes.Founding or StatementTypes.AgreementProposal or StatementTypes.ControlMapProposal;

        public static NamedHashes Scan(ref Utf8JsonReader reader)
        {
            var hashes = default(NamedHashes);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return hashes;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("founding"u8)) hashes._founding = Hash(ref reader);
                else if (reader.ValueTextEquals("agreement"u8)) hashes._agreement = Hash(ref reader);
                else if (reader.ValueTextEquals("areas"u8)) hashes._areas = Hash(ref reader);
                else if (reader.ValueTextEquals("map"u8)) hashes._map = Hash(ref reader);
                else SkipValue(ref reader);
            }

            return hashes;
        }

        public readonly ImmutableArray<AttachmentHash> Of(string type) => type switch
        {
            StatementTypes.Founding => Those(_founding, null),
            StatementTypes.AgreementProposal => Those(_agreement, _areas),
            StatementTypes.ControlMapProposal => Those(_map, null),
            _ => [],
        };

        private static ImmutableArray<AttachmentHash> Those(AttachmentHash? first, AttachmentHash? second) =>
            (first, second) switch
            {
                (null, null) => [],
                ({ } one, null) => [one],
                (null, { } one) => [one],
                ({ } one, { } other) => one == other ? [one] : [one, other],
            };

        private static AttachmentHash? Hash(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) return AttachmentHash.Parse(reader.GetString()!);
            reader.Skip();
            return null;
        }
    }
}
