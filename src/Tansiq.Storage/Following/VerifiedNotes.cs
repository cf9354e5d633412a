using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Following;

/// <summary>The checkpoints that were opened last: the same note comes from several sides, and its signatures are verified once. Thread-safe.</summary>
internal sealed class VerifiedNotes(VerifierKey logKey)
{
    private const int MostRemembered = 32;
    private readonly Lock _gate = new();

    // Guarded by _gate: by their bytes and by the keys that were asked for; the oldest is replaced.
    private readonly (SignedCheckpoint Checkpoint, VerifierKey[] Cosigners)?[] _opened = new (SignedCheckpoint, VerifierKey[])?[MostRemembered];
    private int _next;

    /// <summary>Opens a note as <see cref="SignedCheckpoint.Open"/> does. Only what verified is remembered.</summary>
    public Checked<SignedCheckpoint> Open(ReadOnlyMemory<byte> bytes, IReadOnlyCollection<VerifierKey> cosigners)
    {
        lock (_gate)
        {
            foreach (var each in _opened)
            {
                if (each is { } known && known.Checkpoint.Note.Bytes.Span.SequenceEqual(bytes.Span) && known.Cosigners.SequenceEqual(cosigners)) return known.Checkpoint;
            }
        }

        var opened = SignedCheckpoint.Open(bytes.ToArray(), logKey, cosigners);
        if (!opened.TryGet(out var checkpoint, out _)) return opened;
        lock (_gate)
        {
            _opened[_next] = (checkpoint, [.. cosigners]);
            _next = (_next + 1) % MostRemembered;
        }

        return checkpoint;
    }
}
