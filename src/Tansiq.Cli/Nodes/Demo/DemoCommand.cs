using System.CommandLine;
using Tansiq.Cli.Commands;
using Tansiq.Cli.Importing;
using Tansiq.Cli.Recording;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Languages;
using Tansiq.Geo.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Nodes.Demo;

/// <summary><c>tansiq demo</c>: an office and its centres on this machine, each a process with databases of its own, with a scenario on their record.</summary>
internal sealed class DemoCommand
{
    private const string DefaultScenario = "scenarios/syria-2016";
    private const string DefaultMoment = "2016-08-12T12:00:00Z";
    private static readonly TimeSpan ReadyTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly Option<string?> _scenario = new("--scenario") { Description = $"The folder of the scenario, an exercise; {DefaultScenario} if not given." };
    private readonly Option<string?> _folder = new("--folder") { Description = "The folder to make, which stays; else one that is gone at the end." };
    private readonly Option<string?> _until = new("--until")
    {
        Description = $"The moment of the timeline at which the demonstration begins; without --scenario {DefaultMoment}, when the agreement is in force and flights stand, else the timeline's end.",
    };

    private readonly Option<bool> _untilReady = new("--until-ready") { Description = "End as soon as everything on the record is joint." };
    private readonly Option<string> _language = Options.Language();

