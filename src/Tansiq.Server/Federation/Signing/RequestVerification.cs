using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NodaTime;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;

namespace Tansiq.Server.Federation.Signing;

/// <summary>What a node takes of other nodes.</summary>
/// <param name="Receivers">
/// The names under which this node is called, as <c>us.example</c> for any port or <c>us.example:8443</c> for one: what was signed for another is not taken.
/// </param>
public sealed record RequestVerificationSettings(IReadOnlyList<string> Receivers)
{
    /// <summary>The most bytes of a body, which is held in memory while its digest is checked.</summary>
    public int MaximumBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most requests of one key that are remembered within the window.</summary>
    public int MaximumRequests { get; init; } = 1_000_000;
}

/// <summary>
/// Finds out which node makes a request, by its signature (RFC 9421, Ed25519): of an endpoint that asks for <see cref="Permission.Node"/>, and of no other.
/// The signature is verified before the body is read, and the body is bounded before it is hashed.
/// </summary>
/// <remarks>Thread-safe. Nonces are remembered in memory: after a restart a request of the last minute could be shown once more.</remarks>
/// <param name="keys">The keys of nodes.</param>
/// <param name="clock">The machine's clock, not an exercise's.</param>
/// <param name="settings">What is taken.</param>
public sealed class RequestVerification(INodeKeys keys, IClock clock, RequestVerificationSettings settings) : ICallerSource
{
    private const int MaximumSignatureCharacters = 256;
    private const int SignatureBytes = 64;
    private static readonly object BodyKey = new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, NonceMemory> _nonces = new(StringComparer.Ordinal);

