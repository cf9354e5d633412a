namespace Tansiq.Server.Access.Oidc;

/// <summary>How another organisation logs officers in (OpenID Connect Core 1.0, authorisation code with PKCE).</summary>
public sealed record OidcSettings
{
    /// <summary>The most characters of a subject.</summary>
    public const int MaximumSubjectLength = 255;

    /// <summary>The issuer; HTTPS, or plain HTTP on loopback.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>Under which name the issuer knows this node.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret that goes with it; null for none (PKCE alone).</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The claim of the ID token that names the officer: it has to be the <c>subject</c> of an account.</summary>
    public string OfficerClaim { get; init; } = "sub";
}
