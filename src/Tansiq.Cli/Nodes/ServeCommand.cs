using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tansiq.Cli.Nodes.Succeeding;
using Tansiq.Cli.Recording;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;

namespace Tansiq.Cli.Nodes;

/// <summary><c>tansiq serve --config FILE</c>: one node.</summary>
internal static class ServeCommand
{
    /// <summary>What the line begins with that says where a node is served.</summary>
    public const string Ready = "serving ";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "The node's settings (docs/formats/node-config.md), or the folder that tansiq init made.", Required = true };
        var untilInputEnds = new Option<bool>("--until-input-ends") { Description = "End when standard input does: whoever started the node then never leaves it behind." };
        var command = new Command("serve", "Run one node: an office, a centre or an observer. Ctrl-C or SIGTERM ends it.") { config, untilInputEnds };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(config), stop => RunAsync(result, result.GetRequiredValue(config), result.GetValue(untilInputEnds), stop).GetAwaiter().GetResult()));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, string path, bool untilInputEnds, CancellationToken stop)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (!NodeFolder.Read(path).TryGet(out var config, out var refusal)) return ExitCode.Refuse(error, path, refusal);
        if (!Parts(config).TryGet(out var parts, out refusal)) return ExitCode.Refuse(error, path, refusal);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using (parts.Keys.Statement)
        using (parts.Keys.Cosigning)
        using (parts.Keys.Log)
        {
            if (untilInputEnds) _ = EndWithInputAsync(ending);
            try
            {
                var started = await NodeRuntime.StartAsync(parts, ending.Token).ConfigureAwait(false);
                if (!started.TryGet(out var node, out refusal)) return ExitCode.Refuse(error, path, refusal);
                await using (node.ConfigureAwait(false)) refusal = await ServeAsync(output, node, config, ending.Token).ConfigureAwait(false);
                return refusal is null ? ExitCode.Done : Told(error, path, refusal);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // It was told to end while it was still beginning.
                return ExitCode.Done;
            }
        }
    }

    /// <summary>Everything that a node is started from.</summary>
    public static Parsed<NodeRuntimeParts> Parts(NodeConfig config)
    {
        if (!SuccessionCommand.Trusted(config).TryGet(out var founding, out var refusal)) return refusal;
        if (!NodeSecrets.Certificates(config.Tls).TryGet(out var certificates, out refusal)) return refusal;
        if (!Authorities(config).TryGet(out var authorities, out refusal)) return refusal;
        return NodeSecrets.Keys(config).TryGet(out var keys, out refusal) ? new NodeRuntimeParts(config, founding, keys) { Certificates = certificates, Authorities = authorities } : refusal;
    }

    private static Parsed<X509Certificate2Collection> Authorities(NodeConfig config)
    {
        var authorities = new X509Certificate2Collection();
        foreach (var file in config.Peers.Select(peer => peer.AuthorityFile).OfType<string>())
        {
            try
            {
                authorities.ImportFromPemFile(file);
            }
            catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
            {
                return new Refusal("config.certificate", file, JsonText.Shorten(exception.Message), "PEM with a certificate");
            }
        }

        return authorities;
    }

    private static async Task<Refusal?> ServeAsync(TextWriter output, NodeRuntime node, NodeConfig config, CancellationToken stop)
    {
        output.WriteLine(ExitCode.OneLine($"{Ready}{string.Join(' ', node.Application.Addresses)} {config.Role.ToString().ToLowerInvariant()} {config.Name} {node.Node.Identity.Kind.ToString().ToUpperInvariant()}"));
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        var stopped = Task.Delay(Timeout.Infinite, stop);
        return await Task.WhenAny(node.Failed, stopped).ConfigureAwait(false) == stopped ? null : await node.Failed.ConfigureAwait(false);
    }

    private static int Told(TextWriter error, string path, Refusal refusal)
    {
        ExitCode.Refuse(error, path, refusal);
        return ExitCode.Refused;
    }

    private static async Task EndWithInputAsync(CancellationTokenSource ending)
    {
        var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        try
        {
            while (await input.ReadAsync(buffer).ConfigureAwait(false) > 0)
            {
                // Nothing is said by it but that somebody is there.
            }

            await ending.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The node has ended already.
        }
    }
}
