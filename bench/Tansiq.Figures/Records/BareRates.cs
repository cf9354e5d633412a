using System.Diagnostics;
using Tansiq.Record.Entries;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Figures.Records;

/// <summary>What the machine can do without us: signatures, hashes, writes that are on the disk. Everything else is held against it.</summary>
internal static class BareRates
{
    private const int WrittenBytes = 512;

    /// <summary>Signatures verified a second by some threads side by side, each with a share of the entries.</summary>
    public static double Verify(IReadOnlyList<SignedEntry> entries, Func<SignedEntry, VerifierKey> keyOf, int threads)
    {
        var start = Stopwatch.GetTimestamp();
        SideBySide(threads, thread =>
        {
            for (var number = thread; number < entries.Count; number += threads)
            {
                if (!keyOf(entries[number]).Verifies(entries[number].Text.Span, entries[number].Signature.Bytes.Span)) throw new InvalidOperationException("A signature of the workload does not verify.");
            }
        });
        return entries.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Entries signed a second by one thread.</summary>
    public static double Sign(IReadOnlyList<SignedEntry> entries, SigningKey key)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var entry in entries) _ = key.Sign(entry.Text.Span);
        return entries.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Leaves hashed a second by one thread.</summary>
    public static double Hash(IReadOnlyList<SignedEntry> entries)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var entry in entries) _ = MerkleHashing.Leaf(entry.Note.Bytes.Span);
        return entries.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Appends of 512 bytes to a file a second, each on the disk before the next, and the 99th percentile of one in milliseconds.</summary>
    public static (double PerSecond, double SlowestOf100Milliseconds) WriteThrough(string folder, int count)
    {
        var path = Path.Combine(folder, "write-through");
        var milliseconds = new double[count];
        var start = Stopwatch.GetTimestamp();
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose))
        {
            var bytes = new byte[WrittenBytes];
            for (var number = 0; number < count; number++)
            {
                var began = Stopwatch.GetTimestamp();
                file.Write(bytes);
                file.Flush(flushToDisk: true);
                milliseconds[number] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }

        var perSecond = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (perSecond, Percentiles.Of(milliseconds, 0.99));
    }

    /// <summary>
    /// A file that grows as a write-ahead log does: so many bytes, so often a second, each time on the disk before the next.
    /// </summary>
    /// <returns>The milliseconds that each took.</returns>
    public static double[] WriteSteadily(string folder, int bytes, int perSecond, double seconds)
    {
        var milliseconds = new double[(int)(perSecond * seconds)];
        using var file = new FileStream(Path.Combine(folder, "write-steadily"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var written = new byte[bytes];
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < milliseconds.Length; number++)
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < number / (double)perSecond) Thread.Sleep(1);
            var began = Stopwatch.GetTimestamp();
            file.Write(written);
            file.Flush(flushToDisk: true);
            milliseconds[number] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        return milliseconds;
    }

    /// <summary>Runs the same on so many threads and waits for all; what one throws is thrown.</summary>
    public static void SideBySide(int threads, Action<int> run)
    {
        var failures = new Exception?[threads];
        var started = Enumerable.Range(0, threads).Select(number =>
        {
            var thread = new Thread(() => failures[number] = Caught(run, number));
            thread.Start();
            return thread;
        }).ToList();
        started.ForEach(thread => thread.Join());
        if (Array.Find(failures, failure => failure is not null) is { } failed) throw new InvalidOperationException("A thread of the benchmark failed.", failed);
    }

    private static Exception? Caught(Action<int> run, int number)
    {
        try
        {
            run(number);
            return null;
        }
#pragma warning disable CA1031 // Given to the thread that waits.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }
}
