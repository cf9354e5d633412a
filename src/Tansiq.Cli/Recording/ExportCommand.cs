using System.CommandLine;
using Tansiq.Coordination.Recording;
using Tansiq.Storage.Following;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record export DIR FOLDER</c>: the record as files that any web server can serve.</summary>
internal static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var source = new Argument<string>("DIR") { Description = "The folder of the record." };
        var target = new Argument<string>("FOLDER") { Description = "The folder to write; what is there of the same record is continued." };
        var command = new Command("export", "Write the record as a folder of tiles (C2SP tlog-tiles) with its attachments; the checkpoint comes last.") { source, target };
        command.SetAction(result =>
        {
            var folder = result.GetRequiredValue(source);
            return RecordCommand.Run(result, folder, stop => Run(result, folder, result.GetRequiredValue(target), stop));
        });
        return command;
    }

    private static int Run(ParseResult result, string folder, string target, CancellationToken stop)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (!RecordPlace.OpenStore(folder, isWriting: false).TryGet(out var store, out var refusal)) return ExitCode.Refuse(error, folder, refusal);
        using (store)
        using (var progress = EntryProgress.Where(error, store.Size))
        {
            if (!RecordExport.Write(store, target, progress, stop).TryGet(out var checkpoint, out var fault))
            {
                ExitCode.Refuse(error, target, fault.AsRefusal());
                return ExitCode.Refused;
            }

            output.WriteLine(ExitCode.OneLine(FormattableString.Invariant($"{target}: {checkpoint.Origin}, size {checkpoint.Size}, root {checkpoint.Root}")));
            return ExitCode.Done;
        }
    }
}
