using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Parties;

/// <summary>The keys of the tests, the same in each run. Thread-safe.</summary>
internal static class TestKeys
{
    public static readonly SigningKey Log = Of("log.test/record");

    /// <summary>A key of a name: its seed is the hash of what it is called here.</summary>
    /// <param name="called">What it is called here, and with dashes its name unless that is given.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="name">Its name.</param>
    public static SigningKey Of(string called, KeyRole role = KeyRole.Statement, string? name = null) => SigningKey.FromSeed(
        name ?? called.Replace(' ', '-'),
        role == KeyRole.Witness ? SignatureType.Cosignature : SignatureType.Ed25519,
        SHA256.HashData(Encoding.UTF8.GetBytes(called))).Value;

    /// <summary>The key with which a party begins.</summary>
    public static SigningKey Of(Id<Party> party, KeyRole role = KeyRole.Statement) => Of($"{party}.test/{role}", role);

    /// <summary>Statement and recovery keys for all, witness keys for all but the office.</summary>
    public static FoundingKeys FoundingOf(params Id<Party>[] holders) => new(
        Log.Verifier,
        holders.ToImmutableSortedDictionary(
            party => party,
            party => new StartingKeys(
                Of(party).Verifier,
                party == Theatre.Office ? null : Of(party, KeyRole.Witness).Verifier,
                Of(party, KeyRole.Recovery).Verifier)));

    /// <summary>A new key with the endorsements of some keys.</summary>
    /// <param name="keys">The keys on the record.</param>
    /// <param name="party">Whose it is.</param>
    /// <param name="key">The key.</param>
    /// <param name="replaces">What it replaces.</param>
    /// <param name="endorsers">Who endorses it.</param>
    public static KeyRotation Rotation(PartyKeys keys, Id<Party> party, SigningKey key, KeyRole replaces, params SigningKey[] endorsers)
    {
        var old = keys.All.Last(held => held.Party == party && held.Role == replaces).Key;
        var text = KeyEndorsement.OfRotation(keys.Record, party, replaces, old, key.Verifier);
        return new(key.Verifier, replaces, [.. endorsers.Select(endorser => KeyEndorsement.Sign(text, endorser))]);
    }

    /// <summary>A revocation with the endorsements of some keys.</summary>
    public static KeyRevocation Revocation(PartyKeys keys, Id<Party> party, VerifierKey key, params SigningKey[] endorsers)
    {
        var text = KeyEndorsement.OfRevocation(keys.Record, party, key);
        return new(key, [.. endorsers.Select(endorser => KeyEndorsement.Sign(text, endorser))]);
    }
}
