using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Recording;

/// <summary>Takes a party's file of public keys apart: the cosignature key by its type, the recovery key by its name, the statement key is the other.</summary>
internal static class PublicKeys
{
    private const string RecoverySuffix = "/recovery";

    /// <summary>The keys of a founding: each party's from its file, as <c>ID=FILE</c>; the office's from its own folder.</summary>
    /// <param name="office">The office.</param>
    /// <param name="officeFile">The office's file of public keys.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="parties">The others.</param>
    public static Parsed<FoundingKeys> Founding(Id<Party> office, string officeFile, VerifierKey log, IEnumerable<string> parties)
    {
        var byParty = ImmutableSortedDictionary.CreateBuilder<Id<Party>, StartingKeys>();
        foreach (var text in parties.Prepend($"{office}={officeFile}"))
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !JsonCursor.IsIdentifier(parts[0])) return new Refusal("cli.usage", "--public", JsonText.Shorten(text), "PARTY=FILE, as us=us/public.txt");
            if (!Read(parts[1], log).TryGet(out var keys, out var refusal)) return refusal;
            // The office orders and does not cosign: what its folder has for that is left out.
            if (parts[0] == office.Value) keys = keys with { Witness = null };
            if (!byParty.TryAdd(new(parts[0]), keys)) return new Refusal("json.duplicate-id", "--public", JsonText.Shorten(text), "each party once");
        }

        return new FoundingKeys(log, byParty.ToImmutable());
    }

    private static Parsed<StartingKeys> Read(string path, VerifierKey log)
    {
        if (!TrustedKeys.Read("--public", [path]).TryGet(out var keys, out var refusal)) return refusal;
        var signing = keys.Where(key => key.Type == SignatureType.Ed25519 && !key.Equals(log)).ToList();
        var recovery = signing.Where(IsRecovery).ToList();
        var statement = signing.Where(key => !IsRecovery(key)).ToList();
        var witness = keys.Where(key => key.Type == SignatureType.Cosignature).ToList();
        return statement.Count == 1 && recovery.Count <= 1 && witness.Count <= 1
            ? new StartingKeys(statement[0], witness.SingleOrDefault(), recovery.SingleOrDefault())
            : new Refusal("parties.keys-missing", path, $"{statement.Count} statement keys, {recovery.Count} recovery keys, {witness.Count} cosignature keys", "one statement key and at most one of each other kind");
    }

    private static bool IsRecovery(VerifierKey key) => key.Name.EndsWith(RecoverySuffix, StringComparison.Ordinal);
}
