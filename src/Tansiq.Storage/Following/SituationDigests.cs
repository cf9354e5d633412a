using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Following;

/// <summary>How another centre's picture stands to one's own (REC-7).</summary>
public enum SituationComparison
{
    /// <summary>One's own digest of that size is not known (any more).</summary>
    NotKnown,

    /// <summary>The same.</summary>
    Same,

    /// <summary>Another one, from the same bytes: one of the two folds them wrongly.</summary>
    Other,
}

/// <summary>The digests of one's own picture at the newest checkpoints. Safe for several threads.</summary>
internal sealed class SituationDigests
{
    private const int MostKept = 1_024;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _digests = [];
    private readonly Queue<long> _sizes = new();

    /// <summary>Adds the digest at a checkpoint.</summary>
    public void Add(long size, ReadOnlyMemory<byte> digest)
    {
        lock (_gate)
        {
            if (!_digests.TryAdd(size, digest)) return;
            _sizes.Enqueue(size);
            if (_sizes.Count > MostKept) _digests.Remove(_sizes.Dequeue());
        }
    }

    /// <summary>The digest at a checkpoint; null where it is not kept.</summary>
    public ReadOnlyMemory<byte>? Find(long size)
    {
        lock (_gate) return _digests.TryGetValue(size, out var digest) ? digest : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Evidence of another picture.</summary>
    public static Evidence Other(long size, ReadOnlyMemory<byte> own, ReadOnlyMemory<byte> other, string who, ReadOnlyMemory<byte>? checkpoint)
    {
        var files = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add("held-digest", own).Add("digest", other);
        if (checkpoint is { } note) files = files.Add(EvidenceNames.HeldCheckpoint, note);
        return new(new(RecordFaults.OtherSituation, string.Create(CultureInfo.InvariantCulture, $"size {size}, {who}"), Hex(other), Hex(own)), files);
    }

    private static string Hex(ReadOnlyMemory<byte> digest) => Convert.ToHexStringLower(digest.Span[..Math.Min(digest.Length, 32)]);
}
