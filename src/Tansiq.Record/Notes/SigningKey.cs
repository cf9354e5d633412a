using System.Text;
using NodaTime;
using NSec.Cryptography;
using Tansiq.Record.Checkpoints;

namespace Tansiq.Record.Notes;

/// <summary>A private key with its name. It makes signature lines and gives its <see cref="VerifierKey"/>; disposing it wipes it.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>The length of a seed (RFC 8032, 5.1.5).</summary>
    public const int SeedBytes = 32;

    private readonly Key _key;
    private readonly byte[] _nameUtf8;

    private SigningKey(Key key, VerifierKey verifier)
    {
        _key = key;
        Verifier = verifier;
        _nameUtf8 = Encoding.UTF8.GetBytes(verifier.Name);
    }

    /// <summary>The public part.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>A key from a seed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What it signs.</param>
    /// <param name="seed">32 bytes that nobody else knows.</param>
    /// <returns>The key, or <see cref="RecordFaults.MalformedKey"/>.</returns>
    public static Checked<SigningKey> FromSeed(string name, SignatureType type, ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedBytes || !Key.TryImport(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, out var key) || key is null)
            return new Fault(RecordFaults.MalformedKey, "", $"{seed.Length} bytes", "a seed of 32 bytes");
        if (VerifierKey.Of(name, type, key.PublicKey.Export(KeyBlobFormat.RawPublicKey)).TryGet(out var verifier, out var fault)) return new SigningKey(key, verifier);
        key.Dispose();
        return fault;
    }

    /// <summary>Signs a text with a key of type <see cref="SignatureType.Ed25519"/>.</summary>
    /// <exception cref="InvalidOperationException">The key is of another type.</exception>
    public NoteSignature Sign(ReadOnlySpan<byte> text)
    {
        if (Verifier.Type != SignatureType.Ed25519) throw new InvalidOperationException("Only a key of type 0x01 signs texts.");
        return new(_nameUtf8, Verifier.Id, SignatureAlgorithm.Ed25519.Sign(_key, text));
    }

    /// <summary>Cosigns a checkpoint with a key of type <see cref="SignatureType.Cosignature"/>.</summary>
    /// <param name="checkpointText">The checkpoint's text.</param>
    /// <param name="now">When; counted in whole seconds.</param>
    /// <exception cref="InvalidOperationException">The key is of another type.</exception>
    public NoteSignature Cosign(ReadOnlySpan<byte> checkpointText, Instant now)
    {
        if (Verifier.Type != SignatureType.Cosignature) throw new InvalidOperationException("Only a key of type 0x04 cosigns checkpoints.");
        var seconds = now.ToUnixTimeSeconds();
        return new(_nameUtf8, Verifier.Id, Cosignature.Join(seconds, SignatureAlgorithm.Ed25519.Sign(_key, Cosignature.Message(seconds, checkpointText))));
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
