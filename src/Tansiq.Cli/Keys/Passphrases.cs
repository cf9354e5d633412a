using System.Text;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Keys;

/// <summary>Where a passphrase comes from: a file, or the person at the terminal. Never an argument, which others on the machine can see.</summary>
internal static class Passphrases
{
    /// <summary>The most bytes of a passphrase.</summary>
    public const int MaximumBytes = 1_024;

    /// <summary>The passphrase of a file that only its owner reads: its text without the last newline.</summary>
    public static Parsed<string> FromFile(string path)
    {
        if (!PrivateFile.Read(path, MaximumBytes).TryGet(out var bytes, out var refusal)) return refusal;
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span)) return new Refusal("key.passphrase", "", "bytes that are not UTF-8", "a passphrase");
        var text = Encoding.UTF8.GetString(bytes.Span);
        var passphrase = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        return passphrase.Length > 0 ? passphrase : new Refusal("key.passphrase", "", "an empty file", "a passphrase");
    }

    /// <summary>Asks the person at the terminal, without showing what is typed; null where there is no terminal, or nothing is typed.</summary>
    public static string? Ask(string question)
    {
        if (!IsTerminal) return null;
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.Length == 0 ? null : typed.ToString();
    }

    /// <summary>A passphrase for new keys, asked twice; null for none.</summary>
    public static Parsed<string?> AskForNew()
    {
        var first = Ask("Passphrase for the new keys (empty for none): ");
        if (first is null) return (string?)null;
        return Ask("The same again: ") == first ? first : new Refusal("key.passphrase", "", "another one the second time", "the same passphrase twice");
    }

    private static bool IsTerminal => !Console.IsInputRedirected && !Console.IsErrorRedirected;
}
