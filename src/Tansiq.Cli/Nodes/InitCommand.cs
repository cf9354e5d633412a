using System.CommandLine;
using System.Globalization;
using NodaTime;
using Tansiq.Cli.Keys;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes;

/// <summary><c>tansiq init DIR</c>: makes a node's folder.</summary>
internal sealed class InitCommand
{
    private const string DefaultAddress = "http://127.0.0.1:8400";

    private readonly Argument<string> _folder = new("DIR") { Description = "The folder to make; nothing may be in it yet." };
    private readonly Option<string> _role = new("--role") { Description = "office, centre or observer.", Required = true };
    private readonly Option<string> _party = new("--party") { Description = "For whom it speaks, as the scenario names it.", Required = true };
    private readonly Option<string> _name = new("--name") { Description = "The name under which other nodes call it, such as us.centre.example.", Required = true };
    private readonly Option<string[]> _listen = new("--listen") { Description = $"Where it is served; {DefaultAddress} if not given.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _peers = new("--peer") { Description = "PARTY=ADDRESS of each other node.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _log = new("--log") { Description = "An office's: the origin of its log; its name and /record if not given." };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "The certificate for TLS: PEM, or PKCS #12." };
    private readonly Option<string?> _certificateKey = new("--certificate-key") { Description = "The PEM file of its private key." };
    private readonly Option<string?> _passphrase = new("--passphrase-file") { Description = "A file with the passphrase that the keys lie under; asked for on a terminal otherwise." };
    private readonly Option<long> _offset = new("--clock-offset-seconds") { Description = "In an exercise: what is added to the machine's clock, the same on all nodes." };

    private InitCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var init = new InitCommand();
        var command = new Command("init", "Make a node: its keys, its settings, and the invitation that people carry to the office.")
        {
            init._folder, init._role, init._party, init._name, init._listen, init._peers, init._log, init._certificate, init._certificateKey, init._passphrase, init._offset,
        };
        command.SetAction(result => Recording.RecordCommand.Run(result, result.GetRequiredValue(init._folder), _ => init.Run(result)));
        return command;
    }

    private int Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var folder = result.GetRequiredValue(_folder);
        if (!Settings(result).TryGet(out var settings, out var refusal)) return ExitCode.Refuse(error, "tansiq init", refusal);
        if (!Passphrase(result).TryGet(out var passphrase, out refusal)) return ExitCode.Refuse(error, "tansiq init", refusal);
        var origin = settings.Role == NodeRole.Office ? result.GetValue(_log) ?? settings.Name + "/record" : null;
        if (!NewNode.Make(folder, settings, origin, passphrase).TryGet(out var invitation, out refusal)) return ExitCode.Refuse(error, folder, refusal);
        var node = new NodeFolder(folder);
        output.WriteLine(ExitCode.OneLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {settings.Role.ToString().ToLowerInvariant()} of {settings.Party}, {settings.Name}; settings in {node.Config}")));
        output.WriteLine(ExitCode.OneLine($"{node.Invitation}: carry it to the office; its fingerprint, to be read to each other:"));
        output.Write(SpokenFingerprint.Lines(invitation.ToJson()));
        return ExitCode.Done;
    }

    private Parsed<NewNodeSettings> Settings(ParseResult result)
    {
        var role = result.GetRequiredValue(_role);
        if (!Enum.TryParse<NodeRole>(role, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed) || char.IsAsciiDigit(role[0])) return new Refusal("cli.usage", "--role", JsonText.Shorten(role), "office, centre or observer");
        var peers = new List<(string, string)>();
        foreach (var text in result.GetValue(_peers) ?? [])
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2) return new Refusal("cli.usage", "--peer", JsonText.Shorten(text), "PARTY=ADDRESS, as office=https://office.example:8443");
            peers.Add((parts[0], parts[1]));
        }

        var certificate = result.GetValue(_certificate);
        return new NewNodeSettings(parsed, result.GetRequiredValue(_party), result.GetRequiredValue(_name), result.GetValue(_listen) is { Length: > 0 } listen ? listen : [DefaultAddress])
        {
            Peers = peers,
            PassphraseFile = result.GetValue(_passphrase) is { } file ? Path.GetFullPath(file) : null,
            Tls = certificate is null ? null : (Path.GetFullPath(certificate), result.GetValue(_certificateKey) is { } key ? Path.GetFullPath(key) : null),
            ClockOffset = Duration.FromSeconds(result.GetValue(_offset)),
        };
    }

    private Parsed<string?> Passphrase(ParseResult result)
    {
        if (result.GetValue(_passphrase) is { } file) return Passphrases.FromFile(file).TryGet(out var passphrase, out var refusal) ? passphrase : refusal.Under(file);
        return ReferenceEquals(result.InvocationConfiguration.Error, Console.Error) ? Passphrases.AskForNew() : (string?)null;
    }
}
