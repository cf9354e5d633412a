using System.Text.Json;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;

namespace Tansiq.Server.Hosting.Running;

/// <summary>The founding that a node was set up with, compared by people by its fingerprint: no other record is followed.</summary>
/// <param name="Text">Its exact text.</param>
/// <param name="Founding">What it says.</param>
/// <param name="Keys">The keys that it names.</param>
public sealed record TrustedFounding(ReadOnlyMemory<byte> Text, Founding Founding, FoundingKeys Keys)
{
    /// <summary>The hash of its text, by which people compare it.</summary>
    public ContentHash Hash { get; } = ContentHash.Of(Text.Span);

    /// <summary>Reads a founding with its keys.</summary>
    /// <returns>The founding; a refusal of its text; or <c>record.no-keys</c>.</returns>
    public static Parsed<TrustedFounding> Read(ReadOnlyMemory<byte> text)
    {
        if (!FoundingReader.Read(text).TryGet(out var founding, out var refusal)) return refusal;
        return founding.Keys is { } keys ? new TrustedFounding(text, founding, keys) : new Refusal("record.no-keys", "", "a founding without keys", "one that tansiq join found made");
    }

    /// <summary>The same founding with the new office and log of a succession: what a node that adopted it trusts. Its text and fingerprint stay.</summary>
    public TrustedFounding After(SignedSuccession succession)
    {
        ArgumentNullException.ThrowIfNull(succession);
        var after = SuccessionText.After(Founding, succession.Succession);
        return this with { Founding = after, Keys = after.Keys! };
    }

    /// <summary>Whether a record begins with this founding and no other; true while it has no entry.</summary>
    public bool IsOf(IRecordStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.Size == 0) return true;
        if (!SignedEntry.Read(store.Entries(0, 1).First()).TryGet(out var entry, out _)) return false;
        using var statement = JsonDocument.Parse(entry.Text);
        return statement.RootElement.TryGetProperty("body", out var body) && body.TryGetProperty("founding", out var named) && named.ValueKind == JsonValueKind.String && named.GetString() == Hash.Hex;
    }
}
