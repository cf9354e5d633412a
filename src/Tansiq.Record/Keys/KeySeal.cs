using System.Text;
using NSec.Cryptography;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Keys;

/// <summary>A seed under a passphrase: Argon2id makes the key, XChaCha20-Poly1305 encrypts and binds the seed to what the file says.</summary>
internal sealed record KeySeal(KeyCost Cost, byte[] Salt, byte[] Nonce, byte[] Box)
{
    public const string Algorithm = "argon2id+xchacha20poly1305";
    public const int SaltBytes = 16;
    public const int NonceBytes = 24;
    public const int BoxBytes = SigningKey.SeedBytes + 16;

    public static KeySeal Close(ReadOnlySpan<byte> seed, string bound, string passphrase, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce, KeyCost cost)
    {
        using var key = KeyOf(passphrase, salt, cost);
        return new(cost, salt.ToArray(), nonce.ToArray(), AeadAlgorithm.XChaCha20Poly1305.Encrypt(key, nonce, Encoding.UTF8.GetBytes(bound), seed));
    }

    /// <summary>The seed; null where the passphrase is another or the file was changed: there is no way to tell which.</summary>
    public byte[]? Open(string bound, string passphrase)
    {
        using var key = KeyOf(passphrase, Salt, Cost);
        return AeadAlgorithm.XChaCha20Poly1305.Decrypt(key, Nonce, Encoding.UTF8.GetBytes(bound), Box);
    }

    private static Key KeyOf(string passphrase, ReadOnlySpan<byte> salt, KeyCost cost)
    {
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.MemoryKibibytes, NumberOfPasses = cost.Passes });
        return argon2.DeriveKey(Encoding.UTF8.GetBytes(passphrase), salt, AeadAlgorithm.XChaCha20Poly1305);
    }
}
