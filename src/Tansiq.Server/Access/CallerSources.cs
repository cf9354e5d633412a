using Microsoft.AspNetCore.Http;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Audit;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Access;

/// <summary>Finds officers by the cookie of their session.</summary>
internal sealed class SessionCallers(Sessions sessions, INode node) : ICallerSource
{
    private static readonly object SessionKey = new();

    /// <inheritdoc/>
    public ValueTask<Caller?> FindAsync(HttpContext context)
    {
        if (SessionCookie.Read(context.Request) is not { } key) return new((Caller?)null);
        if (!SameOrigin.Holds(context.Request))
        {
            context.RefuseCaller(new(AccessCodes.CrossSite, "", "", "a request of the node's own pages"));
            return new((Caller?)null);
        }

        if (sessions.Find(key) is not var (account, id)) return new((Caller?)null);
        context.Items[SessionKey] = id;
        context.SetSomebodyBehind(account.Officer);
        context.SetCallerLook(() => sessions.Look(key) is { } now ? CallerOf(now, node) : null);
        return new(CallerOf(account, node));
    }

    /// <summary>The name of the session in which a request was made; null where it was not made in one.</summary>
    public static string? SessionOf(HttpContext context) => context.Items.TryGetValue(SessionKey, out var id) ? (string?)id : null;

    /// <summary>An officer as a caller.</summary>
    public static Caller CallerOf(OfficerAccount account, INode node) =>
        new(CallerKind.Officer, account.Officer, account.Home, account.Roles, OfficerPermissions.Of(account, node.Identity, Authority.Of(node)));
}

/// <summary>Finds machines by their API token (RFC 6750, 2.1).</summary>
internal sealed class TokenCallers(ApiTokens tokens, INode node) : ICallerSource
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc/>
    public ValueTask<Caller?> FindAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { Length: <= Secret.MaximumLength } text) return new((Caller?)null);
        if (!text.StartsWith(Scheme + ApiTokens.Prefix, StringComparison.OrdinalIgnoreCase) || tokens.Find(text[Scheme.Length..]) is not { } token) return new((Caller?)null);
        context.SetSomebodyBehind(token.MadeBy);
        context.SetCallerLook(() => tokens.Find(text[Scheme.Length..]) is { } now ? CallerOf(now, node) : null);
        return new(CallerOf(token, node));
    }

    private static Caller CallerOf(ApiToken token, INode node) => new(CallerKind.Token, token.Name, node.Identity.Party, [], OfficerPermissions.Of(token.Scopes));
}

/// <summary>Which role may draft and release what on the record that a node holds.</summary>
internal static class Authority
{
    /// <summary>The matrix of the founding, else the built-in one.</summary>
    public static AuthorityMatrix Of(INode node) => node.Picture.State.Situation.Founding?.Authority ?? AuthorityMatrix.Default;
}

/// <summary>
/// Who answers for what a caller does: an officer for itself, for a token whoever made it. Two persons are two of these: nobody drafts by a machine of one's
/// own and releases by hand.
/// </summary>
internal static class SomebodyBehind
{
    private static readonly object Key = new();

    /// <summary>The officer's pseudonym; the caller's own name where nobody is known.</summary>
    public static string Behind(this HttpContext context) => context.Items.TryGetValue(Key, out var officer) && officer is string known ? known : context.Caller().Name;

    /// <summary>Notes the officer.</summary>
    public static void SetSomebodyBehind(this HttpContext context, string officer) => context.Items[Key] = officer;
}
