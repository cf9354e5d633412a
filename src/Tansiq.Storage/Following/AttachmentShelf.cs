using System.Collections.Concurrent;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Following;

/// <summary>
/// The attachments that entries name: each is fetched once, held against its name and kept. Of their bytes only some stay in memory; what is asked for
/// again is fetched again. Safe for several threads.
/// </summary>
/// <param name="source">Where they come from.</param>
/// <param name="held">Gives an attachment that is held already; null where it is not.</param>
/// <param name="keep">Keeps one that was fetched and is right.</param>
internal sealed class AttachmentShelf(IRecordSource source, Func<AttachmentHash, ReadOnlyMemory<byte>?> held, Action<ReadOnlyMemory<byte>> keep)
{
    private const long MostBytes = 64 * 1024 * 1024;
    private readonly ConcurrentDictionary<AttachmentHash, ReadOnlyMemory<byte>> _inMemory = [];
    private readonly ConcurrentDictionary<AttachmentHash, bool> _seen = [];
    private long _bytes;

    /// <summary>How many different ones were seen, all there and right.</summary>
    public int Count => _seen.Count;

    /// <summary>An attachment that is in memory; null where it is not.</summary>
    public ReadOnlyMemory<byte>? InMemory(AttachmentHash hash) => _inMemory.TryGetValue(hash, out var content) ? content : (ReadOnlyMemory<byte>?)null;

    /// <summary>Whether it was seen, there and right.</summary>
    public bool IsSeen(AttachmentHash hash) => _seen.ContainsKey(hash);

    /// <summary>Takes an attachment into memory, from what is held or from the source, and keeps it.</summary>
    public async ValueTask<TakenAttachment> TakeAsync(AttachmentHash hash, CancellationToken cancellationToken)
    {
        var content = held(hash);
        var isHeld = content is not null;
        content ??= await source.AttachmentAsync(hash, cancellationToken).ConfigureAwait(false);
        if (content is not { } bytes) return new(null, new(RecordFaults.AttachmentMissing, SourceLimits.AttachmentPath(hash), "nothing", "the attachment"));
        if (AttachmentHash.Of(bytes.Span) is var found && found != hash)
            return new(bytes, new(RecordFaults.AttachmentRewritten, SourceLimits.AttachmentPath(hash), $"bytes of hash {found}", "bytes of its own hash"));
        if (!isHeld) keep(bytes);
        Remember(hash, bytes);
        return new(bytes, null);
    }

    private void Remember(AttachmentHash hash, ReadOnlyMemory<byte> bytes)
    {
        _seen[hash] = true;
        if (Interlocked.Add(ref _bytes, bytes.Length) > MostBytes)
        {
            Interlocked.Exchange(ref _bytes, bytes.Length);
            _inMemory.Clear();
        }

        _inMemory[hash] = bytes;
    }
}

/// <summary>What came of taking an attachment.</summary>
/// <param name="Bytes">The bytes that came; null where none did.</param>
/// <param name="Fault"><see cref="RecordFaults.AttachmentMissing"/> or <see cref="RecordFaults.AttachmentRewritten"/>; null where they are right.</param>
internal readonly record struct TakenAttachment(ReadOnlyMemory<byte>? Bytes, Fault? Fault);

/// <summary>
/// Lets a pure function ask for attachments: what is not in memory is noted and fetched, and the function called again. One task at a time.
/// </summary>
internal sealed class AttachmentAsk
{
    private readonly AttachmentShelf _shelf;
    private readonly HashSet<AttachmentHash> _missed = [];

    // The shelf may have to let go of what one entry asks for.
    private readonly Dictionary<AttachmentHash, ReadOnlyMemory<byte>> _fetched = [];

    public AttachmentAsk(AttachmentShelf shelf)
    {
        _shelf = shelf;
        Give = Find;
    }

    /// <summary>What the function asks.</summary>
    public Func<AttachmentHash, ReadOnlyMemory<byte>?> Give { get; }

    /// <summary>Whether something was asked for that is not in memory.</summary>
    public bool HasMissed => _missed.Count > 0;

    /// <summary>Fetches what was asked for and is not in memory.</summary>
    /// <returns>Whether any of it is there, so that the function has to be called again.</returns>
    public async ValueTask<bool> FetchAsync(CancellationToken cancellationToken)
    {
        var isAnyThere = false;
        foreach (var hash in _missed)
        {
            var taken = await _shelf.TakeAsync(hash, cancellationToken).ConfigureAwait(false);
            if (taken.Fault is not null) continue;
            _fetched[hash] = taken.Bytes!.Value;
            isAnyThere = true;
        }

        _missed.Clear();
        return isAnyThere;
    }

    /// <summary>Lets go of what was fetched, before the function is called for the next entry.</summary>
    public void Release()
    {
        if (_fetched.Count > 0) _fetched.Clear();
    }

    private ReadOnlyMemory<byte>? Find(AttachmentHash hash)
    {
        if (_fetched.TryGetValue(hash, out var content)) return content;
        var inMemory = _shelf.InMemory(hash);
        if (inMemory is null) _missed.Add(hash);
        return inMemory;
    }
}
