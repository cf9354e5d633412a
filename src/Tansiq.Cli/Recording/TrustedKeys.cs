using System.Collections.Immutable;
using System.Text;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Recording;

/// <summary>Reads the keys that a user trusts: written out, or in a file with one verifier key a line.</summary>
internal static class TrustedKeys
{
    /// <summary>The most bytes of a file of keys.</summary>
    public const int MaximumBytes = 65_536;

    /// <summary>The most keys of one command.</summary>
    public const int MaximumKeys = 256;

    private const string Expected = "a verifier key (name+hash+key), or a file with one a line";

    /// <summary>The keys that an option names.</summary>
    /// <param name="option">The option, for refusals.</param>
    /// <param name="texts">What it was given.</param>
    public static Parsed<ImmutableArray<VerifierKey>> Read(string option, IEnumerable<string> texts)
    {
        var keys = ImmutableArray.CreateBuilder<VerifierKey>();
        foreach (var text in texts)
        {
            if (VerifierKey.Parse(text).TryGet(out var key, out var fault)) keys.Add(key);
            else if (!File.Exists(text)) return new Refusal(fault.Code, option, JsonText.Shorten(text), Expected);
            else if (AddFile(keys, text) is { } refusal) return refusal;
            if (keys.Count > MaximumKeys) return new Refusal("cli.too-many-inputs", option, $"{keys.Count} keys", $"at most {MaximumKeys}");
        }

        return keys.ToImmutable();
    }

    /// <summary>The one key that an option names, of a type.</summary>
    public static Parsed<VerifierKey> One(string option, string text, SignatureType type)
    {
        if (!Read(option, [text]).TryGet(out var keys, out var refusal)) return refusal;
        var fitting = keys.Where(key => key.Type == type).ToList();
        return fitting.Count == 1 ? fitting[0] : new Refusal("record.key-malformed", option, $"{fitting.Count} keys of type 0x{(byte)type:x2}", "exactly one");
    }

    private static Refusal? AddFile(ImmutableArray<VerifierKey>.Builder keys, string path)
    {
        if (!InputFile.Read(path, MaximumBytes).TryGet(out var bytes, out var refusal)) return refusal.Under(path);
        var lines = Encoding.UTF8.GetString(bytes.Span).Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            // A line may say first what its key is for; lines that are set in are fingerprints (docs/formats/keys.md).
            if (lines[number] is "" or [' ' or '#' or '\r', ..]) continue;
            if (!VerifierKey.Parse(lines[number].TrimEnd().Split(' ', 2)[^1]).TryGet(out var key, out var fault)) return fault.In(FormattableString.Invariant($"{path}: line {number + 1}")).AsRefusal();
            keys.Add(key);
        }

        return null;
    }
}
