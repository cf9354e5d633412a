using System.CommandLine;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;

namespace Tansiq.Cli.Nodes.Joining;

/// <summary>What the commands of joining have in common: the node, and the fingerprint that somebody read out.</summary>
internal static class JoinOptions
{
    /// <summary>The node's folder.</summary>
    public static Option<string> Node() => new("--node") { Description = "The node's folder, as tansiq init made it.", Required = true };

    /// <summary>The fingerprint.</summary>
    public static Option<string?> Fingerprint() => new("--fingerprint") { Description = "The fingerprint of the founding as it was read out: all 64 digits. Any other is refused." };

    /// <summary>Reads founding and settings, and compares the fingerprint where one is given.</summary>
    public static Parsed<(TrustedFounding Founding, NodeConfig Config)> Read(ParseResult result, Argument<string> file, Option<string> node, Option<string?> fingerprint)
    {
        if (!JoinCommand.Load(result.GetRequiredValue(file)).TryGet(out var founding, out var refusal)) return refusal;
        if (result.GetValue(fingerprint) is { } told && !SpokenFingerprint.IsOf(told, founding.Text.Span))
            return new Refusal("join.other-fingerprint", "--fingerprint", JsonText.Shorten(told), SpokenFingerprint.Digits(founding.Text.Span));
        return NodeFolder.Read(result.GetRequiredValue(node)).TryGet(out var config, out refusal) ? (founding, config) : refusal.Under(result.GetRequiredValue(node) + " ");
    }
}
