using System.CommandLine;
using System.Text;

namespace Tansiq.Cli.Recording;

/// <summary>Where the passphrase of a key comes from: a file, or a terminal.</summary>
internal static class KeyPassphrase
{
    private const int MaximumBytes = 4_096;

    /// <summary>The passphrase; null where there is no file and no terminal.</summary>
    public static string? Of(ParseResult result, Option<string?> file)
    {
        if (result.GetValue(file) is { } path)
            return InputFile.Read(path, MaximumBytes).TryGet(out var bytes, out _) ? Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n', '\r') : null;
        return Console.IsInputRedirected || !ReferenceEquals(result.InvocationConfiguration.Error, Console.Error) ? null : Asked();
    }

    private static string Asked()
    {
        Console.Error.Write("Passphrase: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0') typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
