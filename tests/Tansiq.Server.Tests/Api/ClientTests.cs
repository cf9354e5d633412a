using System.Diagnostics;
using System.Text.Json;
using Tansiq.Server.Tests.Nodes;

namespace Tansiq.Server.Tests.Api;

/// <summary>The client that others generate from the committed document: it compiles under the strictest rules and reads a live node.</summary>
public sealed class ClientTests(ReadableNode node) : IClassFixture<ReadableNode>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static string Folder => Path.Combine(OneMachine.RepositoryRoot(), "tests", "client");

    [Fact]
    public async Task Client_GeneratedFromTheDocument_ReadsNoticesFollowsEventsAndGetsAProblem()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        await RunAsync("node", "node_modules/openapi-typescript/bin/cli.js", Path.Combine(OneMachine.RepositoryRoot(), "docs", "api", "openapi.json"), "-o", "src/api.d.ts");
        await RunAsync("node", "node_modules/typescript/bin/tsc");
        var seen = JsonDocument.Parse(await RunAsync("node", "built/main.js", node.Address.ToString(), TestCallers.Header, "Read")).RootElement;
        seen.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()).ShouldBe(["n01", "n02", "n03", "n04", "n05"]);
        seen.GetProperty("record").GetString().ShouldBe("exercise");
        seen.GetProperty("reasons").GetInt32().ShouldBeGreaterThan(0);
        seen.GetProperty("problem").GetString().ShouldBe("api.bad-parameter");
        seen.GetProperty("events").EnumerateArray().Select(size => size.GetInt64()).ShouldBe([1, 2, 3, 4, 5]);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new(program, arguments) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        process.Start();
        using var patience = new CancellationTokenSource(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.ShouldBe(0, program + " " + string.Join(' ', arguments) + "\n" + await output + await error);
        return await output;
    }
}
