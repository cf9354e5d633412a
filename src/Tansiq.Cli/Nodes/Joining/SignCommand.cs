using System.CommandLine;
using System.Text;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary><c>tansiq join sign</c>: a signatory signs the founding that it has read and compared.</summary>
internal static class SignCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FOUNDING") { Description = "The founding that join found made." };
        var node = JoinOptions.Node();
        var outFile = new Option<string>("--out") { Description = "The file with the signature, to be carried to the office.", Required = true };
        var fingerprint = JoinOptions.Fingerprint();
        var command = new Command("sign", "Sign a founding for a signatory, once its fingerprint has been compared.") { file, node, outFile, fingerprint };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(file), _ =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            if (!JoinOptions.Read(result, file, node, fingerprint).TryGet(out var read, out var refusal)) return ExitCode.Refuse(error, "tansiq join sign", refusal);
            if (!Sign(read.Founding, read.Config).TryGet(out var line, out refusal)) return ExitCode.Refuse(error, "tansiq join sign", refusal);
            var target = result.GetRequiredValue(outFile);
            using var written = AtomicFile.Begin(target);
            written.Stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
            written.Complete();
            JoinCommand.Write(output, result.GetRequiredValue(file), read.Founding);
            output.WriteLine(ExitCode.OneLine($"{target}: signed for {read.Config.Party}"));
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>The line of a node's party under a founding.</summary>
    public static Parsed<string> Sign(TrustedFounding founding, NodeConfig config)
    {
        if (!founding.Founding.Parties.ContainsKey(config.Party)) return new Refusal("join.no-signatory", "", config.Party.Value, "a signatory of this founding");
        if (!NodeSecrets.Keys(config).TryGet(out var keys, out var refusal)) return refusal;
        using (keys.Statement)
        using (keys.Cosigning)
        using (keys.Log)
        {
            if (OwnKeys.WhyNot(founding, config, keys) is { } other) return other;
            return FoundingSignature.Sign(founding.Hash, keys.Statement);
        }
    }
}

/// <summary>Whether a founding names a node's own keys, and no others in their place.</summary>
internal static class OwnKeys
{
    /// <summary>Why a founding is not one for this node; null where it is.</summary>
    public static Refusal? WhyNot(TrustedFounding founding, NodeConfig config, NodeKeys keys)
    {
        if (!founding.Keys.ByParty.TryGetValue(config.Party, out var named)) return new("parties.unknown-party", "", config.Party.Value, "a party of this founding");
        if (!named.Statement.Equals(keys.Statement.Verifier)) return new("join.other-key", "statement", named.Statement.ToString(), keys.Statement.Verifier.ToString());
        if (keys.Cosigning is { } cosigning && named.Witness?.Equals(cosigning.Verifier) != true) return new("join.other-key", "witness", named.Witness?.ToString() ?? "none", cosigning.Verifier.ToString());
        return keys.Log is { } log && !founding.Keys.Log.Equals(log.Verifier) ? new("join.other-key", "log", founding.Keys.Log.ToString(), log.Verifier.ToString()) : null;
    }
}
