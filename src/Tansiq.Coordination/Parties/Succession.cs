using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>
/// A new office takes the place of the old one (PTY-2). It is the entry at exactly the last joint size, made by the new office and endorsed by all
/// signatories; from the next entry on the founding's office, its keys and the log's key are the new ones.
/// </summary>
/// <param name="Log">The key of the new log; its name is the new origin.</param>
/// <param name="Office">The new office.</param>
/// <param name="OfficeName">Its name.</param>
/// <param name="Statement">Its statement key, which signs this statement too.</param>
/// <param name="Recovery">Its recovery key.</param>
/// <param name="Size">The last joint size: how many entries of the old log stand.</param>
/// <param name="Root">The root hash of the old log at that size (RFC 6962). Whoever follows compares it with its own copy.</param>
/// <param name="Endorsements">Signature lines of all signatories over <see cref="SuccessionText.Of(ContentHash, Succession)"/>, without newlines.</param>
public sealed record Succession(
    VerifierKey Log,
    Id<Party> Office,
    Words OfficeName,
    VerifierKey Statement,
    VerifierKey Recovery,
    long Size,
    ContentHash Root,
    ImmutableArray<string> Endorsements) : StatementBody;

/// <summary>What the signatories sign when an office succeeds another (docs/formats/statements.md, Succession of the office).</summary>
public static class SuccessionText
{
    /// <summary>The text that signatories endorse. It names the record, how much of it stands, and all keys of the new office.</summary>
    /// <param name="record">The hash of the founding statement's text.</param>
    /// <param name="succession">The succession; its endorsements and the office's name are no part of the text.</param>
    public static byte[] Of(ContentHash record, Succession succession)
    {
        ArgumentNullException.ThrowIfNull(succession);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"tansiq-succession/1\nrecord {record}\nsize {succession.Size}\nroot {succession.Root}\noffice {succession.Office}\nlog {succession.Log}\nstatement {succession.Statement}\nrecovery {succession.Recovery}\n"));
    }

    /// <summary>A signatory's endorsement: a note's signature line without its newline.</summary>
    /// <param name="record">The hash of the founding statement's text.</param>
    /// <param name="succession">The succession.</param>
    /// <param name="key">The signatory's statement key, or its recovery key while it has none.</param>
    public static string Endorse(ContentHash record, Succession succession, SigningKey key) => KeyEndorsement.Sign(Of(record, succession), key);

    /// <summary>The founding with the new office in the place of the old one, for whoever trusts that the succession counts.</summary>
    public static Founding After(Founding founding, Succession succession)
    {
        ArgumentNullException.ThrowIfNull(founding);
        ArgumentNullException.ThrowIfNull(succession);
        return SuccessionAdmission.Apply(founding, succession);
    }

    /// <summary>Which signatories have not endorsed a succession, so that it would not be admitted; none where all have.</summary>
    /// <param name="founding">The founding.</param>
    /// <param name="keys">The keys before the succession.</param>
    /// <param name="succession">The succession.</param>
    /// <returns>Those missing; or the fault of a signature by a signatory's key that does not verify.</returns>
    public static Checked<IReadOnlyList<Id<Party>>> Verify(Founding founding, PartyKeys keys, Succession succession)
    {
        ArgumentNullException.ThrowIfNull(founding);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(succession);
        var endorsers = founding.Parties.Keys.Select(party => (Party: party, Key: keys.EndorserOf(party))).ToArray();
        var known = endorsers.Select(each => each.Key).OfType<VerifierKey>();
        if (!KeyEndorsement.Verify(Of(keys.Record, succession), succession.Endorsements, known).TryGet(out var verified, out var fault)) return fault;
        return endorsers.Where(each => each.Key is null || !verified.Contains(each.Key)).Select(each => each.Party).ToArray();
    }
}
