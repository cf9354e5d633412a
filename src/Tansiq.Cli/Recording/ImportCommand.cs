using System.CommandLine;
using Tansiq.Cli.Keys;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record import SOURCE DIR</c>: follows somebody else's record once into one's own folder, and cosigns what is held.</summary>
internal sealed class ImportCommand
{
    private const string Name = "tansiq record import";

    private readonly Argument<string> _source = new("SOURCE") { Description = "A record's folder, a folder of tiles, or an address." };
    private readonly Argument<string> _folder = new("DIR") { Description = "One's own folder; made where it is not there, continued where it is." };
    private readonly Option<string> _logKey = new("--log-key") { Description = "The log's verifier key (name+hash+key), or a file with it.", Required = true };
    private readonly Option<string?> _cosign = new("--cosign") { Description = "The file of one's own cosignature key: cosign what is held." };
    private readonly Option<bool> _isCopy = new("--copy") { Description = "The source is somebody's copy, which may be behind." };
    private readonly Option<string?> _passphrase = new("--passphrase-file") { Description = "A file with the passphrase of the key; else it is asked on a terminal." };
    private readonly Option<string?> _clock = new("--clock") { Description = "In an exercise: one's own clock stands at this instant." };

    private ImportCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var import = new ImportCommand();
        var command = new Command("import", "Take over what a record shows beyond what is held, after verifying all of it; cosign it. Exit code 3 where it must not be taken; the evidence is kept in DIR.")
        {
            import._source, import._folder, import._logKey, import._cosign, import._isCopy, import._passphrase, import._clock,
        };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(import._folder), stop => import.RunAsync(result, stop).GetAwaiter().GetResult()));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        var (text, folder) = (result.GetRequiredValue(_source), result.GetRequiredValue(_folder));
        if (!TrustedKeys.One("--log-key", result.GetRequiredValue(_logKey), SignatureType.Ed25519).TryGet(out var logKey, out var refusal)) return ExitCode.Refuse(error, Name, refusal);
        SigningKey? key = null;
        if (result.GetValue(_cosign) is { } path && !KeyFiles.Load(path, () => KeyPassphrase.Of(result, _passphrase)).TryGet(out key, out refusal)) return ExitCode.Refuse(error, path, refusal);
        using (key)
        {
            if (key is not null && key.Verifier.Type != SignatureType.Cosignature) return ExitCode.Refuse(error, Name, new("record.key-malformed", "--cosign", $"a key of type 0x{(byte)key.Verifier.Type:x2}", "a key that cosigns, of type 0x04"));
            if (!RecordPlace.Open(text).TryGet(out var place, out refusal)) return ExitCode.Refuse(error, text, refusal);
            using (place)
            {
                if (!Clock(result, place, stop).TryGet(out var clock, out refusal)) return ExitCode.Refuse(error, Name, refusal);
                if (!OpenOrCreate(folder, logKey.Name).TryGet(out var store, out refusal)) return ExitCode.Refuse(error, folder, refusal);
                using (store) return await FollowAsync(result, place, store, new(logKey, clock) { CosigningKey = key, Cosigners = state => Cosigners.Of(state.Situation) }, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task<int> FollowAsync(ParseResult result, RecordPlace place, SqliteRecordStore store, FollowerSettings<RecordedState> settings, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        var folder = result.GetRequiredValue(_folder);
        if (!Start(store, folder, error, stop).TryGet(out var start, out var refusal)) return ExitCode.Refuse(error, folder, refusal);
        var opened = await Follower<RecordedState, StatementReading>.OpenAsync(store, new StatementsDomain(), settings, start, stop).ConfigureAwait(false);
        if (!opened.TryGet(out var follower, out var fault))
        {
            ExitCode.Refuse(error, folder, fault.AsRefusal());
            return ExitCode.Refused;
        }

        using (follower)
        {
            var answer = await follower.StepAsync(place.Source, result.GetValue(_isCopy) ? SourceRole.Copy : SourceRole.Log, stop).ConfigureAwait(false);
            return Tell(result, place.Source.Name, folder, answer);
        }
    }

    private static int Tell(ParseResult result, string source, string folder, FollowAnswer answer)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        switch (answer)
        {
            case FollowAnswer.Kept kept:
                var signed = SignedNote.Read(kept.Checkpoint).Value;
                var checkpoint = Checkpoint.Parse(signed.Text.Span).Value;
                output.WriteLine(ExitCode.OneLine(FormattableString.Invariant(
                    $"{folder}: {checkpoint.Origin}, size {kept.From} to {kept.Size}, root {checkpoint.Root}, {signed.Signatures.Count - 1} cosignatures, {(kept.IsJoint ? "joint" : "not joint")}")));
                if (kept.NotCosigned is null) return ExitCode.Done;
                ExitCode.Refuse(error, "not cosigned", kept.NotCosigned.AsRefusal());
                return ExitCode.Refused;
            case FollowAnswer.Behind behind:
                output.WriteLine(ExitCode.OneLine(FormattableString.Invariant($"{source}: behind, size {behind.Size}")));
                return ExitCode.Done;
            case FollowAnswer.Refused refused:
                ExitCode.Refuse(error, source, refused.Evidence.Fault.AsRefusal());
                error.WriteLine(ExitCode.OneLine($"{folder}: evidence is kept: {string.Join(", ", refused.Evidence.Files.Keys)}"));
                return ExitCode.Refused;
            case FollowAnswer.Unreachable unreachable:
                return ExitCode.Refuse(error, source, unreachable.Fault.AsRefusal());
            default:
                throw new InvalidOperationException($"Unknown answer {answer.GetType().Name}.");
        }
    }

    private static Parsed<StartingState<RecordedState>> Start(SqliteRecordStore store, string folder, TextWriter error, CancellationToken stop)
    {
        if (store.Size == 0) return new StartingState<RecordedState>(RecordedState.Empty, 0);
        return RecordPicture.Open(RecordPlace.Of(store, folder), error, stop).TryGet(out var picture, out var refusal)
            ? new StartingState<RecordedState>(picture.State, picture.Checkpoint.Size)
            : refusal;
    }

    private Parsed<OfficeClock> Clock(ParseResult result, RecordPlace place, CancellationToken stop)
    {
        var text = result.GetValue(_clock);
        if (text is null) return OfficeClock.Of(null, RecordKind.Real);
        return RecordEntries.Open(place, stop).TryGet(out var entries, out var refusal) ? OfficeClock.Of(text, entries.Founding()?.Kind ?? RecordKind.Real) : refusal;
    }

    private static Parsed<SqliteRecordStore> OpenOrCreate(string folder, string origin)
    {
        if (File.Exists(Path.Combine(folder, RecordPlace.DatabaseName)))
        {
            if (!RecordPlace.OpenStore(folder, isWriting: true).TryGet(out var store, out var refusal)) return refusal;
            if (store.Origin == origin) return store;
            store.Dispose();
            return new Refusal(RecordFaults.OtherOrigin, "", store.Origin, origin);
        }

        if (Importing.NewFolder.WhyNot(folder) is { } occupied) return occupied;
        Directory.CreateDirectory(folder);
        return SqliteRecordStore.Create(Path.Combine(folder, RecordPlace.DatabaseName), origin).TryGet(out var created, out var fault) ? created : fault.AsRefusal();
    }
}
