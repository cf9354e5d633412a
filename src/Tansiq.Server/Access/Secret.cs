using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tansiq.Server.Access;

/// <summary>Random secrets of 256 bits, of which only the hash is kept: nobody who reads the database can use one.</summary>
internal static class Secret
{
    /// <summary>The most characters that are looked at.</summary>
    public const int MaximumLength = 128;

    private const int Bytes = 32;
    private const int IdBytes = 12;

    /// <summary>A new secret.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A new name for something that has a secret; the name is none.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>What is kept of a secret. It is random and long: one round of SHA-256 is enough.</summary>
    public static byte[] Key(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
