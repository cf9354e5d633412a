using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights;

/// <summary>
/// What a verdict says, in 32 bytes: the same at two nodes exactly if both say the same of the same size of the record, for the same moment, by the same rules
/// (FLT-3, docs/formats/verdicts.md).
/// </summary>
/// <remarks>
/// The joint size is left out: it may differ between nodes at one moment. Where that changes what is said, the digests differ, and whoever compares asks for one
/// joint size first.
/// </remarks>
public static class VerdictDigest
{
    /// <summary>The digest of a verdict.</summary>
    public static ContentHash Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        using var digest = new Writer();
        digest.Add(verdict.RulesVersion);
        digest.Add(verdict.KnownAtSize);
        digest.Add(verdict.ValidAt);
        digest.Add((long)verdict.RecordKind);
        digest.Add((long)verdict.Kind);
        digest.Add(verdict.Reasons.Length);
        foreach (var reason in verdict.Reasons) Add(digest, reason);
        return digest.Sum();
    }

    private static void Add(Writer digest, Reason reason)
    {
        digest.Add(reason.Code);
        digest.Add((long)reason.Effect);
        foreach (var name in (string?[])[reason.Agreement?.Value, reason.Clause?.Value, reason.Exemption?.Value, reason.Area?.Value, reason.Site?.Value, reason.Map?.Value])
            digest.Add(name);
        foreach (var part in (string?[])[reason.Flight?.Party.Value, reason.Flight?.Id.Value, reason.Flight?.Hash.Hex]) digest.Add(part);
        digest.Add(reason.Parties.Count);
        foreach (var party in reason.Parties) digest.Add(party.Value);
        digest.Add(reason.Volume ?? -1);
        digest.Add((long)reason.Certainty);
        digest.Add(reason.From);
        digest.Add(reason.Until);
        digest.Add(reason.Place);
        digest.Add(reason.ExitPlace);
        digest.Add(reason.Numbers.Length);
        foreach (var number in reason.Numbers)
        {
            digest.Add(number.Name);
            digest.Add(number.Value);
        }
    }

    /// <summary>Writes what is hashed: numbers as eight bytes, big-endian; texts in UTF-8 after their length in bytes, and −1 for one that is not there.</summary>
    private sealed class Writer : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public Writer() => _hash.AppendData("tansiq/verdict-digest/1\n"u8);

        public void Add(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            _hash.AppendData(bytes);
        }

        public void Add(string? text)
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? "");
            Add(text is null ? -1 : bytes.Length);
            _hash.AppendData(bytes);
        }

        public void Add(Instant? moment)
        {
            Add(moment is null ? 0L : 1L);
            if (moment is not { } known) return;
            var since = known - NodaConstants.UnixEpoch;
            Add(since.Days);
            Add(since.NanosecondOfDay);
        }

        public void Add(GeoPoint? place)
        {
            Add(place is null ? 0L : 1L);
            if (place is not { } known) return;
            Add(known.LatitudeE7);
            Add(known.LongitudeE7);
        }

        public ContentHash Sum() => ContentHash.FromBytes(_hash.GetHashAndReset());

        public void Dispose() => _hash.Dispose();
    }
}
