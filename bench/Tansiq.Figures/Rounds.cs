namespace Tansiq.Figures;

/// <summary>Asks whole rounds of questions until enough processor time has gone by.</summary>
internal static class Rounds
{
    private const double LeastSeconds = 0.5;

    /// <summary>Warms up as long as it then measures.</summary>
    /// <param name="count">How many questions a round has.</param>
    /// <param name="ask">Asks the question of a number and returns its hits.</param>
    public static Reached Measure(int count, Func<int, int> ask)
    {
        // What is used much is compiled again in the background meanwhile.
        _ = Run(count, ask);
        return Run(count, ask);
    }

    private static Reached Run(int count, Func<int, int> ask)
    {
        long asked = 0;
        var start = ProcessorClock.ThreadSeconds();
        while (true)
        {
            var hits = 0L;
            for (var question = 0; question < count; question++) hits += ask(question);
            asked += count;
            if (ProcessorClock.ThreadSeconds() - start is >= LeastSeconds and var seconds) return new(asked, count, hits, seconds);
        }
    }
}
