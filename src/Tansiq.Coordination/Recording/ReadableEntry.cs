using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Recording;

/// <summary>An entry of a record with all that is shown of it. Immutable.</summary>
public sealed record ReadableEntry
{
    /// <summary>Its index.</summary>
    public required long Index { get; init; }

    /// <summary>The entry.</summary>
    public required SignedEntry Entry { get; init; }

    /// <summary>The type as the text has it; empty where it has none.</summary>
    public required string Type { get; init; }

    /// <summary>The officer who made it, by role and pseudonym; null where the text names none.</summary>
    public required (OfficerRole Role, string Id)? Officer { get; init; }

    /// <summary>The statement, with a <see cref="MalformedBody"/> where the text is none.</summary>
    public required Statement Statement { get; init; }

    /// <summary>The situation before it.</summary>
    public required Situation Before { get; init; }

    /// <summary>The record's founding; null before it.</summary>
    public required Founding? Founding { get; init; }

    /// <summary>The last <c>record.time</c> at its place, itself included.</summary>
    public required Instant? OnRecord { get; init; }

    /// <summary>Whether it has effect.</summary>
    public required Admission Admission { get; init; }

    /// <summary>Whether it is joint.</summary>
    public required bool IsJoint { get; init; }

    /// <summary>The key that signed it; null where nobody holds such a key.</summary>
    public required VerifierKey? Key { get; init; }

    /// <summary>Whether it gives leave, and so has effect once it is joint (REC-2).</summary>
    public bool IsPermissive => StatementTypes.BindOnceJoint.Contains(Type) && Statement.Body is not MalformedBody;

    /// <summary>Its hash in the tree.</summary>
    public MerkleHash Leaf => MerkleHashing.Leaf(Entry.Note.Bytes.Span);

    /// <summary>An entry of a record.</summary>
    /// <param name="state">The record's state, at least as large as the entry's index and one.</param>
    /// <param name="jointSize">How many entries are joint.</param>
    /// <param name="attachment">Gives an attachment's bytes by hash, or null where it is not held.</param>
    /// <param name="index">The entry's index.</param>
    /// <param name="bytes">The entry.</param>
    /// <returns>What is shown of it, or what keeps the bytes from being an entry.</returns>
    public static Checked<ReadableEntry> Of(
        RecordedState state, long jointSize, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment, long index, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(attachment);
        if (!SignedEntry.Read(bytes).TryGet(out var entry, out var fault)) return fault;
        var (before, after) = (state.KnownAt(index), state.KnownAt(index + 1));
        var (type, officer) = Envelope(entry.Text);
        return new ReadableEntry
        {
            Index = index,
            Entry = entry,
            Type = type,
            Officer = officer,
            Statement = StatementsDomain.Read(entry, attachment, before.Founding),
            Before = before,
            Founding = after.Founding,
            OnRecord = after.Time,
            Admission = state.History.AdmissionOf(index),
            IsJoint = index < jointSize,
            Key = (index == 0 ? after : before).Keys.Find(entry.Signature)?.Key,
        };
    }

    private static (string Type, (OfficerRole Role, string Id)? Officer) Envelope(ReadOnlyMemory<byte> text)
    {
        if (!JsonText.Parse(text, StatementReader.MaximumBytes).TryGet(out var root, out _) || root.ValueKind != JsonValueKind.Object) return ("", null);
        var type = root.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        if (!root.TryGetProperty("officer", out var officer) || officer.ValueKind != JsonValueKind.Object) return (type, null);
        var role = officer.TryGetProperty("role", out var word) && word.ValueKind == JsonValueKind.String ? RoleOf(word.GetString()!) : null;
        var id = officer.TryGetProperty("id", out var pseudonym) && pseudonym.ValueKind == JsonValueKind.String ? pseudonym.GetString()! : "";
        return (type, role is { } known ? (known, id) : null);
    }

    private static OfficerRole? RoleOf(string word) => word switch
    {
        "watch" => OfficerRole.Watch,
        "release" => OfficerRole.Release,
        "consent" => OfficerRole.Consent,
        "command" => OfficerRole.Command,
        "liaison" => OfficerRole.Liaison,
        "office-desk" => OfficerRole.OfficeDesk,
        _ => null,
    };
}
