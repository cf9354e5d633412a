using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations;

/// <summary>The bytes of a <see cref="SituationDigest"/>, side by side in lists.</summary>
[InlineArray(SituationDigest.ByteCount)]
internal struct DigestBytes
{
    private byte _first;
}

/// <summary>An entry that has no effect.</summary>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Admission">Why it has none.</param>
internal sealed record InertEntry(ContentHash Hash, Admission.Inert Admission);

/// <summary>
/// Digests up to 256 entries at once: the digest where they begin, and of each what is listed in
/// docs/formats/situation-digest.md. Numbers are big-endian.
/// </summary>
internal ref struct DigestedBlock : IDisposable
{
    /// <summary>How many entries the digest goes back to the one that it is chained to.</summary>
    public const int Length = 256;

    private const int LongestTexts = 512;
    private const int LongestEntry = ContentHash.ByteCount + 4 * sizeof(int) + sizeof(int) + sizeof(long) + LongestTexts;
    private const byte IsInert = 0;
    private const byte IsAdmitted = 1;

    private readonly byte[] _rented;
    private Span<byte> _room;

    /// <param name="before">The digest where the block begins.</param>
    public DigestedBlock(in DigestBytes before)
    {
        _rented = ArrayPool<byte>.Shared.Rent(SituationDigest.ByteCount + Length * LongestEntry);
        ((ReadOnlySpan<byte>)before).CopyTo(_rented);
        _room = _rented.AsSpan(SituationDigest.ByteCount);
    }

    /// <summary>The digest of a record without entries.</summary>
    public static DigestBytes First()
    {
        DigestBytes digest = default;
        var text = FormattableString.Invariant($"tansiq/situation-digest/{SituationDigest.FormatVersion}\nrules/{Admit.RulesVersion}\n");
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return digest;
    }

    /// <summary>Adds an admitted entry.</summary>
    /// <param name="statement">It.</param>
    /// <param name="extent">How much is known with it.</param>
    /// <param name="time">The record's time with it.</param>
    public void Add(in AdmittedStatement statement, LineageExtent extent, Instant? time)
    {
        Add(statement.Hash, extent, time);
        Byte(IsAdmitted);
        Byte((byte)statement.Effect);
        Int32(statement.Number);
    }

    /// <summary>Adds an inert entry.</summary>
    /// <param name="inert">It.</param>
    /// <param name="extent">How much is known with it.</param>
    /// <param name="time">The record's time with it.</param>
    public void Add(InertEntry inert, LineageExtent extent, Instant? time)
    {
        Add(inert.Hash, extent, time);
        Byte(IsInert);
        Text(inert.Admission.Code);
        Text(inert.Admission.Where);
    }

    /// <summary>The digest where the block ends.</summary>
    public readonly DigestBytes Sum()
    {
        DigestBytes digest = default;
        SHA256.HashData(_rented.AsSpan(..^_room.Length), digest);
        return digest;
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_rented);

    private void Add(ContentHash hash, LineageExtent extent, Instant? time)
    {
        hash.WriteTo(_room);
        _room = _room[ContentHash.ByteCount..];
        Int32(extent.Admitted);
        Int32(extent.Notices);
        Int32(extent.Sites);
        Int32(extent.Times);
        var since = (time ?? Instant.MinValue) - NodaConstants.UnixEpoch;
        Int32(since.Days);
        BinaryPrimitives.WriteInt64BigEndian(_room, since.NanosecondOfDay);
        _room = _room[sizeof(long)..];
    }

    private void Byte(byte value)
    {
        _room[0] = value;
        _room = _room[1..];
    }

    private void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_room, value);
        _room = _room[sizeof(int)..];
    }

    // Codes and places are of admission's own making, and short.
    private void Text(string value)
    {
        _room = _room[Encoding.UTF8.GetBytes(value, _room)..];
        Byte((byte)'\n');
    }
}
