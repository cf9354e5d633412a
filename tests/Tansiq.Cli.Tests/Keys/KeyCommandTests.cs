using System.Text.Json;
using Tansiq.Cli.Keys;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Tests.Keys;

/// <summary>An operator makes the keys of a node, and the command refuses what others could read.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-3")]
public sealed class KeyCommandTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-keys-").FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void New_KeysOfAnOffice_AreFilesForTheOwnerAloneThatLoad()
    {
        var keys = Path.Combine(_folder, "keys");
        var (exit, output, error) = Run("key", "new", "--name", "office.example", "--out", keys, "--log", "log.example/joint");
        (exit, error).ShouldBe((0, ""));
        Directory.GetFiles(keys).Select(Path.GetFileName).ShouldBe(["log-public.txt", "log.key", "public.json", "public.txt", "recovery.key", "statement.key"], ignoreOrder: true);
        Load(keys, "statement").ShouldBe(("office.example", SignatureType.Ed25519));
        Load(keys, "recovery").ShouldBe(("office.example/recovery", SignatureType.Ed25519));
        Load(keys, "log").ShouldBe(("log.example/joint", SignatureType.Ed25519));
        var publicKeys = File.ReadAllLines(Path.Combine(keys, "public.txt")).Select(line => VerifierKey.Parse(line).Value).ToList();
        publicKeys.Select(key => key.Name).ShouldBe(["office.example", "log.example/joint", "office.example/recovery"]);
        File.ReadAllText(Path.Combine(keys, "log-public.txt")).ShouldBe($"{publicKeys[1]}\n");
        foreach (var key in publicKeys) output.ShouldContain($"{key}\n  {key.Fingerprint()}\n");
        foreach (var file in Directory.GetFiles(keys)) ModeOf(file).ShouldBe(OwnerAlone, file);
        ModeOf(keys).ShouldBe(OwnerAlone | UnixFileMode.UserExecute);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(keys, "public.json")));
        VerifierKey.Parse(json.RootElement.GetProperty("log").GetProperty("key").GetString()!).Value.Name.ShouldBe("log.example/joint");
    }

    [Fact]
    public void New_KeysOfACentre_HaveAKeyToCosignUnderANameOfItsOwn()
    {
        var keys = MakeKeys();
        File.Exists(Path.Combine(keys, "log.key")).ShouldBeFalse();
        var (name, type) = Load(keys, "witness");
        type.ShouldBe(SignatureType.Cosignature);
        name.ShouldBe(Load(keys, "statement").Item1 + "/witness");
    }

    [Fact]
    public void New_WhereKeysAre_ChangesNothing()
    {
        var keys = MakeKeys();
        var before = File.ReadAllBytes(Path.Combine(keys, "statement.key"));
        var (exit, _, error) = Run("key", "new", "--name", "us.centre.example", "--out", keys);
        exit.ShouldBe(2);
        OneLine(error).ShouldContain("cli.folder-not-empty");
        File.ReadAllBytes(Path.Combine(keys, "statement.key")).ShouldBe(before);
    }

    [Fact]
    public void New_NameThatIsNone_LeavesNothing()
    {
        var keys = Path.Combine(_folder, "keys");
        var (exit, _, error) = Run("key", "new", "--name", "us centre", "--out", keys);
        exit.ShouldBe(2);
        OneLine(error).ShouldContain("record.key-malformed");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void Load_UnderAPassphrase_NeedsItAndAsksOnlyThen()
    {
        var passphrase = Path.Combine(_folder, "passphrase");
        PrivateFile.Create(passphrase, "верное слово\n"u8);
        var keys = MakeKeys("--passphrase-file", passphrase);
        var statement = Path.Combine(keys, "statement.key");
        KeyFiles.Load(statement, () => "верное слово").Value.Dispose();
        KeyFiles.Load(statement, () => "другое слово").Refusal!.Code.ShouldBe("record.passphrase-wrong");
        KeyFiles.Load(statement, () => null).Refusal!.Code.ShouldBe("record.passphrase-needed");
        Run("key", "show", statement).Exit.ShouldBe(0);
        KeyFiles.Load(Path.Combine(MakeKeys(), "statement.key"), () => throw new InvalidOperationException("asked")).Value.Dispose();
    }

    [Fact]
    public void Show_PrivateKey_PrintsThePublicKeyAndItsFingerprintAlone()
    {
        var statement = Path.Combine(MakeKeys(), "statement.key");
        var (exit, output, _) = Run("key", "show", statement);
        exit.ShouldBe(0);
        var lines = output.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(2);
        lines[1].ShouldBe(VerifierKey.Parse(lines[0]).Value.Fingerprint());
        output.ShouldNotContain(JsonDocument.Parse(File.ReadAllText(statement)).RootElement.GetProperty("seed").GetString()!);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Show_FileThatOthersMayTouch_IsRefused(UnixFileMode mode)
    {
        var statement = Path.Combine(MakeKeys(), "statement.key");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(statement, OwnerAlone | mode);
        RefusalOf(statement).ShouldContain("key.not-private");
    }

    [Fact]
    public void Show_LinkFolderNothingOrAnotherFile_IsRefusedInOneLine()
    {
        var keys = MakeKeys();
        var link = Path.Combine(_folder, "link.key");
        File.CreateSymbolicLink(link, Path.Combine(keys, "statement.key"));
        RefusalOf(link).ShouldContain("key.not-private");
        RefusalOf(keys).ShouldContain("key.missing");
        RefusalOf(Path.Combine(keys, "other.key")).ShouldContain("key.missing");
        RefusalOf(Path.Combine(keys, "public.json")).ShouldContain("record.key-file-malformed");
        var large = Path.Combine(_folder, "large.key");
        PrivateFile.Create(large, new byte[10_000]);
        RefusalOf(large).ShouldContain("key.unreadable");
    }

    [Fact]
    public void New_PassphraseFileThatOthersReadOrThatIsEmpty_IsRefused()
    {
        var passphrase = Path.Combine(_folder, "passphrase");
        File.WriteAllText(passphrase, "secret");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(passphrase, OwnerAlone | UnixFileMode.OtherRead);
        Run("key", "new", "--name", "a", "--out", Path.Combine(_folder, "keys"), "--passphrase-file", passphrase).Error.ShouldContain("key.not-private");
        var empty = Path.Combine(_folder, "empty");
        PrivateFile.Create(empty, "\n"u8);
        Run("key", "new", "--name", "a", "--out", Path.Combine(_folder, "keys"), "--passphrase-file", empty).Error.ShouldContain("key.passphrase");
        Should.Throw<IOException>(() => PrivateFile.Create(empty, "again"u8));
    }

    private static (string Name, SignatureType Type) Load(string keys, string role)
    {
        using var key = KeyFiles.Load(Path.Combine(keys, role + ".key"), () => null).Value;
        return (key.Verifier.Name, key.Verifier.Type);
    }

    private string MakeKeys(params string[] options)
    {
        var keys = Path.Combine(_folder, Path.GetRandomFileName());
        Run(["key", "new", "--name", "us.centre.example", "--out", keys, .. options]).Exit.ShouldBe(0);
        return keys;
    }

    private static string RefusalOf(string path)
    {
        var (exit, output, error) = Run("key", "show", path);
        (exit, output).ShouldBe((2, ""));
        return OneLine(error);
    }

    private static string OneLine(string error) => error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem();

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? OwnerAlone : File.GetUnixFileMode(path);

    private static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = CommandLine.Run(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
