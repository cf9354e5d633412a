using System.Diagnostics;
using System.Globalization;
using Tansiq.Coordination.Statements;

namespace Tansiq.Bench;

/// <summary>
/// How many statements a second the situation takes in, admission and indexing included, statements already read: the aim is
/// 200,000 on one core.
/// </summary>
internal static class FoldBench
{
    private const int Statements = 300_000;
    private const int Runs = 5;

    /// <summary>Folds a record of 300,000 statements several times, keeping every size's situation, and prints how long it took.</summary>
    public static void PrintRate()
    {
        var statements = new FoldWorkload(Statements).Statements;
        var kinds = statements.GroupBy(statement => statement.Body.GetType().Name).OrderByDescending(kind => kind.Count());
        Console.WriteLine("fold: " + string.Join(", ", kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Count()}"))));
        for (var run = 0; run < Runs; run++)
        {
            GC.Collect();
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            var record = new StatementList();
            var (start, ran) = (Stopwatch.GetTimestamp(), ProcessorTime.ThreadNanoseconds());
            foreach (var statement in statements) record.Append(statement);
            var seconds = (ProcessorTime.ThreadNanoseconds() - ran) / 1e9;
            var clock = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var inert = record.Entries.Count(entry => entry.Admission is not Admission.Admitted);
            var bytes = (GC.GetTotalMemory(forceFullCollection: true) - memory) / statements.Count;
            GC.KeepAlive(record);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{statements.Count / seconds:F0} statements/s of processor time, {statements.Count / clock:F0} by the clock, {inert} inert, {bytes} bytes each"));
        }
    }
}
