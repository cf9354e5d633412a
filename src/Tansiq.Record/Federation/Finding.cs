using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>Something that must not be and was found.</summary>
/// <param name="Fault">What it is (docs/formats/federation.md says who finds what, and after what).</param>
/// <param name="About">Whose doing it is, as far as that can be told; the default name where it can't.</param>
/// <param name="FoundAt">When it was found, by one's own clock.</param>
public sealed record Finding(Fault Fault, NodeName About, Instant FoundAt)
{
    /// <summary>Whether the log has shown two histories: while such a finding stands nothing is cosigned and nothing is joint.</summary>
    public bool IsFork => Fault.Code is RecordFaults.SplitView or RecordFaults.RolledBack or RecordFaults.CosignedBoth;

    /// <summary>Whether it goes by itself once what it is about is well again.</summary>
    public bool IsPassing => Fault.Code is RecordFaults.WrongClock or RecordFaults.Withheld or RecordFaults.Lagging or RecordFaults.RestoredDisk
        or RecordFaults.Missing or RecordFaults.EntryRewritten or RecordFaults.TileRewritten or RecordFaults.MalformedTile or RecordFaults.MalformedCheckpoint
        or RecordFaults.MalformedNote or RecordFaults.AttachmentMissing or RecordFaults.AttachmentRewritten;
}
