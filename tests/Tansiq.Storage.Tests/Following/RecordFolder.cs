using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Tests.Following;

/// <summary>A record as files, to be damaged; it goes with its test.</summary>
internal sealed class RecordFolder : IDisposable
{
    public RecordFolder(IRecordStore store) => RecordExport.Write(store, Path).Fault?.ShouldBeNull();

    public string Path { get; } = Directory.CreateTempSubdirectory("tansiq-record-folder-").FullName;

    public FolderSource Source => new(Path);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string File(Tile tile) => File(tile.Path());

    /// <summary>Changes one bit of a file.</summary>
    public RecordFolder Flip(string name, int at, byte mask = 1)
    {
        var bytes = System.IO.File.ReadAllBytes(File(name));
        bytes[at < 0 ? bytes.Length + at : at] ^= mask;
        System.IO.File.WriteAllBytes(File(name), bytes);
        return this;
    }

    /// <summary>Cuts a file.</summary>
    public RecordFolder Truncate(string name, int length)
    {
        System.IO.File.WriteAllBytes(File(name), System.IO.File.ReadAllBytes(File(name))[..length]);
        return this;
    }

    public RecordFolder Delete(string name)
    {
        System.IO.File.Delete(File(name));
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
