using System.Diagnostics;
using Tansiq.Fault.Tests.Recording;

namespace Tansiq.Fault.Tests;

/// <summary>vectors/verify.mjs, which shares no code with us, verifies what the command writes, and sees each change to it.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-3")]
public sealed class IndependentCheckTests
{
    private const string Node = "node";
    private const int Entries = 600;
    private const int DoesNotHold = 3;
    private static readonly string Script = Path.Combine(Repository.Root, "vectors", "verify.mjs");

    [Fact]
    public void ExportedTree_AsWritten_HoldsAndAnyFlippedBitDoesNot()
    {
        using var record = Filled();
        var tree = record.Beside("tree");
        TansiqCommand.Run("record", "export", record.Folder, tree);
        var keys = record.Beside("keys");
        File.WriteAllLines(keys, RecordTemplate.StatementKeys);
        Verify(0, "tree", tree, "--keys", keys);

        var chance = new Random(1);
        foreach (var file in Directory.GetFiles(Path.Combine(tree, "tile"), "*", SearchOption.AllDirectories).Append(Path.Combine(tree, "checkpoint")))
        {
            var bytes = File.ReadAllBytes(file);
            var flipped = (byte[])bytes.Clone();
            flipped[chance.Next(bytes.Length)] ^= (byte)(1 << chance.Next(8));
            File.WriteAllBytes(file, flipped);
            Verify(DoesNotHold, "tree", tree, "--keys", keys);
            File.WriteAllBytes(file, bytes);
        }

        Verify(0, "tree", tree, "--keys", keys);
    }

    [Fact]
    public void Proof_AsWritten_HoldsForItsEntryAndForNoOther()
    {
        using var record = Filled();
        var (proof, entry, other) = (record.Beside("proof"), record.Beside("entry"), record.Beside("other"));
        TansiqCommand.Run("record", "prove", record.Folder, "1", "--out", record.Beside("proof of another"), "--statement", other);
        foreach (var index in new[] { "0", "255", "256", "599" })
        {
            TansiqCommand.Run("record", "prove", record.Folder, index, "--out", proof, "--statement", entry);
            Verify(0, "proof", proof, entry);
            Verify(DoesNotHold, "proof", proof, other);
            File.Delete(proof);
            File.Delete(entry);
        }
    }

    private static RecordOnDisk Filled()
    {
        var record = new RecordOnDisk();
        using var run = AppendRun.Start(record.Folder);
        new Sender(RecordTemplate.Founded.EntryOf).Stream(run, Entries);
        run.ExitCode().ShouldBe(0, run.Errors);
        return record;
    }

    private static void Verify(int expected, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(Node, [Script, .. arguments, "--log", RecordTemplate.Founded.LogKey])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var node = Process.Start(start)!;
            var errors = node.StandardError.ReadToEndAsync();
            var output = node.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            node.WaitForExit();
            node.ExitCode.ShouldBe(expected, $"{string.Join(' ', arguments)}\n{output}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node is not installed (Debian package nodejs).");
        }
    }
}
