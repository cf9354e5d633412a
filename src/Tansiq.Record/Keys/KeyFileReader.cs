using System.Globalization;
using System.Text.Json;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Keys;

/// <summary>Reads the file of a private key: exactly the members of docs/formats/keys.md, nothing else.</summary>
internal static class KeyFileReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    public static Checked<KeyFile> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > KeyFile.MaximumBytes) return Malformed("", $"{bytes.Length} bytes", string.Create(CultureInfo.InvariantCulture, $"at most {KeyFile.MaximumBytes} bytes"));
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Malformed("", "another text", "a JSON object");
        }
    }

    private static Checked<KeyFile> Read(JsonElement file)
    {
        var isSealed = HasMembers(file, "kind", "key", "sealed");
        if (!isSealed && !HasMembers(file, "kind", "key", "seed")) return Malformed("", "other members", "kind, key, and seed or sealed");
        if (TextOf(file, "kind") != KeyFile.Kind) return Malformed("/kind", "another kind", KeyFile.Kind);
        if (!VerifierKey.Parse(TextOf(file, "key")).TryGet(out var verifier, out var fault)) return fault.In("/key");
        if (isSealed) return ReadSealed(verifier, file.GetProperty("sealed"));
        return BytesOf(file, "seed", SigningKey.SeedBytes) is { } seed ? new KeyFile(verifier, seed, null) : Malformed("/seed", "another seed", "32 bytes in base64");
    }

    private static Checked<KeyFile> ReadSealed(VerifierKey verifier, JsonElement seal)
    {
        if (!HasMembers(seal, "algorithm", "memoryKibibytes", "passes", "salt", "nonce", "box"))
            return Malformed("/sealed", "other members", "algorithm, memoryKibibytes, passes, salt, nonce and box");
        if (TextOf(seal, "algorithm") != KeySeal.Algorithm) return Malformed("/sealed/algorithm", "another algorithm", KeySeal.Algorithm);
        if (!TryNumber(seal, "memoryKibibytes", out var memory) || !TryNumber(seal, "passes", out var passes) || !KeyCost.IsWithinBounds(memory, passes))
            return Malformed("/sealed", "another cost", "8,192 to 1,048,576 memoryKibibytes and 1 to 10 passes");
        if (BytesOf(seal, "salt", KeySeal.SaltBytes) is not { } salt) return Malformed("/sealed/salt", "another salt", "16 bytes in base64");
        if (BytesOf(seal, "nonce", KeySeal.NonceBytes) is not { } nonce) return Malformed("/sealed/nonce", "another nonce", "24 bytes in base64");
        if (BytesOf(seal, "box", KeySeal.BoxBytes) is not { } box) return Malformed("/sealed/box", "another box", "48 bytes in base64");
        return new KeyFile(verifier, null, new KeySeal(new KeyCost(memory, passes), salt, nonce, box));
    }

    private static bool HasMembers(JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object || element.GetPropertyCount() != names.Length) return false;
        foreach (var name in names)
        {
            if (!element.TryGetProperty(name, out _)) return false;
        }

        return true;
    }

    private static string TextOf(JsonElement element, string name)
    {
        var value = element.GetProperty(name);
        if (value.ValueKind != JsonValueKind.String) return "";
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair can be written in JSON and is no text.
            return "";
        }
    }

    private static byte[]? BytesOf(JsonElement element, string name, int length)
    {
        var value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) && bytes.Length == length ? bytes : null;
    }

    private static bool TryNumber(JsonElement element, string name, out int number)
    {
        number = 0;
        var value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }

    private static Fault Malformed(string where, string found, string expected) => new(RecordFaults.MalformedKeyFile, where, found, expected);
}
