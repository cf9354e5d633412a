using System.Text.RegularExpressions;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Tests.Recording;

namespace Tansiq.Cli.Tests.Nodes;

/// <summary>Nodes come to one record by files that people carry and fingerprints that they compare; what differs is refused.</summary>
[Trait("Requirement", "PTY-7")]
public sealed class JoiningTests : IDisposable
{
    private static readonly (string Role, string Party)[] All =
        [("office", "office"), ("centre", "us"), ("centre", "ru"), ("observer", "un-ocha"), ("observer", "un-who"), ("observer", "medical-relief")];

    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-joining-").FullName;

    public JoiningTests()
    {
        foreach (var (role, party) in All) Done("init", In(party), "--role", role, "--party", party, "--name", party + ".localhost");
    }

    private string Founding => In("founding.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Record_BeginsOnceEverySignatorySigned_AndBackupHoldsIt()
    {
        var fingerprint = Assemble();
        Sign("us");
        var missing = Run("join", "begin", Founding, "--node", In("office"), "--signature", In("us.signature"));
        missing.Exit.ShouldBe(2);
        missing.Error.ShouldContain("no signature of ru, expected one of every signatory under this founding [join.not-signed]");
        Sign("ru");
        Run("join", "begin", Founding, "--node", In("us"), "--signature", In("us.signature"), In("ru.signature")).Error.ShouldContain("[join.other-role]");
        Done("join", "begin", Founding, "--node", In("office"), "--fingerprint", fingerprint, "--signature", In("us.signature"), In("ru.signature")).ShouldContain("office.localhost/record, size 2");
        Run("join", "begin", Founding, "--node", In("office"), "--signature", In("us.signature"), In("ru.signature")).Error.ShouldContain("[join.begun]");
        Done("join", "trust", Founding, "--node", In("us"), "--fingerprint", fingerprint).ShouldContain("EXERCISE");

        Done("backup", In("copy"), "--node", In("office")).ShouldContain("size 2");
        Done("record", "verify", In("copy")).ShouldContain("size 2");
        Run("restore", In("copy"), "--node", In("office")).Error.ShouldContain("[restore.occupied]");
        Directory.Delete(In("office/data"), recursive: true);
        Run("restore", In("copy"), "--node", In("office")).Error.ShouldContain("[restore.behind]");
        Done("record", "export", In("copy"), In("tiles"));
        Done("restore", In("copy"), "--node", In("office"), "--witnessed", In("tiles/checkpoint")).ShouldContain("size 2");
        Done("record", "verify", In("office/data"));
    }

    [Fact]
    public void Founding_WithAnothersKeyOrFingerprint_IsRefused()
    {
        Assemble();
        Run("join", "sign", Founding, "--node", In("us"), "--out", In("x"), "--fingerprint", new string('0', 64)).Error.ShouldContain("[join.other-fingerprint]");
        Run("join", "sign", Founding, "--node", In("un-who"), "--out", In("x")).Error.ShouldContain("[join.no-signatory]");
        Done("init", In("second"), "--role", "centre", "--party", "us", "--name", "us.localhost");
        Run("join", "sign", Founding, "--node", In("second"), "--out", In("x")).Error.ShouldContain("[join.other-key]");
        Run("join", "trust", Founding, "--node", In("second")).Error.ShouldContain("[join.other-key]");
        Done("join", "trust", Founding, "--node", In("ru"));
        Done("init", In("third"), "--role", "centre", "--party", "us", "--name", "us.localhost");
        Assemble(In("other.json"), us: "third");
        Run("join", "trust", In("other.json"), "--node", In("ru")).Error.ShouldContain("[join.other-founding]");
        Run("join", "found", "--scenario", RecordFixture.Scenario, "--out", In("y"), "--invitation", In("us/invitation.json")).Error.ShouldContain("[join.no-office]");
        Run("serve", "--config", In("us")).Exit.ShouldBe(2);
        Run("serve", "--config", In("us")).Error.ShouldContain("founding.json");
        File.WriteAllText(In("us/node.toml"), "[node]\nrole = \"boss\"\n");
        Run("serve", "--config", In("us")).Error.ShouldContain("line 2 role: found boss, expected one of office, centre, observer");
    }

    [Fact]
    public void Fingerprint_IsReadInWords_AndMeansTheWholeFile()
    {
        SpokenFingerprint.Lines("x"u8).ShouldStartWith("  2d711642  two delta seven one one six four two\n");
        SpokenFingerprint.IsOf("2D711642 B726B044 01627CA9 FBAC32F5 C8530FB1 903CC4DB 02258717 921A4881", "x"u8).ShouldBeTrue();
        SpokenFingerprint.IsOf("2d711642", "x"u8).ShouldBeFalse();
    }

    private string Assemble(string? target = null, string us = "us")
    {
        var invitations = All.Select(each => In($"{(each.Party == "us" ? us : each.Party)}/invitation.json"));
        var output = Done(["join", "found", "--scenario", RecordFixture.Scenario, "--out", target ?? Founding, "--invitation", .. invitations]);
        return string.Concat(Regex.Matches(output, "^  (?<group>[0-9a-f]{8})  ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Select(match => match.Groups["group"].Value));
    }

    private void Sign(string party) => Done("join", "sign", Founding, "--node", In(party), "--out", In(party + ".signature"));

    private string In(string name) => Path.Combine(_folder, name);

    private static string Done(params string[] arguments)
    {
        var (exit, output, error) = Run(arguments);
        exit.ShouldBe(0, string.Join(' ', arguments) + "\n" + error);
        return output;
    }

    private static (int Exit, string Output, string Error) Run(params string[] arguments) => RecordFixture.Run(arguments);
}
