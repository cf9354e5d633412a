using System.CommandLine;
using System.Text;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Storage.Succession;

namespace Tansiq.Cli.Nodes.Succeeding;

/// <summary><c>tansiq succession endorse</c>: a signatory's word for a succession, once its own copy has not contradicted.</summary>
internal static class EndorseSuccessionCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var (file, node, fingerprint) = (SuccessionCommand.Proposal(), JoinOptions.Node(), SuccessionCommand.Fingerprint());
        var outFile = new Option<string>("--out") { Description = "The file with the endorsement, to be carried to the new office.", Required = true };
        var command = new Command("endorse", "Endorse a succession for a signatory; refused where its own copy says otherwise.") { file, node, fingerprint, outFile };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(file), stop =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var path = result.GetRequiredValue(file);
            if (!SuccessionCommand.LoadProposal(path, result.GetValue(fingerprint)).TryGet(out var proposal, out var refusal)) return ExitCode.Refuse(error, "tansiq succession endorse", refusal);
            if (!NodeFolder.Read(result.GetRequiredValue(node)).TryGet(out var config, out refusal)) return ExitCode.Refuse(error, result.GetRequiredValue(node), refusal);
            var succession = (Succession)proposal.Statement.Body;
            if (!Endorse(config, succession, stop).TryGet(out var line, out refusal)) return ExitCode.Refuse(error, "tansiq succession endorse", refusal);
            SuccessionCommand.WriteFile(result.GetRequiredValue(outFile), Encoding.UTF8.GetBytes(line + "\n"));
            SuccessionCommand.Write(output, path, proposal.Bytes, succession);
            output.WriteLine(ExitCode.OneLine($"{result.GetRequiredValue(outFile)}: endorsed for {config.Party}"));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Parsed<string> Endorse(NodeConfig config, Succession succession, CancellationToken stop)
    {
        if (!SuccessionCommand.Trusted(config).TryGet(out var founding, out var refusal)) return refusal;
        if (!founding.Founding.Parties.ContainsKey(config.Party)) return new Refusal("succession.no-signatory", "--node", config.Party.Value, "a signatory's node");
        if (!OwnCopy.Open(config.DataFolder, founding, until: null, stop).TryGet(out var copy, out refusal)) return refusal;
        using (copy)
        {
            if (RecordSuccession.WhyNotEndorse(copy.Store, copy.JointSize, succession.Size, OwnCopy.RootOf(succession)) is { } fault) return fault.AsRefusal();
            var held = copy.State.Situation.Keys;
            if (!NodeSecrets.Keys(config).TryGet(out var keys, out refusal)) return refusal;
            using (keys.Statement)
            using (keys.Cosigning)
            {
                var own = held.Of(config.Party, KeyRole.Statement);
                if (!keys.Statement.Verifier.Equals(own)) return new Refusal("succession.other-key", "statement", keys.Statement.Verifier.ToString(), own?.ToString() ?? "no key: it was revoked");
                return SuccessionText.Endorse(held.Record, succession, keys.Statement);
            }
        }
    }
}
