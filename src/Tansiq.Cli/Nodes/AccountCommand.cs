using System.CommandLine;
using NodaTime;
using Tansiq.Cli.Keys;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Flights;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Audit;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;
using Tansiq.Storage.Private;

namespace Tansiq.Cli.Nodes;

/// <summary><c>tansiq account add</c>: makes an account on the node's own machine, such as the first, which keeps the others.</summary>
internal sealed class AccountCommand
{
    private readonly Argument<string> _officer = new("OFFICER") { Description = "The officer's pseudonym, as it may stand on the record." };
    private readonly Option<string> _node = new("--node") { Description = "The node's folder, or its file of settings.", Required = true };
    private readonly Option<string[]> _roles = new("--role") { Description = "A role: watch, release, consent, command, liaison, office-desk.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _party = new("--party") { Description = "Whose officer it is; the node's own party where it is left out." };
    private readonly Option<bool> _administers = new("--administers") { Description = "Keeps accounts and reads the audit log." };
    private readonly Option<string?> _passphraseFile = new("--passphrase-file") { Description = "A file with the passphrase; asked for on a terminal otherwise." };

    private AccountCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var account = new AccountCommand();
        var add = new Command("add", "Make an account, whether the node runs or not.")
        {
            account._officer, account._node, account._roles, account._party, account._administers, account._passphraseFile,
        };
        add.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(account._node), _ => account.Add(result)));
        return new("account", "The accounts of a node's officers; all but the first are kept through the node itself.") { add };
    }

    private int Add(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var path = result.GetRequiredValue(_node);
        if (!NodeFolder.Read(path).TryGet(out var config, out var refusal)) return ExitCode.Refuse(error, path, refusal);
        var passphraseFile = result.GetValue(_passphraseFile);
        if (!Account(result, config).TryGet(out var account, out refusal)) return ExitCode.Refuse(error, "account", refusal);
        if (!Passphrase(passphraseFile).TryGet(out var passphrase, out refusal)) return ExitCode.Refuse(error, passphraseFile ?? "passphrase", refusal);
        Directory.CreateDirectory(config.DataFolder);
        using var database = PrivateDatabase.Open(Path.Combine(config.DataFolder, NodeRuntime.PrivateName), Accounts.Schemas);
        var accounts = new Accounts(database, new AuditLog(database, SystemClock.Instance), SystemClock.Instance, new AccountSettings());
        // Whoever types it at the terminal chose it; what a file holds somebody else may have written.
        if (!accounts.Add(account, passphrase, isOwn: passphraseFile is null, AuditActor.Console).TryGet(out _, out refusal)) return ExitCode.Refuse(error, account.Officer, refusal);
        output.WriteLine(ExitCode.OneLine($"{config.Name}: account {account.Officer}{(account.Administers ? ", which keeps the others" : "")}"));
        if (passphraseFile is not null) output.WriteLine("The passphrase is good for setting another one, and for nothing else.");
        return ExitCode.Done;
    }

    private Parsed<OfficerAccount> Account(ParseResult result, NodeConfig config)
    {
        var officer = result.GetRequiredValue(_officer);
        if (!JsonCursor.IsIdentifier(officer)) return new Refusal("account.officer", "", JsonText.Shorten(officer), "an identifier (1 to 64 of A-Z a-z 0-9 - _ . : /)");
        var party = result.GetValue(_party) ?? config.Party.Value;
        if (!JsonCursor.IsIdentifier(party)) return new Refusal("account.party", "--party", JsonText.Shorten(party), "the identifier of a party");
        var roles = new List<OfficerRole>();
        foreach (var word in result.GetValue(_roles) ?? [])
        {
            var known = Enum.GetValues<OfficerRole>().Where(role => NoticeWords.Word(role) == word).ToList();
            if (known.Count == 0) return new Refusal("account.role", "--role", JsonText.Shorten(word), "one of " + string.Join(", ", Enum.GetValues<OfficerRole>().Select(NoticeWords.Word)));
            roles.AddRange(known);
        }

        return new OfficerAccount { Officer = officer, Home = new(party), Roles = [.. roles], Administers = result.GetValue(_administers), Person = "", Telephone = "" };
    }

    private static Parsed<string> Passphrase(string? file)
    {
        if (file is not null) return Passphrases.FromFile(file);
        var missing = new Refusal("key.passphrase", "", "none", "a passphrase typed twice, or --passphrase-file");
        if (Passphrases.Ask("Passphrase of the account: ") is not { } first) return missing;
        return Passphrases.Ask("The same again: ") == first ? first : missing;
    }
}
