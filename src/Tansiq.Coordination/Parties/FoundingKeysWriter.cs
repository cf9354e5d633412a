using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Parties;

/// <summary>Adds keys to the text of a founding that has none (docs/formats/scenario.md): a record on disk begins so.</summary>
public static class FoundingKeysWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, MaxDepth = JsonText.MaximumDepth };

    /// <summary>The founding with its keys: every other member as it is, and <c>keys</c> last, in place of any that were there.</summary>
    /// <param name="founding">The text of a founding.</param>
    /// <param name="keys">The keys.</param>
    /// <returns>A text that <see cref="FoundingReader"/> takes; or why it would not.</returns>
    public static Parsed<ReadOnlyMemory<byte>> Write(ReadOnlyMemory<byte> founding, FoundingKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (FoundingReader.Read(founding).Refusal is { } refusal) return refusal;
        if (!JsonText.Parse(founding, FoundingReader.MaximumBytes).TryGet(out var root, out var malformed)) return malformed;
        var buffer = new ArrayBufferWriter<byte>(founding.Length + 4_096);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var member in root.EnumerateObject())
            {
                if (!member.NameEquals("keys")) member.WriteTo(writer);
            }

            Write(writer, keys);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return FoundingReader.Read(buffer.WrittenMemory).Refusal is { } problem ? problem : buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, FoundingKeys keys)
    {
        writer.WriteStartObject("keys");
        writer.WriteString("log", keys.Log.ToString());
        writer.WriteStartArray("parties");
        foreach (var (party, held) in keys.ByParty)
        {
            writer.WriteStartObject();
            writer.WriteString("party", party.Value);
            foreach (var role in Enum.GetValues<KeyRole>())
            {
                if (held.Of(role) is { } key) writer.WriteString(role.Word(), key.ToString());
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
