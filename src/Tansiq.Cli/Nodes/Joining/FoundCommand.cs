using System.Collections.Immutable;
using System.CommandLine;
using Tansiq.Cli.Recording;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary><c>tansiq join found</c>: the office puts the invitations together into the founding that everybody signs.</summary>
internal static class FoundCommand
{
    private const string ScenarioName = "scenario.json";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var scenario = new Option<string>("--scenario") { Description = "scenario.json, or the folder in which it is: who takes part, exercise or real, languages.", Required = true };
        var invitations = new Option<string[]>("--invitation") { Description = "The invitations of the office, of every signatory and every observer.", Required = true, AllowMultipleArgumentsPerToken = true };
        var outFile = new Option<string>("--out") { Description = "The founding to write.", Required = true };
        var command = new Command("found", "Put the invitations together into the founding that every signatory signs.") { scenario, invitations, outFile };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(outFile), _ =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var loaded = new List<(string Path, Invitation Invitation)>();
            foreach (var path in result.GetRequiredValue(invitations))
            {
                if (!Invitation.Load(path).TryGet(out var invitation, out var unread)) return ExitCode.Refuse(error, "tansiq join found", unread);
                loaded.Add((path, invitation.Invitation));
            }

            var place = result.GetRequiredValue(scenario);
            if (!InputFile.Read(Directory.Exists(place) ? Path.Combine(place, ScenarioName) : place, FoundingReader.MaximumBytes).TryGet(out var text, out var refusal)) return ExitCode.Refuse(error, place, refusal);
            if (!Assemble(text, loaded).TryGet(out var founding, out refusal)) return ExitCode.Refuse(error, "tansiq join found", refusal);
            var target = result.GetRequiredValue(outFile);
            using var file = AtomicFile.Begin(target);
            file.Stream.Write(founding.Text.Span);
            file.Complete();
            JoinCommand.Write(output, target, founding);
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Puts the keys of the invitations into the founding of a scenario.</summary>
    /// <returns>The founding; <c>join.other-role</c>, <c>join.no-office</c>, or why the founding would not be taken.</returns>
    public static Parsed<TrustedFounding> Assemble(ReadOnlyMemory<byte> scenario, IReadOnlyList<(string Path, Invitation Invitation)> invitations)
    {
        if (!FoundingReader.Read(scenario).TryGet(out var founding, out var refusal)) return refusal.Under(ScenarioName + " ");
        VerifierKey? log = null;
        var byParty = ImmutableSortedDictionary.CreateBuilder<Id<Party>, StartingKeys>();
        foreach (var (path, invitation) in invitations)
        {
            var party = new Id<Party>(invitation.Party);
            var expected = party == founding.Office ? NodeRole.Office : founding.Parties.ContainsKey(party) ? NodeRole.Centre : NodeRole.Observer;
            if (expected == NodeRole.Observer && !founding.Observers.ContainsKey(party)) return new Refusal("parties.unknown-party", path, invitation.Party, "the office, a signatory or an observer of the scenario");
            if (invitation.Role != expected) return new Refusal("join.other-role", path, invitation.Role.ToString().ToLowerInvariant(), expected.ToString().ToLowerInvariant());
            if (!byParty.TryAdd(party, invitation.Keys)) return new Refusal("json.duplicate-id", path, invitation.Party, "each party once");
            log ??= invitation.Log;
        }

        if (log is null) return new Refusal("join.no-office", "--invitation", "no invitation of the office", $"that of {founding.Office} too");
        return FoundingKeysWriter.Write(scenario, new(log, byParty.ToImmutable())).TryGet(out var text, out refusal) ? TrustedFounding.Read(text) : refusal;
    }
}
