using System.Security.Cryptography;

namespace Tansiq.Record.Entries;

/// <summary>The SHA-256 of an attachment's bytes, by which an entry names it. The default value names nothing.</summary>
public readonly record struct AttachmentHash
{
    private const int Digits = 64;
    private readonly string? _hex;

    private AttachmentHash(string hex) => _hex = hex;

    /// <summary>64 lower-case hexadecimal digits; empty for the default value.</summary>
    public string Hex => _hex ?? "";

    /// <summary>The hash of some bytes.</summary>
    public static AttachmentHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Reads 64 lower-case hexadecimal digits; null for anything else.</summary>
    public static AttachmentHash? Parse(string hex) =>
        hex is { Length: Digits } && hex.All(char.IsAsciiHexDigitLower) ? new AttachmentHash(hex) : null;

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;
}
