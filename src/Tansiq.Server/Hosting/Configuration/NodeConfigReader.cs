using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Hosting.Configuration;

/// <summary>Reads how a node runs from TOML (docs/formats/node-config.md). Every setting that is wrong or unknown is refused with its line.</summary>
public static class NodeConfigReader
{
    /// <summary>The most addresses, names or peers.</summary>
    public const int MaximumItems = 64;

    // A hundred years: the exercise of an agreement that is long past, or one to come.
    private const long GreatestOffsetSeconds = 100L * 366 * 86_400;

    private const string AddressForm = "an address to listen on, as \"http://127.0.0.1:8400\" or \"https://0.0.0.0:8443\"";

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folder">The folder to which paths are relative: the file's own.</param>
    /// <returns>The settings, or the first that is wrong.</returns>
    public static Parsed<NodeConfig> Read(string text, string folder)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(folder);
        if (!TomlSettings.Read(text).TryGet(out var settings, out var refusal)) return refusal;
        _ = settings.Table("");
        var node = settings.Table("node");
        var role = Word(node, "role", null, ("office", NodeRole.Office), ("centre", NodeRole.Centre), ("observer", NodeRole.Observer));
        var listen = settings.Table("listen");
        var keys = settings.Table("keys");
        var tls = Tls(listen, folder);
        var accounts = AccountsReader.Sessions(settings.Table("sessions"));
        var config = new NodeConfig
        {
            Role = role,
            Party = Identifier(node, "party"),
            Name = HostName(node, "name"),
            DataFolder = PathIn(folder, node.Text("data", "the folder of the record and the private database")),
            FoundingFile = Founding(node, role, folder),
            Listen = Addresses(listen, tls is not null),
            Tls = tls,
            OtherNames = [.. listen.Texts("names", MaximumItems, "a list of names")],
            KeysFolder = PathIn(folder, keys.Text("folder", "the folder of the node's keys")),
            Passphrase = Secret(keys, "passphrase", folder),
            Peers = Peers(settings, folder),
            Limits = LimitsReader.Read(settings.Table("limits")),
            SessionIdle = accounts.Idle,
            SessionLength = accounts.Length,
            Oidc = AccountsReader.Oidc(settings, folder),
            ClockOffset = Duration.FromSeconds(settings.Table("exercise").Integer("clock-offset-seconds", -GreatestOffsetSeconds, GreatestOffsetSeconds, 0)),
            Telemetry = Collector(settings.Table("telemetry")),
            LogLevel = Word(settings.Table("log"), "level", LogLevel.Information, ("debug", LogLevel.Debug), ("information", LogLevel.Information), ("warning", LogLevel.Warning), ("error", LogLevel.Error), ("none", LogLevel.None)),
        };
        settings.RefuseUnknown();
        return settings.Refusal is { } first ? first : config;
    }

    private static T Word<T>(TomlTable table, string name, T? byDefault, params (string Word, T Value)[] words)
        where T : struct
    {
        var expected = "one of " + string.Join(", ", words.Select(each => each.Word));
        var text = byDefault is null ? table.Text(name, expected) : table.OptionalText(name, expected);
        if (string.IsNullOrEmpty(text)) return byDefault ?? default;
        foreach (var (word, value) in words)
        {
            if (word == text) return value;
        }

        table.Refuse(name, text, expected);
        return default;
    }

    private static Id<Party> Identifier(TomlTable table, string name)
    {
        const string expected = "the identifier of a party of the founding";
        var text = table.Text(name, expected);
        if (JsonCursor.IsIdentifier(text)) return new(text);
        if (text.Length > 0) table.Refuse(name, text, expected);
        return Id<Party>.None;
    }

    private static string HostName(TomlTable table, string name)
    {
        const string expected = "the name under which other nodes call this one, as us.centre.example";
        var text = table.Text(name, expected);
        if (text.Length > 0 && (Uri.CheckHostName(text) is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6) || !KeyName.IsValid(text))) table.Refuse(name, text, expected);
        return text;
    }

    private static string? Founding(TomlTable table, NodeRole role, string folder)
    {
        const string expected = "the founding that the node trusts (tansiq join trust)";
        if (role == NodeRole.Office) return table.OptionalText("founding", expected) is { } own ? PathIn(folder, own) : null;
        return PathIn(folder, table.Text("founding", expected));
    }

    private static ImmutableArray<IPEndPoint> Addresses(TomlTable table, bool hasCertificate)
    {
        var texts = table.Texts("addresses", MaximumItems, $"a list with {AddressForm}");
        if (texts.Count == 0) table.Refuse("addresses", "config.missing", "nothing", $"a list with {AddressForm}");
        var addresses = ImmutableArray.CreateBuilder<IPEndPoint>();
        foreach (var text in texts)
        {
            if (EndPoint(text) is not { } found) table.Refuse("addresses", text, AddressForm);
            else if (found.IsTls != hasCertificate) table.Refuse("addresses", text, hasCertificate ? "https, as there is a certificate" : "a certificate for https");
            else if (!found.IsTls && !IPAddress.IsLoopback(found.Address.Address)) table.Refuse("addresses", "config.plain-http", text, "plain HTTP on loopback only; elsewhere https and a certificate");
            else addresses.Add(found.Address);
        }

        return addresses.ToImmutable();
    }

    private static (IPEndPoint Address, bool IsTls)? EndPoint(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0) return null;
        var isLocal = uri.Host == "localhost" || uri.Host.EndsWith(".localhost", StringComparison.Ordinal);
        if (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && !isLocal) return null;
        return (new(address ?? IPAddress.Loopback, uri.Port), uri.Scheme == "https");
    }

    private static TlsConfig? Tls(TomlTable table, string folder)
    {
        var passphrase = Secret(table, "certificate-passphrase", folder);
        var key = table.OptionalText("certificate-key", "the PEM file of the certificate's private key");
        if (table.OptionalText("certificate", "the file of a certificate") is not { } certificate)
        {
            if (key is not null) table.Refuse("certificate-key", "a key without a certificate", "certificate too");
            return null;
        }

        var isContainer = Path.GetExtension(certificate).ToLowerInvariant() is ".pfx" or ".p12";
        if (isContainer && key is not null) table.Refuse("certificate-key", key, "no key beside a PKCS #12 file, which has its own");
        if (!isContainer && key is null) table.Refuse("certificate-key", "config.missing", "nothing", "the PEM file of the certificate's private key");
        return new(PathIn(folder, certificate), key is null ? null : PathIn(folder, key), passphrase);
    }

    /// <summary>Where a secret comes from; one that stands in the file itself is refused.</summary>
    internal static SecretConfig? Secret(TomlTable table, string name, string folder)
    {
        if (table.OptionalText(name, "no secret here") is not null) table.Refuse(name, "config.secret", "a secret in the file of settings", $"{name}-file or {name}-variable");
        var file = table.OptionalText(name + "-file", "a file that only its owner reads");
        var variable = table.OptionalText(name + "-variable", "the name of a variable of the environment");
        if (file is not null && variable is not null) table.Refuse(name + "-variable", "both a file and a variable", "one of them");
        return file is null && variable is null ? null : new(file is null ? null : PathIn(folder, file), variable);
    }

    private static ImmutableArray<PeerConfig> Peers(TomlSettings settings, string folder)
    {
        var peers = ImmutableArray.CreateBuilder<PeerConfig>();
        foreach (var table in settings.Tables("peer"))
        {
            const string expected = "where the node is called, as \"https://office.example:8443\"";
            var party = Identifier(table, "party");
            var text = table.Text("address", expected);
            var authority = table.OptionalText("certificate-authority", "the PEM file of a certificate");
            if (text.Length == 0) continue;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/" || address.UserInfo.Length > 0) table.Refuse("address", text, expected);
            else if (address.Scheme == "http" && !address.IsLoopback && !address.Host.EndsWith(".localhost", StringComparison.Ordinal)) table.Refuse("address", "config.plain-http", text, "plain HTTP to this machine only; elsewhere https");
            else if (peers.Any(peer => peer.Party == party)) table.Refuse("party", party.Value, "each party once");
            else if (peers.Count == MaximumItems) table.Refuse("party", "more peers", FormattableString.Invariant($"at most {MaximumItems}"));
            else peers.Add(new(party, address, authority is null ? null : PathIn(folder, authority)));
        }

        return peers.ToImmutable();
    }

    private static Uri? Collector(TomlTable table)
    {
        const string expected = "the address of an OTLP collector over HTTP, as \"http://127.0.0.1:4318\"";
        if (table.OptionalText("endpoint", expected) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { UserInfo.Length: 0 }) return address;
        table.Refuse("endpoint", text, expected);
        return null;
    }

    private static string PathIn(string folder, string path) => path.Length == 0 ? "" : Path.GetFullPath(path, folder);
}
