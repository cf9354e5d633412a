using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;

namespace Tansiq.Server.Access;

/// <summary>What becomes of a passphrase when it is used.</summary>
public enum PassphraseState
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Another person set it: until its officer sets an own one, a session under it is good for that alone.</summary>
    SetByAnother = 1,

    /// <summary>Its officer set it.</summary>
    Own = 2,
}

/// <summary>An officer's account at a node. The pseudonym may stand on the record; the rest is the node's own and leaves it for nobody (PTY-1, PTY-4).</summary>
public sealed record OfficerAccount
{
    /// <summary>The most characters of a person's name.</summary>
    public const int MaximumPersonLength = 200;

    /// <summary>The most characters of a telephone number.</summary>
    public const int MaximumTelephoneLength = 50;

    /// <summary>The officer's pseudonym.</summary>
    public required string Officer { get; init; }

    /// <summary>Whose officer it is; another party's for a liaison officer.</summary>
    public required Id<Party> Home { get; init; }

    /// <summary>The roles.</summary>
    public required ImmutableSortedSet<OfficerRole> Roles { get; init; }

    /// <summary>Whether it keeps accounts and reads the audit log.</summary>
    public required bool Administers { get; init; }

    /// <summary>The person's name; private.</summary>
    public required string Person { get; init; }

    /// <summary>The person's telephone number; private.</summary>
    public required string Telephone { get; init; }

    /// <summary>The name under which another organisation logs the officer in (OIDC); null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>What there is of a passphrase.</summary>
    public PassphraseState Passphrase { get; init; }

    /// <summary>Whether it was ended.</summary>
    public bool IsEnded { get; init; }
}

/// <summary>The codes of refusals about accounts.</summary>
public static class AccessCodes
{
    /// <summary>Name and passphrase, passkey or organisation's word did not make anybody known. It never says which part was wrong.</summary>
    public const string LogInRefused = "access.log-in-refused";

    /// <summary>Too many attempts under one name: none is looked at for a while.</summary>
    public const string Locked = "access.locked";

    /// <summary>Too many log-ins at once.</summary>
    public const string Busy = "access.busy";

    /// <summary>A request that changes something and did not come from the node's own pages.</summary>
    public const string CrossSite = "access.cross-site";

    /// <summary>A passphrase that is too short, too long, or easily guessed.</summary>
    public const string WeakPassphrase = "access.weak-passphrase";

    /// <summary>A passkey that does not verify.</summary>
    public const string PasskeyRefused = "access.passkey-refused";

    /// <summary>An account, a session, a passkey or a token that there is not.</summary>
    public const string NoSuch = "access.no-such";

    /// <summary>A pseudonym or a subject that an account has already.</summary>
    public const string Taken = "access.taken";

    /// <summary>The last account that keeps the others would be gone.</summary>
    public const string LastAdministrator = "access.last-administrator";

    /// <summary>More accounts, passkeys or tokens than a node keeps.</summary>
    public const string TooMany = "access.too-many";
}
