using System.Collections.Immutable;
using System.CommandLine;
using Tansiq.Geo.Text;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;
using Tansiq.Record.Proofs;
using Tansiq.Record.Tiles;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record verify</c>: says line by line what of a record holds and what does not.</summary>
internal sealed class VerifyCommand
{
    private const string Name = "tansiq record verify";

    private readonly Argument<string?> _place = new("DIR|FOLDER|ADDRESS") { Description = "A record's folder, a folder of tiles, or an address.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _logKey = new("--log-key") { Description = "The log's verifier key (name+hash+key), or a file with it." };
    private readonly Option<string[]> _witnesses = new("--witness") { Description = "A witness's verifier key, or a file with some: each has to have cosigned.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _authors = new("--author") { Description = "With --proof: keys by one of which the statement has to be signed.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _proof = new("--proof") { Description = "Verify this proof of one statement and nothing else." };
    private readonly Option<string?> _statement = new("--statement") { Description = "With --proof: the statement as it is signed." };
    private readonly Option<bool> _situation = new("--situation") { Description = "Fold the situation too and tell its digest, to be compared with another centre's." };
    private readonly Option<long> _from = new("--from") { Description = "Verify signatures from this entry on; hashes are verified all the same." };
    private readonly Option<string?> _earlier = new("--earlier") { Description = "A checkpoint that is known from before, as a file: what is shown has to continue it." };
    private readonly Option<string?> _evidence = new("--evidence") { Description = "Write what shows that something does not hold into this folder." };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON (docs/formats/record-verify.md)." };

    private VerifyCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var verify = new VerifyCommand();
        var command = new Command("verify", "Verify a whole record, or one statement with its proof, offline. Exit code 0 where all holds, 3 where something does not.")
        {
            verify._place, verify._logKey, verify._witnesses, verify._authors, verify._proof, verify._statement, verify._situation, verify._from,
            verify._earlier, verify._evidence, verify._json,
        };
        verify._from.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<long>() < 0) option.AddError("--from takes an index from 0 on.");
        });
        command.SetAction(result => RecordCommand.Run(result, result.GetValue(verify._place) ?? Name, stop => verify.Run(result, stop)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        Refusal? refusal;
        if (result.GetValue(_proof) is { } proof) return VerifyProof(result, proof).TryGet(out var exit, out refusal) ? exit : ExitCode.Refuse(error, Name, refusal);
        if (result.GetValue(_place) is not { } text) return ExitCode.Refuse(error, Name, new("cli.usage", "", "nothing", "a record, or --proof"));
        if (!Settings(result).TryGet(out var settings, out refusal)) return ExitCode.Refuse(error, Name, refusal);
        if (!RecordPlace.Open(text).TryGet(out var place, out refusal)) return ExitCode.Refuse(error, text, refusal);
        using (place)
        using (var progress = EntryProgress.Where(error, place.Store?.Size))
        {
            if (!RecordCheck.Run(place, settings, progress, stop).TryGet(out var found, out refusal)) return ExitCode.Refuse(error, text, refusal);
            if (found.Broken is { } broken && result.GetValue(_evidence) is { } folder) EvidenceFiles.Write(folder, broken.Evidence);
            return found.Findings.Write(result.InvocationConfiguration.Output, result.GetValue(_json));
        }
    }

    private Parsed<RecordCheckSettings> Settings(ParseResult result)
    {
        VerifierKey? logKey = null;
        if (result.GetValue(_logKey) is { } text && !TrustedKeys.One("--log-key", text, SignatureType.Ed25519).TryGet(out logKey, out var refusal)) return refusal;
        if (!Keys(result, _witnesses, SignatureType.Cosignature).TryGet(out var witnesses, out refusal)) return refusal;
        ReadOnlyMemory<byte>? earlier = null;
        if (result.GetValue(_earlier) is { } path)
        {
            if (!InputFile.Read(path, NoteLimits.MaximumBytes).TryGet(out var note, out refusal)) return refusal.Under(path);
            earlier = note;
        }

        return new RecordCheckSettings
        {
            LogKey = logKey,
            Witnesses = witnesses,
            FoldsSituation = result.GetValue(_situation),
            SignaturesFrom = result.GetValue(_from),
            Earlier = earlier,
        };
    }

    private Parsed<int> VerifyProof(ParseResult result, string proof)
    {
        if (result.GetValue(_place) is { } place) return new Refusal("cli.usage", "", JsonText.Shorten(place), "--proof without a record");
        if (result.GetValue(_statement) is not { } statement) return new Refusal("cli.usage", "--statement", "nothing", "the statement that the proof is of");
        if (result.GetValue(_logKey) is not { } log) return new Refusal("cli.usage", "--log-key", "nothing", "the log's key");
        if (!TrustedKeys.One("--log-key", log, SignatureType.Ed25519).TryGet(out var logKey, out var refusal)) return refusal;
        if (!Keys(result, _witnesses, SignatureType.Cosignature).TryGet(out var witnesses, out refusal)) return refusal;
        if (!Keys(result, _authors, SignatureType.Ed25519).TryGet(out var authors, out refusal)) return refusal;
        if (!InputFile.Read(proof, RecordProof.MaximumBytes).TryGet(out var proofBytes, out refusal)) return refusal.Under(proof);
        if (!InputFile.Read(statement, EntryBundle.MaximumEntryBytes).TryGet(out var entry, out refusal)) return refusal.Under(statement);
        return ProofFiles.Check(proofBytes, entry, logKey, witnesses, authors).Write(result.InvocationConfiguration.Output, result.GetValue(_json));
    }

    // A party's file of public keys has its keys of every kind; those of the kind that is asked for count.
    private static Parsed<ImmutableArray<VerifierKey>> Keys(ParseResult result, Option<string[]> option, SignatureType type)
    {
        var texts = result.GetValue(option) ?? [];
        if (!TrustedKeys.Read(option.Name, texts).TryGet(out var keys, out var refusal)) return refusal;
        ImmutableArray<VerifierKey> fitting = [.. keys.Where(key => key.Type == type).Distinct()];
        return texts.Length == 0 || fitting.Length > 0 ? fitting : new Refusal("record.key-malformed", option.Name, "no key of this kind", $"keys of type 0x{(byte)type:x2}");
    }
}
