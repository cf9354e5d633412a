using System.Globalization;
using System.Text;
using NodaTime;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes;

/// <summary>What a new node's settings say.</summary>
internal sealed record NewNodeSettings(NodeRole Role, string Party, string Name, IReadOnlyList<string> Listen)
{
    /// <summary>The other nodes, as party and address.</summary>
    public IReadOnlyList<(string Party, string Address)> Peers { get; init; } = [];

    /// <summary>The file with the passphrase of the keys; null where they lie under none.</summary>
    public string? PassphraseFile { get; init; }

    /// <summary>The certificate and its key; null for plain HTTP on loopback.</summary>
    public (string Certificate, string? Key)? Tls { get; init; }

    /// <summary>What is added to the machine's clock in an exercise.</summary>
    public Duration ClockOffset { get; init; }

    /// <summary>Further lines for the end.</summary>
    public string More { get; init; } = "";
}

/// <summary>Writes the settings of a new node, with what each is for beside it.</summary>
internal static class NodeConfigText
{
    /// <summary>The file's text.</summary>
    public static string Write(NewNodeSettings settings)
    {
        var text = new StringBuilder(2_048);
        text.Append(CultureInfo.InvariantCulture, $"""
            # How this node runs (docs/formats/node-config.md). Paths count from this file's folder. No secret stands here.

            [node]
            role = {Quoted(settings.Role.ToString().ToLowerInvariant())}    # office, centre or observer
            party = {Quoted(settings.Party)}    # for whom it speaks, as the founding names it
            name = {Quoted(settings.Name)}    # under which other nodes call it
            data = "{NodeFolder.DataName}"    # record and private database
            founding = "{NodeFolder.FoundingName}"    # put there by: tansiq join trust (at the office: join begin)

            [listen]
            # Plain HTTP is for this machine alone; on any other address a certificate has to be named.
            addresses = [{string.Join(", ", settings.Listen.Select(Quoted))}]

            """);
        if (settings.Tls is var (certificate, key)) text.Append(CultureInfo.InvariantCulture, $"certificate = {Quoted(certificate)}\n{(key is null ? "" : $"certificate-key = {Quoted(key)}\n")}");
        else text.Append("# certificate = \"tls/chain.pem\"\n# certificate-key = \"tls/key.pem\"\n");
        text.Append(CultureInfo.InvariantCulture, $"\n[keys]\nfolder = \"{NodeFolder.KeysName}\"\n");
        text.Append(settings.PassphraseFile is { } file ? $"passphrase-file = {Quoted(file)}\n" : "# passphrase-file = \"/run/secrets/tansiq\"    # or passphrase-variable = \"TANSIQ_PASSPHRASE\"\n");
        text.Append("\n# The other nodes: the office, and every other centre.\n");
        if (settings.Peers.Count == 0) text.Append("# [[peer]]\n# party = \"office\"\n# address = \"https://office.example:8443\"\n");
        foreach (var (party, address) in settings.Peers) text.Append(CultureInfo.InvariantCulture, $"[[peer]]\nparty = {Quoted(party)}\naddress = {Quoted(address)}\n\n");
        if (settings.ClockOffset != Duration.Zero) text.Append(CultureInfo.InvariantCulture, $"[exercise]\nclock-offset-seconds = {(long)settings.ClockOffset.TotalSeconds}    # the same on all nodes\n\n");
        else text.Append("\n# [exercise]\n# clock-offset-seconds = 0    # added to the machine's clock, the same on all nodes; on a record of kind exercise only\n\n");
        text.Append("# [sessions]\n# idle-minutes = 30\n# length-minutes = 780\n\n# [oidc]    # officers may log in with another organisation's accounts\n# issuer = \"https://accounts.example\"\n# client-id = \"tansiq\"\n# client-secret-file = \"/run/secrets/tansiq-oidc\"\n\n");
        text.Append("# [telemetry]\n# endpoint = \"http://127.0.0.1:4318\"    # OTLP over HTTP; nothing is sent without it\n\n[log]\nlevel = \"information\"    # debug, information, warning, error, none\n");
        return text.Append(settings.More).ToString();
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\') quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }
}
