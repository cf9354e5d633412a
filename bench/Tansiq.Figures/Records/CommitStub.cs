using System.Collections.Concurrent;
using System.Diagnostics;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Figures.Records;

/// <summary>
/// The least that a log has to do: verify each signature on two threads, write what is verified to a file batch by batch, and have it on
/// the disk before it answers. No tree, no admission, no index, no answer to the submitter but a count.
/// </summary>
internal static class CommitStub
{
    private const int QueuedEntries = 4_096;

    /// <summary>Entries a second, verified and on the disk.</summary>
    public static double Run(IReadOnlyList<ReadOnlyMemory<byte>> entries, Func<SignedEntry, VerifierKey> keyOf, string folder)
    {
        using var verified = new BlockingCollection<ReadOnlyMemory<byte>>(QueuedEntries);
        var start = Stopwatch.GetTimestamp();
        var next = -1;
        BareRates.SideBySide(3, thread =>
        {
            if (thread == 2) Commit(verified, entries.Count, Path.Combine(folder, "stub"));
            else Verify(entries, keyOf, verified, ref next);
        });
        return entries.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Verify(IReadOnlyList<ReadOnlyMemory<byte>> entries, Func<SignedEntry, VerifierKey> keyOf, BlockingCollection<ReadOnlyMemory<byte>> verified, ref int next)
    {
        while (Interlocked.Increment(ref next) is var number && number < entries.Count)
        {
            var entry = SignedEntry.Read(entries[number]).Value;
            if (!keyOf(entry).Verifies(entry.Text.Span, entry.Signature.Bytes.Span)) throw new InvalidOperationException("A signature of the workload does not verify.");
            verified.Add(entries[number]);
        }
    }

    private static void Commit(BlockingCollection<ReadOnlyMemory<byte>> verified, int count, string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20, FileOptions.DeleteOnClose);
        for (var committed = 0; committed < count;)
        {
            var entry = verified.Take();
            do
            {
                file.Write(entry.Span);
                committed++;
            }
            while (verified.TryTake(out entry));
            file.Flush(flushToDisk: true);
        }
    }
}
