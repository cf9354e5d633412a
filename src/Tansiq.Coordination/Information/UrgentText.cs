using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Information;

/// <summary>The texts that are signed on the urgent way (docs/formats/urgent-messages.md).</summary>
public static class UrgentText
{
    private const string MessageFormat = "tansiq-urgent/1";
    private const string EventFormat = "tansiq-urgent-event/1";
    private const string Format = "format";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Word, UrgentKind Value)[] Kinds = [("stop", Information.UrgentKind.Stop), ("hotline", Information.UrgentKind.Hotline), ("flight-safety", Information.UrgentKind.FlightSafety)];

    private static readonly (string Word, UrgentEventKind Value)[] Events =
    [
        ("handed", UrgentEventKind.Handed), ("delivered", UrgentEventKind.Delivered), ("told", UrgentEventKind.Told),
        ("shown", UrgentEventKind.Shown), ("answered", UrgentEventKind.Answered), ("closed", UrgentEventKind.Closed),
    ];

    /// <summary>The word of a kind of message.</summary>
    public static string Word(UrgentKind kind) => Array.Find(Kinds, each => each.Value == kind).Word;

    /// <summary>The word of a kind of event.</summary>
    public static string Word(UrgentEventKind kind) => Array.Find(Events, each => each.Value == kind).Word;

    /// <summary>The word of a role.</summary>
    public static string Word(OfficerRole role) => NoticeWords.Word(role);

    /// <summary>A kind of message.</summary>
    public static UrgentKind UrgentKind(this JsonCursor place) => place.OneOf(Kinds);

    /// <summary>A role.</summary>
    public static OfficerRole UrgentRole(this JsonCursor place) => place.OfficerRole();

    /// <summary>The words of a message or an answer: 1 to 8 languages, each of at most 1,000 characters.</summary>
    public static Words UrgentWords(this JsonCursor place)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var members = place.Members(UrgentMessage.MaximumLanguages);
        if (members.Count == 0) place.Refuse("json.missing", "a text in at least one language");
        foreach (var (language, text) in members)
        {
            if (!JsonCursor.IsIdentifier(language)) place.Refuse("json.wrong-type", "tags of languages");
            texts[language] = text.Text(UrgentMessage.MaximumWordsLength);
        }

        return new(texts.ToImmutable());
    }

    /// <summary>The text of a message.</summary>
    public static ReadOnlyMemory<byte> Write(UrgentMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Text(writer =>
        {
            writer.WriteString(Format, MessageFormat);
            writer.WriteString("record", message.Record.Hex);
            writer.WriteString("id", message.Id.Value);
            writer.WriteString("from", message.From.Value);
            writer.WriteStartArray("to");
            foreach (var party in message.To) writer.WriteStringValue(party.Value);
            writer.WriteEndArray();
            writer.WriteString("kind", Word(message.Kind));
            writer.WriteString("role", NoticeWords.Word(message.Role));
            WriteWords(writer, message.Words);
            if (message.About is { } about) writer.WriteString("about", about.Hex);
            StatementWriter.Write(writer, "sentAt", message.SentAt);
        });
    }

    /// <summary>The text of an event.</summary>
    public static ReadOnlyMemory<byte> Write(UrgentEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return Text(writer =>
        {
            writer.WriteString(Format, EventFormat);
            writer.WriteString("message", happened.Message.Hex);
            writer.WriteString("party", happened.Party.Value);
            writer.WriteNumber("number", happened.Number);
            if (happened.After is { } after) writer.WriteString("after", after.Hex);
            StatementWriter.Write(writer, "at", happened.At);
            writer.WriteString("event", Word(happened.Kind));
            if (happened.Path is { } path) writer.WriteString("path", path.Value);
            if (happened.Role is { } role) writer.WriteString("role", NoticeWords.Word(role));
            if (happened.Officer is { } officer) writer.WriteString("officer", officer);
            if (happened.Words is { } words) WriteWords(writer, words);
            if (happened.Through.IsEmpty) return;
            writer.WriteStartObject("through");
            foreach (var (party, last) in happened.Through) writer.WriteString(party.Value, last.Hex);
            writer.WriteEndObject();
        });
    }

    /// <summary>Reads a text: an <see cref="UrgentMessage"/> or a <see cref="UrgentEvent"/>, or why it was not taken.</summary>
    internal static Parsed<object> Read(ReadOnlyMemory<byte> text) =>
        JsonReading.Read<object>(text, UrgentNote.MaximumBytes, refusesUnknownMembers: false, root =>
            root[Format].OneOf((MessageFormat, true), (EventFormat, false)) ? Message(root) : Event(root));

    private static UrgentMessage Message(JsonCursor root)
    {
        var message = new UrgentMessage
        {
            Record = Hash(root["record"]),
            Id = root["id"].Id<UrgentMessage>(),
            From = root["from"].Id<Party>(),
            To = [.. root["to"].ItemsAtLeastOne(UrgentMessage.MaximumAddressees).Select(NameReading.Id<Party>)],
            Kind = root["kind"].UrgentKind(),
            Role = root["role"].OfficerRole(),
            Words = root["words"].UrgentWords(),
            About = root["about"].Exists ? Hash(root["about"]) : null,
            SentAt = root["sentAt"].Instant(),
        };
        if (message.To.Contains(message.From)) root["to"].Refuse("information.to-oneself", "other parties");
        return message;
    }

    private static UrgentEvent Event(JsonCursor root) => new()
    {
        Message = Hash(root["message"]),
        Party = root["party"].Id<Party>(),
        Number = (int)root["number"].Integer(1, UrgentEvent.MaximumOfOneParty),
        After = root["after"].Exists ? Hash(root["after"]) : null,
        At = root["at"].Instant(),
        Kind = root["event"].OneOf(Events),
        Path = root["path"].Exists ? root["path"].Id<Party>() : null,
        Role = root["role"].Exists ? root["role"].OfficerRole() : null,
        Officer = root["officer"].Exists ? root["officer"].Identifier() : null,
        Words = root["words"].Exists ? root["words"].UrgentWords() : null,
        Through = root["through"].Exists ? Through(root["through"]) : ImmutableSortedDictionary<Id<Party>, ContentHash>.Empty,
    };

    private static ImmutableSortedDictionary<Id<Party>, ContentHash> Through(JsonCursor place)
    {
        var through = ImmutableSortedDictionary.CreateBuilder<Id<Party>, ContentHash>();
        foreach (var (party, last) in place.Members(UrgentMessage.MaximumAddressees))
        {
            if (!JsonCursor.IsIdentifier(party)) place.Refuse("json.wrong-type", "identifiers of parties");
            else through[new(party)] = Hash(last);
        }

        return through.ToImmutable();
    }

    private static ContentHash Hash(JsonCursor place)
    {
        if (ContentHash.Parse(place.Text(2 * ContentHash.ByteCount)) is { } hash) return hash;
        place.Refuse("json.wrong-type", "64 lower-case hexadecimal digits");
        return ContentHash.None;
    }

    private static void WriteWords(Utf8JsonWriter writer, Words words)
    {
        writer.WriteStartObject("words");
        foreach (var (language, text) in words.ByLanguage) writer.WriteString(language, text);
        writer.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
