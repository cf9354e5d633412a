using System.Security.Cryptography;
using System.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Sqlite;

/// <content>What is kept beside the entries: attachments, cosigned checkpoints, what a witness remembers, evidence.</content>
public sealed partial class SqliteRecordStore
{
    /// <summary>The most pieces of evidence that are kept: the first ones, which show how it began.</summary>
    public const int MaximumEvidence = 1_000;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => _readers.With<ReadOnlyMemory<byte>?>(reader =>
    {
        using var statement = reader.Database.Prepare("SELECT content FROM attachment WHERE hash = ?1");
        return statement.Bind(1, Convert.FromHexString(hash.Hex)).Step() ? (ReadOnlyMemory<byte>?)statement.Bytes(0).ToArray() : null;
    });

    /// <inheritdoc/>
    public IEnumerable<AttachmentHash> Attachments() => _readers.With(reader =>
    {
        var hashes = new List<AttachmentHash>();
        using var statement = reader.Database.Prepare("SELECT hash FROM attachment ORDER BY hash");
        while (statement.Step()) hashes.Add(AttachmentHash.Parse(Convert.ToHexStringLower(statement.Bytes(0))) ?? throw new RecordStoreException("An attachment under no hash.", isFull: false));
        return hashes;
    });

    /// <inheritdoc/>
    public AttachmentHash AddAttachment(ReadOnlyMemory<byte> content)
    {
        var hash = AttachmentHash.Of(content.Span);
        Writer.Write((_, head) =>
        {
            Writer.Appending.Attachment(hash, content.Span);
            return head;
        });
        return hash;
    }

    /// <inheritdoc/>
    public void KeepCosigned(ReadOnlyMemory<byte> note, bool isJoint)
    {
        if (!SignedNote.Read(note).TryGet(out var read, out var fault) || !Record.Checkpoints.Checkpoint.Parse(read.Text.Span).TryGet(out var checkpoint, out fault))
            throw new ArgumentException("Not a checkpoint: " + fault, nameof(note));
        Writer.Write((_, head) =>
        {
            var kept = note.ToArray();
            if (checkpoint.Size == head.Size && IsOfSameText(read, head.Checkpoint)) head = head with { Checkpoint = kept };
            return isJoint && checkpoint.Size >= head.JointSize ? head with { Joint = kept, JointSize = checkpoint.Size } : head;
        });
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Witnessed(string origin) => _readers.With(reader => Witnessed(reader.Database, origin));

    /// <inheritdoc/>
    public bool TryWitness(string origin, ReadOnlyMemory<byte>? expected, ReadOnlyMemory<byte> note)
    {
        var isKept = false;
        Writer.Write((database, head) =>
        {
            var remembered = Witnessed(database, origin);
            isKept = remembered is { } now ? expected is { } then && now.Span.SequenceEqual(then.Span) : expected is null;
            if (!isKept) return head;
            Writer.Appending.Witness(origin, note.Span);
            return head;
        });
        return isKept;
    }

    /// <inheritdoc/>
    public void KeepEvidence(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        Writer.Write((database, head) =>
        {
            if (database.Number("SELECT count(*) FROM evidence") < MaximumEvidence) Insert(database, evidence);
            return head;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<Evidence> AllEvidence() => _readers.With(reader =>
    {
        var all = new List<Evidence>();
        using var evidence = reader.Database.Prepare("SELECT id, code, place, found, expected FROM evidence ORDER BY id");
        using var file = reader.Database.Prepare("SELECT name, bytes FROM evidence_file WHERE evidence = ?1");
        while (evidence.Step())
        {
            var files = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
            file.Bind(1, evidence.Long(0));
            while (file.Step()) files[file.Text(0)] = file.Bytes(1).ToArray();
            all.Add(new(new(evidence.Text(1), evidence.Text(2), evidence.Text(3), evidence.Text(4)), files));
        }

        return all;
    });

    private static void Insert(SqliteDatabase database, Evidence evidence)
    {
        using var insert = database.Prepare("""
            INSERT INTO evidence (digest, code, place, found, expected) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (digest) DO NOTHING RETURNING id
            """);
        var fault = evidence.Fault;
        if (!insert.Bind(1, DigestOf(evidence)).Bind(2, fault.Code).Bind(3, fault.Where).Bind(4, fault.Found).Bind(5, fault.Expected).Step()) return;
        var id = insert.Long(0);
        insert.Reset();
        using var file = database.Prepare("INSERT INTO evidence_file (evidence, name, bytes) VALUES (?1, ?2, ?3)");
        foreach (var (name, bytes) in evidence.Files) file.Bind(1, id).Bind(2, name).Bind(3, bytes.Span).Run();
    }

    // Each part with its length before it, so that no two pieces of evidence have one digest.
    private static byte[] DigestOf(Evidence evidence)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in (string[])[evidence.Fault.Code, evidence.Fault.Where, evidence.Fault.Found, evidence.Fault.Expected]) Add(Encoding.UTF8.GetBytes(text));
        foreach (var (name, bytes) in evidence.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            Add(Encoding.UTF8.GetBytes(name));
            Add(bytes.Span);
        }

        return digest.GetHashAndReset();

        void Add(ReadOnlySpan<byte> part)
        {
            digest.AppendData(BitConverter.GetBytes((long)part.Length));
            digest.AppendData(part);
        }
    }

    private static ReadOnlyMemory<byte>? Witnessed(SqliteDatabase database, string origin)
    {
        using var statement = database.Prepare("SELECT note FROM witnessed WHERE origin = ?1");
        return statement.Bind(1, origin).Step() ? (ReadOnlyMemory<byte>?)statement.Bytes(0).ToArray() : null;
    }

    private static bool IsOfSameText(SignedNote note, ReadOnlyMemory<byte>? other) =>
        other is { } bytes && SignedNote.Read(bytes).TryGet(out var read, out _) && read.Text.Span.SequenceEqual(note.Text.Span);
}
