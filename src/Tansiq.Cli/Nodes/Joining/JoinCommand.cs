using System.CommandLine;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Running;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary><c>tansiq join …</c>: how nodes come to one record by files that people carry and compare (docs/formats/joining.md).</summary>
internal static class JoinCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("join", "Come to one record with others: by files that people carry, and fingerprints that they read to each other.")
    {
        ShowCommand.Create(), FoundCommand.Create(), SignCommand.Create(), BeginCommand.Create(), TrustCommand.Create(),
    };

    /// <summary>Reads a founding with its keys.</summary>
    public static Parsed<TrustedFounding> Load(string path)
    {
        if (!InputFile.Read(path, FoundingReader.MaximumBytes).TryGet(out var text, out var refusal)) return refusal.Under(path + " ");
        return TrustedFounding.Read(text).TryGet(out var founding, out refusal) ? founding : refusal.Under(path + " ");
    }

    /// <summary>Writes what people compare before they go on: exercise or real, who takes part with which keys, and the fingerprint of it all.</summary>
    public static void Write(TextWriter output, string path, TrustedFounding founding)
    {
        output.WriteLine(ExitCode.OneLine($"{path}: {(founding.Founding.Kind == RecordKind.Exercise ? "EXERCISE" : "REAL")}: {founding.Keys.Log.Name}; office {founding.Founding.Office}, signatories {string.Join(", ", founding.Founding.Parties.Keys)}"));
        foreach (var (party, keys) in founding.Keys.ByParty) output.WriteLine(ExitCode.OneLine($"  {party}: {keys.Statement.Name} {keys.Statement.Fingerprint()}"));
        output.WriteLine("its fingerprint, to be read to each other:");
        output.Write(SpokenFingerprint.Lines(founding.Text.Span));
    }
}

/// <summary><c>tansiq join show FILE</c>: the fingerprint of an invitation or a founding.</summary>
internal static class ShowCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An invitation, or a founding." };
        var command = new Command("show", "Print what a file says and its fingerprint, to be compared by another way than it came.") { file };
        command.SetAction(result =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var path = result.GetRequiredValue(file);
            if (Invitation.Load(path).TryGet(out var invitation, out var refusal))
            {
                output.WriteLine(ExitCode.OneLine($"{path}: {invitation.Invitation.Role.ToString().ToLowerInvariant()} of {invitation.Invitation.Party}, {invitation.Invitation.Name}"));
                output.Write(SpokenFingerprint.Lines(invitation.Bytes.Span));
                return ExitCode.Done;
            }

            if (!JoinCommand.Load(path).TryGet(out var founding, out var other)) return ExitCode.Refuse(error, "tansiq join show", refusal.Code is "json.unknown-member" or "json.unknown-word" or "cli.file-too-large" ? other : refusal);
            JoinCommand.Write(output, path, founding);
            return ExitCode.Done;
        });
        return command;
    }
}
