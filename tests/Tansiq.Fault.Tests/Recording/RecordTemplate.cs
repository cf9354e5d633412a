using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tansiq.Record.Keys;
using Tansiq.Record.Notes;

namespace Tansiq.Fault.Tests.Recording;

/// <summary>A record that was just founded, and the keys of all who may write to it; made once, copied for each test.</summary>
internal sealed class RecordTemplate
{
    private const string Author = "us";
    private static readonly Lazy<RecordTemplate> Made = new(() => new RecordTemplate());
    private static readonly string[] OtherParties = ["us", "ru", "un-ocha", "un-who", "medical-relief"];
    private readonly SigningKey _author;

    private RecordTemplate()
    {
        var folder = TemporaryFolder.UntilExit("tansiq-founded-");
        OfficeKeys = Path.Combine(folder, "office");
        Folder = Path.Combine(folder, "record");
        LogKey = Write("office", "log.key", "office.example/log", SignatureType.Ed25519).Verifier.ToString();
        WriteParty("office");
        foreach (var party in OtherParties) WriteParty(party);
        _author = Key($"{Author}.example", SignatureType.Ed25519);
        string[] keys = ["--office-key", OfficeKeys, .. OtherParties.SelectMany(party => new[] { "--public", $"{party}={PublicFile(party)}" })];
        TansiqCommand.Run(["record", "init", Folder, "--scenario", Path.Combine(Repository.Root, "scenarios", "syria-2016"), .. keys]);
    }

    /// <summary>The one of these tests.</summary>
    public static RecordTemplate Founded => Made.Value;

    /// <summary>The record's folder.</summary>
    public string Folder { get; }

    /// <summary>The folder of the office's private keys.</summary>
    public string OfficeKeys { get; }

    /// <summary>The log's verifier key.</summary>
    public string LogKey { get; }

    /// <summary>The verifier keys of all who may sign entries.</summary>
    public static IEnumerable<string> StatementKeys => OtherParties.Prepend("office").Select(party => Key($"{party}.example", SignatureType.Ed25519).Verifier.ToString());

    /// <summary>A valid entry: the same for the same number, another for every other. Its type is one that the office does not know, and keeps.</summary>
    public byte[] EntryOf(int number)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"exercise.filler","id":"filler-{{{number}}}","party":"{{{Author}}}","made":"2016-07-20T07:00:00Z","body":{"words":"{{{new string('x', 200)}}}"}}""") + "\n");
        return SignedNote.Of(text, _author.Sign(text)).Bytes.ToArray();
    }

    private static SigningKey Key(string name, SignatureType type) => SigningKey.FromSeed(name, type, SeedOf(name, type)).Value;

    private static byte[] SeedOf(string name, SignatureType type) => SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {type}"));

    private string PublicFile(string party) => Path.Combine(Path.GetDirectoryName(OfficeKeys)!, party, "public.txt");

    private void WriteParty(string party)
    {
        Write(party, "statement.key", $"{party}.example", SignatureType.Ed25519);
        Write(party, "recovery.key", $"{party}.example/recovery", SignatureType.Ed25519);
        if (party != "office") Write(party, "witness.key", $"{party}.example/witness", SignatureType.Cosignature);
    }

    // A private key's file may be read by its owner alone; the verifier key goes into the party's public file.
    private SigningKey Write(string party, string file, string name, SignatureType type)
    {
        var key = Key(name, type);
        var folder = Path.GetDirectoryName(PublicFile(party))!;
        Directory.CreateDirectory(folder);
        using (var stream = new FileStream(Path.Combine(folder, file), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            stream.Write(KeyFile.Write(name, type, SeedOf(name, type)).Value);
        File.AppendAllText(PublicFile(party), $"{key.Verifier}\n");
        return key;
    }
}
