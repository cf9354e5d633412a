namespace Tansiq.Server.Federation.Signing;

/// <summary>Why a request of a node is not taken (docs/formats/refusals.md).</summary>
public static class SigningCodes
{
    /// <summary>It bears no signature.</summary>
    public const string Unsigned = "federation.unsigned";

    /// <summary>Its signature is not in the agreed form, or covers too little.</summary>
    public const string Malformed = "federation.signature-malformed";

    /// <summary>No party's node holds the key.</summary>
    public const string UnknownKey = "federation.key-unknown";

    /// <summary>It was made too long ago, or by a clock too far ahead.</summary>
    public const string Stale = "federation.signature-stale";

    /// <summary>The signature is not the key's over this request.</summary>
    public const string Wrong = "federation.signature-wrong";

    /// <summary>The same request was taken before.</summary>
    public const string Replayed = "federation.replayed";

    /// <summary>It was signed for another node.</summary>
    public const string OtherReceiver = "federation.other-receiver";

    /// <summary>The body is not the one that was signed.</summary>
    public const string OtherContent = "federation.content-changed";

    /// <summary>The body has more bytes than it may.</summary>
    public const string TooLarge = "federation.body-too-large";

    /// <summary>More requests within the window than are remembered.</summary>
    public const string TooMany = "federation.too-many-requests";
}
