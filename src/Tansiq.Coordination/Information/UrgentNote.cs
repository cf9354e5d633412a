using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Information;

/// <summary>A signed note of the urgent way, verified: a message, or an event of a message's course.</summary>
public abstract record UrgentNote
{
    /// <summary>The most bytes of a note.</summary>
    public const int MaximumBytes = 65_535;

    private UrgentNote(ContentHash hash, ReadOnlyMemory<byte> bytes) => (Hash, Bytes) = (hash, bytes);

    /// <summary>The hash of its text.</summary>
    public ContentHash Hash { get; }

    /// <summary>The whole note, as it is handed on.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Who signed it.</summary>
    public abstract Id<Party> Author { get; }

    /// <summary>The hash of the message that it is, or is about.</summary>
    public abstract ContentHash About { get; }

    /// <summary>A message.</summary>
    public sealed record OfMessage : UrgentNote
    {
        internal OfMessage(ContentHash hash, ReadOnlyMemory<byte> bytes, UrgentMessage message)
            : base(hash, bytes) => Message = message;

        /// <summary>What it says.</summary>
        public UrgentMessage Message { get; }

        /// <inheritdoc/>
        public override Id<Party> Author => Message.From;

        /// <inheritdoc/>
        public override ContentHash About => Hash;
    }

    /// <summary>An event.</summary>
    public sealed record OfEvent : UrgentNote
    {
        internal OfEvent(ContentHash hash, ReadOnlyMemory<byte> bytes, UrgentEvent happened)
            : base(hash, bytes) => Event = happened;

        /// <summary>What happened.</summary>
        public UrgentEvent Event { get; }

        /// <inheritdoc/>
        public override Id<Party> Author => Event.Party;

        /// <inheritdoc/>
        public override ContentHash About => Event.Message;
    }

    /// <summary>The hash of a note's text, by which it is known before anything of it is verified; null where it is no note.</summary>
    public static ContentHash? TextHash(ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= MaximumBytes && SignedNote.Read(bytes).TryGet(out var note, out _) ? ContentHash.Of(note.Text.Span) : null;

    /// <summary>
    /// Reads a note and verifies its one signature by a statement key that its author holds or, where it holds none, held last. The path by which it came counts
    /// for nothing; nor does the state of the record but for the keys.
    /// </summary>
    /// <param name="bytes">The note.</param>
    /// <param name="keys">The keys of the parties.</param>
    /// <returns>The note; a refusal of its form; <c>information.unknown-key</c>, <c>information.other-record</c> or <see cref="RecordFaults.BadSignature"/>.</returns>
    public static Parsed<UrgentNote> Read(ReadOnlyMemory<byte> bytes, PartyKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (bytes.Length > MaximumBytes) return new Refusal("json.too-large", "", $"{bytes.Length} bytes", $"at most {MaximumBytes}");
        if (!SignedNote.Read(bytes).TryGet(out var note, out var fault)) return fault.AsRefusal();
        if (!UrgentText.Read(note.Text).TryGet(out var content, out var refusal)) return refusal;
        var hash = ContentHash.Of(note.Text.Span);
        UrgentNote read = content is UrgentMessage message ? new OfMessage(hash, bytes, message) : new OfEvent(hash, bytes, (UrgentEvent)content);
        if (note.Signatures is not [var signature] || keys.LastOf(read.Author, KeyRole.Statement) is not { } key || !key.IsNamedBy(signature))
            return new Refusal("information.unknown-key", "", note.Signatures[0].Name, "one signature, by a statement key of its author");
        if (read is OfMessage { Message.Record: var record } && record != keys.Record)
            return new Refusal("information.other-record", "/record", record.Hex, keys.Record.Hex);
        return key.Verifies(note.Text.Span, signature.Bytes.Span)
            ? read
            : new Refusal(RecordFaults.BadSignature, "", "a signature that its key did not make", "a signature that verifies");
    }

    /// <summary>Signs a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sign">Signs a text with the statement key of the sender's node.</param>
    public static UrgentNote Of(UrgentMessage message, Func<ReadOnlyMemory<byte>, NoteSignature> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        var text = UrgentText.Write(message);
        return new OfMessage(ContentHash.Of(text.Span), SignedNote.Of(text.Span, sign(text)).Bytes, message);
    }

    /// <summary>Signs an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="sign">Signs a text with the statement key of the node where it happened.</param>
    public static UrgentNote Of(UrgentEvent happened, Func<ReadOnlyMemory<byte>, NoteSignature> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        var text = UrgentText.Write(happened);
        return new OfEvent(ContentHash.Of(text.Span), SignedNote.Of(text.Span, sign(text)).Bytes, happened);
    }
}