    /// <summary>The body of a request whose signature was verified: what was hashed is what is read.</summary>
    public static ReadOnlyMemory<byte>? BodyOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(BodyKey, out var body) && body is byte[] bytes ? bytes : null;
    }

    /// <inheritdoc/>
    public async ValueTask<Caller?> FindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeededPermission>() is not { Permission: Permission.Node }) return null;
        var (key, refusal) = Signer(context.Request);
        if (refusal is null && key is not null) refusal = await ReadBodyAsync(context).ConfigureAwait(false);
        if (refusal is null) return new(CallerKind.Node, key!.Party.Value, key.Party, [], [Permission.Anyone, Permission.Node]);
        context.RefuseCaller(refusal);
        return null;
    }

    private (NodeKey? Key, Refusal? Refusal) Signer(HttpRequest request)
    {
        if (Only(request, NodeSignature.InputField) is not { } field || Only(request, NodeSignature.SignatureField) is not { } signed) return (null, Refused(SigningCodes.Unsigned, "no signature", "one signature of a node"));
        if (SignatureInput.Parse(field) is not { } input) return (null, Malformed("another form", "one signature with covered components"));
        if (Incomplete(input) is { } incomplete) return (null, incomplete);
        if (SignatureOf(signed, input.Label) is not { } signature) return (null, Malformed("another signature", "64 bytes in base64"));
        if (!TryKey(input.KeyId!, out var key)) return (null, Refused(SigningCodes.UnknownKey, JsonText.Shorten(input.KeyId!), "the statement key of a party"));
        if (Stale(input) is { } stale) return (null, stale);
        if (PartsOf(request) is not { } parts || SignatureBase.Of(parts, input) is not { } text) return (null, Malformed("a component that is not there", "a request with all that was signed"));
        if (!IsOwn(parts.Authority)) return (null, Refused(SigningCodes.OtherReceiver, JsonText.Shorten(parts.Authority), "a name of this node"));
        if (!key!.Key.Verifies(text, signature)) return (null, Refused(SigningCodes.Wrong, "another signature", "the key's over this request"));
        return Remember(input) is { } refused ? (null, refused) : (key, null);
    }

    private static Refusal? Incomplete(SignatureInput input)
    {
        if (input.Tag != NodeSignature.Tag) return Malformed("another tag", NodeSignature.Tag);
        if (NodeSignature.Components.Any(component => !input.Components.Contains(component))) return Malformed("too little covered", string.Join(' ', NodeSignature.Components));
        if (input.Components.Length != NodeSignature.Components.Length) return Malformed("more covered", string.Join(' ', NodeSignature.Components));
        return input is { Created: not null, Expires: not null, Nonce: not null, KeyId: not null } ? null : Malformed("a parameter that is missing", "created, expires, nonce, keyid, tag");
    }

    private bool TryKey(string keyId, out NodeKey? key)
    {
        var plus = keyId.LastIndexOf('+');
        key = plus > 0 && uint.TryParse(keyId.AsSpan(plus + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? keys.Find(keyId[..plus], id) : null;
        return key is not null;
    }

    private Refusal? Stale(SignatureInput input)
    {
        var now = clock.GetCurrentInstant().ToUnixTimeSeconds();
        var window = (long)NodeSignature.Window.TotalSeconds;
        var (created, expires) = (input.Created!.Value, input.Expires!.Value);
        var isFresh = created <= expires && expires - created <= window && Math.Abs(now - created) <= window && now <= expires;
        return isFresh ? null : Refused(SigningCodes.Stale, FormattableString.Invariant($"{created - now} s from one's own clock"), FormattableString.Invariant($"at most {window} s"));
    }

    private Refusal? Remember(SignatureInput input)
    {
        if (input.Nonce!.Length != 2 * NodeSignature.NonceBytes || !UInt128.TryParse(input.Nonce, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var nonce))
            return Malformed("another nonce", "32 hexadecimal digits");
        // A signature may be made by a clock ahead by the window, and then counts for the window.
        var memory = _nonces.GetOrAdd(input.KeyId!, static (_, most) => new(2 * (long)NodeSignature.Window.TotalSeconds + 1, most), settings.MaximumRequests);
        return memory.Take(nonce, Environment.TickCount64 / 1_000) switch
        {
            NonceMemory.Answer.New => null,
            NonceMemory.Answer.Known => Refused(SigningCodes.Replayed, "a nonce that was there before", "a new one"),
            _ => Refused(SigningCodes.TooMany, "too many requests", FormattableString.Invariant($"at most {settings.MaximumRequests} within two minutes")),
        };
    }

    private async Task<Refusal?> ReadBodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > settings.MaximumBodyBytes) return TooLarge();
        if (await BodyAsync(request.BodyReader, context.RequestAborted).ConfigureAwait(false) is not { } body) return TooLarge();
        if (!ContentDigest.IsOf(Only(request, NodeSignature.DigestField)!, body)) return Refused(SigningCodes.OtherContent, "another body", "the one that was signed");
        context.Items[BodyKey] = body;
        request.Body = new MemoryStream(body, writable: false);
        return null;
    }

    private async Task<byte[]?> BodyAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.Length > settings.MaximumBodyBytes) return null;
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static SignedParts? PartsOf(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (SignedParts.Split(target) is not { } split || !request.Host.HasValue) return null;
        return new(request.Method, SignedParts.AuthorityOf(request.Host.Value!, request.Scheme), split.Path, split.Query, field => Only(request, field));
    }

    private bool IsOwn(string authority)
    {
        var host = new HostString(authority).Host;
        return settings.Receivers.Any(own => string.Equals(own, authority, StringComparison.OrdinalIgnoreCase) || string.Equals(own, host, StringComparison.OrdinalIgnoreCase));
    }

    private static byte[]? SignatureOf(string field, string label)
    {
        if (field.Length > MaximumSignatureCharacters || !field.StartsWith(label + "=:", StringComparison.Ordinal) || !field.EndsWith(':')) return null;
        var text = field.AsSpan(label.Length + 2);
        var bytes = new byte[SignatureBytes];
        return Convert.TryFromBase64Chars(text[..^1], bytes, out var length) && length == SignatureBytes ? bytes : null;
    }

    private static string? Only(HttpRequest request, string field) => request.Headers.TryGetValue(field, out var values) && values.Count == 1 ? values[0] : null;

    private static Refusal TooLarge() => Refused(SigningCodes.TooLarge, "more bytes", "a smaller body");

    private static Refusal Malformed(string found, string expected) => Refused(SigningCodes.Malformed, found, expected);

    private static Refusal Refused(string code, string found, string expected) => new(code, "", found, expected);
}
