namespace Tansiq.Record;

/// <summary>The stable codes of faults in a record (docs/formats/record-faults.md).</summary>
public static class RecordFaults
{
    /// <summary>Bytes that are not a signed note.</summary>
    public const string MalformedNote = "record.note-malformed";

    /// <summary>More signatures, longer names or more bytes than are taken.</summary>
    public const string TooLarge = "record.too-large";

    /// <summary>A signature of a known key that does not verify.</summary>
    public const string BadSignature = "record.signature-bad";

    /// <summary>No signature by a key that is trusted here.</summary>
    public const string UnknownKey = "record.key-unknown";

    /// <summary>An entry that bears no signature or more than one.</summary>
    public const string NotOneSignature = "record.not-one-signature";

    /// <summary>A text that is not a verifier key, or one of a kind that can't be used here.</summary>
    public const string MalformedKey = "record.key-malformed";

    /// <summary>A note whose text is not a checkpoint.</summary>
    public const string MalformedCheckpoint = "record.checkpoint-malformed";

    /// <summary>A checkpoint of another log.</summary>
    public const string OtherOrigin = "record.other-origin";

    /// <summary>Bytes that are not a tile or an entry bundle of the size that their name says.</summary>
    public const string MalformedTile = "record.tile-malformed";

    /// <summary>A path that names no tile.</summary>
    public const string MalformedPath = "record.path-malformed";

    /// <summary>A tile, an entry bundle or a checkpoint that should be there is not.</summary>
    public const string Missing = "record.missing";

    /// <summary>A text that is not a proof.</summary>
    public const string MalformedProof = "record.proof-malformed";

    /// <summary>A proof that does not lead to the root.</summary>
    public const string WrongProof = "record.proof-wrong";

    /// <summary>A request that is not one of tlog-witness.</summary>
    public const string MalformedRequest = "record.request-malformed";

    /// <summary>An entry whose hash is not the one in its tile.</summary>
    public const string EntryRewritten = "record.entry-rewritten";

    /// <summary>A tile whose hashes do not lead to what stands above it.</summary>
    public const string TileRewritten = "record.tile-rewritten";

    /// <summary>Two checkpoints of one log that can't both be true.</summary>
    public const string SplitView = "record.split-view";

    /// <summary>A log that shows less than it showed before.</summary>
    public const string RolledBack = "record.rolled-back";

    /// <summary>A log of one's own that is smaller than what a witness has cosigned: an older disk was restored.</summary>
    public const string RestoredDisk = "record.restored-disk";

    /// <summary>A time on the record or of a cosignature that is further from one's own clock than the agreed limit.</summary>
    public const string WrongClock = "record.wrong-clock";

    /// <summary>An attachment that an entry names and that is not there.</summary>
    public const string AttachmentMissing = "record.attachment-missing";

    /// <summary>An attachment that is not what its name says.</summary>
    public const string AttachmentRewritten = "record.attachment-rewritten";

    /// <summary>A situation whose digest is not the one that another centre has at that size.</summary>
    public const string OtherSituation = "record.other-situation";

    /// <summary>A statement under an identifier that its party has used for another text.</summary>
    public const string IdReused = "record.id-reused";

    /// <summary>Another process writes this record.</summary>
    public const string Locked = "record.locked";

    /// <summary>No room on the disk: nothing was appended.</summary>
    public const string DiskFull = "record.disk-full";

    /// <summary>The store could not write: nothing more is acknowledged until it is opened again.</summary>
    public const string StoreFailed = "record.store-failed";
}
