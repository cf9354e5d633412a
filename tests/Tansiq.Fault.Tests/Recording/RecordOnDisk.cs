using System.Buffers.Binary;

namespace Tansiq.Fault.Tests.Recording;

/// <summary>A record in a folder of its own, and what must hold of it after any fault.</summary>
internal sealed class RecordOnDisk : IDisposable
{
    private readonly string _outside = Directory.CreateTempSubdirectory("tansiq-record-").FullName;

    /// <summary>A copy of the record that was just founded.</summary>
    public RecordOnDisk()
    {
        Folder = Path.Combine(_outside, "record");
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(RecordTemplate.Founded.Folder)) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    /// <summary>The record's folder.</summary>
    public string Folder { get; }

    /// <summary>Nothing acknowledged is lost, nothing is there twice, and the record verifies.</summary>
    public void ShouldHold(Sender sender, string because)
    {
        sender.Contradictions.ShouldBeEmpty(because);
        TansiqCommand.Run("record", "verify", Folder, "--log-key", RecordTemplate.Founded.LogKey);
        var exported = Beside("exported");
        TansiqCommand.Run("record", "export", Folder, exported);
        var entries = EntriesOf(exported);
        Directory.Delete(exported, recursive: true);
        entries.Select(Convert.ToBase64String).Distinct().Count().ShouldBe(entries.Count, because);
        foreach (var (entry, index) in sender.AcknowledgedEntries())
        {
            index.ShouldBeLessThan(entries.Count, because);
            entries[(int)index].ShouldBe(entry, because);
        }
    }

    /// <summary>A path outside of the record that goes with it.</summary>
    public string Beside(string name) => Path.Combine(_outside, name);

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    // tlog-tiles, Log entries: each with its length before it, in 2 bytes, big-endian; a fixed width of names keeps the order.
    private static List<byte[]> EntriesOf(string tree)
    {
        var entries = new List<byte[]>();
        foreach (var bundle in Directory.GetFiles(Path.Combine(tree, "tile", "entries"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(bundle);
            for (var at = 0; at < bytes.Length;)
            {
                var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
                entries.Add(bytes[(at + 2)..end]);
                at = end;
            }
        }

        return entries;
    }
}
