using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations;

/// <summary>
/// What a record's entries came to mean, in 32 bytes: a SHA-256 chain, one step for each entry. Who holds the same entries
/// and gives them the same effect has the same digest at every size (docs/formats/situation-digest.md). A class for the
/// reason that <see cref="Id{TEntity}"/> gives.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SituationDigest : IEquatable<SituationDigest>
{
    /// <summary>How many bytes a digest has.</summary>
    public const int ByteCount = SHA256.HashSizeInBytes;

    /// <summary>The version of what is chained.</summary>
    public const int FormatVersion = 1;

    private readonly DigestBytes _bytes;

    internal SituationDigest(in DigestBytes bytes) => _bytes = bytes;

    /// <summary>The digest at size 0.</summary>
    public static SituationDigest Empty { get; } = new(First());

    internal ref readonly DigestBytes Bytes => ref _bytes;

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

    private static DigestBytes First()
    {
        DigestBytes bytes = default;
        Span<byte> version = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(version, Admit.RulesVersion);
        SHA256.HashData([.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"tansiq/situation-digest/{FormatVersion}\n")), .. version], bytes);
        return bytes;
    }
}

/// <summary>One step of <see cref="SituationDigest"/>.</summary>
internal static class DigestStep
{
    // The digest before, the hash of the text, four counts, and the time in days and nanoseconds.
    private const int FixedLength = 2 * SituationDigest.ByteCount + 4 * sizeof(int) + sizeof(long) + sizeof(int);
    private const int LongestTexts = 128;
    private const byte IsInert = 0;
    private const byte IsAdmitted = 1;

    /// <summary>The digest after an entry.</summary>
    /// <param name="previous">The digest before it.</param>
    /// <param name="after">The situation after it.</param>
    /// <param name="hash">The hash of its text.</param>
    /// <param name="admission">What admission said of it.</param>
    public static DigestBytes After(in DigestBytes previous, Situation after, ContentHash hash, Admission admission)
    {
        Span<byte> text = stackalloc byte[FixedLength + LongestTexts];
        ((ReadOnlySpan<byte>)previous).CopyTo(text);
        hash.WriteTo(text[SituationDigest.ByteCount..]);
        var rest = text[(2 * SituationDigest.ByteCount)..FixedLength];
        BinaryPrimitives.WriteInt32BigEndian(rest, after.Extent.Admitted);
        BinaryPrimitives.WriteInt32BigEndian(rest[4..], after.Extent.Notices);
        BinaryPrimitives.WriteInt32BigEndian(rest[8..], after.Extent.Sites);
        BinaryPrimitives.WriteInt32BigEndian(rest[12..], after.Extent.Times);
        var time = (after.Time ?? Instant.MinValue) - NodaConstants.UnixEpoch;
        BinaryPrimitives.WriteInt32BigEndian(rest[16..], time.Days);
        BinaryPrimitives.WriteInt64BigEndian(rest[20..], time.NanosecondOfDay);
        DigestBytes digest = default;
        SHA256.HashData(text[..(FixedLength + WriteOutcome(text[FixedLength..], after, admission))], digest);
        return digest;
    }

    private static int WriteOutcome(Span<byte> text, Situation after, Admission admission)
    {
        if (admission is Admission.Inert inert)
        {
            text[0] = IsInert;
            var length = 1 + Encoding.UTF8.GetBytes(inert.Code, text[1..]);
            text[length++] = (byte)'\n';
            return length + Encoding.UTF8.GetBytes(inert.Where, text[length..]);
        }

        ref readonly var admitted = ref after.Lineage.Statements[after.Extent.Admitted - 1];
        text[0] = IsAdmitted;
        text[1] = (byte)admitted.Effect;
        BinaryPrimitives.WriteInt32BigEndian(text[2..], admitted.Number);
        return 2 + sizeof(int);
    }
}
