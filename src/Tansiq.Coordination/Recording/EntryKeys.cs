using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Recording;

/// <summary>By which key an entry has to be signed at its place (PTY-7); one rule for both domains.</summary>
internal static class EntryKeys
{
    /// <summary>The key that somebody holds at that place and that the signature names.</summary>
    /// <param name="keys">The keys before the entry; none before the founding.</param>
    /// <param name="founding">The founding before the entry, or null.</param>
    /// <param name="envelope">The entry's envelope.</param>
    /// <param name="statement">The statement that was read, if it may be the founding or a succession.</param>
    /// <param name="signature">The entry's signature.</param>
    /// <returns>The key; <see cref="RecordFaults.UnknownKey"/>, or <c>record.no-keys</c> of a founding that names none.</returns>
    public static Checked<HeldKey> KeyOf(PartyKeys keys, Founding? founding, in StatementEnvelope envelope, Statement? statement, in NoteSignature signature)
    {
        if (founding is null) return OfFounding(statement, signature);
        if (statement?.Body is Succession succession)
            return SuccessionAdmission.Signer(founding, keys, succession, signature) is { } office ? office : Unknown(signature, "the key of a new office that all signatories have endorsed");
        return keys.Find(signature) is { } held && MaySign(held.Role, envelope) ? held : Unknown(signature, "a key that a party holds at this place");
    }

    private static bool MaySign(KeyRole role, in StatementEnvelope envelope) =>
        role == KeyRole.Statement || (role == KeyRole.Recovery && envelope.IsAboutKeys);

    /// <summary>A record begins with its founding, signed by the key that it names for the office.</summary>
    private static Checked<HeldKey> OfFounding(Statement? statement, in NoteSignature signature)
    {
        if (statement?.Body is not Founding founding)
        {
            return statement?.Body is MalformedBody { Code: "statement.attachment-missing" }
                ? new Fault(RecordFaults.AttachmentMissing, "", "a founding that is not held", "the founding's attachment")
                : Unknown(signature, "a founding as the first entry");
        }

        if (founding.Keys is null) return new Fault(RecordFaults.NoKeys, "", "a founding without keys", "the member keys in the founding");
        return PartyKeys.Of(founding.Keys, statement.Hash).Find(signature) is { Role: KeyRole.Statement } held && held.Party == founding.Office
            ? held
            : Unknown(signature, "the statement key that the founding names for the office");
    }

    private static Fault Unknown(in NoteSignature signature, string expected) =>
        new(RecordFaults.UnknownKey, "", $"a signature by {Shortened(signature.Name)} {signature.KeyId:x8}", expected);

    private static string Shortened(string name) => name.Length <= 48 ? name : name[..47] + "…";
}
