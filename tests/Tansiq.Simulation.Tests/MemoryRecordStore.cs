using System.Buffers;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Simulation.Tests;

/// <summary>The machine stopped in the middle of a write.</summary>
internal sealed class CrashException : Exception
{
    public CrashException()
        : base("The machine stopped.")
    {
    }
}

/// <summary>When the next commit stops the machine.</summary>
internal enum CommitCrash
{
    None,
    Before,
    After,
}

/// <summary>A store in memory as a disk is after a power loss: what was committed is there, and nothing else.</summary>
internal sealed class MemoryRecordStore(string origin) : IRecordStore
{
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly List<UInt128?> _identities = [];
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _tiles = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _attachments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _witnessed = new(StringComparer.Ordinal);
    private readonly List<Evidence> _evidence = [];
    private long _jointSize;

    public string Origin => origin;

    public long Size => _entries.Count;

    public ReadOnlyMemory<byte>? Checkpoint { get; private set; }

    public ReadOnlyMemory<byte>? JointCheckpoint { get; private set; }

    /// <summary>Whether, and how, the next commit stops the machine.</summary>
    public CommitCrash NextCommit { get; set; }

    /// <summary>The same disk as it is now: a backup, or the beginning of a second history.</summary>
    public MemoryRecordStore Copy()
    {
        var copy = new MemoryRecordStore(origin) { Checkpoint = Checkpoint, JointCheckpoint = JointCheckpoint, _jointSize = _jointSize };
        copy._entries.AddRange(_entries);
        copy._identities.AddRange(_identities);
        foreach (var (place, hashes) in _tiles) copy._tiles[place] = hashes;
        foreach (var (hash, content) in _attachments) copy._attachments[hash] = content;
        foreach (var (log, note) in _witnessed) copy._witnessed[log] = note;
        return copy;
    }

    public IEnumerable<ReadOnlyMemory<byte>> Entries(long from, long until) => _entries.GetRange((int)from, (int)(until - from));

    public IEnumerable<UInt128?> Identities(long from, long until) => _identities.GetRange((int)from, (int)(until - from));

    public ReadOnlyMemory<byte>? Tile(Tile tile)
    {
        if (tile.IsEntries) return Bundle(tile);
        var bytes = tile.Width * MerkleHash.Length;
        return _tiles.TryGetValue((tile.Level, tile.Index), out var hashes) && hashes.Length >= bytes ? hashes[..bytes] : (ReadOnlyMemory<byte>?)null;
    }

    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => _attachments.TryGetValue(hash.Hex, out var content) ? content : (ReadOnlyMemory<byte>?)null;

    public IEnumerable<AttachmentHash> Attachments() => _attachments.Keys.Order(StringComparer.Ordinal).Select(hex => AttachmentHash.Parse(hex)!.Value);

    public AttachmentHash AddAttachment(ReadOnlyMemory<byte> content)
    {
        var hash = AttachmentHash.Of(content.Span);
        _attachments[hash.Hex] = content.ToArray();
        return hash;
    }

    public IRecordTransaction Begin() => new Transaction(this);

    public void KeepCosigned(ReadOnlyMemory<byte> note, bool isJoint)
    {
        var read = SignedNote.Read(note).Value;
        var size = Record.Checkpoints.Checkpoint.Parse(read.Text.Span).Value.Size;
        if (size == Size && Checkpoint is { } held && SignedNote.Read(held).Value.Text.Span.SequenceEqual(read.Text.Span)) Checkpoint = note.ToArray();
        if (isJoint && size >= _jointSize) (JointCheckpoint, _jointSize) = (note.ToArray(), size);
    }

    public ReadOnlyMemory<byte>? Witnessed(string origin) => _witnessed.TryGetValue(origin, out var note) ? note : (ReadOnlyMemory<byte>?)null;

    public bool TryWitness(string origin, ReadOnlyMemory<byte>? expected, ReadOnlyMemory<byte> note)
    {
        var isExpected = Witnessed(origin) is { } now ? expected is { } then && now.Span.SequenceEqual(then.Span) : expected is null;
        if (isExpected) _witnessed[origin] = note.ToArray();
        return isExpected;
    }

    public void KeepEvidence(Evidence evidence) => _evidence.Add(evidence);

    public IReadOnlyList<Evidence> AllEvidence() => _evidence;

    public void Dispose()
    {
        // The disk outlives whoever had it open.
    }

    private ReadOnlyMemory<byte>? Bundle(Tile tile)
    {
        var first = tile.Index * Record.Tiles.Tile.FullWidth;
        if (first + tile.Width > Size) return null;
        var bundle = new ArrayBufferWriter<byte>();
        foreach (var entry in Entries(first, first + tile.Width)) EntryBundle.Write(bundle, entry.Span);
        return bundle.WrittenMemory;
    }

    private sealed class Transaction(MemoryRecordStore store) : IRecordTransaction
    {
        private readonly List<(ReadOnlyMemory<byte> Entry, UInt128? Identity)> _added = [];
        private readonly List<ReadOnlyMemory<byte>> _newAttachments = [];
        private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _newTiles = [];
        private ReadOnlyMemory<byte>? _checkpoint;
        private (string Origin, ReadOnlyMemory<byte> Note)? _witness;

        public void Add(ReadOnlyMemory<byte> entry, UInt128? identity) => _added.Add((entry.ToArray(), identity));

        public void AddAttachment(ReadOnlyMemory<byte> content) => _newAttachments.Add(content);

        public IEnumerable<ReadOnlyMemory<byte>> Added() => _added.Select(each => each.Entry);

        public void Put(int level, long index, ReadOnlyMemory<byte> hashes) => _newTiles[(level, index)] = hashes.ToArray();

        public void Put(ReadOnlyMemory<byte> checkpoint) => _checkpoint = checkpoint.ToArray();

        public void Witness(string origin, ReadOnlyMemory<byte> note) => _witness = (origin, note.ToArray());

        public void Commit()
        {
            var crash = store.NextCommit;
            store.NextCommit = CommitCrash.None;
            if (crash == CommitCrash.Before) throw new CrashException();
            foreach (var (entry, identity) in _added)
            {
                store._entries.Add(entry);
                store._identities.Add(identity);
            }

            foreach (var content in _newAttachments) store.AddAttachment(content);
            foreach (var (place, hashes) in _newTiles) store._tiles[place] = hashes;
            if (_witness is { } witness) store._witnessed[witness.Origin] = witness.Note;
            store.Checkpoint = _checkpoint;
            if (crash == CommitCrash.After) throw new CrashException();
        }

        public void Dispose()
        {
            // What was not committed was never there.
        }
    }
}
