using System.Data;
using System.Threading.Channels;
using Dapper;
using NodaTime;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Nodes;

/// <summary>An entry that has no joint place yet, as it lies on the disk.</summary>
/// <param name="Leaf">Its leaf hash, by which the steps of the protocol call it.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Attachments">What it names.</param>
/// <param name="SaidAt">When it was said.</param>
/// <param name="For">For whom it is passed on; the default name for one's own.</param>
/// <param name="Refusal">Why it was given back; null where it was not.</param>
internal sealed record OutboxItem(
    MerkleHash Leaf, SignedEntry Entry, ContentHash Hash, string Type, string Id, IReadOnlyList<AttachmentHash> Attachments, Instant SaidAt, NodeName For, Fault? Refusal);

/// <summary>
/// The durable outbox: what was said and is not joint yet, in the order in which it was said. Many are written in one step; who adds is answered when it is on
/// the disk. Thread-safe.
/// </summary>
internal sealed class OutboxTable : IAsyncDisposable
{
    private const int MostInOneStep = 512;
    private const int MostGivenBack = 1_000;

    /// <summary>Its table.</summary>
    public static PrivateSchema Schema { get; } = new("federation",
    [
        """
        CREATE TABLE federation_outbox (
            number INTEGER PRIMARY KEY AUTOINCREMENT, leaf BLOB NOT NULL UNIQUE, entry BLOB NOT NULL, hash TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
            attachments TEXT NOT NULL, said_at INTEGER NOT NULL, passed_on_for TEXT NOT NULL,
            refusal_code TEXT, refusal_place TEXT, refusal_found TEXT, refusal_expected TEXT
        ) STRICT;
        """,
    ]);

    private readonly PrivateDatabase _database;
    private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(new BoundedChannelOptions(16_384) { SingleReader = true });
    private readonly Task _writing;

    public OutboxTable(PrivateDatabase database)
    {
        _database = database;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>All of it, in order.</summary>
    public IReadOnlyList<OutboxItem> ReadAll() => _database.Read(connection => connection.Query<Row>(
        "SELECT leaf, entry, hash, type, id, attachments, said_at AS SaidAt, passed_on_for AS PassedOnFor, refusal_code AS Code, refusal_place AS Place, refusal_found AS Found, refusal_expected AS Expected FROM federation_outbox ORDER BY number")
        .Select(row => row.Item()).ToList());

    /// <summary>Adds one at the end. Completes when it is on the disk; the same again changes nothing.</summary>
    /// <exception cref="RecordStoreException">The disk failed.</exception>
    public Task AddAsync(OutboxItem item) => ChangeAsync((connection, transaction) => connection.Execute(
        """
        INSERT INTO federation_outbox (leaf, entry, hash, type, id, attachments, said_at, passed_on_for)
        VALUES (@Leaf, @Entry, @Hash, @Type, @Id, @Attachments, @SaidAt, @PassedOnFor) ON CONFLICT (leaf) DO NOTHING
        """,
        new
        {
            Leaf = BytesOf(item.Leaf), Entry = item.Entry.Note.Bytes.ToArray(), Hash = item.Hash.Hex, item.Type, item.Id, Attachments = string.Join(' ', item.Attachments.Select(hash => hash.Hex)),
            SaidAt = item.SaidAt.ToUnixTimeTicks(), PassedOnFor = item.For.Value,
        },
        transaction));

    /// <summary>Takes one away: it is joint.</summary>
    public Task RemoveAsync(MerkleHash leaf) => ChangeAsync((connection, transaction) => connection.Execute("DELETE FROM federation_outbox WHERE leaf = @Leaf", new { Leaf = BytesOf(leaf) }, transaction));

    /// <summary>Notes why one was given back. Of those the newest are kept.</summary>
    public Task GiveBackAsync(MerkleHash leaf, Fault fault) => ChangeAsync((connection, transaction) =>
    {
        connection.Execute(
            "UPDATE federation_outbox SET refusal_code = @Code, refusal_place = @Where, refusal_found = @Found, refusal_expected = @Expected WHERE leaf = @Leaf",
            new { Leaf = BytesOf(leaf), fault.Code, fault.Where, fault.Found, fault.Expected },
            transaction);
        connection.Execute(
            "DELETE FROM federation_outbox WHERE refusal_code IS NOT NULL AND number <= (SELECT number FROM federation_outbox WHERE refusal_code IS NOT NULL ORDER BY number DESC LIMIT 1 OFFSET @Most)",
            new { Most = MostGivenBack },
            transaction);
    });

    /// <summary>Writes what is under way, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task ChangeAsync(Action<IDbConnection, IDbTransaction> write)
    {
        var change = new Change(write, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _changes.Writer.WriteAsync(change).ConfigureAwait(false);
        await change.Written.Task.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var step = new List<Change>();
        while (await _changes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (step.Count < MostInOneStep && _changes.Reader.TryRead(out var change)) step.Add(change);
            Write(step);
            step.Clear();
        }
    }

    private void Write(List<Change> step)
    {
        try
        {
            _database.Write((connection, transaction) =>
            {
                foreach (var change in step) change.Write(connection, transaction);
                return true;
            });
            foreach (var change in step) change.Written.TrySetResult();
        }
        catch (RecordStoreException failure)
        {
            foreach (var change in step) change.Written.TrySetException(failure);
        }
    }

    private static byte[] BytesOf(MerkleHash hash)
    {
        var bytes = new byte[MerkleHash.Length];
        hash.CopyTo(bytes);
        return bytes;
    }

    private sealed record Change(Action<IDbConnection, IDbTransaction> Write, TaskCompletionSource Written);

    // Read by name from the table.
    private sealed class Row
    {
        public byte[] Leaf { get; init; } = [];

        public byte[] Entry { get; init; } = [];

        public string Hash { get; init; } = "";

        public string Type { get; init; } = "";

        public string Id { get; init; } = "";

        public string Attachments { get; init; } = "";

        public long SaidAt { get; init; }

        public string PassedOnFor { get; init; } = "";

        public string? Code { get; init; }

        public string? Place { get; init; }

        public string? Found { get; init; }

        public string? Expected { get; init; }

        public OutboxItem Item() => new(
            MerkleHash.Of(Leaf), SignedEntry.Read(Entry).Value, ContentHash.Parse(Hash)!, Type, Id, [.. Attachments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(hex => AttachmentHash.Parse(hex)!.Value)],
            Instant.FromUnixTimeTicks(SaidAt), PassedOnFor.Length == 0 ? default : NodeName.Of(PassedOnFor), Code is null ? null : new(Code, Place ?? "", Found ?? "", Expected ?? ""));
    }
}
