using System.CommandLine;
using System.Text;
using Tansiq.Cli.Keys;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq key endorse</c>: the word of a recovery key or of another signatory for a change of keys (docs/formats/statements.md, Keys on the record).</summary>
internal sealed class EndorseCommand
{
    private readonly Option<string> _record = new("--record") { Description = "The record on which the key is changed.", Required = true };
    private readonly Option<string> _party = new("--party") { Description = "Whose key it is.", Required = true };
    private readonly Option<string?> _replaces = new("--replaces") { Description = "Which of its keys gets a successor: statement, witness or recovery." };
    private readonly Option<string?> _new = new("--new") { Description = "With --replaces: the new verifier key, or a file with it alone." };
    private readonly Option<string?> _revokes = new("--revokes") { Description = "Instead: the verifier key that is revoked, or a file with it alone." };
    private readonly Option<string> _signWith = new("--sign-with") { Description = "The file of the key that endorses.", Required = true };
    private readonly Option<string?> _passphraseFile = new("--passphrase-file") { Description = "A file with the passphrase of that key; else it is asked on a terminal." };

    private EndorseCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var endorse = new EndorseCommand();
        endorse._replaces.AcceptOnlyFromAmong("statement", "witness", "recovery");
        var command = new Command("endorse", "Print the signature line by which a change of keys is endorsed: it goes into the statement's endorsements.")
        {
            endorse._record, endorse._party, endorse._replaces, endorse._new, endorse._revokes, endorse._signWith, endorse._passphraseFile,
        };
        command.SetAction(result => RecordCommand.Run(result, "tansiq key endorse", stop => endorse.Run(result, stop)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (!Text(result, error, stop).TryGet(out var text, out var refusal)) return ExitCode.Refuse(error, "tansiq key endorse", refusal);
        var path = result.GetRequiredValue(_signWith);
        if (!KeyFiles.Load(path, () => KeyPassphrase.Of(result, _passphraseFile)).TryGet(out var key, out refusal)) return ExitCode.Refuse(error, path, refusal);
        using (key)
        {
            if (key.Verifier.Type != SignatureType.Ed25519) return ExitCode.Refuse(error, path, new("record.key-malformed", "", "a key that cosigns", "a statement key or a recovery key"));
            // Who endorses sees what: the text is shown, and only the line that goes into the statement is output.
            error.Write(Encoding.UTF8.GetString(text));
            output.WriteLine(KeyEndorsement.Sign(text, key));
        }

        return ExitCode.Done;
    }

    private Parsed<byte[]> Text(ParseResult result, TextWriter error, CancellationToken stop)
    {
        if (!RecordPlace.Open(result.GetRequiredValue(_record)).TryGet(out var place, out var refusal)) return refusal;
        using (place)
        {
            if (!RecordPicture.Open(place, error, stop).TryGet(out var picture, out refusal)) return refusal;
            var keys = picture.State.Situation.Keys;
            var party = new Id<Party>(result.GetRequiredValue(_party));
            return result.GetValue(_revokes) is { } revoked ? OfRevocation(result, keys, party, revoked) : OfRotation(result, keys, party);
        }
    }

    private Parsed<byte[]> OfRevocation(ParseResult result, PartyKeys keys, Id<Party> party, string revoked)
    {
        if (result.GetValue(_replaces) is not null || result.GetValue(_new) is not null) return new Refusal("cli.usage", "--revokes", "--replaces or --new too", "one of both");
        if (!Key("--revokes", revoked).TryGet(out var key, out var refusal)) return refusal;
        return keys.Find(key)?.Party == party
            ? KeyEndorsement.OfRevocation(keys.Record, party, key)
            : new Refusal("parties.key-unknown", "--revokes", key.Name, $"a key of {party} on this record");
    }

    private Parsed<byte[]> OfRotation(ParseResult result, PartyKeys keys, Id<Party> party)
    {
        if (result.GetValue(_replaces) is not { } word || result.GetValue(_new) is not { } text) return new Refusal("cli.usage", "--replaces", "nothing", "--replaces and --new, or --revokes");
        var role = word switch { "statement" => KeyRole.Statement, "witness" => KeyRole.Witness, _ => KeyRole.Recovery };
        if (!Key("--new", text).TryGet(out var key, out var refusal)) return refusal;
        return keys.LastOf(party, role) is { } old
            ? KeyEndorsement.OfRotation(keys.Record, party, role, old, key)
            : new Refusal("parties.key-unknown", "--party", party.Value, $"a party that has had a {word} key on this record");
    }

    private static Parsed<VerifierKey> Key(string option, string text)
    {
        if (!TrustedKeys.Read(option, [text]).TryGet(out var keys, out var refusal)) return refusal;
        return keys.Length == 1 ? keys[0] : new Refusal("record.key-malformed", option, $"{keys.Length} keys", "exactly one");
    }
}
