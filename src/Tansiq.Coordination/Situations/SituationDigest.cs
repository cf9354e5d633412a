using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tansiq.Coordination.Situations;

/// <summary>
/// What a record's entries came to mean, in 32 bytes: who holds the same entries and gives them the same effect has the same
/// digest at every size (docs/formats/situation-digest.md).
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SituationDigest : IEquatable<SituationDigest>
{
    /// <summary>How many bytes a digest has.</summary>
    public const int ByteCount = SHA256.HashSizeInBytes;

    /// <summary>The version of what is digested.</summary>
    public const int FormatVersion = 1;

    private readonly DigestBytes _bytes;

    internal SituationDigest(in DigestBytes bytes) => _bytes = bytes;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => Convert.ToHexStringLower(_bytes);

    /// <summary>Writes the 32 bytes.</summary>
    /// <exception cref="ArgumentException">There is no room for 32.</exception>
    public void WriteTo(Span<byte> bytes) => ((ReadOnlySpan<byte>)_bytes).CopyTo(bytes);

    /// <summary>Whether both are the same.</summary>
    public bool Equals(SituationDigest? other) => other is not null && ((ReadOnlySpan<byte>)_bytes).SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SituationDigest);

    /// <inheritdoc/>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(_bytes);

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;
}
