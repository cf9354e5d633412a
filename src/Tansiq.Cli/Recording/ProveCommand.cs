using System.CommandLine;
using Tansiq.Coordination.Recording;
using Tansiq.Storage.Logs;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record prove DIR INDEX|HASH</c>: that one entry is on the record, as a file.</summary>
internal sealed class ProveCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The folder of the record." };
    private readonly Argument<string> _entry = new("INDEX|HASH") { Description = "An index, or the hash of the statement's text (or of the entry as a leaf)." };
    private readonly Option<string?> _out = new("--out") { Description = "Write the proof to this file, whole or not at all; else to standard output." };
    private readonly Option<string?> _statement = new("--statement") { Description = "Write the statement beside it, byte for byte, to this file." };

    private ProveCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var prove = new ProveCommand();
        var command = new Command("prove", "Write a proof (C2SP tlog-proof) that an entry is on the record, under the joint checkpoint where that covers it.") { prove._folder, prove._entry, prove._out, prove._statement };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(prove._folder), _ => prove.Run(result)));
        return command;
    }

    private int Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var folder = result.GetRequiredValue(_folder);
        if (!RecordPlace.OpenStore(folder, isWriting: false).TryGet(out var store, out var refusal)) return ExitCode.Refuse(error, folder, refusal);
        using (store)
        {
            if (!ProofFiles.Find(store, result.GetRequiredValue(_entry)).TryGet(out var index, out refusal)) return ExitCode.Refuse(error, folder, refusal);
            if (!EntryProof.Of(store, index).TryGet(out var proof, out var fault))
            {
                ExitCode.Refuse(error, folder, fault.AsRefusal());
                return ExitCode.Refused;
            }

            if (result.GetValue(_statement) is { } statement) Write(statement, store.Entries(index, index + 1).Single());
            if (result.GetValue(_out) is not { } path)
            {
                output.Write(System.Text.Encoding.UTF8.GetString(proof.Write()));
                return ExitCode.Done;
            }

            Write(path, proof.Write());
            output.WriteLine(ExitCode.OneLine(FormattableString.Invariant($"{path}: proof of entry {index}")));
            return ExitCode.Done;
        }
    }

    private static void Write(string path, ReadOnlyMemory<byte> content)
    {
        using var file = AtomicFile.Begin(path);
        file.Stream.Write(content.Span);
        file.Complete();
    }
}
