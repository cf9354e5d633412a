using System.Diagnostics;
using System.Globalization;

namespace Tansiq.Fault.Tests.Disk;

/// <summary>How a write, truncation or sync fails.</summary>
internal enum Failure
{
    /// <summary>It was not performed.</summary>
    Lost,

    /// <summary>It was performed, and yet reported as failed.</summary>
    Done,
}

/// <summary>A folder on a disk that can lose its power, fail and run full: what a program under tests/faults/unsynced.c sees.</summary>
internal sealed class FaultyDisk : IDisposable
{
    private static readonly Lazy<string?> Library = new(Build);
    private readonly string _outside = Directory.CreateTempSubdirectory("tansiq-fault-").FullName;
    private Dictionary<string, byte[]> _before;

    /// <summary>Watches a folder from now on; what it holds is on the disk. Skips the test where there is no C compiler.</summary>
    public FaultyDisk(string folder)
    {
        if (Library.Value is null) Assert.Skip("gcc is not installed (Debian packages gcc and libc6-dev).");
        Folder = folder;
        _before = PowerLoss.FilesOf(folder);
    }

    /// <summary>The watched folder.</summary>
    public string Folder { get; }

    /// <summary>The disk answers syncs with success and does nothing.</summary>
    public bool Lies { get; init; }

    /// <summary>While true, nothing that needs another block can be written.</summary>
    public bool IsFull
    {
        get => File.Exists(FullMark);
        set
        {
            if (value) File.WriteAllText(FullMark, "");
            else File.Delete(FullMark);
        }
    }

    private string Journal => Path.Combine(_outside, "journal");

    private string FullMark => Path.Combine(_outside, "full");

    /// <summary>The environment of a program that uses the folder.</summary>
    /// <param name="failAt">The number, from 1, of the write, truncation or sync that fails; 0 for none.</param>
    /// <param name="failure">How it fails.</param>
    public Dictionary<string, string> Environment(int failAt = 0, Failure failure = Failure.Lost)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = Library.Value!,
            ["TANSIQ_FAULT_DIR"] = Folder,
            ["TANSIQ_FAULT_JOURNAL"] = Journal,
            ["TANSIQ_FAULT_FULL"] = FullMark,
        };
        if (Lies) environment["TANSIQ_FAULT_NO_SYNC"] = "1";
        if (failAt == 0) return environment;
        environment["TANSIQ_FAULT_FAIL_AT"] = failAt.ToString(CultureInfo.InvariantCulture);
        environment["TANSIQ_FAULT_FAIL"] = failure == Failure.Lost ? "lost" : "done";
        return environment;
    }

    /// <summary>What programs did to the folder since it was watched or lost its power.</summary>
    public List<DiskOperation> Operations() => File.Exists(Journal) ? DiskJournal.Read(Journal) : [];

    /// <summary>Takes the power away: what was not synced is lost, or what chance takes of it.</summary>
    public void LosePower(Random? chance)
    {
        PowerLoss.Strike(Folder, _before, Operations(), chance);
        File.Delete(Journal);
        _before = PowerLoss.FilesOf(Folder);
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    private static string? Build()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "unsynced.c");
        var library = Path.Combine(TemporaryFolder.UntilExit("tansiq-unsynced-"), "unsynced.so");
        var start = new ProcessStartInfo("gcc", ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-o", library, source]);
        try
        {
            using var compiler = Process.Start(start)!;
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? library : throw new InvalidOperationException("gcc does not build unsynced.c; see its standard error.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