    private DemoCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var demo = new DemoCommand();
        var command = new Command("demo", "Run an office and its centres on this machine with a scenario on their record; Ctrl-C ends all of them.") { demo._scenario, demo._until, demo._folder, demo._untilReady, demo._language };
        command.SetAction(result => demo.Run(result));
        return command;
    }

    private int Run(ParseResult result)
    {
        var folder = result.GetValue(_folder);
        if (folder is not null && NewFolder.WhyNot(folder) is { } occupied) return ExitCode.Refuse(result.InvocationConfiguration.Error, folder, occupied);
        var temporary = folder is null ? Directory.CreateTempSubdirectory("tansiq-demo-").FullName : null;
        try
        {
            var place = Path.GetFullPath(temporary ?? folder!);
            Directory.CreateDirectory(place);
            return RecordCommand.Run(result, "tansiq demo", stop => RunAsync(result, place, stop).GetAwaiter().GetResult());
        }
        finally
        {
            if (temporary is not null) Directory.Delete(temporary, recursive: true);
        }
    }

    private async Task<int> RunAsync(ParseResult result, string folder, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        var home = Environment.GetEnvironmentVariable("TANSIQ_HOME");
        var source = result.GetValue(_scenario) ?? Path.Combine(home ?? "", DefaultScenario);
        if (!ScenarioFolder.Load(source).TryGet(out var scenario, out var refusal)) return ExitCode.Refuse(error, source, refusal);
        if (!KnownAt.Moment(result.GetValue(_until) ?? (result.GetValue(_scenario) is null ? DefaultMoment : null), "--until").TryGet(out var until, out refusal))
            return ExitCode.Refuse(error, "--until", refusal);
        var demo = new DemoFolder(folder, until is { } moment ? scenario.Until(moment) : scenario);
        var made = await demo.MakeAsync(stop).ConfigureAwait(false);
        if (!made.TryGet(out var size, out refusal)) return ExitCode.Refuse(error, source, refusal);
        var processes = new List<DemoProcess>();
        try
        {
            foreach (var node in demo.Nodes) processes.Add(DemoProcess.Start(node));
            return await ServeAsync(result, demo, processes, size, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        finally
        {
            await Task.WhenAll(processes.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
            result.InvocationConfiguration.Output.WriteLine(Languages.Phrases(result.GetRequiredValue(_language)).Text("nodes.demo.ended"));
        }
    }

    private async Task<int> ServeAsync(ParseResult result, DemoFolder demo, List<DemoProcess> processes, long size, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(ReadyTime);
        try
        {
            var ready = await Task.WhenAll(processes.Select(process => process.ReadyAsync(late.Token))).ConfigureAwait(false);
            if (Array.IndexOf(ready, value: false) is >= 0 and var ended) return Failed(result, processes[ended], "a node that has ended");
            foreach (var centre in demo.Nodes.Skip(1))
            {
                while (JointSize(centre) < size) await Task.Delay(LookAgain, late.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Failed(result, processes[0], "nodes that are not ready in two minutes");
        }

        Write(result, demo, JointSize(demo.Nodes[^1]));
        if (result.GetValue(_untilReady)) return ExitCode.Done;
        var stopped = Task.Delay(Timeout.Infinite, stop);
        var first = await Task.WhenAny([stopped, .. processes.Select(process => process.Ended)]).ConfigureAwait(false);
        return first == stopped || stop.IsCancellationRequested ? ExitCode.Done : Failed(result, processes.First(process => process.Ended.IsCompleted), "a node that has ended");
    }

    private static int Failed(ParseResult result, DemoProcess process, string found)
    {
        var log = DemoProcess.LogOf(process.Node);
        ExitCode.Refuse(result.InvocationConfiguration.Error, process.Node.Name, new("demo.not-running", log, found, "nodes that run"));
        if (File.Exists(log) && File.ReadLines(log).LastOrDefault() is { } last) result.InvocationConfiguration.Error.WriteLine(ExitCode.OneLine(last));
        return ExitCode.Fault;
    }

    private static long JointSize(DemoNode node)
    {
        if (!RecordPlace.OpenStore(node.Folder.Data, isWriting: false).TryGet(out var store, out _)) return 0;
        using (store)
        {
            return store.JointCheckpoint is { } note && SignedNote.Read(note).TryGet(out var signed, out _) && Checkpoint.Parse(signed.Text.Span).TryGet(out var checkpoint, out _) ? checkpoint.Size : 0;
        }
    }

    private void Write(ParseResult result, DemoFolder demo, long jointSize)
    {
        var phrases = Languages.Phrases(result.GetRequiredValue(_language));
        var values = new ValueText(phrases, zone: null);
        var output = DirectedLines.For(result.InvocationConfiguration.Output, phrases.IsRightToLeft);
        output.WriteLine(phrases.Text("banner.exercise"));
        output.WriteLine(phrases.Text("nodes.demo.running"));
        foreach (var node in demo.Nodes)
        {
            output.WriteLine("- " + phrases.Fill(
                "nodes.demo.node",
                KeyValuePair.Create("role", phrases.Text("nodes.role." + node.Role.ToString().ToLowerInvariant())),
                KeyValuePair.Create("party", values.Identifier(node.Party)),
                KeyValuePair.Create("address", values.Identifier(node.Address))));
        }

        output.WriteLine($"{phrases.Text("nodes.demo.record")}: {values.Count(jointSize)}");
        output.WriteLine($"{phrases.Text("nodes.demo.accounts")}: {values.List(demo.Nodes.SelectMany(DemoAccounts.Names).Select(values.Identifier))}");
        output.WriteLine($"{phrases.Text("nodes.demo.passphrase")}: {values.Identifier(demo.Passphrase)}");
        output.WriteLine(phrases.Text("nodes.demo.try") + ":");
        foreach (var (key, command) in Commands(demo)) output.WriteLine($"- {phrases.Text(key)}: {values.Identifier(command)}");
        output.WriteLine(phrases.Fill("nodes.demo.end", KeyValuePair.Create("keys", "Ctrl-C")));
        output.Flush();
    }

    private static IEnumerable<(string Key, string Command)> Commands(DemoFolder demo)
    {
        var home = Environment.GetEnvironmentVariable("TANSIQ_HOME");
        var program = home is null ? "tansiq" : Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, home), "run");
        var centre = demo.Nodes[^1].Folder;
        var last = demo.Nodes[^1];
        var officer = DemoAccounts.Names(last).First();
        yield return ("nodes.demo.try-log-in", $"curl -c cookies -H 'Origin: {last.Address}' -H 'Content-Type: application/json' -d '{{\"officer\":\"{officer}\",\"passphrase\":\"{demo.Passphrase}\"}}' {last.Address}/api/v1/session");
        yield return ("nodes.demo.try-read", $"curl -b cookies {last.Address}/api/v1/notices");
        yield return ("nodes.demo.try-verify", $"{program} record verify {centre.Data} --situation");
        yield return ("nodes.demo.try-show", $"{program} record show {centre.Data}");
        yield return ("nodes.demo.try-backup", $"{program} backup {centre.Path}.backup --node {centre.Path}");
    }
}
