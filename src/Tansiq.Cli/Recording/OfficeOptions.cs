using System.CommandLine;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Recording;

/// <summary>The options of commands that write a record as its office: keys, their passphrase, and in an exercise the clock.</summary>
internal sealed class OfficeOptions
{
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
    public string? Passphrase(ParseResult result) => KeyPassphrase.Of(result, _passphrase);

    /// <summary>The office's clock: the machine's, or in an exercise the one that was given.</summary>
    public Parsed<OfficeClock> Clock(ParseResult result, RecordKind kind) => OfficeClock.Of(result.GetValue(_clock), kind);
}
