using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NodaTime;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Checkpoints;

/// <summary>A centre's or witness's word that a checkpoint continues all that it saw of the log before (tlog-cosignature v1).</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="Time">When, in whole seconds.</param>
public sealed record Cosignature(VerifierKey Key, Instant Time)
{
    private const int SignatureBytes = 64;

    /// <summary>What is signed: the header, the time, the checkpoint's text (tlog-cosignature, Ed25519 signed message).</summary>
    internal static byte[] Message(long seconds, ReadOnlySpan<byte> checkpointText) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n")), .. checkpointText];

    /// <summary>Takes apart eight bytes of seconds, big-endian, and 64 bytes of signature.</summary>
    internal static bool TrySplit(ReadOnlySpan<byte> value, out long seconds, out ReadOnlySpan<byte> signature)
    {
        seconds = 0;
        signature = default;
        if (value.Length != sizeof(long) + SignatureBytes) return false;
        seconds = BinaryPrimitives.ReadInt64BigEndian(value);
        signature = value[sizeof(long)..];
        // Instants of NodaTime end with the year 9999.
        return seconds >= 0 && seconds <= Instant.MaxValue.ToUnixTimeSeconds();
    }

    /// <summary>Eight bytes of seconds and the signature.</summary>
    internal static byte[] Join(long seconds, ReadOnlySpan<byte> signature)
    {
        var value = new byte[sizeof(long) + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(value, seconds);
        signature.CopyTo(value.AsSpan(sizeof(long)));
        return value;
    }
}
