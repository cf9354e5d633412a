using System.Security.Cryptography;
using System.Text;
using Tansiq.Record.Keys;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Tests.Recording;

/// <summary>A folder with keys of an office and of everyone in the example scenario, and the command at hand.</summary>
internal sealed class RecordFixture : IDisposable
{
    /// <summary>The instant at which the example's timeline begins.</summary>
    public const string Start = "2016-07-15T00:00:00Z";

    /// <summary>The last instant of the example's timeline.</summary>
    public const string End = "2016-08-25T00:00:00Z";

    /// <summary>The origin of the record.</summary>
    public const string Origin = "office.example/log";

    /// <summary>The scenario.</summary>
    public static readonly string Scenario = Repository.Path("scenarios/syria-2016");

    /// <summary>Who has keys in the scenario.</summary>
    public static readonly string[] Parties = ["office", "us", "ru", "un-ocha", "un-who", "medical-relief"];

    public RecordFixture()
    {
        Folder = Directory.CreateTempSubdirectory("tansiq-record-").FullName;
        foreach (var party in Parties) WriteKeys(party);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The office's keys.</summary>
    public string OfficeKeys => PathOf("keys/office");

    /// <summary>The log's verifier key.</summary>
    public string LogKey { get; private set; } = "";

    /// <summary>A path in the folder.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs the command.</summary>
    public static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = CommandLine.Run(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Founds a record of the example scenario.</summary>
    public string Found(string name)
    {
        var folder = PathOf(name);
        var (exit, _, error) = Run(
            "record", "init", folder, "--scenario", Scenario, "--office-key", OfficeKeys, "--clock", Start,
            "--public", Public("us"), Public("ru"), Public("un-ocha"), Public("un-who"), Public("medical-relief"));
        return exit == 0 ? folder : throw new InvalidOperationException(error);
    }

    /// <summary>Founds a record and plays the example's timeline on it.</summary>
    public string Play(string name)
    {
        var folder = Found(name);
        var (exit, output, error) = Run("record", "append", folder, "--office-key", OfficeKeys, "--clock", Start, "--play", Scenario, "--keys", PathOf("keys"));
        return exit == 0 ? folder : throw new InvalidOperationException(output + error);
    }

    /// <summary>The argument that names a party's public keys.</summary>
    public string Public(string party) => $"{party}={PathOf($"keys/{party}/public.txt")}";

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A party's key of a kind: <c>statement</c>, <c>witness</c>, <c>recovery</c>.</summary>
    public string KeyFile(string party, string kind) => PathOf($"keys/{party}/{kind}.key");

    private void WriteKeys(string party)
    {
        var folder = PathOf("keys/" + party);
        Directory.CreateDirectory(folder);
        var name = party + ".example";
        var keys = new List<string> { WriteKey(folder, "statement", name, SignatureType.Ed25519), WriteKey(folder, "recovery", name + "/recovery", SignatureType.Ed25519) };
        if (party == "office") keys.Add(LogKey = WriteKey(folder, "log", Origin, SignatureType.Ed25519));
        else keys.Add(WriteKey(folder, "witness", name + "/witness", SignatureType.Cosignature));
        File.WriteAllLines(Path.Combine(folder, "public.txt"), keys);
    }

    private static string WriteKey(string folder, string kind, string name, SignatureType type)
    {
        var bytes = Record.Keys.KeyFile.Write(name, type, SHA256.HashData(Encoding.UTF8.GetBytes(name + kind))).Value;
        var path = Path.Combine(folder, kind + ".key");
        File.WriteAllBytes(path, bytes);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return Record.Keys.KeyFile.Read(bytes).Value.Verifier.ToString();
    }
}
