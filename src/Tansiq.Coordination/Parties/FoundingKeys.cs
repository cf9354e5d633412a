using System.Collections.Immutable;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>What a party's key is for.</summary>
public enum KeyRole
{
    /// <summary>Signs the party's statements; of type 0x01.</summary>
    Statement = 0,

    /// <summary>Cosigns checkpoints for the party's centre; of type 0x04.</summary>
    Witness = 1,

    /// <summary>Kept offline: endorses a new key, takes a lost one back; of type 0x01. It signs nothing else.</summary>
    Recovery = 2,
}

/// <summary>The keys with which a party begins.</summary>
/// <param name="Statement">Signs its statements.</param>
/// <param name="Witness">Cosigns checkpoints; every signatory has one, the office none.</param>
/// <param name="Recovery">Kept offline; every signatory and the office have one.</param>
public sealed record StartingKeys(VerifierKey Statement, VerifierKey? Witness, VerifierKey? Recovery)
{
    /// <summary>The key of a role, or null.</summary>
    public VerifierKey? Of(KeyRole role) => role switch
    {
        KeyRole.Statement => Statement,
        KeyRole.Witness => Witness,
        KeyRole.Recovery => Recovery,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };
}

/// <summary>The keys that a founding names: by these, and by those that statements put in their place, entries are signed (PTY-7).</summary>
/// <param name="Log">The key by which the office signs checkpoints; its name is the log's origin.</param>
/// <param name="ByParty">The keys of the office, of every signatory and of every observer. No name and no key stands twice.</param>
public sealed record FoundingKeys(VerifierKey Log, ImmutableSortedDictionary<Id<Party>, StartingKeys> ByParty);
