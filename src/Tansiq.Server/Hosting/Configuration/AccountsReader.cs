using NodaTime;
using Tansiq.Server.Access;

namespace Tansiq.Server.Hosting.Configuration;

/// <summary>Reads how officers' sessions are kept, and how they log in with another organisation's accounts.</summary>
internal static class AccountsReader
{
    private const int MaximumNameLength = 255;
    private const int MostIdleMinutes = 24 * 60;
    private const int MostLengthMinutes = 7 * 24 * 60;

    /// <summary>The table <c>[sessions]</c>: how long a session may be idle, and how long it is in any case.</summary>
    public static (Duration Idle, Duration Length) Sessions(TomlTable table)
    {
        var standard = new AccountSettings();
        var idle = table.Integer("idle-minutes", 1, MostIdleMinutes, (long)standard.SessionIdle.TotalMinutes);
        var length = table.Integer("length-minutes", 1, MostLengthMinutes, (long)standard.SessionLength.TotalMinutes);
        if (idle > length) table.Refuse("idle-minutes", FormattableString.Invariant($"{idle}"), FormattableString.Invariant($"at most length-minutes, {length}"));
        return (Duration.FromMinutes(idle), Duration.FromMinutes(length));
    }

    /// <summary>The table <c>[oidc]</c>; null where it is not there.</summary>
    public static OidcConfig? Oidc(TomlSettings settings, string folder)
    {
        if (!settings.Has("oidc")) return null;
        var table = settings.Table("oidc");
        var issuer = Issuer(table);
        var client = Name(table, "client-id", table.Text("client-id", "the name under which the issuer knows this node"));
        var secret = NodeConfigReader.Secret(table, "client-secret", folder);
        var claim = Name(table, "officer-claim", table.OptionalText("officer-claim", "the claim that names the officer") ?? "sub");
        return issuer is null ? null : new(issuer, client, secret, claim);
    }

    private static Uri? Issuer(TomlTable table)
    {
        const string expected = "the issuer's address, as \"https://accounts.example\"";
        var text = table.Text("issuer", expected);
        if (text.Length == 0) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("http" or "https") || issuer is not { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }) table.Refuse("issuer", text, expected);
        else if (issuer.Scheme == "http" && !issuer.IsLoopback) table.Refuse("issuer", "config.plain-http", text, "plain HTTP to this machine only; elsewhere https");
        else return issuer;
        return null;
    }

    private static string Name(TomlTable table, string name, string text)
    {
        if (text.Length > MaximumNameLength || text.Any(char.IsControl)) table.Refuse(name, text, FormattableString.Invariant($"at most {MaximumNameLength} characters, none of control"));
        return text;
    }
}
