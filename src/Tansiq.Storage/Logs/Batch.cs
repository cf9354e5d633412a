using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Logs;

/// <summary>What is about to be appended in one step: entries that are judged, each at its place, and the answers that are due once they are on the disk.</summary>
internal sealed class Batch<TState, TReading>(IRecordDomain<TState, TReading> domain, IRecordStore store, IdentityIndex index, TState state)
    where TState : class
    where TReading : class
{
    private readonly Dictionary<UInt128, int> _identities = [];
    private readonly List<(PendingEntry<TReading> Entry, AppendAnswer Answer)> _answers = [];
    private readonly List<(SignedEntry Entry, UInt128? Identity)> _entries = [];

    public TState State { get; private set; } = state;

    /// <summary>What is appended, in order.</summary>
    public IReadOnlyList<(SignedEntry Entry, UInt128? Identity)> Entries => _entries;

    /// <summary>Whether there is an entry that somebody submitted, and not the time alone.</summary>
    public bool HasSubmitted { get; private set; }

    /// <summary>Judges a submitted entry as the next one.</summary>
    public void Add(PendingEntry<TReading> pending)
    {
        if (pending.Fault is { } unreadable)
        {
            Refuse(pending, unreadable);
        }
        else if (pending.Failure is { } bug)
        {
            pending.Fail(bug);
        }
        else if (pending is { Entry: { } entry, Reading: { } reading })
        {
            Add(pending, entry, reading);
        }
    }

    /// <summary>Adds an entry of the office's own.</summary>
    /// <returns>Null, or why it can't be the next one.</returns>
    public Fault? AddOwn(SignedEntry entry)
    {
        var reading = domain.Read(entry, State, store.Attachment);
        var identity = domain.IdentityOf(reading);
        if (identity is { } used && Known(used) is not null) return new(RecordFaults.IdReused, "", "an identity that is used", "one that is not");
        if (!domain.KeyOf(State, reading, entry.Signature).TryGet(out var key, out var unknown)) return unknown;
        return key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span) ? Append(entry, reading, identity) : BadSignature(key.Name);
    }

    /// <summary>Answers, now that all of it is on the disk.</summary>
    public void Answer()
    {
        foreach (var (entry, answer) in _answers) entry.Answer(answer);
    }

    private void Add(PendingEntry<TReading> pending, SignedEntry entry, TReading reading)
    {
        if (pending.Identity is { } identity && Known(identity) is { } known)
        {
            if (known.Text.Span.SequenceEqual(entry.Text.Span)) _answers.Add((pending, new AppendAnswer.Accepted(known.Number, IsRepeated: true)));
            else Refuse(pending, new(RecordFaults.IdReused, $"entry {known.Number}", "another text under this identity", "the same text"));
        }
        else if (SignatureFault(pending, entry, reading) is { } unsigned)
        {
            Refuse(pending, unsigned);
        }
        else if (Append(entry, reading, pending.Identity) is { } refused)
        {
            Refuse(pending, refused);
        }
        else
        {
            HasSubmitted = true;
            _answers.Add((pending, new AppendAnswer.Accepted(index.Count + _entries.Count - 1, IsRepeated: false)));
        }
    }

    private Fault? SignatureFault(PendingEntry<TReading> pending, SignedEntry entry, TReading reading)
    {
        if (!domain.KeyOf(State, reading, entry.Signature).TryGet(out var key, out var unknown)) return unknown;
        var verifies = pending.Verified is { } verified && key.Equals(verified.Key) ? verified.Verifies : key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span);
        return verifies ? null : BadSignature(key.Name);
    }

    private Fault? Append(SignedEntry entry, TReading reading, UInt128? identity)
    {
        var judged = domain.Append(State, entry, reading, store.Attachment);
        if (judged.Inert is { IsRefused: true } inert) return new(inert.Code, inert.Where, "a statement without effect", "one that the record admits");
        State = judged.State;
        if (identity is { } value) _identities[value] = _entries.Count;
        _entries.Add((entry, identity));
        return null;
    }

    private (long Number, ReadOnlyMemory<byte> Text)? Known(UInt128 identity)
    {
        if (_identities.TryGetValue(identity, out var number)) return (index.Count + number, _entries[number].Entry.Text);
        if (index.Find(identity) is not { } entry) return null;
        return SignedEntry.Read(store.Entries(entry, entry + 1).Single()).TryGet(out var kept, out var fault)
            ? (entry, kept.Text)
            : throw new RecordStoreException($"Entry {entry} is no entry any more: {fault}", isFull: false);
    }

    private void Refuse(PendingEntry<TReading> pending, Fault fault) => _answers.Add((pending, new AppendAnswer.Refused(fault)));

    private static Fault BadSignature(string name) => new(RecordFaults.BadSignature, "signature 1", $"a signature that {name} did not make", "a signature that verifies");
}
