using System.CommandLine;
using NodaTime;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Recording;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Succession;

namespace Tansiq.Cli.Nodes.Succeeding;

/// <summary><c>tansiq succession propose</c>: what a centre's copy says of how much stands, and who the new office is.</summary>
internal static class ProposeCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var node = JoinOptions.Node();
        var invitation = new Option<string>("--invitation") { Description = "The new office's invitation, as tansiq init made it.", Required = true };
        var outFile = new Option<string>("--out") { Description = "The proposal to write.", Required = true };
        var command = new Command("propose", "Write the succession that every signatory endorses: the new office's keys, and how much of the record is joint by this node's copy.") { node, invitation, outFile };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(node), stop =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            if (!NodeFolder.Read(result.GetRequiredValue(node)).TryGet(out var config, out var refusal)) return ExitCode.Refuse(error, result.GetRequiredValue(node), refusal);
            if (!Invitation.Load(result.GetRequiredValue(invitation)).TryGet(out var loaded, out refusal)) return ExitCode.Refuse(error, "tansiq succession propose", refusal);
            if (!Propose(config, loaded.Invitation, stop).TryGet(out var proposed, out refusal)) return ExitCode.Refuse(error, "tansiq succession propose", refusal);
            SuccessionCommand.WriteFile(result.GetRequiredValue(outFile), proposed.Text.Span);
            SuccessionCommand.Write(output, result.GetRequiredValue(outFile), proposed.Text, proposed.Succession);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Parsed<(ReadOnlyMemory<byte> Text, Succession Succession)> Propose(NodeConfig config, Invitation office, CancellationToken stop)
    {
        if (office.Role != NodeRole.Office || office.Log is not { } log) return new Refusal("succession.no-office", "--invitation", office.Role.ToString().ToLowerInvariant(), "the invitation of an office");
        if (office.Recovery is not { } recovery) return new Refusal("succession.no-office", "--invitation", "no recovery key", "an office with a recovery key");
        if (!SuccessionCommand.Trusted(config).TryGet(out var founding, out var refusal)) return refusal;
        if (!OwnCopy.Open(config.DataFolder, founding, until: null, stop).TryGet(out var copy, out refusal)) return refusal;
        using (copy)
        {
            if (!RecordSuccession.LastJoint(copy.Store, founding.Keys.Log, Cosigners.Of(copy.State.Situation)).TryGet(out var joint, out var fault)) return fault.AsRefusal();
            var party = new Id<Party>(office.Party);
            var succession = new Succession(log, party, founding.Founding.OfficeName, office.Statement, recovery, joint.Size, ContentHash.FromBytes(joint.Root.ToBytes()), []);
            var now = SystemClock.Instance.GetCurrentInstant() + config.ClockOffset;
            return StatementWriter.Write(new(FormattableString.Invariant($"succession-{joint.Size}")), party, now, succession).TryGet(out var text, out refusal) ? (text, succession) : refusal;
        }
    }
}
