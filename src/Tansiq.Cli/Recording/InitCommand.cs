using System.CommandLine;
using Tansiq.Cli.Importing;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record init DIR</c>: founds a record on disk.</summary>
internal sealed class InitCommand
{
    private const string ScenarioName = "scenario.json";

    private readonly Argument<string> _folder = new("DIR") { Description = "The folder to make; nothing may be in it yet." };
    private readonly Option<string?> _scenario = new("--scenario") { Description = "The folder of a scenario, whose scenario.json is the founding." };
    private readonly Option<string?> _founding = new("--founding") { Description = "The founding itself." };
    private readonly Option<string[]> _public = new("--public") { Description = "PARTY=FILE: the public keys of a signatory or observer; not needed where the founding has keys.", AllowMultipleArgumentsPerToken = true };
    private readonly OfficeOptions _office = new();

    private InitCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var init = new InitCommand();
        var command = new Command("init", "Found a record: the founding with everyone's keys, and the first time. Compare the fingerprints that it prints.") { init._folder, init._scenario, init._founding, init._public };
        init._office.AddTo(command);
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(init._folder), _ => init.Run(result)));
        return command;
    }

    private int Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var folder = result.GetRequiredValue(_folder);
        if (NewFolder.WhyNot(folder) is { } refusal) return ExitCode.Refuse(error, folder, refusal);
        if (!_office.Keys(result).TryGet(out var keys, out refusal)) return ExitCode.Refuse(error, _office.Folder(result), refusal);
        using (keys)
        {
            if (!Founding(result, keys).TryGet(out var founding, out refusal)) return ExitCode.Refuse(error, "tansiq record init", refusal);
            if (!_office.Clock(result, founding.Read.Kind).TryGet(out var clock, out refusal)) return ExitCode.Refuse(error, "tansiq record init", refusal);
            if (!Make(folder, founding, keys, clock).TryGet(out var checkpoint, out refusal)) return ExitCode.Refuse(error, folder, refusal);
            Write(output, folder, founding.Read, checkpoint);
            return ExitCode.Done;
        }
    }

    private Parsed<(ReadOnlyMemory<byte> Text, Founding Read)> Founding(ParseResult result, OfficeKeys keys)
    {
        var (scenario, file) = (result.GetValue(_scenario), result.GetValue(_founding));
        if (scenario is null == file is null) return new Refusal("cli.usage", "", scenario is null ? "neither --scenario nor --founding" : "both --scenario and --founding", "one of them");
        var path = file ?? Path.Combine(scenario!, ScenarioName);
        if (!InputFile.Read(path, FoundingReader.MaximumBytes).TryGet(out var text, out var refusal)) return refusal.Under(path);
        if (!FoundingReader.Read(text).TryGet(out var founding, out refusal)) return refusal.Under(path + " ");
        if (result.GetValue(_public) is { Length: > 0 } parties)
        {
            var officeFile = Path.Combine(_office.Folder(result), OfficeKeys.PublicFile);
            if (!PublicKeys.Founding(founding.Office, officeFile, keys.Log.Verifier, parties).TryGet(out var named, out refusal)) return refusal;
            if (!FoundingKeysWriter.Write(text, named).TryGet(out text, out refusal)) return refusal;
            founding = FoundingReader.Read(text).Value;
        }

        if (founding.Keys is not { } all) return new Refusal("record.no-keys", path, "a founding without keys", "--public for each signatory and observer, or the member keys");
        if (!all.Log.Equals(keys.Log.Verifier)) return new Refusal("record.other-origin", path, all.Log.ToString(), keys.Log.Verifier.ToString());
        return (text, founding);
    }

    private static Parsed<SignedCheckpoint> Make(string folder, (ReadOnlyMemory<byte> Text, Founding Read) founding, OfficeKeys keys, OfficeClock clock)
    {
        using var made = NewFolder.Begin(folder);
        if (!SqliteRecordStore.Create(Path.Combine(made.TemporaryPath, RecordPlace.DatabaseName), keys.Log.Verifier.Name).TryGet(out var store, out var fault)) return fault.AsRefusal();
        Parsed<SignedCheckpoint> checkpoint;
        using (store) checkpoint = RecordFounding.Write(store, founding.Text, founding.Read, keys.Log, keys.Statement, clock.GetCurrentInstant());
        if (checkpoint.Refusal is null) made.Complete();
        return checkpoint;
    }

    private static void Write(TextWriter output, string folder, Founding founding, SignedCheckpoint checkpoint)
    {
        output.WriteLine(ExitCode.OneLine(FormattableString.Invariant($"{folder}: {(founding.Kind == RecordKind.Exercise ? "EXERCISE" : "REAL")}: {checkpoint.Checkpoint.Origin}, size {checkpoint.Checkpoint.Size}, root {checkpoint.Checkpoint.Root}")));
        output.WriteLine($"log: {founding.Keys!.Log.Name}: {founding.Keys.Log.Fingerprint()}");
        foreach (var (party, held) in founding.Keys.ByParty)
        {
            foreach (var role in Enum.GetValues<KeyRole>())
            {
                if (held.Of(role) is { } key) output.WriteLine($"{party} {role.ToString().ToLowerInvariant()}: {key.Name}: {key.Fingerprint()}");
            }
        }
    }
}
