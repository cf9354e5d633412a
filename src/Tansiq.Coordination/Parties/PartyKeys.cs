using System.Collections.Immutable;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>A key that a party holds or has held.</summary>
/// <param name="Party">Whose it is.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Key">The key.</param>
/// <param name="From">The first entry that it may sign.</param>
/// <param name="Until">The first entry that it may no longer sign; null where it is held.</param>
public sealed record HeldKey(Id<Party> Party, KeyRole Role, VerifierKey Key, long From, long? Until)
{
    /// <summary>Whether it is held at an entry's place.</summary>
    public bool IsHeldAt(long index) => index >= From && (Until is not { } until || index < until);
}

/// <summary>Who holds which keys after some entries of a record, and who held which before (PTY-7).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class PartyKeys
{
    private readonly Dictionary<uint, HeldKey[]> _heldById;

    private PartyKeys(ContentHash record, ImmutableArray<HeldKey> all)
    {
        Record = record;
        All = all;
        _heldById = all.Where(key => key.Until is null).GroupBy(key => key.Key.Id).ToDictionary(keys => keys.Key, keys => keys.ToArray());
    }

    /// <summary>The keys of a record whose founding names none, or that is not founded.</summary>
    public static PartyKeys None { get; } = new(ContentHash.None, []);

    /// <summary>The hash of the founding statement's text, which endorsements name.</summary>
    public ContentHash Record { get; }

    /// <summary>All keys that were ever held, in the order of the record, the log's apart.</summary>
    public ImmutableArray<HeldKey> All { get; }

    /// <summary>Whether the record names no keys.</summary>
    public bool IsEmpty => All.IsEmpty;

    /// <summary>The keys that a founding names, held from its own place on.</summary>
    /// <param name="keys">The keys; null gives <see cref="None"/>.</param>
    /// <param name="record">The hash of the founding statement's text.</param>
    public static PartyKeys Of(FoundingKeys? keys, ContentHash record) => keys is null ? None : new(
        record,
        [
            .. from each in keys.ByParty
               from role in Enum.GetValues<KeyRole>()
               let key = each.Value.Of(role)
               where key is not null
               select new HeldKey(each.Key, role, key, From: 0, Until: null),
        ]);

    /// <summary>The key of a role that a party holds, or null.</summary>
    public VerifierKey? Of(Id<Party> party, KeyRole role) => Last(party, role) is { Until: null } held ? held.Key : null;

    /// <summary>The key that a signature names, if somebody holds it; null otherwise. The signature is not verified.</summary>
    public HeldKey? Find(in NoteSignature signature)
    {
        if (!_heldById.TryGetValue(signature.KeyId, out var keys)) return null;
        foreach (var key in keys)
        {
            if (key.Key.IsNamedBy(signature)) return key;
        }

        return null;
    }

    /// <summary>Who holds a key; null where nobody does, or no longer.</summary>
    public HeldKey? Find(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _heldById.TryGetValue(key.Id, out var keys) ? Array.Find(keys, held => held.Key.Equals(key)) : null;
    }

    /// <summary>The key that a party has for a role, or had last where it was revoked; null where it never had one.</summary>
    public VerifierKey? LastOf(Id<Party> party, KeyRole role) => Last(party, role)?.Key;

    /// <summary>The key of a role that a party holds or, where it holds none, the last that it held; null where it never had one.</summary>
    internal HeldKey? Last(Id<Party> party, KeyRole role)
    {
        for (var number = All.Length - 1; number >= 0; number--)
        {
            if (All[number].Role == role && All[number].Party == party) return All[number];
        }

        return null;
    }

    /// <summary>
    /// The key by which a signatory endorses: its statement key, or its recovery key while it has none of those; null where it has
    /// neither.
    /// </summary>
    internal VerifierKey? EndorserOf(Id<Party> party) => Of(party, KeyRole.Statement) ?? Of(party, KeyRole.Recovery);

    /// <summary>
    /// Whether a key was ever held, under whatever name or type, or its name by another: a revoked key can't come back, and a name
    /// stays with what it stood for.
    /// </summary>
    internal bool IsUsed(VerifierKey key, HeldKey replaced)
    {
        var bytes = key.PublicKeyBytes();
        foreach (var held in All)
        {
            if (held.Key.PublicKeyBytes().AsSpan().SequenceEqual(bytes)) return true;
            if (held.Key.Name != key.Name) continue;
            if (held.Party != replaced.Party || held.Role != replaced.Role || held.Key.Id == key.Id) return true;
        }

        return false;
    }

    /// <summary>The keys after an admitted statement about keys: what it says counts from the next entry on.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="index">Its index on the record.</param>
    internal PartyKeys After(Statement statement, long index)
    {
        switch (statement.Body)
        {
            case KeyRotation rotation:
                var old = Last(statement.Party, rotation.Replaces) ?? throw new InvalidOperationException("Admitted a key that replaces none.");
                var ended = old.Until is null ? Ended(old, index) : All;
                return new(Record, ended.Add(new(old.Party, old.Role, rotation.Key, index + 1, Until: null)));
            case KeyRevocation revocation:
                return new(Record, Ended(Find(revocation.Key) ?? throw new InvalidOperationException("Admitted the revocation of a key that nobody holds."), index));
            default:
                throw new ArgumentException("Not about keys.", nameof(statement));
        }
    }

    /// <summary>The keys after an office gave way to another: what the old one held ends, what the new one names is held from the succession on.</summary>
    /// <param name="before">The old office.</param>
    /// <param name="succession">The succession.</param>
    /// <param name="index">Its index on the record.</param>
    internal PartyKeys SucceededBy(Id<Party> before, Succession succession, long index) => new(
        Record,
        [
            .. All.Select(held => held.Party == before && held.Until is null ? held with { Until = index } : held),
            new(succession.Office, KeyRole.Statement, succession.Statement, index, Until: null),
            new(succession.Office, KeyRole.Recovery, succession.Recovery, index, Until: null),
        ]);

    private ImmutableArray<HeldKey> Ended(HeldKey key, long index) => All.Replace(key, key with { Until = index + 1 });
}
