using System.Collections.Immutable;
using System.Text;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>
/// What every signatory signs before a record begins: the exact text of the founding (docs/formats/statements.md, Founding). People carry the lines to
/// each other; the founding statement bears them all.
/// </summary>
public static class FoundingSignature
{
    /// <summary>The text that is signed.</summary>
    /// <param name="founding">The hash of the founding's text, which is the attachment and not the statement.</param>
    public static byte[] Text(ContentHash founding) => Encoding.UTF8.GetBytes($"tansiq-founding/1\nfounding {founding}\n");

    /// <summary>A signatory's line, without its newline.</summary>
    /// <param name="founding">The hash of the founding's text.</param>
    /// <param name="key">The signatory's statement key.</param>
    public static string Sign(ContentHash founding, SigningKey key) => KeyEndorsement.Sign(Text(founding), key);

    /// <summary>Which signatories have not signed; none where all have.</summary>
    /// <param name="keys">The keys that the founding names.</param>
    /// <param name="founding">The founding.</param>
    /// <param name="hash">The hash of its text.</param>
    /// <param name="lines">The lines.</param>
    /// <returns>Those missing; or the fault of a line by a signatory's key that does not verify.</returns>
    public static Checked<IReadOnlyList<Id<Party>>> Missing(FoundingKeys keys, Founding founding, ContentHash hash, ImmutableArray<string> lines)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(founding);
        var signatories = founding.Parties.Keys.ToDictionary(party => party, party => keys.ByParty[party].Statement);
        if (!KeyEndorsement.Verify(Text(hash), lines, signatories.Values).TryGet(out var verified, out var fault)) return fault;
        return signatories.Where(each => !verified.Contains(each.Value)).Select(each => each.Key).Order().ToArray();
    }
}
