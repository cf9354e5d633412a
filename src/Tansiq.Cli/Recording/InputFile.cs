using Tansiq.Geo.Text;

namespace Tansiq.Cli.Recording;

/// <summary>Reads small files whole, bounded.</summary>
internal static class InputFile
{
    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Reads a file, or standard input under the name <c>-</c>.</summary>
    /// <returns>Its bytes; or <c>cli.cannot-read</c>, <c>cli.file-too-large</c>.</returns>
    public static Parsed<ReadOnlyMemory<byte>> Read(string path, int maximumBytes)
    {
        try
        {
            using var stream = path == StandardInput ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            var buffer = new byte[8_192];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > maximumBytes) return new Refusal("cli.file-too-large", "", "more bytes", FormattableString.Invariant($"at most {maximumBytes} bytes"));
            }

            return (ReadOnlyMemory<byte>)bytes.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Refusal("cli.cannot-read", "", JsonText.Shorten(exception.Message), "a file that can be read");
        }
    }
}
