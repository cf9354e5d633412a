using Microsoft.AspNetCore.Http;

namespace Tansiq.Server.Access;

/// <summary>
/// Whether a request that changes something came from the node's own pages: a browser sends the cookie of a session along with whatever page it shows, but it
/// says which page (Fetch Metadata; RFC 6454, 7). One that says nothing is refused too: whoever is no browser uses a token.
/// </summary>
internal static class SameOrigin
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Whether it changes nothing, or came from the node's own pages.</summary>
    public static bool Holds(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return true;
        var origin = request.Headers.Origin;
        var site = request.Headers[FetchSite];
        if (site.Count > 0 && site != "same-origin") return false;
        return origin.Count > 0 ? origin == $"{request.Scheme}://{request.Host}" : site.Count > 0;
    }
}
