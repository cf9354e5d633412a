using System.CommandLine;
using System.Globalization;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;

namespace Tansiq.Cli.Nodes.Succeeding;

/// <summary><c>tansiq succession …</c>: a new office takes the place of one that is lost, by files that people carry and compare (docs/formats/joining.md, Succession; PTY-2).</summary>
internal static class SuccessionCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("succession", "Put a new office in the place of one that is lost: from a centre's copy, with the word of every signatory.")
    {
        ProposeCommand.Create(), EndorseSuccessionCommand.Create(), WriteCommand.Create(), AdoptCommand.Create(),
    };

    /// <summary>The succession that was proposed.</summary>
    public static Argument<string> Proposal() => new("PROPOSAL") { Description = "The succession that tansiq succession propose wrote." };

    /// <summary>The fingerprint.</summary>
    public static Option<string?> Fingerprint() => new("--fingerprint") { Description = "The fingerprint of the file as it was read out: all 64 digits. Any other is refused." };

    /// <summary>The founding that a node trusts, with the office that it has now.</summary>
    /// <param name="config">The node's settings.</param>
    /// <param name="folder">The folder with the succession that it has adopted, if any: that of its data, or of a copy of it.</param>
    public static Parsed<TrustedFounding> Trusted(NodeConfig config, string? folder = null)
    {
        if (!JoinCommand.Load(config.FoundingFile ?? Path.Combine(config.DataFolder, NodeFolder.FoundingName)).TryGet(out var founding, out var refusal)) return refusal;
        return After(founding, folder ?? config.DataFolder);
    }

    /// <summary>A founding with the office of the succession in a folder; as it is where there is none.</summary>
    public static Parsed<TrustedFounding> After(TrustedFounding founding, string folder)
    {
        var path = Path.Combine(folder, NodeRuntime.SuccessionName);
        if (!File.Exists(path)) return founding;
        return Load(path, null).TryGet(out var succession, out var refusal) ? founding.After(succession) : refusal;
    }

    /// <summary>Reads a succession that the new office signed.</summary>
    public static Parsed<SignedSuccession> Load(string path, string? fingerprint)
    {
        if (!InputFile.Read(path, SignedSuccession.MaximumBytes).TryGet(out var bytes, out var refusal)) return refusal.Under(path + " ");
        if (WhyNot(bytes, fingerprint) is { } other) return other;
        return SignedSuccession.Read(bytes).TryGet(out var succession, out refusal) ? succession : refusal.Under(path + " ");
    }

    /// <summary>Reads a proposal.</summary>
    public static Parsed<(ReadOnlyMemory<byte> Bytes, Statement Statement)> LoadProposal(string path, string? fingerprint)
    {
        if (!InputFile.Read(path, SignedSuccession.MaximumBytes).TryGet(out var bytes, out var refusal)) return refusal.Under(path + " ");
        if (WhyNot(bytes, fingerprint) is { } other) return other;
        return SignedSuccession.ReadText(bytes).TryGet(out var statement, out refusal) ? (bytes, statement) : refusal.Under(path + " ");
    }

    /// <summary>Writes what people compare: how much of the old record stands, the new office's keys, and the file's fingerprint.</summary>
    public static void Write(TextWriter output, string path, ReadOnlyMemory<byte> bytes, Succession succession)
    {
        output.WriteLine(ExitCode.OneLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {succession.Office} becomes the office; the first {succession.Size} entries stand, root {succession.Root}")));
        foreach (var key in new[] { succession.Log, succession.Statement, succession.Recovery }) output.WriteLine(ExitCode.OneLine($"  {key.Name} {key.Fingerprint()}"));
        output.WriteLine("its fingerprint, to be read to each other:");
        output.Write(SpokenFingerprint.Lines(bytes.Span));
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public static void WriteFile(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = AtomicFile.Begin(path);
        file.Stream.Write(bytes);
        file.Complete();
    }

    private static Refusal? WhyNot(ReadOnlyMemory<byte> bytes, string? fingerprint) => fingerprint is null || SpokenFingerprint.IsOf(fingerprint, bytes.Span)
        ? null
        : new("succession.other-fingerprint", "--fingerprint", JsonText.Shorten(fingerprint), SpokenFingerprint.Digits(bytes.Span));
}
