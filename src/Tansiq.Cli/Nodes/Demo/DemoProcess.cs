using System.Diagnostics;
using System.Net;
using System.Text;

namespace Tansiq.Cli.Nodes.Demo;

/// <summary>One node of the demonstration as a process. It ends when it is disposed, and by itself when whoever started it is gone: its input ends then.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    private readonly Process _process;
    private readonly Task _log;

    private DemoProcess(Process process, DemoNode node, Task log) => (_process, Node, _log) = (process, node, log);

    /// <summary>The node.</summary>
    public DemoNode Node { get; }

    /// <summary>Completes when the process ends.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>The file of its log.</summary>
    public static string LogOf(DemoNode node) => Path.Combine(node.Folder.Path, "log.jsonl");

    /// <summary>Starts a node.</summary>
    public static DemoProcess Start(DemoNode node)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Program(start);
        foreach (var argument in new[] { "serve", "--config", node.Folder.Config, "--until-input-ends" }) start.ArgumentList.Add(argument);
        // A node lives long: it may collect beside its work and compile again what it does often.
        start.Environment["DOTNET_gcConcurrent"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "1";
        var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        return new(process, node, Task.WhenAll(KeepAsync(process.StandardError, LogOf(node)), DrainAsync(process.StandardOutput)));
    }

    /// <summary>Waits until the node answers that it is ready.</summary>
    /// <returns>Whether it is; false where it ended before.</returns>
    public async Task<bool> ReadyAsync(CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = new(Node.Listen) };
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), stop).ConfigureAwait(false);
                if (answer.StatusCode == HttpStatusCode.NoContent) return true;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(LookAgain, stop).ConfigureAwait(false);
        }

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var late = new CancellationTokenSource(EndTime);
        try
        {
            await _process.WaitForExitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _log.ConfigureAwait(false);
        _process.Dispose();
    }

    // The same program as this one; where that is no program of its own (a test), the assembly beside it.
    private static void Program(ProcessStartInfo start)
    {
        var own = Environment.ProcessPath ?? "dotnet";
        var name = Path.GetFileNameWithoutExtension(own);
        start.FileName = name is "tansiq" or "dotnet" ? own : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        if (name != "tansiq") start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tansiq.dll"));
    }

    private static async Task KeepAsync(StreamReader lines, string path)
    {
        var file = new StreamWriter(path, append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        await using (file.ConfigureAwait(false))
        {
            while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line) await file.WriteLineAsync(line).ConfigureAwait(false);
        }
    }

    private static async Task DrainAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync().ConfigureAwait(false) is not null)
        {
            // Where it is served is known already.
        }
    }
}
