using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Server.Access;

/// <summary>How a caller showed who it is.</summary>
public enum CallerKind
{
    /// <summary>It did not.</summary>
    Nobody = 0,

    /// <summary>An officer with a session.</summary>
    Officer = 1,

    /// <summary>A machine with an API token.</summary>
    Token = 2,

    /// <summary>Another node.</summary>
    Node = 3,
}

/// <summary>Who makes a request.</summary>
/// <param name="Kind">How it showed it.</param>
/// <param name="Name">The officer's pseudonym, the token's name, or the node's party; empty for nobody. Never a person's name.</param>
/// <param name="Home">Whose officer it is: a liaison officer is another party's (PTY-4); null for nobody.</param>
/// <param name="Roles">The officer's roles; none for others.</param>
/// <param name="Permissions">What it may do.</param>
public sealed record Caller(
    CallerKind Kind, string Name, Id<Party>? Home, ImmutableSortedSet<OfficerRole> Roles, ImmutableSortedSet<Permission> Permissions)
{
    /// <summary>A caller who has not shown who it is.</summary>
    public static Caller Nobody { get; } = new(CallerKind.Nobody, "", null, [], [Permission.Anyone]);

    /// <summary>Whether it may do what an endpoint asks.</summary>
    public bool May(Permission permission) => permission == Permission.Anyone || Permissions.Contains(permission);
}

/// <summary>Finds out who makes a request. One for each way: sessions, tokens, signatures of nodes.</summary>
public interface ICallerSource
{
    /// <summary>The caller, or null where the request shows nothing of this kind.</summary>
    ValueTask<Caller?> FindAsync(HttpContext context);
}

/// <summary>The caller of a request.</summary>
public static class CallerOfRequest
{
    private static readonly object Key = new();
    private static readonly object RefusalKey = new();

    /// <summary>Who makes the request; <see cref="Access.Caller.Nobody"/> before it was found out.</summary>
    public static Caller Caller(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(Key, out var caller) && caller is Caller known ? known : Access.Caller.Nobody;
    }

    /// <summary>Says why what the request shows of its caller was not believed; nobody answers for it then.</summary>
    internal static void RefuseCaller(this HttpContext context, Refusal refusal) => context.Items[RefusalKey] = refusal;

    /// <summary>Why the caller was not believed, or null.</summary>
    internal static Refusal? CallerRefusal(this HttpContext context) => context.Items.TryGetValue(RefusalKey, out var refusal) ? refusal as Refusal : null;

    /// <summary>Keeps who makes the request.</summary>
    internal static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
