namespace Tansiq.Figures;

/// <summary>Asks whole rounds of questions until enough processor time has gone by.</summary>
internal static class Rounds
{
    private const double LeastSeconds = 0.5;

    /// <summary>Warms up, then measures.</summary>
    /// <param name="count">How many questions a round has.</param>
    /// <param name="ask">Asks the question of a number and returns its hits.</param>
    public static Reached Measure(int count, Func<int, int> ask)
    {
        for (var question = 0; question < Math.Min(count, 20_000); question++) _ = ask(question);
        // Compiled again in the background, now that it is known to be used much.
        Thread.Sleep(300);
        for (var question = 0; question < Math.Min(count, 20_000); question++) _ = ask(question);
        long asked = 0;
        long hits = 0;
        var start = ProcessorClock.ThreadSeconds();
        double seconds;
        do
        {
            hits = 0;
            for (var question = 0; question < count; question++) hits += ask(question);
            asked += count;
            seconds = ProcessorClock.ThreadSeconds() - start;
        }
        while (seconds < LeastSeconds);
        return new(asked, count, hits, seconds);
    }
}
