using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;
using static Tansiq.Coordination.Admit;

namespace Tansiq.Coordination.Parties;

/// <summary>Admission of a succession of the office, and what comes of it (PTY-2; docs/formats/statements.md, Succession of the office).</summary>
internal static class SuccessionAdmission
{
    /// <summary>Whether a succession counts at its place.</summary>
    /// <param name="founding">The founding, with the office before.</param>
    /// <param name="keys">The keys before.</param>
    /// <param name="statement">The statement, with the key that signed it.</param>
    /// <param name="succession">Its body.</param>
    /// <param name="size">How many entries stand before it.</param>
    public static Admission Decide(Founding founding, PartyKeys keys, Statement statement, Succession succession, long size)
    {
        if (keys.IsEmpty || founding.Keys is not { } starting) return Inert("parties.no-keys", "/type");
        if (statement.Party != succession.Office) return Inert("parties.not-the-office", "/party");
        if (statement.SignedBy is not { } signer || !signer.Key.Equals(succession.Statement)) return Inert("parties.not-its-key", "/party");
        if (succession.Size != size) return Inert("parties.succession-elsewhere", "/body/size");
        if (founding.Parties.ContainsKey(succession.Office) || founding.Observers.ContainsKey(succession.Office)) return Inert("parties.office-is-a-party", "/body/office/id");
        if (!succession.OfficeName.ByLanguage.Keys.SequenceEqual(founding.Languages.Order(StringComparer.Ordinal))) return Inert("parties.office-name-languages", "/body/office/name");
        if (UsedKey(starting.Log, keys, succession) is { } used) return Inert("parties.key-used", used);
        return SuccessionText.Verify(founding, keys, succession).TryGet(out var missing, out _)
            ? missing is [] ? Admission.Admitted.Value : Inert("parties.endorsement-missing", "/body/endorsements")
            : Inert("parties.endorsement-bad", "/body/endorsements");
    }

    /// <summary>The founding with the new office in the place of the old one.</summary>
    public static Founding Apply(Founding founding, Succession succession)
    {
        var keys = founding.Keys ?? throw new InvalidOperationException("Admitted a succession on a record without keys.");
        var byParty = keys.ByParty.Remove(founding.Office).Add(succession.Office, new(succession.Statement, Witness: null, succession.Recovery));
        return founding with { Office = succession.Office, OfficeName = succession.OfficeName, Keys = new(succession.Log, byParty) };
    }

    /// <summary>The key by which a succession has to be signed: the one that it names, once all signatories have endorsed it; else null.</summary>
    /// <remarks>Nobody else's word could put that entry on a record, so that nobody else can make one that has to be kept.</remarks>
    /// <param name="founding">The founding before it.</param>
    /// <param name="keys">The keys before it.</param>
    /// <param name="succession">The succession.</param>
    /// <param name="signature">The entry's signature.</param>
    public static HeldKey? Signer(Founding founding, PartyKeys keys, Succession succession, in NoteSignature signature) =>
        succession.Statement.IsNamedBy(signature) && SuccessionText.Verify(founding, keys, succession).TryGet(out var missing, out _) && missing is []
            ? new(succession.Office, KeyRole.Statement, succession.Statement, succession.Size, Until: null)
            : null;

    /// <summary>Where a key or a name stands that was used before, or stands twice; null where all are new.</summary>
    private static string? UsedKey(VerifierKey log, PartyKeys keys, Succession succession)
    {
        (VerifierKey Key, string Where)[] all =
            [(succession.Log, "/body/log"), (succession.Statement, "/body/office/statement"), (succession.Recovery, "/body/office/recovery")];
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys.All.Select(held => held.Key).Append(log)) Add(used, key);
        foreach (var (key, where) in all)
        {
            if (!Add(used, key)) return where;
        }

        return null;
    }

    // Names have no space, so that a name and a key are never taken for each other.
    private static bool Add(HashSet<string> used, VerifierKey key) => used.Add("name " + key.Name) & used.Add("key " + Convert.ToHexString(key.PublicKeyBytes()));
}
