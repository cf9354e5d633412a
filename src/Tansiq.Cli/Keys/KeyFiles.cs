using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Keys;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Keys;

/// <summary>Private keys in files that only their owner reads (docs/formats/keys.md).</summary>
internal static class KeyFiles
{
    /// <summary>Reads a private key.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="passphrase">Asked only where the key lies under one; gives null where there is none to give.</param>
    /// <returns>
    /// The key, to be disposed; or <c>key.missing</c>, <c>key.not-private</c>, <c>key.unreadable</c>, or a fault of the file's content
    /// under its own code.
    /// </returns>
    public static Parsed<SigningKey> Load(string path, Func<string?> passphrase)
    {
        if (!Read(path).TryGet(out var file, out var refusal)) return refusal;
        return file.Open(file.IsSealed ? passphrase() : null).TryGet(out var key, out var fault) ? key : Refused(fault);
    }

    /// <summary>Reads the file of a private key without opening it.</summary>
    public static Parsed<KeyFile> Read(string path)
    {
        if (!PrivateFile.Read(path, KeyFile.MaximumBytes).TryGet(out var bytes, out var refusal)) return refusal;
        return KeyFile.Read(bytes).TryGet(out var file, out var fault) ? file : Refused(fault);
    }

    private static Refusal Refused(Fault fault) => new(fault.Code, fault.Where, fault.Found, fault.Expected);
}
