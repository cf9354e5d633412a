using System.Globalization;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Scenarios;

/// <summary>Reads the bytes of one file, bounded; what stands in the way is refused, never thrown.</summary>
internal static class ScenarioFile
{
    /// <summary>The most bytes of one file.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>Reads a file of a folder, which must be a file itself and no link to one.</summary>
    public static Parsed<ReadOnlyMemory<byte>> ReadOwn(string directory, string name)
    {
        var file = new FileInfo(Path.Combine(directory, name));
        if (file.LinkTarget is not null) return new Refusal("scenario.not-a-file", "", "a link", "a file of the folder itself");
        return Read(file);
    }

    /// <summary>Reads a file.</summary>
    public static Parsed<ReadOnlyMemory<byte>> Read(FileInfo file)
    {
        if (Directory.Exists(file.FullName)) return new Refusal("scenario.not-a-file", "", "a folder", "a file");
        if (!file.Exists) return new Refusal("scenario.missing-file", "", "nothing", "a file");
        try
        {
            if (file.Length > MaximumBytes) return TooLarge(file.Length);
            using var stream = file.OpenRead();
            var bytes = new byte[file.Length + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length < bytes.Length
                ? (ReadOnlyMemory<byte>)bytes.AsMemory(0, length)
                : new Refusal("scenario.unreadable", "", "a file that grows", "a file that stays as it is");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Refusal("scenario.unreadable", "", JsonText.Shorten(exception.Message), "a file that can be read");
        }
    }

    private static Refusal TooLarge(long length) => new(
        "json.too-large",
        "",
        string.Create(CultureInfo.InvariantCulture, $"{length} bytes"),
        string.Create(CultureInfo.InvariantCulture, $"at most {MaximumBytes} bytes"));
}
