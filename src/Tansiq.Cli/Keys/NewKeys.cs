using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Cli.Importing;
using Tansiq.Geo.Text;
using Tansiq.Record.Keys;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Keys;

/// <summary>The keys of one node: which there are, what each is named, and how they get into a new folder (docs/formats/keys.md).</summary>
internal static class NewKeys
{
    private const string LogRole = "log";

    private static readonly JsonWriterOptions Writing = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A key to make.</summary>
    /// <param name="Role">What it is for; its file is ROLE.key.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">What it signs.</param>
    public sealed record Wanted(string Role, string Name, SignatureType Type);

    /// <summary>The keys of a node: those of a centre, which cosigns; or of an office, which keeps a log and does not cosign it.</summary>
    public static IReadOnlyList<Wanted> Of(string name, string? logOrigin) =>
    [
        new("statement", name, SignatureType.Ed25519),
        logOrigin is null ? new("witness", name + "/witness", SignatureType.Cosignature) : new(LogRole, logOrigin, SignatureType.Ed25519),
        new("recovery", name + "/recovery", SignatureType.Ed25519),
    ];

    /// <summary>Makes a folder, whole or not at all, that only its owner enters, with a file for each key and the public keys.</summary>
    /// <returns>The public keys by role, or why a key can't be made.</returns>
    /// <exception cref="IOException">The folder can't be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written.</exception>
    public static Parsed<IReadOnlyList<(string Role, VerifierKey Key)>> Write(string folder, IReadOnlyList<Wanted> wanted, string? passphrase)
    {
        using var target = NewFolder.Begin(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target.TemporaryPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var made = new List<(string Role, VerifierKey Key)>();
        foreach (var each in wanted)
        {
            if (!FileOf(each, passphrase).TryGet(out var bytes, out var fault)) return new Refusal(fault.Code, each.Name, fault.Found, fault.Expected);
            PrivateFile.Create(Path.Combine(target.TemporaryPath, each.Role + ".key"), bytes);
            made.Add((each.Role, KeyFile.Read(bytes).Value.Verifier));
        }

        PrivateFile.Create(Path.Combine(target.TemporaryPath, "public.txt"), Encoding.UTF8.GetBytes(string.Concat(made.Select(each => $"{each.Key}\n"))));
        PrivateFile.Create(Path.Combine(target.TemporaryPath, "public.json"), Json(made));
        foreach (var (_, log) in made.Where(each => each.Role == LogRole)) PrivateFile.Create(Path.Combine(target.TemporaryPath, "log-public.txt"), Encoding.UTF8.GetBytes($"{log}\n"));
        target.Complete();
        return made;
    }

    /// <summary>A line for each key: role, verifier key; and its fingerprint below.</summary>
    public static string Text(IEnumerable<(string Role, VerifierKey Key)> keys) => string.Concat(keys.Select(each => $"{each.Role} {each.Key}\n  {each.Key.Fingerprint()}\n"));

    private static byte[] Json(IEnumerable<(string Role, VerifierKey Key)> keys)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            foreach (var (role, key) in keys)
            {
                json.WriteStartObject(role);
                json.WriteString("key", key.ToString());
                json.WriteString("fingerprint", key.Fingerprint());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static Record.Checked<byte[]> FileOf(Wanted wanted, string? passphrase)
    {
        var seed = RandomNumberGenerator.GetBytes(SigningKey.SeedBytes);
        try
        {
            return passphrase is null
                ? KeyFile.Write(wanted.Name, wanted.Type, seed)
                : KeyFile.WriteSealed(wanted.Name, wanted.Type, seed, passphrase, RandomNumberGenerator.GetBytes(KeyFile.SaltBytes), RandomNumberGenerator.GetBytes(KeyFile.NonceBytes), KeyCost.Standard);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
