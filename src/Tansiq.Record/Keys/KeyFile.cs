using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Keys;

/// <summary>
/// The file of one private key (docs/formats/keys.md): the verifier key that says its name and type, and the seed, plain or under a
/// passphrase. Who may read the file is the business of whoever opens it.
/// </summary>
public sealed class KeyFile
{
    /// <summary>What the file says it is.</summary>
    public const string Kind = "tansiq.key.v1";

    /// <summary>The most bytes of a file.</summary>
    public const int MaximumBytes = 4_096;

    /// <summary>The length of a salt.</summary>
    public const int SaltBytes = KeySeal.SaltBytes;

    /// <summary>The length of a nonce.</summary>
    public const int NonceBytes = KeySeal.NonceBytes;

    private static readonly JsonWriterOptions Writing = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[]? _seed;
    private readonly KeySeal? _seal;

    internal KeyFile(VerifierKey verifier, byte[]? seed, KeySeal? seal)
    {
        Verifier = verifier;
        _seed = seed;
        _seal = seal;
    }

    /// <summary>The public key that the file names; <see cref="Open"/> checks that it is the seed's.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>Whether the seed lies under a passphrase.</summary>
    public bool IsSealed => _seal is not null;

    /// <summary>Reads a file.</summary>
    /// <returns>The file, <see cref="RecordFaults.MalformedKeyFile"/> or <see cref="RecordFaults.MalformedKey"/>.</returns>
    public static Checked<KeyFile> Read(ReadOnlyMemory<byte> bytes) => KeyFileReader.Read(bytes);

    /// <summary>A file with the seed as it is.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="type">What the key signs.</param>
    /// <param name="seed">32 bytes of chance.</param>
    /// <returns>The file's bytes, or <see cref="RecordFaults.MalformedKey"/>.</returns>
    public static Checked<byte[]> Write(string name, SignatureType type, ReadOnlySpan<byte> seed)
    {
        if (!SigningKey.FromSeed(name, type, seed).TryGet(out var key, out var fault)) return fault;
        using (key) return new KeyFile(key.Verifier, seed.ToArray(), null).ToJson();
    }

    /// <summary>A file with the seed under a passphrase.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="type">What the key signs.</param>
    /// <param name="seed">32 bytes of chance.</param>
    /// <param name="passphrase">Counts in UTF-8 as it is; not empty.</param>
    /// <param name="salt"><see cref="SaltBytes"/> bytes of chance, never used before.</param>
    /// <param name="nonce"><see cref="NonceBytes"/> bytes of chance, never used before.</param>
    /// <param name="cost">How much work it is to try a passphrase.</param>
    /// <returns>The file's bytes, or <see cref="RecordFaults.MalformedKey"/>.</returns>
    /// <exception cref="ArgumentException">The passphrase is empty, or salt or nonce has another length.</exception>
    public static Checked<byte[]> WriteSealed(string name, SignatureType type, ReadOnlySpan<byte> seed, string passphrase, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce, KeyCost cost)
    {
        ArgumentException.ThrowIfNullOrEmpty(passphrase);
        ArgumentNullException.ThrowIfNull(cost);
        if (salt.Length != SaltBytes) throw new ArgumentException("A salt has 16 bytes.", nameof(salt));
        if (nonce.Length != NonceBytes) throw new ArgumentException("A nonce has 24 bytes.", nameof(nonce));
        if (!SigningKey.FromSeed(name, type, seed).TryGet(out var key, out var fault)) return fault;
        using (key) return new KeyFile(key.Verifier, null, KeySeal.Close(seed, Bound(key.Verifier), passphrase, salt, nonce, cost)).ToJson();
    }

    /// <summary>The private key.</summary>
    /// <param name="passphrase">The passphrase; not looked at where the seed lies plain.</param>
    /// <returns>
    /// The key; <see cref="RecordFaults.PassphraseNeeded"/>, <see cref="RecordFaults.PassphraseWrong"/>, or
    /// <see cref="RecordFaults.MalformedKeyFile"/> where the seed is not the one of <see cref="Verifier"/>.
    /// </returns>
    public Checked<SigningKey> Open(string? passphrase)
    {
        if (_seal is null) return Matching(_seed!);
        if (string.IsNullOrEmpty(passphrase)) return new Fault(RecordFaults.PassphraseNeeded, "", "a key under a passphrase", "the passphrase");
        if (_seal.Open(Bound(Verifier), passphrase) is not { } seed)
            return new Fault(RecordFaults.PassphraseWrong, "", "another passphrase, or a file that was changed", "the passphrase of this key");
        var key = Matching(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    private static string Bound(VerifierKey verifier) => $"{Kind}\n{verifier}\n";

    private Checked<SigningKey> Matching(byte[] seed)
    {
        if (!SigningKey.FromSeed(Verifier.Name, Verifier.Type, seed).TryGet(out var key, out var fault)) return fault;
        if (key.Verifier.Equals(Verifier)) return key;
        key.Dispose();
        return new Fault(RecordFaults.MalformedKeyFile, "seed", "the seed of another key", "the seed of the key that the file names");
    }

    private byte[] ToJson()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(MaximumBytes);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("kind", Kind);
            json.WriteString("key", Verifier.ToString());
            if (_seal is null) json.WriteBase64String("seed", _seed);
            else WriteSeal(json, _seal);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteSeal(Utf8JsonWriter json, KeySeal seal)
    {
        json.WriteStartObject("sealed");
        json.WriteString("algorithm", KeySeal.Algorithm);
        json.WriteNumber("memoryKibibytes", seal.Cost.MemoryKibibytes);
        json.WriteNumber("passes", seal.Cost.Passes);
        json.WriteBase64String("salt", seal.Salt);
        json.WriteBase64String("nonce", seal.Nonce);
        json.WriteBase64String("box", seal.Box);
        json.WriteEndObject();
    }
}
