using System.Diagnostics;
using Tansiq.Cli.Replaying;
using Tansiq.Cli.Tests.Reporting;

namespace Tansiq.Cli.Tests.Replaying;

public sealed class ReplayProgressTests
{
    [Theory]
    [InlineData("en", "\r\u001b[K25 of 100 MB; 4 positions; 1 a second; 0:12 left")]
    [InlineData("ru", "\r\u001b[K25 из 100 МБ; местоположений: 4; 1 в секунду; осталось 0:12")]
    public void Show_WithBytesKnown_SaysHowFarAndHowLong(string language, string line)
    {
        using var terminal = new StringWriter();
        var clock = new SteppedClock();
        using var progress = new ReplayProgress(terminal, Languages.Phrases(language), () => (25_000_000, 100_000_000), clock);
        for (var count = 0; count < 4; count++) progress.Count();
        clock.Step(TimeSpan.FromSeconds(4));
        terminal.ToString().ShouldBe(line);
    }

    [Fact]
    public void Show_OfAPipe_SaysNoBytesAndNoTimeLeft()
    {
        using var terminal = new StringWriter();
        var clock = new SteppedClock();
        using var progress = new ReplayProgress(terminal, Languages.Phrases("en"), () => (25_000_000, null), clock);
        progress.Count();
        clock.Step(TimeSpan.FromSeconds(1));
        terminal.ToString().ShouldBe("\r\u001b[K1 positions; 1 a second");
    }

    [Fact]
    public void Dispose_AfterALine_TakesItAway()
    {
        using var terminal = new StringWriter();
        var clock = new SteppedClock();
        var progress = new ReplayProgress(terminal, Languages.Phrases("en"), () => (0, null), clock);
        clock.Step(TimeSpan.FromSeconds(1));
        progress.Dispose();
        terminal.ToString().ShouldEndWith("\r\u001b[K");
    }

    [Fact]
    public async Task Replay_OnATerminal_ShowsProgressThere()
    {
        const string script = "/usr/bin/script";
        if (!File.Exists(script)) Assert.Skip("util-linux's script, which gives a terminal, is not installed.");
        using var files = new ReportFiles();
        var (lines, seen) = (files.PathOf("events.jsonl"), files.PathOf("seen"));
        var command = $"(printf '{ReportFiles.Header.TrimEnd('\n')}\\n'; sleep 2) | dotnet '{Path.Combine(AppContext.BaseDirectory, "tansiq.dll")}' replay - --scenario '{ReportFiles.Scenario}' --out '{lines}'";
        using var process = Process.Start(new ProcessStartInfo(script, ["-qec", command, seen]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output);
        output.ShouldContain("0 positions; 0 a second");
    }

    /// <summary>A clock that stands until it is told to step; each step lets timers that are due ring once.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private readonly List<Action> _timers = [];
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add(() => callback(state));
            return new Silent();
        }

        public void Step(TimeSpan time)
        {
            _ticks += time.Ticks;
            foreach (var timer in _timers) timer();
        }

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
