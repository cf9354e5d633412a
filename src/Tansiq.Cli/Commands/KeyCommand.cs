using System.CommandLine;
using Tansiq.Cli.Importing;
using Tansiq.Cli.Keys;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq key new</c>, <c>key show</c> and <c>key endorse</c>: the private keys of a node.</summary>
internal sealed class KeyCommand
{
    private readonly Option<string> _name = new("--name") { Description = "The node's name, such as us.centre.example.", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The folder to make; it must not exist, or be empty.", Required = true };
    private readonly Option<string?> _log = new("--log") { Description = "Also the key of a log of this origin, for an office." };
    private readonly Option<string?> _passphraseFile = new("--passphrase-file") { Description = "A file with the passphrase that the keys lie under; asked for on a terminal otherwise." };
    private readonly Argument<string> _file = new("FILE") { Description = "The file of a private key." };

    private KeyCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var key = new KeyCommand();
        var create = new Command("new", "Make the keys of a node: for statements, as a witness, for recovery, and of a log.") { key._name, key._out, key._log, key._passphraseFile };
        create.SetAction(key.New);
        var show = new Command("show", "Print the public key of a private key's file, and its fingerprint.") { key._file };
        show.SetAction(key.Show);
        return new("key", "Make and show private keys; endorse a change of keys.") { create, show, Recording.EndorseCommand.Create() };
    }

    private int New(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var folder = result.GetRequiredValue(_out);
        if (NewFolder.WhyNot(folder) is { } refusal) return ExitCode.Refuse(error, folder, refusal);
        var passphraseFile = result.GetValue(_passphraseFile);
        if (!Passphrase(passphraseFile).TryGet(out var passphrase, out refusal)) return ExitCode.Refuse(error, passphraseFile ?? "passphrase", refusal);
        try
        {
            if (!NewKeys.Write(folder, NewKeys.Of(result.GetRequiredValue(_name), result.GetValue(_log)), passphrase).TryGet(out var keys, out refusal)) return ExitCode.Refuse(error, folder, refusal);
            output.Write(NewKeys.Text(keys));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ExitCode.Refuse(error, folder, new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be written"));
        }

        output.WriteLine(passphrase is null ? "The keys lie under no passphrase: whoever reads the files signs as this node." : "The keys lie under the passphrase.");
        output.WriteLine("Take recovery.key offline. Others compare the fingerprints with you by another way than the keys came.");
        return ExitCode.Done;
    }

    private int Show(ParseResult result)
    {
        var path = result.GetRequiredValue(_file);
        var configuration = result.InvocationConfiguration;
        if (!KeyFiles.Read(path).TryGet(out var file, out var refusal)) return ExitCode.Refuse(configuration.Error, path, refusal);
        configuration.Output.WriteLine(file.Verifier);
        configuration.Output.WriteLine(file.Verifier.Fingerprint());
        return ExitCode.Done;
    }

    private static Parsed<string?> Passphrase(string? path)
    {
        if (path is null) return Passphrases.AskForNew();
        return Passphrases.FromFile(path).TryGet(out var passphrase, out var refusal) ? passphrase : refusal;
    }
}
