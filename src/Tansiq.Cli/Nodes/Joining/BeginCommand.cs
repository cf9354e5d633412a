using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using NodaTime;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Notes;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary><c>tansiq join begin</c>: the office begins the record, once every signatory has signed its founding.</summary>
internal static class BeginCommand
{
    private const int MaximumLineBytes = 4_096;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FOUNDING") { Description = "The founding that join found made." };
        var node = JoinOptions.Node();
        var fingerprint = JoinOptions.Fingerprint();
        var signatures = new Option<string[]>("--signature") { Description = "The signature of each signatory.", Required = true, AllowMultipleArgumentsPerToken = true };
        var clock = new Option<string?>("--clock") { Description = "In an exercise: the record begins at this instant." };
        var command = new Command("begin", "Begin the record at the office, once every signatory has signed its founding.") { file, node, fingerprint, signatures, clock };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(file), _ =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            if (!JoinOptions.Read(result, file, node, fingerprint).TryGet(out var read, out var refusal)) return ExitCode.Refuse(error, "tansiq join begin", refusal);
            if (!Lines(result.GetRequiredValue(signatures)).TryGet(out var lines, out refusal)) return ExitCode.Refuse(error, "tansiq join begin", refusal);
            if (!OfficeClock.Of(result.GetValue(clock), read.Founding.Founding.Kind).TryGet(out var begins, out refusal)) return ExitCode.Refuse(error, "tansiq join begin", refusal);
            if (!Begin(read.Founding, read.Config, lines, begins).TryGet(out var checkpoint, out refusal)) return ExitCode.Refuse(error, "tansiq join begin", refusal);
            JoinCommand.Write(output, result.GetRequiredValue(file), read.Founding);
            output.WriteLine(ExitCode.OneLine(FormattableString.Invariant($"{read.Config.DataFolder}: {checkpoint.Checkpoint.Origin}, size {checkpoint.Checkpoint.Size}, root {checkpoint.Checkpoint.Root}")));
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Begins a record in an office's folder.</summary>
    /// <returns>The first checkpoint; <c>join.not-signed</c>, <c>join.other-key</c>, <c>join.begun</c>, or why the founding has no effect.</returns>
    public static Parsed<SignedCheckpoint> Begin(TrustedFounding founding, NodeConfig config, ImmutableArray<string> lines, IClock clock)
    {
        if (config.Role != NodeRole.Office) return new Refusal("join.other-role", "--node", config.Role.ToString().ToLowerInvariant(), "office");
        if (!FoundingSignature.Missing(founding.Keys, founding.Founding, founding.Hash, lines).TryGet(out var missing, out var fault)) return fault.AsRefusal();
        if (missing.Count > 0) return new Refusal("join.not-signed", "--signature", "no signature of " + string.Join(", ", missing), "one of every signatory under this founding");
        var path = Path.Combine(config.DataFolder, RecordPlace.DatabaseName);
        if (File.Exists(path)) return new Refusal("join.begun", path, "a record that has begun", "none yet");
        if (TrustCommand.Trust(founding, config) is { } untrusted) return untrusted;
        if (!NodeSecrets.Keys(config).TryGet(out var keys, out var refusal)) return refusal;
        using (keys.Statement)
        using (keys.Log)
        {
            if (!SqliteRecordStore.Create(path, founding.Keys.Log.Name).TryGet(out var store, out fault)) return fault.AsRefusal();
            Parsed<SignedCheckpoint> checkpoint;
            using (store) checkpoint = RecordFounding.Write(store, founding.Text, founding.Founding with { Signatures = lines }, keys.Log!, keys.Statement, clock.GetCurrentInstant());
            if (checkpoint.Refusal is not null) File.Delete(path);
            return checkpoint;
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
