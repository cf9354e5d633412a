using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Logs;

/// <summary>
/// What can be said of an entry before its place is known: its form, what the domain reads in it, and whether its signature verifies by the key
/// that the newest state gives. Another key at its place makes the writer verify it again. Thread-safe.
/// </summary>
internal sealed class EntryVerifier<TState, TReading>(IRecordDomain<TState, TReading> domain, IRecordStore store)
    where TState : class
    where TReading : class
{
    public void Read(PendingEntry<TReading> pending, TState newest)
    {
        try
        {
            if (SignedEntry.Read(pending.Bytes).TryGet(out var entry, out var fault)) Read(pending, entry, newest);
            else pending.Fault = fault;
        }
        catch (Exception bug)
        {
            // One entry that the domain stumbles over must not end the log: its author is told, and nothing is appended.
            pending.Failure = bug;
        }
    }

    private void Read(PendingEntry<TReading> pending, SignedEntry entry, TState newest)
    {
        var reading = domain.Read(entry, newest, store.Attachment);
        var signature = entry.Signature;
        pending.Entry = entry;
        pending.Reading = reading;
        pending.Identity = domain.IdentityOf(reading);
        foreach (var attachment in domain.AttachmentsOf(reading))
        {
            if (store.Attachment(attachment) is null) pending.Fault = new(RecordFaults.AttachmentMissing, "", attachment.Hex, "an attachment that is kept before it is named");
        }

        if (pending.Fault is null && domain.KeyOf(newest, reading, signature).TryGet(out var key, out _))
            pending.Verified = (key, key.Verifies(entry.Text.Span, signature.Bytes.Span));
    }
}
