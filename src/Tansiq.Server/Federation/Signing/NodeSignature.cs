using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record.Notes;

namespace Tansiq.Server.Federation.Signing;

/// <summary>The profile of RFC 9421 by which nodes sign requests to each other (docs/formats/node-requests.md).</summary>
public static class NodeSignature
{
    /// <summary>What all that nodes sign for each other is tagged with.</summary>
    public const string Tag = "tansiq-node";

    /// <summary>How long a signature counts; as far may the clocks of two nodes be apart.</summary>
    public static readonly Duration Window = Duration.FromSeconds(60);

    internal const string Label = "tansiq";
    internal const string InputField = "Signature-Input";
    internal const string SignatureField = "Signature";
    internal const string DigestField = "Content-Digest";
    internal const int NonceBytes = 16;

    internal static ImmutableArray<string> Components { get; } = ["@method", "@authority", "@path", "@query", "content-digest"];

    /// <summary>How a request names the key that signed it: <c>name+id</c>, the first two parts of a verifier key.</summary>
    internal static string KeyId(VerifierKey key) => $"{key.Name}+{key.Id:x8}";
}
