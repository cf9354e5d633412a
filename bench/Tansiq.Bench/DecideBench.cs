using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Tansiq.Coordination.Flights;

namespace Tansiq.Bench;

/// <summary>How long a verdict takes with 10,000 areas, 100,000 live flights and 5,000 sites; the aim is under 1 ms at the 99th percentile.</summary>
[MemoryDiagnoser]
public class DecideBench
{
    private const int Timed = 10_000;
    private const int WarmUp = 2_000;

    private DecideWorkload _workload = null!;
    private int _next;

    [GlobalSetup]
    public void Setup() => _workload = new();

    [Benchmark]
    public Verdict Flight() => DecideNext();

    /// <summary>Times 10,000 verdicts one by one and prints how long they took, by the clock and in processor time of the thread.</summary>
    internal static void PrintPercentiles()
    {
        var bench = new DecideBench();
        bench.Setup();
        for (var decided = 0; decided < WarmUp; decided++) _ = bench.DecideNext();
        var (wall, processor) = (new double[Timed], new double[Timed]);
        var reasons = 0L;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < Timed; index++)
        {
            var (start, ran) = (Stopwatch.GetTimestamp(), ProcessorTime.ThreadNanoseconds());
            var verdict = bench.DecideNext();
            processor[index] = (ProcessorTime.ThreadNanoseconds() - ran) / 1e6;
            wall[index] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            reasons += verdict.Reasons.Length;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"decide: {Timed} verdicts of {reasons / (double)Timed:F1} reasons, {allocated / Timed / 1_000} KB each"));
        Console.WriteLine("processor time: " + Percentiles(processor));
        Console.WriteLine("by the clock:   " + Percentiles(wall));
    }

    private static string Percentiles(double[] milliseconds)
    {
        Array.Sort(milliseconds);
        return string.Create(
            CultureInfo.InvariantCulture, $"p50 {milliseconds[Timed / 2]:F2} ms, p99 {milliseconds[Timed * 99 / 100]:F2} ms, max {milliseconds[^1]:F2} ms");
    }

    // Steps through the flights so that neighbours in time of filing don't follow each other.
    private Verdict DecideNext()
    {
        _next = (_next + 1_237) % _workload.Asked.Length;
        return Decide.Flight(_workload.Situation, _workload.Asked[_next]);
    }
}
