using System.CommandLine;
using Tansiq.Cli.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary><c>tansiq join trust</c>: from now on a node follows the record of this founding and no other.</summary>
internal static class TrustCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FOUNDING") { Description = "The founding that every signatory signed." };
        var node = JoinOptions.Node();
        var fingerprint = JoinOptions.Fingerprint();
        var command = new Command("trust", "Let a node follow the record of a founding, and no other.") { file, node, fingerprint };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(file), _ =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            if (!JoinOptions.Read(result, file, node, fingerprint).TryGet(out var read, out var refusal)) return ExitCode.Refuse(error, "tansiq join trust", refusal);
            if (Trust(read.Founding, read.Config) is { } untrusted) return ExitCode.Refuse(error, "tansiq join trust", untrusted);
            JoinCommand.Write(output, result.GetRequiredValue(file), read.Founding);
            output.WriteLine(ExitCode.OneLine($"{read.Config.FoundingFile}: trusted by {read.Config.Name}"));
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Puts a founding into a node's folder.</summary>
    /// <returns>Null; or why the node does not take it: it names other keys, or the node trusts another one already.</returns>
    public static Refusal? Trust(TrustedFounding founding, NodeConfig config)
    {
        if (!NodeSecrets.Keys(config).TryGet(out var keys, out var refusal)) return refusal;
        using (keys.Statement)
        using (keys.Cosigning)
        using (keys.Log)
        {
            if (OwnKeys.WhyNot(founding, config, keys) is { } other) return other;
        }

        var path = config.FoundingFile ?? Path.Combine(config.DataFolder, NodeFolder.FoundingName);
        if (File.Exists(path) && !(InputFile.Read(path, founding.Text.Length + 1).TryGet(out var held, out _) && held.Span.SequenceEqual(founding.Text.Span)))
            return new Refusal("join.other-founding", path, "another founding that is trusted already", "this one, or none");
        using var file = AtomicFile.Begin(path);
        file.Stream.Write(founding.Text.Span);
        file.Complete();
        return null;
    }
}
