using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Tansiq.Cli.Keys;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sources;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record append DIR FILE…|-</c>: puts signed statements on the record, as its office.</summary>
internal sealed class AppendCommand
{
    private const string Name = "tansiq record append";
    private const int MaximumFiles = 100_000;

    private readonly Argument<string> _folder = new("DIR") { Description = "The folder of the record." };
    private readonly Argument<string[]> _files = new("FILE") { Description = "Signed notes, one in each file; - for standard input.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _signWith = new("--sign-with") { Description = "The files are texts of statements: sign them with the key in this file first." };
    private readonly Option<bool> _stream = new("--stream") { Description = "Read signed notes from standard input, each with its length in two bytes (big-endian) before it; answer each with a line, in their order." };
    private readonly Option<string[]> _attach = new("--attach") { Description = "Keep these files as attachments first.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _witnessed = new("--witnessed") { Description = "What witnesses remember of this record: notes of checkpoints. If one is beyond it, nothing is signed.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _play = new("--play") { Description = "In an exercise: play the timeline of this scenario." };
    private readonly Option<string?> _keys = new("--keys") { Description = "With --play: a folder with a folder of keys for each party, by its identifier." };
    private readonly OfficeOptions _office = new();

    private AppendCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var append = new AppendCommand();
        var command = new Command("append", "Append signed statements; each is answered once it is on the disk under a signed checkpoint. Exit code 3 where one is refused.")
        {
            append._folder, append._files, append._signWith, append._stream, append._attach, append._witnessed, append._play, append._keys,
        };
        append._office.AddTo(command);
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(append._folder), stop => append.RunAsync(result, stop).GetAwaiter().GetResult()));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        var folder = result.GetRequiredValue(_folder);
        if (WrongUse(result) is { } wrong) return ExitCode.Refuse(error, Name, wrong);
        if (!Entries(result).TryGet(out var entries, out var refusal)) return ExitCode.Refuse(error, Name, refusal);
        if (!Files("--witnessed", result.GetValue(_witnessed) ?? [], NoteLimits.MaximumBytes).TryGet(out var witnessed, out refusal)) return ExitCode.Refuse(error, Name, refusal);
        if (!Files("--attach", result.GetValue(_attach) ?? [], SourceLimits.MaximumAttachmentBytes).TryGet(out var attachments, out refusal)) return ExitCode.Refuse(error, Name, refusal);
        if (!_office.Keys(result).TryGet(out var keys, out refusal)) return ExitCode.Refuse(error, _office.Folder(result), refusal);
        using (keys)
        {
            var opened = await OfficeRecord.OpenAsync(folder, keys, kind => _office.Clock(result, kind), witnessed, error, stop).ConfigureAwait(false);
            if (!opened.TryGet(out var record, out refusal)) return ExitCode.Refuse(error, folder, refusal);
            await using (record.ConfigureAwait(false))
            {
                foreach (var attachment in attachments) record.Store.AddAttachment(attachment);
                return await AppendAsync(result, record, entries, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task<int> AppendAsync(ParseResult result, OfficeRecord record, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken stop)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var exit = result.GetValue(_stream) ? await StreamAsync(output, error, record, stop).ConfigureAwait(false)
            : result.GetValue(_play) is { } scenario ? await PlayAsync(result, record, scenario, stop).ConfigureAwait(false)
            : await AllAsync(output, record, entries).ConfigureAwait(false);
        if (record.Log.TimeFault is { } timeFault) error.WriteLine(ExitCode.OneLine($"{Name}: {timeFault}"));
        return exit;
    }

    private static async Task<int> AllAsync(TextWriter output, OfficeRecord record, ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        var refused = 0;
        foreach (var answer in entries.Select(record.Log.AppendAsync).ToList()) refused += Write(output, await answer.ConfigureAwait(false));
        return refused == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> StreamAsync(TextWriter output, TextWriter error, OfficeRecord record, CancellationToken stop)
    {
        var stream = new EntryStream(record.Log.AppendAsync);
        var input = Console.OpenStandardInput();
        await using (input.ConfigureAwait(false))
        {
            if (await stream.RunAsync(input, output, stop).ConfigureAwait(false) is { } fault) return ExitCode.Refuse(error, Name, fault.AsRefusal());
            stop.ThrowIfCancellationRequested();
            return stream.Refused == 0 ? ExitCode.Done : ExitCode.Refused;
        }
    }

    private async Task<int> PlayAsync(ParseResult result, OfficeRecord record, string folder, CancellationToken stop)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (!ScenarioFolder.LoadRecord(folder).TryGet(out var scenario, out var refusal)) return ExitCode.Refuse(error, folder, refusal);
        using var player = new TimelinePlayer(record, party => Path.Combine(result.GetRequiredValue(_keys)!, party.Value, OfficeKeys.StatementFile), () => _office.Passphrase(result));
        if (!(await player.PlayAsync(scenario, answer => Write(output, answer), stop).ConfigureAwait(false)).TryGet(out var refused, out refusal)) return ExitCode.Refuse(error, Name, refusal);
        return refused == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static int Write(TextWriter output, AppendAnswer answer)
    {
        output.WriteLine(EntryStream.Line(answer));
        return answer is AppendAnswer.Refused ? 1 : 0;
    }

    private Refusal? WrongUse(ParseResult result)
    {
        var (stream, play, files) = (result.GetValue(_stream), result.GetValue(_play), result.GetValue(_files) ?? []);
        if ((stream ? 1 : 0) + (play is null ? 0 : 1) + (files.Length > 0 ? 1 : 0) != 1) return new("cli.usage", "", "none or several of FILE, --stream and --play", "one of them");
        if (play is null != result.GetValue(_keys) is null) return new("cli.usage", "--keys", "one of --play and --keys", "both");
        if (result.GetValue(_signWith) is not null && files.Length == 0) return new("cli.usage", "--sign-with", "no FILE", "texts of statements");
        return files.Length > MaximumFiles ? new("cli.too-many-inputs", "FILE", files.Length.ToString(CultureInfo.InvariantCulture), $"at most {MaximumFiles}") : null;
    }

    private Parsed<ImmutableArray<ReadOnlyMemory<byte>>> Entries(ParseResult result)
    {
        if (!Files("", result.GetValue(_files) ?? [], EntryBundle.MaximumEntryBytes).TryGet(out var files, out var refusal)) return refusal;
        if (result.GetValue(_signWith) is not { } path) return files;
        if (!KeyFiles.Load(path, () => _office.Passphrase(result)).TryGet(out var key, out refusal)) return refusal.Under(path + " ");
        using (key)
        {
            if (key.Verifier.Type != SignatureType.Ed25519) return new Refusal("record.key-malformed", path, $"a key of type 0x{(byte)key.Verifier.Type:x2}", "a key that signs statements, of type 0x01");
            return StatementSigning.SignAll(files, key);
        }
    }

    private static Parsed<ImmutableArray<ReadOnlyMemory<byte>>> Files(string option, string[] paths, int maximumBytes)
    {
        var contents = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(paths.Length);
        foreach (var path in paths)
        {
            if (!InputFile.Read(path, maximumBytes).TryGet(out var content, out var refusal)) return refusal.Under($"{option} {path}".TrimStart());
            contents.Add(content);
        }

        return contents.MoveToImmutable();
    }
}
