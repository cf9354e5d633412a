using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Tests;

/// <summary>The picture of the toy domain: who may sign, what was said, the time.</summary>
/// <param name="Size">How many entries.</param>
/// <param name="Keys">The keys that may sign, by name.</param>
/// <param name="Digest">A hash chain over the entries and what became of them.</param>
/// <param name="Said">How many entries had effect.</param>
/// <param name="Time">The last time on the record.</param>
/// <param name="Deadline">When time has to be entered at the latest.</param>
public sealed record ToyState(long Size, ImmutableDictionary<string, VerifierKey> Keys, ReadOnlyMemory<byte> Digest, long Said, Instant? Time, Instant? Deadline);

/// <summary>A line <c>AUTHOR ID VERB REST</c>; without a verb where it is none.</summary>
public sealed record ToyReading(string Author, string Id, string Verb, string Rest, ImmutableArray<AttachmentHash> Attachments);

/// <summary>
/// A domain of one-line statements, to try the record without the real one. The line is <c>AUTHOR ID VERB REST</c>; the author is the name of
/// the key that signs. Verbs: <c>key VKEY</c> (adds a key, or replaces the one of its name; the first entry brings the key that signs it),
/// <c>drop NAME</c> (the key may sign no more), <c>say …</c>, <c>attach HEX</c>, <c>time MILLISECONDS</c>, <c>deadline MILLISECONDS</c>, <c>never …</c>
/// (inert, given back to its author). Any other verb is inert and kept.
/// </summary>
public sealed class ToyDomain : IRecordDomain<ToyState, ToyReading>
{
    public const string Malformed = "toy.malformed";
    public const string Refused = "toy.refused";
    public const string Backwards = "toy.time-backwards";
    public const string UnknownVerb = "toy.verb-unknown";
    public const string NoAttachment = "toy.attachment-missing";
    private static readonly Duration TimeStep = Duration.FromSeconds(1);
    private static readonly Duration TimeAtLeast = Duration.FromMinutes(1);

    public ToyState Empty { get; } = new(0, ImmutableDictionary<string, VerifierKey>.Empty, new byte[SHA256.HashSizeInBytes], 0, null, null);

    /// <summary>The author of <see cref="TimeText"/>: the name of the office's statement key.</summary>
    public string Office { get; init; } = "office.example/statements";

    /// <summary>A key by name: the seed is a hash of the name and a number, so that every test has the same.</summary>
    public static SigningKey Key(string name, SignatureType type = SignatureType.Ed25519, int number = 0) =>
        SigningKey.FromSeed(name, type, SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {(int)type} {number}"))).Value;

    /// <summary>A signed line.</summary>
    public static byte[] Entry(SigningKey key, string id, string statement)
    {
        var text = Encoding.UTF8.GetBytes($"{key.Verifier.Name} {id} {statement}\n");
        return SignedNote.Of(text, key.Sign(text)).Bytes.ToArray();
    }

    public ToyReading Read(SignedEntry entry, ToyState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment)
    {
        var parts = Encoding.UTF8.GetString(entry.Text.Span).TrimEnd('\n').Split(' ', 4);
        if (parts.Length < 3 || parts.Any(part => part.Contains('\n'))) return new("", "", "", "", []);
        var rest = parts.Length == 4 ? parts[3] : "";
        return new(parts[0], parts[1], parts[2], rest, parts[2] == "attach" && AttachmentHash.Parse(rest) is { } hash ? [hash] : []);
    }

    public UInt128? IdentityOf(ToyReading reading) => reading.Verb.Length == 0
        ? null
        : System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{reading.Author}\0{reading.Id}")));

    public IReadOnlyList<AttachmentHash> AttachmentsOf(ToyReading reading) => reading.Attachments;

    public Checked<VerifierKey> KeyOf(ToyState state, ToyReading reading, in NoteSignature signature)
    {
        if (state.Size == 0 && reading.Verb == "key" && VerifierKey.Parse(reading.Rest).TryGet(out var first, out _) && first.IsNamedBy(signature)) return first;
        return state.Keys.TryGetValue(signature.Name, out var key) && key.IsNamedBy(signature)
            ? key
            : new Fault(RecordFaults.UnknownKey, "", signature.Name, "a key of the record");
    }

    public Judged<ToyState> Append(ToyState state, SignedEntry entry, ToyReading reading, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment)
    {
        var (next, inert) = Judge(state, reading, attachment);
        var digest = SHA256.HashData([.. state.Digest.Span, .. SHA256.HashData(entry.Text.Span), .. Encoding.UTF8.GetBytes(inert?.Code ?? "")]);
        return new(next with { Size = state.Size + 1, Digest = digest, Said = state.Said + (inert is null ? 1 : 0) }, inert);
    }

    public ReadOnlyMemory<byte> DigestOf(ToyState state) => state.Digest;

    public ReadOnlyMemory<byte>? TimeText(ToyState state, Instant now)
    {
        if (state.Keys.IsEmpty || (state.Time is { } last && (now <= last || (now - last <= TimeStep && !(state.Deadline <= now))))) return null;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Office} time-{state.Size} time {now.ToUnixTimeMilliseconds()}\n"));
    }

    public Instant? TimeDue(ToyState state) => state.Time is not { } last ? null
        : state.Deadline is { } deadline && deadline < last + TimeAtLeast ? deadline
        : last + TimeAtLeast;

    public Instant? TimeOf(ToyState state) => state.Time;

    private static (ToyState State, Inert? Inert) Judge(ToyState state, ToyReading reading, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment) => reading.Verb switch
    {
        "say" => (state, null),
        "key" when VerifierKey.Parse(reading.Rest).TryGet(out var key, out _) => (state with { Keys = state.Keys.SetItem(key.Name, key) }, null),
        "drop" => (state with { Keys = state.Keys.Remove(reading.Rest) }, null),
        "attach" when reading.Attachments is [var hash] => (state, attachment(hash) is null ? new(NoAttachment, "/3", true) : null),
        "time" when Milliseconds(reading.Rest) is { } time => state.Time > time
            ? (state, new(Backwards, "/3", true))
            : (state with { Time = time, Deadline = state.Deadline <= time ? null : state.Deadline }, null),
        "deadline" when Milliseconds(reading.Rest) is { } deadline => (state with { Deadline = deadline }, null),
        "never" => (state, new(Refused, "/2", true)),
        "" or "key" or "attach" or "time" or "deadline" => (state, new(Malformed, "", true)),
        _ => (state, new(UnknownVerb, "/2", false)),
    };

    private static Instant? Milliseconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 1L << 47 ? Instant.FromUnixTimeMilliseconds(milliseconds) : null;
}
