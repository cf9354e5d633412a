using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;
using Tansiq.Storage.Succession;

namespace Tansiq.Cli.Nodes.Succeeding;

/// <summary><c>tansiq succession write</c>: the new office's record, from a centre's copy: what was joint, and the succession.</summary>
internal static class WriteCommand
{
    private const int MaximumLineBytes = 4_096;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var (file, node, fingerprint) = (SuccessionCommand.Proposal(), JoinOptions.Node(), SuccessionCommand.Fingerprint());
        var copy = new Option<string>("--copy") { Description = "A centre's copy of the record: the folder that tansiq backup made.", Required = true };
        var founding = new Option<string>("--founding") { Description = "The founding that every signatory signed.", Required = true };
        var endorsements = new Option<string[]>("--endorsement") { Description = "The endorsement of each signatory.", Required = true, AllowMultipleArgumentsPerToken = true };
        var outFile = new Option<string>("--out") { Description = "The succession to write, to be carried to every node.", Required = true };
        var command = new Command("write", "Write the new office's record from a centre's copy, once every signatory has endorsed the succession.") { file, node, fingerprint, copy, founding, endorsements, outFile };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(file), stop =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            int Refuse(Refusal refusal) => ExitCode.Refuse(error, "tansiq succession write", refusal);
            if (!SuccessionCommand.LoadProposal(result.GetRequiredValue(file), result.GetValue(fingerprint)).TryGet(out var proposal, out var refusal)) return Refuse(refusal);
            if (!NodeFolder.Read(result.GetRequiredValue(node)).TryGet(out var config, out refusal)) return Refuse(refusal.Under(result.GetRequiredValue(node) + " "));
            if (!JoinCommand.Load(result.GetRequiredValue(founding)).TryGet(out var trusted, out refusal)) return Refuse(refusal);
            if (!SuccessionCommand.After(trusted, result.GetRequiredValue(copy)).TryGet(out trusted, out refusal)) return Refuse(refusal);
            if (!Lines(result.GetRequiredValue(endorsements)).TryGet(out var lines, out refusal)) return Refuse(refusal);
            if (!Write(proposal.Statement, config, trusted, result.GetRequiredValue(copy), lines, stop).TryGet(out var written, out refusal)) return Refuse(refusal);
            SuccessionCommand.WriteFile(result.GetRequiredValue(outFile), written.Succession.Entry.Note.Bytes.Span);
            SuccessionCommand.Write(output, result.GetRequiredValue(outFile), written.Succession.Entry.Note.Bytes, written.Succession.Succession);
            output.WriteLine(ExitCode.OneLine(FormattableString.Invariant($"{config.DataFolder}: {written.Checkpoint.Checkpoint.Origin}, size {written.Checkpoint.Checkpoint.Size}, root {written.Checkpoint.Checkpoint.Root}")));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Parsed<(SignedSuccession Succession, SignedCheckpoint Checkpoint)> Write(
        Statement proposal, NodeConfig config, TrustedFounding founding, string copyFolder, ImmutableArray<string> lines, CancellationToken stop)
    {
        if (config.Role != NodeRole.Office) return new Refusal("succession.other-role", "--node", config.Role.ToString().ToLowerInvariant(), "office");
        var path = Path.Combine(config.DataFolder, NodeRuntime.RecordName);
        if (File.Exists(path)) return new Refusal("succession.begun", path, "a record that has begun", "none yet");
        var proposed = (Succession)proposal.Body;
        if (!OwnCopy.Open(copyFolder, founding, proposed.Size, stop).TryGet(out var copy, out var refusal)) return refusal;
        using (copy)
        {
            var succession = proposed with { Endorsements = lines };
            if (!SuccessionText.Verify(founding.Founding, copy.State.Situation.Keys, succession).TryGet(out var missing, out var fault)) return fault.AsRefusal();
            if (missing.Count > 0) return new Refusal("succession.not-endorsed", "--endorsement", "no endorsement of " + string.Join(", ", missing), "one of every signatory for this succession");
            if (!StatementWriter.Write(proposal.Id, proposal.Party, proposal.Made, succession).TryGet(out var text, out refusal)) return refusal;
            if (!NodeSecrets.Keys(config).TryGet(out var keys, out refusal)) return refusal;
            using (keys.Statement)
            using (keys.Log)
            {
                if (!keys.Statement.Verifier.Equals(succession.Statement)) return new Refusal("succession.other-key", "statement", succession.Statement.ToString(), keys.Statement.Verifier.ToString());
                if (!keys.Log!.Verifier.Equals(succession.Log)) return new Refusal("succession.other-key", "log", succession.Log.ToString(), keys.Log.Verifier.ToString());
                if (!StatementSigning.Sign(text, keys.Statement).TryGet(out var entry, out refusal)) return refusal;
                if (!SignedSuccession.Read(entry).TryGet(out var signed, out refusal)) return refusal;
                if (TrustCommand.Trust(founding.After(signed), config) is { } untrusted) return untrusted;
                if (!SqliteRecordStore.Create(path, succession.Log.Name).TryGet(out var created, out fault)) return fault.AsRefusal();
                Tansiq.Record.Checked<SignedCheckpoint> checkpoint;
                using (created) checkpoint = RecordSuccession.Write(copy.Store, created, new StatementsDomain(), succession.Size, OwnCopy.RootOf(succession), entry, keys.Log);
                if (checkpoint.Fault is { } wrong)
                {
                    File.Delete(path);
                    return wrong.AsRefusal();
                }

                SuccessionCommand.WriteFile(Path.Combine(config.DataFolder, NodeRuntime.SuccessionName), entry.Span);
                return (signed, checkpoint.Value);
            }
        }
    }

    private static Parsed<ImmutableArray<string>> Lines(IEnumerable<string> files)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var file in files)
        {
            if (!InputFile.Read(file, MaximumLineBytes).TryGet(out var bytes, out var refusal)) return refusal.Under(file + " ");
            lines.Add(Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n'));
        }

        return lines.ToImmutable();
    }
}
