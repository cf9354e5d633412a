using System.CommandLine;
using NodaTime;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Recording;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes.Succeeding;

/// <summary><c>tansiq succession adopt</c>: a centre or an observer goes over to the new office's record.</summary>
internal static class AdoptCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("SUCCESSION") { Description = "The succession that tansiq succession write wrote." };
        var (node, fingerprint) = (JoinOptions.Node(), SuccessionCommand.Fingerprint());
        var record = new Option<string>("--record") { Description = "The new office's record: a folder that tansiq backup or tansiq record export made.", Required = true };
        var command = new Command("adopt", "Let a node that does not run go over to the new office's record; refused where it does not go on from the node's own copy.") { file, node, fingerprint, record };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(file), stop =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var path = result.GetRequiredValue(file);
            if (!SuccessionCommand.Load(path, result.GetValue(fingerprint)).TryGet(out var succession, out var refusal)) return ExitCode.Refuse(error, "tansiq succession adopt", refusal);
            if (!NodeFolder.Read(result.GetRequiredValue(node)).TryGet(out var config, out refusal)) return ExitCode.Refuse(error, result.GetRequiredValue(node), refusal);
            if (!Adopt(config, succession, result.GetRequiredValue(record), stop).TryGet(out var adopted, out refusal)) return ExitCode.Refuse(error, "tansiq succession adopt", refusal);
            SuccessionCommand.Write(output, path, succession.Entry.Note.Bytes, succession.Succession);
            output.WriteLine(ExitCode.OneLine(FormattableString.Invariant($"{config.DataFolder}: {succession.Succession.Log.Name}, size {adopted.Size}; {adopted.SubmittedAgainCount} of {config.Party}'s statements are submitted again; the old record lies in {adopted.KeptFile}")));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Parsed<NodeAdopted> Adopt(NodeConfig config, SignedSuccession succession, string record, CancellationToken stop)
    {
        if (config.Role == NodeRole.Office) return new Refusal("succession.other-role", "--node", "office", "a centre or an observer");
        if (!SuccessionCommand.Trusted(config).TryGet(out var founding, out var refusal)) return refusal;
        if (!RecordPlace.Open(record).TryGet(out var place, out refusal)) return refusal.Under(record + " ");
        using (place)
        {
            var parts = new NodeAdoptionParts(config.DataFolder, config.Party, founding, succession, place.Source, SystemClock.Instance);
            return NodeAdoption.AdoptAsync(parts, stop).GetAwaiter().GetResult();
        }
    }
}
