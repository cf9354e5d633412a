using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Tansiq.Coordination.Flights;

namespace Tansiq.Bench;

/// <summary>How long a verdict takes with 1,000 areas, 5,000 live flights and 500 sites; the aim is under 5 ms at the 99th percentile.</summary>
[MemoryDiagnoser]
public class DecideBench
{
    private const int Timed = 2_000;
    private const int WarmUp = 500;

    private DecideWorkload _workload = null!;
    private int _next;

    [GlobalSetup]
    public void Setup() => _workload = new();

    [Benchmark]
    public Verdict Flight() => DecideNext();

    /// <summary>Times 2,000 verdicts one by one and prints how long they took.</summary>
    internal static void PrintPercentiles()
    {
        var bench = new DecideBench();
        bench.Setup();
        for (var decided = 0; decided < WarmUp; decided++) _ = bench.DecideNext();
        var milliseconds = new double[Timed];
        var reasons = 0L;
        for (var index = 0; index < Timed; index++)
        {
            var start = Stopwatch.GetTimestamp();
            var verdict = bench.DecideNext();
            milliseconds[index] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            reasons += verdict.Reasons.Length;
        }

        Array.Sort(milliseconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"decide: {Timed} verdicts of {reasons / (double)Timed:F1} reasons, p50 {milliseconds[Timed / 2]:F2} ms, p99 {milliseconds[Timed * 99 / 100]:F2} ms, max {milliseconds[^1]:F2} ms"));
    }

    // Steps through the flights so that neighbours in time of filing don't follow each other.
    private Verdict DecideNext()
    {
        _next = (_next + 1_237) % _workload.Asked.Length;
        return Decide.Flight(_workload.Situation, _workload.Asked[_next]);
    }
}
