using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tansiq.Server.Tests.Access;

/// <summary>Another organisation's OpenID provider on loopback: discovery, keys, authorisation code with PKCE, ID tokens signed with RS256.</summary>
internal sealed class OtherOrganisation : IAsyncDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, IQueryCollection> _codes = new();
    private readonly WebApplication _application;

    private OtherOrganisation()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        _application = builder.Build();
        _application.UseRouting();
        _application.MapGet("/.well-known/openid-configuration", (RequestDelegate)(context => JsonAsync(context, new Dictionary<string, object>
        {
            ["issuer"] = Issuer.AbsoluteUri,
            ["authorization_endpoint"] = Issuer + "authorize",
            ["token_endpoint"] = Issuer + "token",
            ["jwks_uri"] = Issuer + "keys",
            ["response_types_supported"] = new List<string> { "code" },
            ["subject_types_supported"] = new List<string> { "public" },
            ["id_token_signing_alg_values_supported"] = new List<string> { "RS256" },
        })));
        _application.MapGet("/keys", (RequestDelegate)KeysAsync);
        _application.MapGet("/authorize", (RequestDelegate)AuthorizeAsync);
        _application.MapPost("/token", (RequestDelegate)TokenAsync);
    }

    public Uri Issuer { get; private set; } = null!;

    /// <summary>Who is logged in at it.</summary>
    public string Subject { get; set; } = "officer@organisation.example";

    /// <summary>Whether its tokens carry a nonce of its own.</summary>
    public bool ForgetsNonce { get; set; }

    public static async Task<OtherOrganisation> StartAsync()
    {
        var organisation = new OtherOrganisation();
        await organisation._application.StartAsync();
        organisation.Issuer = new(organisation._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return organisation;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _rsa.Dispose();
    }

    private Task KeysAsync(HttpContext context)
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        return JsonAsync(context, new { keys = new List<object> { new { kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } });
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        var asked = context.Request.Query;
        asked["response_type"].ToString().ShouldBe("code");
        asked["code_challenge_method"].ToString().ShouldBe("S256");
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = asked;
        context.Response.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] }));
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!_codes.TryRemove(form["code"].ToString(), out var asked) || asked["code_challenge"] != challenge || form["client_secret"] != "between the two of us")
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await JsonAsync(context, new { error = "invalid_grant" });
            return;
        }

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer.AbsoluteUri,
            Audience = asked["client_id"],
            Subject = new ClaimsIdentity([new("sub", Subject), new("nonce", ForgetsNonce ? "another" : asked["nonce"].ToString())]),
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new(new RsaSecurityKey(_rsa) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
        });
        await JsonAsync(context, new { access_token = "none", token_type = "Bearer", id_token = token });
    }

    private static Task JsonAsync(HttpContext context, object value)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value)).AsTask();
    }
}
