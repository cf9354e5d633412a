using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Tansiq.Server.Audit;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Access.Oidc;

/// <summary>
/// Logging in by another organisation's word: OpenID Connect's authorisation code flow with PKCE, state and nonce by the framework. The ID token's claim has to
/// be the subject of an account that is there: nobody gets an account by it, and nobody a role.
/// </summary>
/// <remarks>The framework's handler has services of its own: among the node's it would put itself before every request.</remarks>
internal sealed class OidcLogIn : IAsyncDisposable
{
    private const string Scheme = "oidc";
    private const string Start = "/api/v1/session/organisation";
    private const string Callback = "/api/v1/session/organisation/answer";

    // The cookie of a session is not sent along from a page of another site, nor after being sent on from one: the page asks again by itself.
    private const string Page = "<!doctype html><meta charset=utf-8><meta http-equiv=refresh content=\"0;url=/\"><title>Tansiq</title>";

    private readonly ServiceProvider _framework;

    public OidcLogIn(OidcSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        // What is kept for the way there and back is worthless after a restart.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication().AddOpenIdConnect(Scheme, options => Configure(options, settings));
        _framework = services.BuildServiceProvider();
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Start, AskAsync).Needs(Permission.Anyone);
        endpoints.MapGet(Callback, TakeAnswerAsync).Needs(Permission.Anyone);
    }

    public ValueTask DisposeAsync() => _framework.DisposeAsync();

    private async Task AskAsync(HttpContext context)
    {
        var scope = _framework.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var handler = await HandlerAsync(scope.ServiceProvider, context).ConfigureAwait(false);
            await handler.ChallengeAsync(new() { RedirectUri = "/" }).ConfigureAwait(false);
        }
    }

    private async Task TakeAnswerAsync(HttpContext context)
    {
        var scope = _framework.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var handler = await HandlerAsync(scope.ServiceProvider, context).ConfigureAwait(false);
            if (!await handler.HandleRequestAsync().ConfigureAwait(false)) await RefuseAsync(context).ConfigureAwait(false);
        }
    }

    private static async Task<OpenIdConnectHandler> HandlerAsync(IServiceProvider services, HttpContext context)
    {
        var scheme = await services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(Scheme).ConfigureAwait(false);
        var handler = services.GetRequiredService<OpenIdConnectHandler>();
        await handler.InitializeAsync(scheme!, context).ConfigureAwait(false);
        return handler;
    }

    private static void Configure(OpenIdConnectOptions options, OidcSettings settings)
    {
        options.Authority = settings.Issuer.AbsoluteUri;
        options.RequireHttpsMetadata = !settings.Issuer.IsLoopback;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A form sent from another site would not bring the cookies along.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = Callback;
        // Never used: the session is the node's own. The framework asks that one be named.
        options.SignInScheme = Scheme + ".none";
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.Scope.Clear();
        options.Scope.Add("openid");
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.HttpOnly = true;
        }

        options.Events.OnTicketReceived = ticket => TakeTicketAsync(ticket, settings);
        options.Events.OnRemoteFailure = async failure =>
        {
            failure.HandleResponse();
            await RefuseAsync(failure.HttpContext).ConfigureAwait(false);
        };
    }

    private static async Task TakeTicketAsync(TicketReceivedContext ticket, OidcSettings settings)
    {
        ticket.HandleResponse();
        var context = ticket.HttpContext;
        var services = context.RequestServices;
        var subject = ticket.Principal?.FindFirst(settings.OfficerClaim)?.Value;
        var account = subject is { Length: > 0 and <= OidcSettings.MaximumSubjectLength } ? services.GetRequiredService<Accounts>().FindSubject(subject) : null;
        if (account is null || !services.GetRequiredService<LogIn>().Open(account.Officer, LogInWay.Organisation, context.AuditActor().From).TryGet(out var session, out _))
        {
            await RefuseAsync(context).ConfigureAwait(false);
            return;
        }

        SessionCookie.Write(context, session);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        await context.Response.WriteAsync(Page).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context) =>
        Problem.WriteAsync(context, context.RequestServices.GetRequiredService<LogIn>().Refused("", context.AuditActor().From));
}
