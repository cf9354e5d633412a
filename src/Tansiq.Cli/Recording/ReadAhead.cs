using Tansiq.Coordination.Recording;
using Tansiq.Record;
using Tansiq.Record.Entries;

namespace Tansiq.Cli.Recording;

/// <summary>An entry with its reading.</summary>
internal readonly record struct ReadEntry(SignedEntry Entry, StatementReading Reading);

/// <summary>Reads entries on other threads while earlier ones are folded; gives them in their order.</summary>
internal static class ReadAhead
{
    private const int EntriesTogether = 512;

    /// <summary>The entries as they are read; a fault ends them.</summary>
    public static IEnumerable<Checked<ReadEntry>> Of(
        IEnumerable<ReadOnlyMemory<byte>> entries, StatementsDomain domain, RecordedState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment)
    {
        var mostAhead = 2 * Environment.ProcessorCount;
        var ahead = new Queue<Task<Checked<ReadEntry>[]>>();
        foreach (var block in entries.Chunk(EntriesTogether))
        {
            ahead.Enqueue(Task.Run(() => Array.ConvertAll(block, entry => Read(entry, domain, known, attachment))));
            if (ahead.Count <= mostAhead) continue;
            foreach (var entry in ahead.Dequeue().GetAwaiter().GetResult()) yield return entry;
        }

        while (ahead.TryDequeue(out var block))
        {
            foreach (var entry in block.GetAwaiter().GetResult()) yield return entry;
        }
    }

    private static Checked<ReadEntry> Read(ReadOnlyMemory<byte> bytes, StatementsDomain domain, RecordedState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment) =>
        SignedEntry.Read(bytes).TryGet(out var entry, out var fault) ? new ReadEntry(entry, domain.Read(entry, known, attachment)) : fault;
}
