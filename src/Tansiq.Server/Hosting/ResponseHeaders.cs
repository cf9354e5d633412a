using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tansiq.Server.Hosting;

/// <summary>What every answer says to a browser: nothing may be loaded or framed, nothing guessed, nothing told to others. A page says otherwise for itself.</summary>
internal static class ResponseHeaders
{
    private const string NothingLoads = "default-src 'none'; frame-ancestors 'none'";
    private const string OneYear = "max-age=31536000";

    /// <summary>Adds them, and refuses what was meant for another name.</summary>
    public static IApplicationBuilder UseResponseHeaders(this IApplicationBuilder application) => application.Use(static (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = NothingLoads;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        return next(context);
    });
}
