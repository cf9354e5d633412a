using System.Collections.Immutable;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;
using static Tansiq.Coordination.Admit;

namespace Tansiq.Coordination.Parties;

/// <summary>Admission of statements about keys (PTY-7; docs/formats/statements.md, Keys on the record).</summary>
internal static class KeyAdmission
{
    // One signatory alone must not be able to silence another.
    private const int LeastRevokersOfASignatory = 2;

    /// <summary>What admission says, or null where the statement is of another capability.</summary>
    /// <param name="founding">The founding.</param>
    /// <param name="keys">The keys before the statement.</param>
    /// <param name="statement">The statement, with the key that signed it.</param>
    public static Admission? Decide(Founding founding, PartyKeys keys, Statement statement) => statement.Body switch
    {
        KeyRotation rotation => Signed(keys, statement, signer => Rotate(founding, keys, rotation, signer)),
        KeyRevocation revocation => Signed(keys, statement, signer => Revoke(founding, keys, revocation, signer)),
        _ => null,
    };

    private static Admission Signed(PartyKeys keys, Statement statement, Func<HeldKey, Admission> decide)
    {
        if (keys.IsEmpty) return Inert("parties.no-keys", "/type");
        return statement.SignedBy is { } signer ? decide(signer) : Inert("parties.not-its-key", "/party");
    }

    /// <summary>A new key needs the old one and the recovery key or all other signatories; the recovery key and those where the old one is lost.</summary>
    private static Admission Rotate(Founding founding, PartyKeys keys, KeyRotation rotation, HeldKey signer)
    {
        if (keys.Last(signer.Party, rotation.Replaces) is not { } old) return Inert("parties.no-such-key", "/body/replaces");
        if (keys.IsUsed(rotation.Key, old) || rotation.Key.Name == founding.Keys?.Log.Name) return Inert("parties.key-used", "/body/key");
        var text = KeyEndorsement.OfRotation(keys.Record, signer.Party, rotation.Replaces, old.Key, rotation.Key);
        var others = Endorsers(founding, keys, signer.Party);
        var recovery = signer.Role == KeyRole.Statement ? keys.Of(signer.Party, KeyRole.Recovery) : null;
        if (!KeyEndorsement.Verify(text, rotation.Endorsements, Known(others.Append(recovery))).TryGet(out var verified, out _)) return Bad();
        if (recovery is not null && verified.Contains(recovery)) return Admission.Admitted.Value;
        return others.Length > 0 && Array.TrueForAll(others, verified.Contains) ? Admission.Admitted.Value : Missing();
    }

    /// <summary>A party takes its own key back alone; that of another all signatories other than the holder together.</summary>
    private static Admission Revoke(Founding founding, PartyKeys keys, KeyRevocation revocation, HeldKey signer)
    {
        if (keys.Find(revocation.Key) is not { } held) return Inert("parties.key-not-held", "/body/key");
        if (held.Party == signer.Party) return Admission.Admitted.Value;
        if (!founding.Parties.ContainsKey(signer.Party)) return Inert("parties.not-a-signatory", "/party");
        var others = Endorsers(founding, keys, held.Party);
        var text = KeyEndorsement.OfRevocation(keys.Record, held.Party, held.Key);
        if (!KeyEndorsement.Verify(text, revocation.Endorsements, Known(others)).TryGet(out var verified, out _)) return Bad();
        if (founding.Parties.ContainsKey(held.Party) && others.Length < LeastRevokersOfASignatory) return Missing();
        return Array.TrueForAll(others, other => signer.Key.Equals(other) || verified.Contains(other)) ? Admission.Admitted.Value : Missing();
    }

    /// <summary>The keys by which all signatories but one endorse; null for one that has none left.</summary>
    private static VerifierKey?[] Endorsers(Founding founding, PartyKeys keys, Id<Party> party) =>
        [.. founding.Parties.Keys.Where(other => other != party).Select(keys.EndorserOf)];

    private static IEnumerable<VerifierKey> Known(IEnumerable<VerifierKey?> keys) => keys.OfType<VerifierKey>();

    private static Admission Bad() => Inert("parties.endorsement-bad", "/body/endorsements");

    private static Admission Missing() => Inert("parties.endorsement-missing", "/body/endorsements");
}
