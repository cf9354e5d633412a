using System.Collections.Immutable;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Logs;

/// <summary>Makes signed notes of the texts of statements.</summary>
public static class StatementSigning
{
    /// <summary>The entry: the text with one signature.</summary>
    /// <returns>The entry, or <see cref="RecordFaults.MalformedNote"/> or <see cref="RecordFaults.TooLarge"/> where the text can't be one.</returns>
    public static Parsed<ReadOnlyMemory<byte>> Sign(ReadOnlyMemory<byte> text, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Read as whoever gets it will: a text that is no note would be found out only there.
        byte[] bytes = [.. text.Span, (byte)'\n', .. System.Text.Encoding.UTF8.GetBytes(key.Sign(text.Span).Line())];
        if (!SignedEntry.Read(bytes).TryGet(out var entry, out var fault)) return fault.AsRefusal();
        return entry.Text.Length == text.Length
            ? entry.Note.Bytes
            : new Refusal(RecordFaults.MalformedNote, "", "another end", "one JSON object and a newline");
    }

    /// <summary>The entries of several texts; or the first refusal, with the number of the text.</summary>
    public static Parsed<ImmutableArray<ReadOnlyMemory<byte>>> SignAll(ImmutableArray<ReadOnlyMemory<byte>> texts, SigningKey key)
    {
        var entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(texts.Length);
        foreach (var text in texts)
        {
            if (!Sign(text, key).TryGet(out var entry, out var refusal)) return refusal.Under(FormattableString.Invariant($"file {entries.Count + 1} "));
            entries.Add(entry);
        }

        return entries.MoveToImmutable();
    }
}
