using System.Collections.Immutable;
using System.Text;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>
/// What is signed by who endorses a change of keys (docs/formats/statements.md, Keys on the record): a short text that names the
/// record, the party and the keys, so that it counts for this one change and for nothing else. A tool for signed notes can sign it.
/// </summary>
public static class KeyEndorsement
{
    /// <summary>The text by which a new key is endorsed.</summary>
    /// <param name="record">The hash of the founding statement's text.</param>
    /// <param name="party">Whose key it is.</param>
    /// <param name="replaces">Which of its keys is replaced.</param>
    /// <param name="old">The last key that it had for that.</param>
    /// <param name="key">The new key.</param>
    public static byte[] OfRotation(ContentHash record, Id<Party> party, KeyRole replaces, VerifierKey old, VerifierKey key) =>
        Encoding.UTF8.GetBytes($"tansiq-key/1\nrecord {record}\nparty {party}\nreplaces {replaces.Word()}\nold {old}\nnew {key}\n");

    /// <summary>The text by which the revocation of another's key is endorsed.</summary>
    /// <param name="record">The hash of the founding statement's text.</param>
    /// <param name="party">Whose key it is.</param>
    /// <param name="key">The key.</param>
    public static byte[] OfRevocation(ContentHash record, Id<Party> party, VerifierKey key) =>
        Encoding.UTF8.GetBytes($"tansiq-key-revocation/1\nrecord {record}\nparty {party}\nkey {key}\n");

    /// <summary>An endorsement of a text: a note's signature line without its newline.</summary>
    public static string Sign(ReadOnlySpan<byte> text, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Sign(text).Line().TrimEnd('\n');
    }

    /// <summary>Which of some keys have endorsed a text; a signature of one of them that does not verify is a fault.</summary>
    internal static Checked<IReadOnlyList<VerifierKey>> Verify(byte[] text, ImmutableArray<string> endorsements, IEnumerable<VerifierKey> keys)
    {
        if (endorsements.IsEmpty) return Array.Empty<VerifierKey>();
        var note = SignedNote.Read((byte[])[.. text, (byte)'\n', .. Encoding.UTF8.GetBytes(string.Join('\n', endorsements)), (byte)'\n']);
        if (!note.TryGet(out var signed, out var malformed)) return malformed;
        if (signed.Verify(keys).TryGet(out var verified, out var fault)) return verified.Select(each => each.Key).ToArray();
        return fault.Code == RecordFaults.UnknownKey ? Array.Empty<VerifierKey>() : fault;
    }
}
