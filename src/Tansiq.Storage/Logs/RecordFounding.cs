using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Logs;

/// <summary>Begins a record: the founding with everyone's keys and the first time, under one checkpoint, in one step.</summary>
public static class RecordFounding
{
    private static readonly StatementsDomain Domain = new();

    /// <summary>Writes the first two entries.</summary>
    /// <param name="store">A store without entries.</param>
    /// <param name="text">The founding's text.</param>
    /// <param name="founding">The founding that it says.</param>
    /// <param name="logKey">The office's key of the log.</param>
    /// <param name="statementKey">The office's key of statements.</param>
    /// <param name="now">The office's clock.</param>
    /// <returns>The first checkpoint; or why the founding would have no effect.</returns>
    public static Parsed<SignedCheckpoint> Write(IRecordStore store, ReadOnlyMemory<byte> text, Founding founding, SigningKey logKey, SigningKey statementKey, Instant now)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(founding);
        ArgumentNullException.ThrowIfNull(logKey);
        ArgumentNullException.ThrowIfNull(statementKey);
        var attachment = store.AddAttachment(text);
        if (!StatementWriter.Write(new("founding"), founding.Office, now, founding, ContentHash.Parse(attachment.Hex)!).TryGet(out var statement, out var refusal)) return refusal;
        var (state, entries) = (Domain.Empty, new List<(SignedEntry Entry, UInt128? Identity)>());
        if (Add(store, entries, ref state, statementKey, statement) is { } inert) return inert;
        if (Domain.TimeText(state, now) is { } time && Add(store, entries, ref state, statementKey, time) is { } refused) return refused;
        return Commit(store, entries, logKey);
    }

    private static Refusal? Add(IRecordStore store, List<(SignedEntry Entry, UInt128? Identity)> entries, ref RecordedState state, SigningKey key, ReadOnlyMemory<byte> text)
    {
        var entry = SignedEntry.Read(SignedNote.Of(text.Span, key.Sign(text.Span)).Bytes).Value;
        var reading = Domain.Read(entry, state, store.Attachment);
        if (Domain.KeyOf(state, reading, entry.Signature).Fault is { } unsigned) return new Refusal(unsigned.Code, unsigned.Where, unsigned.Found, unsigned.Expected);
        (state, var inert) = Domain.Append(state, entry, reading, store.Attachment);
        entries.Add((entry, Domain.IdentityOf(reading)));
        return inert is null ? null : new Refusal(inert.Code, inert.Where, "a founding without effect", "one that founds the record");
    }

    private static SignedCheckpoint Commit(IRecordStore store, List<(SignedEntry Entry, UInt128? Identity)> entries, SigningKey logKey)
    {
        var edge = new TreeEdge();
        using var transaction = store.Begin();
        foreach (var (entry, identity) in entries)
        {
            transaction.Add(entry.Note.Bytes, identity);
            edge.Add(entry.Leaf, transaction.Put);
        }

        foreach (var (level, index, hashes) in edge.Partial()) transaction.Put(level, index, hashes);
        var checkpoint = SignedCheckpoint.Sign(new(store.Origin, edge.Size, edge.Root()), logKey);
        transaction.Put(checkpoint.Note.Bytes);
        transaction.Commit();
        return checkpoint;
    }
}
