using Microsoft.AspNetCore.Http;

namespace Tansiq.Server.Access;

/// <summary>
/// The cookie of a session: for this host alone, never for a script, never along with a request from another site (RFC 6265bis, 4.1.3.2: <c>__Host-</c>). On
/// plain loopback browsers don't take a name with that beginning, so there it is another.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Its name under TLS.</summary>
    public const string SecureName = "__Host-tansiq-session";

    /// <summary>Its name on plain loopback.</summary>
    public const string PlainName = "tansiq-session";

    /// <summary>What the request shows; null for nothing.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[Name(request)] is { Length: > 0 and <= Secret.MaximumLength } key ? key : null;

    /// <summary>Gives the browser a key, for as long as it is open: the session ends by the node's clock, which in an exercise is another than the browser's.</summary>
    public static void Write(HttpContext context, OpenedSession session) =>
        context.Response.Cookies.Append(Name(context.Request), session.Key, Options(context.Request, ends: null));

    /// <summary>Takes it away.</summary>
    public static void Remove(HttpContext context) => context.Response.Cookies.Append(Name(context.Request), "", Options(context.Request, DateTimeOffset.UnixEpoch));

    private static string Name(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? ends) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", Expires = ends, IsEssential = true };
}
