using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Sqlite;

/// <summary>
/// The right to write a record: a file beside it, opened by one process alone. The kernel gives it back when that process ends, however it
/// ends; so the file stays and says nothing by being there. Who holds it stands in a second file, which can be read while the first is locked.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a record.</summary>
    /// <returns>The lock, or <see cref="RecordFaults.Locked"/> with the process that has it.</returns>
    /// <exception cref="RecordStoreException">The file can't be made.</exception>
    public static Checked<WriterLock> Take(string path)
    {
        var lockPath = path + ".lock";
        try
        {
            var held = new WriterLock(new(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            SayWho(path);
            return held;
        }
        catch (IOException) when (File.Exists(lockPath) && IsHeld(lockPath))
        {
            return new Fault(RecordFaults.Locked, path, $"process {Holder(path)} writes it", "nobody who writes it");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecordStoreException($"{lockPath}: {failure.Message}", isFull: false, failure);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string HolderPath(string path) => path + ".writer";

    // Tells a lock from a failing disk: the same file opens to nobody else while it is held.
    private static bool IsHeld(string lockPath)
    {
        try
        {
            using var file = new FileStream(lockPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    // Only told to people: on a full disk the record opens all the same.
    private static void SayWho(string path)
    {
        try
        {
            File.WriteAllText(HolderPath(path), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        }
        catch (IOException)
        {
            return;
        }
    }

    private static string Holder(string path)
    {
        try
        {
            using var file = new StreamReader(HolderPath(path));
            return file.ReadLine() is { Length: > 0 and <= 20 } holder && holder.All(char.IsAsciiDigit) ? holder : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
