using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Access;

/// <summary>
/// What an officer may do at a node (PTY-4). STOP is for everybody. An officer of another party, liaison at this centre, reads and no more; officers of both
/// sides who serve in the office work at its desk. Keeping accounts gives no word in the party's name.
/// </summary>
public static class OfficerPermissions
{
    /// <summary>The permissions of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="node">The node.</param>
    /// <param name="authority">Which role may draft and release what.</param>
    public static ImmutableSortedSet<Permission> Of(OfficerAccount account, NodeIdentity node, AuthorityMatrix authority)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(authority);
        if (account.IsEnded) return [Permission.Anyone];
        if (account.Passphrase == PassphraseState.SetByAnother) return [Permission.Anyone, Permission.Self, Permission.Stop];
        var permissions = ImmutableSortedSet.CreateRange([Permission.Anyone, Permission.Self, Permission.Read, Permission.Stop]).ToBuilder();
        var isOwn = account.Home == node.Party;
        if (isOwn || (node.Role == NodeRole.Office && account.Roles.Contains(OfficerRole.OfficeDesk))) permissions.Add(Permission.Desk);
        // Whoever releases has to read what was drafted.
        if (isOwn && (MayAny(account, authority, Act.Draft) || MayAny(account, authority, Act.Release))) permissions.Add(Permission.Draft);
        if (isOwn && MayAny(account, authority, Act.Release)) permissions.Add(Permission.Release);
        if (account.Administers) permissions.Add(Permission.Administer);
        return permissions.ToImmutable();
    }

    /// <summary>What a token is good for.</summary>
    public static ImmutableSortedSet<Permission> Of(IEnumerable<TokenScope> scopes) =>
    [
        Permission.Anyone,
        .. scopes.Select(scope => scope switch
        {
            TokenScope.Read => Permission.Read,
            TokenScope.Draft => Permission.Draft,
            TokenScope.Stop => Permission.Stop,
            _ => throw new ArgumentOutOfRangeException(nameof(scopes), scope, "Unknown scope."),
        }),
    ];

    private static bool MayAny(OfficerAccount account, AuthorityMatrix authority, Act act) =>
        authority.Rules.Keys.Any(type => account.Roles.Any(role => authority.May(role, act, type)));
}
