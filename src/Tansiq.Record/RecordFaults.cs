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

    /// <summary>A record whose founding names no keys: nobody could verify it.</summary>
    public const string NoKeys = "record.no-keys";

    /// <summary>An entry that bears no signature or more than one.</summary>
    public const string NotOneSignature = "record.not-one-signature";

    /// <summary>A text that is not a verifier key, or one of a kind that can't be used here.</summary>
    public const string MalformedKey = "record.key-malformed";

    /// <summary>Bytes that are not a file of a private key, or one whose work is beyond the bounds.</summary>
    public const string MalformedKeyFile = "record.key-file-malformed";

    /// <summary>A private key that lies under a passphrase, and none was given.</summary>
    public const string PassphraseNeeded = "record.passphrase-needed";

    /// <summary>A passphrase that does not open a private key, or a file of one that was changed.</summary>
    public const string PassphraseWrong = "record.passphrase-wrong";

    /// <summary>A note whose text is not a checkpoint.</summary>
    public const string MalformedCheckpoint = "record.checkpoint-malformed";

    /// <summary>A checkpoint of another log.</summary>
    public const string OtherOrigin = "record.other-origin";

    /// <summary>A record that begins with another founding than the one that is trusted here.</summary>
    public const string OtherFounding = "record.other-founding";

    /// <summary>A real record whose founding does not bear the signatures of all signatories.</summary>
    public const string UnsignedFounding = "record.founding-unsigned";

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

    /// <summary>A statement without a place though the record goes on, or one that does not stand where the office said.</summary>
    public const string Withheld = "record.withheld";

    /// <summary>Statements that stand in another order than their author sent them.</summary>
    public const string Reordered = "record.reordered";

    /// <summary>An office that shows less than another centre holds, and longer than the agreed time.</summary>
    public const string Lagging = "record.lagging";

    /// <summary>A centre that has cosigned two checkpoints that can't both be true.</summary>
    public const string CosignedBoth = "record.cosigned-both";

    /// <summary>A centre that shows as unanswered what stands on the record that it holds.</summary>
    public const string FalselyUnanswered = "record.falsely-unanswered";

    /// <summary>Another process writes this record.</summary>
    public const string Locked = "record.locked";

    /// <summary>No room on the disk: nothing was appended.</summary>
    public const string DiskFull = "record.disk-full";

    /// <summary>The store could not write: nothing more is acknowledged until it is opened again.</summary>
    public const string StoreFailed = "record.store-failed";

    /// <summary>More waits for an answer than the log takes: to be submitted again later.</summary>
    public const string Busy = "record.busy";

    /// <summary>A file that is not a record, or something else where one should begin.</summary>
    public const string NotARecord = "record.not-a-record";

    /// <summary>A record written by a newer version of this program.</summary>
    public const string NewerFormat = "record.newer-format";

    /// <summary>Where a record is read from gives no answer, or one that is not taken: nothing is known of the record by it.</summary>
    public const string SourceFailed = "record.source-failed";
}
