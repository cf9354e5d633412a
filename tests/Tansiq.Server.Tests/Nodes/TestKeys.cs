using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record.Notes;

namespace Tansiq.Server.Tests.Nodes;

/// <summary>The keys of a record in tests: the seed of each is a hash of its name, so that every test has the same.</summary>
internal static class TestKeys
{
    public const string Origin = "office.localhost/record";

    public static SigningKey Log() => Of(Origin, SignatureType.Ed25519);

    public static SigningKey Statement(Id<Party> party) => Of(party.Value + ".localhost", SignatureType.Ed25519);

    public static SigningKey Witness(Id<Party> party) => Of(party.Value + ".localhost/witness", SignatureType.Cosignature);

    public static SigningKey Recovery(Id<Party> party) => Of(party.Value + ".localhost/recovery", SignatureType.Ed25519);

    /// <summary>The keys that a founding names.</summary>
    public static FoundingKeys Of(Founding founding) => new(
        Public(Log()),
        founding.Parties.Keys.Append(founding.Office).Concat(founding.Observers.Keys).ToImmutableSortedDictionary(
            party => party,
            party => new StartingKeys(
                Public(Statement(party)),
                founding.Parties.ContainsKey(party) ? Public(Witness(party)) : null,
                founding.Observers.ContainsKey(party) ? null : Public(Recovery(party)))));

    private static SigningKey Of(string name, SignatureType type) =>
        SigningKey.FromSeed(name, type, SHA256.HashData(Encoding.UTF8.GetBytes(name))).Value;

    private static VerifierKey Public(SigningKey key)
    {
        using (key) return key.Verifier;
    }
}
