using System.Security.Cryptography;
using NodaTime;
using Tansiq.Record.Notes;

namespace Tansiq.Server.Federation.Signing;

/// <summary>
/// Signs what a node asks of another (RFC 9421, Ed25519): method, receiver, path, query and the digest of the body. Stands next to the handler that sends;
/// a request that is sent again gets another nonce.
/// </summary>
/// <remarks>Thread-safe. The key stays the caller's.</remarks>
/// <param name="key">The node's statement key.</param>
/// <param name="clock">The machine's clock, not an exercise's.</param>
public sealed class RequestSigning(SigningKey key, IClock clock) : DelegatingHandler
{
    /// <summary>Signs a request; its body is held in memory.</summary>
    public async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        var target = request.RequestUri is { IsAbsoluteUri: true } uri ? uri : throw new InvalidOperationException("Only a request with a whole address can be signed.");
        var digest = ContentDigest.Of(body);
        var authority = SignedParts.AuthorityOf(request.Headers.Host ?? target.Authority, target.Scheme);
        var (path, query) = SignedParts.Split(target.PathAndQuery)!.Value;
        var now = clock.GetCurrentInstant().ToUnixTimeSeconds();
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NodeSignature.NonceBytes));
        var input = SignatureInput.Of(NodeSignature.Label, NodeSignature.Components, now, now + (long)NodeSignature.Window.TotalSeconds, nonce, NodeSignature.KeyId(key.Verifier), NodeSignature.Tag);
        var text = SignatureBase.Of(new(request.Method.Method, authority, path, query, _ => digest), input)!;
        Set(request, NodeSignature.DigestField, digest);
        Set(request, NodeSignature.InputField, $"{input.Label}={input.Text}");
        Set(request, NodeSignature.SignatureField, $"{input.Label}=:{Convert.ToBase64String(key.Sign(text).Bytes.Span)}:");
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await SignAsync(request, cancellationToken).ConfigureAwait(false);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static void Set(HttpRequestMessage request, string field, string value)
    {
        request.Headers.Remove(field);
        if (!request.Headers.TryAddWithoutValidation(field, value)) throw new InvalidOperationException($"The field {field} can't be set.");
    }
}
