using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Tansiq.Record.Checkpoints;

namespace Tansiq.Record.Notes;

/// <summary>
/// A public key with its name, written <c>name+hash+key</c> (signed-note, Verifier keys): by it, and by nothing else, a
/// signature counts. Immutable and thread-safe.
/// </summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    private const int Ed25519Bytes = 32;
    private const int MaximumLength = 4_096;

    private readonly PublicKey _key;
    private readonly byte[] _nameUtf8;

    private VerifierKey(string name, SignatureType type, PublicKey key)
    {
        Name = name;
        Type = type;
        _key = key;
        _nameUtf8 = Encoding.UTF8.GetBytes(name);
        Id = IdOf(_nameUtf8, type, key.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The key's name.</summary>
    public string Name { get; }

    /// <summary>The key's ID: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key), big-endian. It finds a key and proves nothing.</summary>
    public uint Id { get; }

    /// <summary>What it signs and how.</summary>
    public SignatureType Type { get; }

    /// <summary>The public key: 32 bytes of Ed25519.</summary>
    public byte[] PublicKeyBytes() => _key.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>
    /// The fingerprint by which people compare the key: SHA-256 of <c>name ‖ 0x0A ‖ type ‖ key</c> as 64 hexadecimal digits in groups of
    /// eight. The key ID is its first group.
    /// </summary>
    public string Fingerprint()
    {
        var digits = Convert.ToHexStringLower(FullHash(_nameUtf8, Type, PublicKeyBytes()));
        return string.Join(' ', digits.Chunk(8).Select(group => new string(group)));
    }

    /// <summary>A key from its parts.</summary>
    /// <returns>The key, or <see cref="RecordFaults.MalformedKey"/>.</returns>
    public static Checked<VerifierKey> Of(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!KeyName.IsValid(name)) return Malformed("", "another name", "a name without spaces and plus, at most 255 bytes");
        if (type is not (SignatureType.Ed25519 or SignatureType.Cosignature)) return Malformed("", $"type 0x{(byte)type:x2}", "a key of type 0x01 or 0x04");
        return publicKey.Length == Ed25519Bytes && PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key) && key is not null
            ? new VerifierKey(name, type, key)
            : Malformed("", "other bytes", "32 bytes of an Ed25519 public key");
    }

    /// <summary>Reads <c>name+hash+key</c>: the hash in eight lower-case hexadecimal digits, type and key in base64.</summary>
    /// <returns>The key, or <see cref="RecordFaults.MalformedKey"/>.</returns>
    public static Checked<VerifierKey> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // A name has no plus; base64 may have some.
        var parts = text.Length <= MaximumLength ? text.Split('+', 3) : [];
        if (parts.Length != 3) return Malformed("", "another text", "name+hash+key");
        if (!Base64Text.TryDecode(Encoding.UTF8.GetBytes(parts[2]), out var typeAndKey) || typeAndKey.Length < 2) return Malformed("", "another key", "type and key in base64");
        if (!Of(parts[0], (SignatureType)typeAndKey[0], typeAndKey.AsSpan(1)).TryGet(out var key, out var fault)) return fault;
        return string.Equals(parts[1], $"{key.Id:x8}", StringComparison.Ordinal) ? key : Malformed("", $"hash {Shortened(parts[1])}", $"hash {key.Id:x8}");
    }

    /// <summary>Whether a signature line names this key.</summary>
    public bool IsNamedBy(in NoteSignature signature) => signature.KeyId == Id && signature.NameUtf8.Span.SequenceEqual(_nameUtf8);

    /// <summary>Whether a signature is this key's over a text.</summary>
    /// <param name="text">The note's text; for a <see cref="SignatureType.Cosignature"/> a checkpoint's.</param>
    /// <param name="signature">What stands after the key ID: 64 bytes, or 8 bytes of time and 64.</param>
    public bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (Type == SignatureType.Ed25519) return SignatureAlgorithm.Ed25519.Verify(_key, text, signature);
        return Cosignature.TrySplit(signature, out var seconds, out var signed)
            && SignatureAlgorithm.Ed25519.Verify(_key, Cosignature.Message(seconds, text), signed);
    }

    /// <summary>The same name, type and key.</summary>
    public bool Equals(VerifierKey? other) => other is not null && Id == other.Id && Type == other.Type && Name == other.Name && _key.Equals(other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)Id);

    /// <summary>The key as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Type, .. PublicKeyBytes()])}";

    private static uint IdOf(ReadOnlySpan<byte> name, SignatureType type, ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32BigEndian(FullHash(name, type, key));

    private static byte[] FullHash(ReadOnlySpan<byte> name, SignatureType type, ReadOnlySpan<byte> key) => SHA256.HashData([.. name, (byte)'\n', (byte)type, .. key]);

    private static Fault Malformed(string where, string found, string expected) => new(RecordFaults.MalformedKey, where, found, expected);

    private static string Shortened(string text) => text.Length <= 16 ? text : text[..16] + "…";
}
