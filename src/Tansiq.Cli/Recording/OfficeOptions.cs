using System.CommandLine;
using System.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Recording;

/// <summary>The options of commands that write a record as its office: keys, their passphrase, and in an exercise the clock.</summary>
internal sealed class OfficeOptions
{
    private const int MaximumPassphraseBytes = 4_096;

    private readonly Option<string> _officeKeys = new("--office-key") { Description = "The office's folder of keys: log.key, statement.key, public.txt.", Required = true };
    private readonly Option<string?> _passphrase = new("--passphrase-file") { Description = "A file with the passphrase of the keys; else it is asked on a terminal." };
    private readonly Option<string?> _clock = new("--clock") { Description = "In an exercise: the office's clock stands at this instant." };

    /// <summary>The office's folder of keys.</summary>
    public string Folder(ParseResult result) => result.GetRequiredValue(_officeKeys);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_officeKeys);
        command.Options.Add(_passphrase);
        command.Options.Add(_clock);
    }

    /// <summary>The office's keys.</summary>
    public Parsed<OfficeKeys> Keys(ParseResult result) => OfficeKeys.Load(Folder(result), () => Passphrase(result));

    /// <summary>The passphrase from its file or the terminal; null where there is neither.</summary>
    public string? Passphrase(ParseResult result)
    {
        if (result.GetValue(_passphrase) is { } path)
            return InputFile.Read(path, MaximumPassphraseBytes).TryGet(out var bytes, out _) ? Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n', '\r') : null;
        return Console.IsInputRedirected || !ReferenceEquals(result.InvocationConfiguration.Error, Console.Error) ? null : Asked();
    }

    /// <summary>The office's clock: the machine's, or in an exercise the one that was given.</summary>
    public Parsed<OfficeClock> Clock(ParseResult result, RecordKind kind) => OfficeClock.Of(result.GetValue(_clock), kind);

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
