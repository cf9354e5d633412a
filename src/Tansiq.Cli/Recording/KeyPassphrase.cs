using System.CommandLine;
using Tansiq.Cli.Keys;

namespace Tansiq.Cli.Recording;

/// <summary>Where the passphrase of a key comes from: a file, or a terminal.</summary>
internal static class KeyPassphrase
{
    /// <summary>The passphrase; null where there is no file that can be read and no terminal.</summary>
    public static string? Of(ParseResult result, Option<string?> file)
    {
        if (result.GetValue(file) is { } path) return Passphrases.FromFile(path).TryGet(out var passphrase, out _) ? passphrase : null;
        return ReferenceEquals(result.InvocationConfiguration.Error, Console.Error) ? Passphrases.Ask("Passphrase: ") : null;
    }
}
