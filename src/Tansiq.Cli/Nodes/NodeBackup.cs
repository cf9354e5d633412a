using System.Globalization;
using Tansiq.Cli.Importing;
using Tansiq.Cli.Keys;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Nodes.Succeeding;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Notes;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Backups;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Nodes;

/// <summary>
/// A copy of what one node holds, made while it runs: the private database first, then the record, so that what the copy of the one waits for is never missing from
/// both. Keys are not in it: they are kept elsewhere, under their passphrase.
/// </summary>
internal static class NodeBackup
{
    /// <summary>Copies a node's databases, settings and founding into a new folder.</summary>
    /// <returns>What the record's copy holds; or why it can't be copied.</returns>
    public static Parsed<CopiedRecord> Write(NodeConfig config, string configFile, string folder)
    {
        if (NewFolder.WhyNot(folder) is { } occupied) return occupied;
        using var made = NewFolder.Begin(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(made.TemporaryPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var name in new[] { NodeRuntime.PrivateName, NodeRuntime.RecordName })
        {
            var from = Path.Combine(config.DataFolder, name);
            if (File.Exists(from)) DatabaseCopy.Write(from, Path.Combine(made.TemporaryPath, name));
        }

        if (!Newest(made.TemporaryPath, config).TryGet(out var checkpoint, out var refusal)) return refusal;
        var succession = Path.Combine(config.DataFolder, NodeRuntime.SuccessionName);
        foreach (var (from, name) in new[] { (configFile, NodeFolder.ConfigName), (config.FoundingFile ?? "", NodeFolder.FoundingName), (succession, NodeRuntime.SuccessionName) })
        {
            if (File.Exists(from)) PrivateFile.Create(Path.Combine(made.TemporaryPath, name), File.ReadAllBytes(from));
        }

        made.Complete();
        return checkpoint;
    }

    /// <summary>Puts a copy into a node's folder of data, where nothing of a record may be.</summary>
    /// <param name="folder">The copy.</param>
    /// <param name="config">The node's settings.</param>
    /// <param name="witnessed">Checkpoints that others hold: for an office at least one.</param>
    /// <returns>
    /// What is restored; <c>restore.not-a-backup</c>, <c>restore.occupied</c>, <c>restore.behind</c>, or what is wrong with the record's copy.
    /// </returns>
    public static Parsed<CopiedRecord> Restore(string folder, NodeConfig config, IReadOnlyList<ReadOnlyMemory<byte>> witnessed)
    {
        if (!File.Exists(Path.Combine(folder, NodeRuntime.PrivateName)) && !File.Exists(Path.Combine(folder, NodeRuntime.RecordName)))
            return new Refusal("restore.not-a-backup", folder, "no databases", "a folder that tansiq backup made");
        foreach (var name in new[] { NodeRuntime.PrivateName, NodeRuntime.RecordName })
        {
            var target = Path.Combine(config.DataFolder, name);
            if (File.Exists(target)) return new Refusal("restore.occupied", target, "a database", "none: put it elsewhere first");
        }

        if (!JoinCommand.Load(config.FoundingFile ?? Path.Combine(folder, NodeFolder.FoundingName)).TryGet(out var founding, out var refusal)) return refusal;
        if (!SuccessionCommand.After(founding, folder).TryGet(out founding, out refusal)) return refusal;
        if (!Newest(folder, config).TryGet(out var checkpoint, out refusal)) return refusal;
        if (checkpoint.Newest is { } held && held.Origin != founding.Keys.Log.Name) return new Refusal(RecordFaults.OtherOrigin, folder, held.Origin, founding.Keys.Log.Name);
        if (Behind(checkpoint.Newest, config, founding.Keys.Log, witnessed) is { } behind) return behind;
        Directory.CreateDirectory(config.DataFolder);
        foreach (var name in new[] { NodeRuntime.PrivateName, NodeRuntime.RecordName })
        {
            var from = Path.Combine(folder, name);
            if (File.Exists(from)) DatabaseCopy.Write(from, Path.Combine(config.DataFolder, name));
        }

        var succession = Path.Combine(folder, NodeRuntime.SuccessionName);
        if (File.Exists(succession)) File.Copy(succession, Path.Combine(config.DataFolder, NodeRuntime.SuccessionName), overwrite: true);
        return checkpoint;
    }

    // An office that begins below what others have seen would put other entries in the same places: a fork of its own making (REC-5).
    private static Refusal? Behind(Checkpoint? checkpoint, NodeConfig config, VerifierKey log, IReadOnlyList<ReadOnlyMemory<byte>> witnessed)
    {
        if (config.Role != NodeRole.Office) return null;
        if (witnessed.Count == 0) return new("restore.behind", "--witnessed", "nothing", "the newest checkpoints that the centres hold: below them an office signs nothing");
        foreach (var note in witnessed)
        {
            if (!SignedCheckpoint.Open(note, log).TryGet(out var seen, out var fault)) return fault.In("--witnessed").AsRefusal();
            var size = seen.Checkpoint.Size;
            if (checkpoint is null || size > checkpoint.Size || (size == checkpoint.Size && seen.Checkpoint.Root != checkpoint.Root))
                return new("restore.behind", "--witnessed", string.Create(CultureInfo.InvariantCulture, $"a copy of size {checkpoint?.Size ?? 0}, centres that hold {size}"), "a copy that holds what the centres hold: else a centre's copy and a succession");
        }

        return null;
    }

    private static Parsed<CopiedRecord> Newest(string folder, NodeConfig config)
    {
        var path = Path.Combine(folder, NodeRuntime.RecordName);
        if (!File.Exists(path)) return new CopiedRecord(null);
        if (!SqliteRecordStore.Open(path, readOnly: true).TryGet(out var store, out var fault)) return fault.AsRefusal();
        using (store)
        {
            if (store.Checkpoint is not { } note) return new CopiedRecord(null);
            if (!SignedNote.Read(note).TryGet(out var signed, out fault) || !Checkpoint.Parse(signed.Text.Span).TryGet(out var checkpoint, out fault)) return fault.In(config.Name).AsRefusal();
            return new CopiedRecord(checkpoint);
        }
    }
}

/// <summary>What the copy of a record holds.</summary>
/// <param name="Newest">Its newest checkpoint; null where it holds nothing yet.</param>
internal sealed record CopiedRecord(Checkpoint? Newest)
{
    /// <summary>As people read it.</summary>
    public override string ToString() => Newest is { } checkpoint ? string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Origin}, size {checkpoint.Size}, root {checkpoint.Root}") : "no entry yet";
}
