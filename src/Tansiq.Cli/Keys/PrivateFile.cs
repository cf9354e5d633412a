using Tansiq.Geo.Text;

namespace Tansiq.Cli.Keys;

/// <summary>Files that nobody but their owner reads or writes.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads a file that is no link and that group and others may not touch; the mode is the one of the file that is read.</summary>
    /// <returns>The bytes, <c>key.missing</c>, <c>key.not-private</c> or <c>key.unreadable</c>.</returns>
    public static Parsed<ReadOnlyMemory<byte>> Read(string path, int maximumBytes)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null) return new Refusal("key.not-private", "", "a link", "a file that only its owner reads");
            if (!file.Exists) return new Refusal("key.missing", "", Directory.Exists(path) ? "a folder" : "nothing", "the file of a private key");
            using var stream = file.OpenRead();
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != UnixFileMode.None)
                return new Refusal("key.not-private", "", "a file that group or others may read", "a file that only its owner reads (chmod 600)");
            var bytes = new byte[maximumBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= maximumBytes
                ? (ReadOnlyMemory<byte>)bytes.AsMemory(0, length)
                : new Refusal("key.unreadable", "", "more bytes", FormattableString.Invariant($"at most {maximumBytes} bytes"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Refusal("key.unreadable", "", JsonText.Shorten(exception.Message), "a file that can be read");
        }
    }

    /// <summary>Writes a new file, flushed to the disk; never over another one.</summary>
    /// <exception cref="IOException">There is such a file, or it can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public static void Create(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Owner;
        using var stream = new FileStream(path, options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
