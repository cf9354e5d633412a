using System.Security.Cryptography;

namespace Tansiq.Server.Federation.Signing;

/// <summary>The field <c>Content-Digest</c> with SHA-256 alone (RFC 9530).</summary>
internal static class ContentDigest
{
    private const string Prefix = "sha-256=:";

    /// <summary>The field for a body.</summary>
    public static string Of(ReadOnlySpan<byte> body) => $"{Prefix}{Convert.ToBase64String(SHA256.HashData(body))}:";

    /// <summary>Whether the field is the body's.</summary>
    public static bool IsOf(string field, ReadOnlySpan<byte> body) => string.Equals(field, Of(body), StringComparison.Ordinal);
}
