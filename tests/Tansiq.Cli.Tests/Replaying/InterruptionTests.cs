using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tansiq.Cli.Tests.Reporting;

namespace Tansiq.Cli.Tests.Replaying;

/// <summary>Ctrl-C and SIGTERM end a replay with what was read so far, valid and marked as partial. The real command is run and sent the signal.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int RowsSent = 12_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ReportFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [Trait("Requirement", "MON-4")]
    public async Task Replay_SignalWhileThePipeIsSilent_EndsWithAMarkedPartialOutput(string signal, int exitCode)
    {
        using var replay = await StartWithRows("--json");
        var output = replay.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Send(signal, replay);
        await End(replay);

        replay.ExitCode.ShouldBe(exitCode);
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var summary = JsonDocument.Parse(lines[^1]).RootElement;
        summary.GetProperty("event").GetString().ShouldBe("summary");
        summary.GetProperty("partial").GetBoolean().ShouldBeTrue();
        summary.GetProperty("positions").GetProperty("read").GetInt64().ShouldBeInRange(1, RowsSent);
        lines[..^1].ShouldContain(line => line.StartsWith("{\"event\":\"enter\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replay_SignalWithFiles_PutsThemInPlaceMarkedAsPartial()
    {
        var (lines, report) = (_files.PathOf("events.jsonl"), _files.PathOf("report.html"));
        using var replay = await StartWithRows("--out", lines, "--report", report);
        Send("INT", replay);
        await End(replay);

        replay.ExitCode.ShouldBe(130);
        File.ReadLines(lines).Last().ShouldContain("\"partial\":true");
        var page = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        foreach (var language in new[] { "en", "ar", "ru" }) page.ShouldContain(Languages.Phrases(language).Text("report.partial"));
        Directory.GetFiles(Path.GetDirectoryName(report)!).Order().ShouldBe([lines, report]);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData("ru")]
    public async Task Replay_SignalWithText_SaysThatItIsAPart(string language)
    {
        using var replay = await StartWithRows("--language", language);
        var output = replay.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Send("INT", replay);
        await End(replay);
        (await output).ShouldContain(Languages.Phrases(language).Text("replay.partial"));
    }

    [Fact]
    public async Task Replay_ToTheEnd_IsNotMarkedAsPartialAndShowsNoProgressInAPipe()
    {
        using var replay = await StartWithRows("--json");
        var output = replay.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = replay.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        replay.StandardInput.Close();
        await End(replay);
        replay.ExitCode.ShouldBe(0);
        (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].ShouldContain("\"partial\":false");
        (await error).ShouldBeEmpty();
    }

    /// <summary>Starts the command on a pipe and sends more rows than pipe and buffers hold, so that some were read for certain; the pipe stays open.</summary>
    private static async Task<Process> StartWithRows(params string[] options)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Signals are sent as on Linux.");
        var command = Path.Combine(AppContext.BaseDirectory, "tansiq.dll");
        var start = new ProcessStartInfo("dotnet", [command, "replay", "-", "--scenario", ReportFiles.Scenario, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(ReportFiles.Header);
        await process.StandardInput.WriteAsync(ReportFiles.Rows("abc123", "RCH42", RowsSent));
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        return process;
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        kill.ExitCode.ShouldBe(0);
    }

    private static async Task End(Process process)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The replay did not end within {Patience.TotalSeconds:F0} s of its signal.");
        }
    }
}
