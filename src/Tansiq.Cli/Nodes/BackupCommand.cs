using System.CommandLine;
using Tansiq.Cli.Recording;

namespace Tansiq.Cli.Nodes;

/// <summary><c>tansiq backup DIR</c>: copies what a node holds while it runs.</summary>
internal static class BackupCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder to make; nothing may be in it yet." };
        var node = new Option<string>("--node") { Description = "The node's folder, or its file of settings.", Required = true };
        var command = new Command("backup", "Copy a node's record, private database, settings and founding while it runs. Its keys are not copied.") { folder, node };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(folder), _ =>
        {
            var (target, source) = (result.GetRequiredValue(folder), result.GetRequiredValue(node));
            if (!NodeFolder.Read(source).TryGet(out var config, out var refusal)) return ExitCode.Refuse(result.InvocationConfiguration.Error, source, refusal);
            var file = Directory.Exists(source) ? new NodeFolder(source).Config : source;
            if (!NodeBackup.Write(config, file, target).TryGet(out var copied, out refusal)) return ExitCode.Refuse(result.InvocationConfiguration.Error, target, refusal);
            result.InvocationConfiguration.Output.WriteLine(ExitCode.OneLine($"{target}: {config.Name}: {copied}"));
            return ExitCode.Done;
        }));
        return command;
    }
}

/// <summary><c>tansiq restore DIR</c>: puts a copy back.</summary>
internal static class RestoreCommand
{
    private const int MaximumNoteBytes = 1_000_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that tansiq backup made." };
        var node = new Option<string>("--node") { Description = "The node's folder, or its file of settings; no database may be there.", Required = true };
        var witnessed = new Option<string[]>("--witnessed") { Description = "For an office: files with the newest checkpoints that the centres hold.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("restore", "Put a copy of a node back. A centre then catches up by itself; an office goes on only where the copy holds what the centres hold.") { folder, node, witnessed };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(folder), _ =>
        {
            var (source, target) = (result.GetRequiredValue(folder), result.GetRequiredValue(node));
            var error = result.InvocationConfiguration.Error;
            if (!NodeFolder.Read(target).TryGet(out var config, out var refusal)) return ExitCode.Refuse(error, target, refusal);
            var notes = new List<ReadOnlyMemory<byte>>();
            foreach (var path in result.GetValue(witnessed) ?? [])
            {
                if (!InputFile.Read(path, MaximumNoteBytes).TryGet(out var note, out refusal)) return ExitCode.Refuse(error, path, refusal);
                notes.Add(note);
            }

            if (!NodeBackup.Restore(source, config, notes).TryGet(out var copied, out refusal)) return ExitCode.Refuse(error, target, refusal);
            result.InvocationConfiguration.Output.WriteLine(ExitCode.OneLine($"{target}: {config.Name}: {copied}; what came later is fetched when it runs"));
            return ExitCode.Done;
        }));
        return command;
    }
}
