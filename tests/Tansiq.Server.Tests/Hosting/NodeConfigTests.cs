using NodaTime;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Tests.Hosting;

/// <summary>What is wrong in a node's settings is said in one line: where, what was found, what was expected.</summary>
[Trait("Requirement", "PTY-1")]
public sealed class NodeConfigTests
{
    private const string Whole = """
        # A centre.
        [node]
        role = "centre"
        party = "us"
        name = "us.centre.example"
        data = "data"
        founding = "founding.json"

        [listen]
        addresses = ["https://0.0.0.0:8443", "https://[::1]:8444"]
        certificate = "tls/chain.pem"
        certificate-key = "tls/key.pem"
        names = ["us.example"]

        [keys]
        folder = "keys"
        passphrase-variable = "TANSIQ_PASSPHRASE"

        [[peer]]
        party = "office"
        address = "https://office.example:8443"

        [[peer]]
        party = "ru"
        address = "http://ru.localhost:8402"

        [limits]
        requests-per-second = 200

        [exercise]
        clock-offset-seconds = -325_555_200

        [sessions]
        idle-minutes = 20
        length-minutes = 500

        [oidc]
        issuer = "https://accounts.example/realm"
        client-id = "tansiq-us"
        client-secret-file = "oidc.secret"

        [telemetry]
        endpoint = "http://127.0.0.1:4318"

        [log]
        level = "warning"
        """;

    [Fact]
    public void Read_OfWholeFile_GivesAllSettings()
    {
        var config = NodeConfigReader.Read(Whole, "/srv/us").Value;
        config.Role.ShouldBe(NodeRole.Centre);
        config.Party.Value.ShouldBe("us");
        config.DataFolder.ShouldBe("/srv/us/data");
        config.FoundingFile.ShouldBe("/srv/us/founding.json");
        config.Listen.Select(each => each.ToString()).ShouldBe(["0.0.0.0:8443", "[::1]:8444"]);
        config.Tls.ShouldBe(new TlsConfig("/srv/us/tls/chain.pem", "/srv/us/tls/key.pem", null));
        config.Passphrase.ShouldBe(new SecretConfig(null, "TANSIQ_PASSPHRASE"));
        config.Peers.Select(peer => $"{peer.Party} {peer.Address}").ShouldBe(["office https://office.example:8443/", "ru http://ru.localhost:8402/"]);
        config.Limits.RequestsPerSecond.ShouldBe(200);
        (config.SessionIdle, config.SessionLength).ShouldBe((Duration.FromMinutes(20), Duration.FromMinutes(500)));
        config.Oidc.ShouldBe(new OidcConfig(new("https://accounts.example/realm"), "tansiq-us", new("/srv/us/oidc.secret", null), "sub"));
        config.ClockOffset.ShouldBe(Duration.FromSeconds(-325_555_200));
    }

    [Theory]
    [InlineData("role = \"centre\"", "role = \"boss\"", "line 3 role: found boss, expected one of office, centre, observer [config.wrong-value]")]
    [InlineData("party = \"us\"", "", "line 2 party: found nothing, expected the identifier of a party of the founding [config.missing]")]
    [InlineData("data = \"data\"", "data = 7", "line 6 data: found 7, expected the folder of the record and the private database [config.wrong-value]")]
    [InlineData("[log]", "[logs]", "line 45: found [logs], expected a table of this format [config.unknown-setting]")]
    [InlineData("names = [", "name = [", "line 13: found name, expected a setting of [listen]: addresses, certificate, certificate-key")]
    [InlineData("0.0.0.0:8443", "0.0.0.0:84430", "line 10 addresses: found https://0.0.0.0:84430, expected an address to listen on")]
    [InlineData("certificate = \"tls/chain.pem\"\ncertificate-key = \"tls/key.pem\"\n", "", "line 10 addresses: found https://0.0.0.0:8443, expected a certificate for https [config.wrong-value]")]
    [InlineData("http://ru.localhost", "http://ru.example", "plain HTTP to this machine only; elsewhere https [config.plain-http]")]
    [InlineData("passphrase-variable = \"TANSIQ_PASSPHRASE\"", "passphrase = \"hush\"", "line 17 passphrase: found a secret in the file of settings, expected passphrase-file or passphrase-variable [config.secret]")]
    [InlineData("requests-per-second = 200", "requests-per-second = 0", "line 28 requests-per-second: found 0, expected a whole number from 10 to 100000 [config.wrong-value]")]
    [InlineData("party = \"ru\"", "party = \"office\"", "line 24 party: found office, expected each party once [config.wrong-value]")]
    [InlineData("idle-minutes = 20", "idle-minutes = 0", "line 34 idle-minutes: found 0, expected a whole number from 1 to 1440 [config.wrong-value]")]
    [InlineData("idle-minutes = 20", "idle-minutes = 501", "line 34 idle-minutes: found 501, expected at most length-minutes, 500 [config.wrong-value]")]
    [InlineData("length-minutes = 500", "length = 500", "line 35: found length, expected a setting of [sessions]: idle-minutes, length-minutes [config.unknown-setting]")]
    [InlineData("https://accounts.example", "http://accounts.example", "line 38 issuer: found http://accounts.example/realm, expected plain HTTP to this machine only; elsewhere https [config.plain-http]")]
    [InlineData("https://accounts.example/realm", "accounts.example", "line 38 issuer: found accounts.example, expected the issuer's address, as \"https://accounts.example\" [config.wrong-value]")]
    [InlineData("client-id = \"tansiq-us\"", "", "line 37 client-id: found nothing, expected the name under which the issuer knows this node [config.missing]")]
    [InlineData("client-secret-file = \"oidc.secret\"", "client-secret = \"hush\"", "line 40 client-secret: found a secret in the file of settings, expected client-secret-file or client-secret-variable [config.secret]")]
    [InlineData("client-id = \"tansiq-us\"", "officer-claim = 7\nclient-id = \"tansiq-us\"", "line 39 officer-claim: found 7, expected the claim that names the officer [config.wrong-value]")]
    [InlineData("[keys]", "[keys", "[config.not-toml]")]
    [InlineData("founding = \"founding.json\"", "", "founding: found nothing, expected the founding that the node trusts (tansiq join trust) [config.missing]")]
    public void Read_OfWrongSetting_NamesLineAndWhatWasExpected(string from, string to, string expected)
    {
        Whole.ShouldContain(from);
        var refusal = NodeConfigReader.Read(Whole.Replace(from, to, StringComparison.Ordinal), "/srv/us").Refusal.ShouldNotBeNull();
        refusal.ToString().ShouldContain(expected);
        refusal.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public void Read_OfPlainHttpBeyondLoopback_IsRefused()
    {
        var plain = Whole.Replace("certificate = \"tls/chain.pem\"\ncertificate-key = \"tls/key.pem\"\n", "", StringComparison.Ordinal).Replace("https://", "http://", StringComparison.Ordinal);
        NodeConfigReader.Read(plain, "/").Refusal.ShouldNotBeNull().Code.ShouldBe("config.plain-http");
        NodeConfigReader.Read(plain.Replace("0.0.0.0", "us.localhost", StringComparison.Ordinal).Replace("office.example", "office.localhost", StringComparison.Ordinal)
            .Replace("accounts.example", "localhost", StringComparison.Ordinal), "/").Value.Tls.ShouldBeNull();
    }
}
