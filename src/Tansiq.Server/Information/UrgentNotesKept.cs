using Dapper;
using NodaTime;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Information;

/// <summary>The notes of the urgent way on the node's disk.</summary>
internal sealed class UrgentNotesKept(PrivateDatabase database)
{
    /// <summary>The most messages that are read back at a start: first those that are not on the record, of these and of the others the newest.</summary>
    public const int MaximumMessages = 512;

    public static PrivateSchema Schema { get; } = new("information",
    [
        """
        CREATE TABLE information_note (
            hash BLOB PRIMARY KEY,
            message BLOB NOT NULL,
            is_message INTEGER NOT NULL,
            kept_at INTEGER NOT NULL,
            note BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX information_note_message ON information_note (message);
        CREATE INDEX information_message_kept ON information_note (is_message, kept_at);
        CREATE TABLE information_recorded (message BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
        """,
    ]);

    /// <summary>Keeps notes and which courses are on the record, in one step.</summary>
    /// <exception cref="Tansiq.Record.Logs.RecordStoreException">The disk failed: nothing was kept.</exception>
    public void Keep(IReadOnlyCollection<UrgentNote> notes, IReadOnlyCollection<ContentHash> recorded, Instant now) => database.Write((connection, transaction) =>
    {
        foreach (var note in notes)
        {
            connection.Execute(
                "INSERT OR IGNORE INTO information_note (hash, message, is_message, kept_at, note) VALUES (@Hash, @Message, @IsMessage, @At, @Note)",
                new { Hash = Bytes(note.Hash), Message = Bytes(note.About), IsMessage = note is UrgentNote.OfMessage ? 1 : 0, At = now.ToUnixTimeMilliseconds(), Note = note.Bytes.ToArray() },
                transaction);
        }

        foreach (var message in recorded)
            connection.Execute("INSERT OR IGNORE INTO information_recorded (message) VALUES (@Message)", new { Message = Bytes(message) }, transaction);
        return notes.Count;
    });

    /// <summary>The notes of the newest messages, each message before its events, and the messages whose courses are on the record.</summary>
    /// <param name="keys">By which they are verified once more; a note that nobody can have made any longer is left out.</param>
    public (List<UrgentNote> Notes, List<ContentHash> Recorded) Read(PartyKeys keys) => database.Read(connection =>
    {
        var notes = connection.Query<byte[]>(
            """
            WITH newest AS (
                SELECT hash FROM information_note WHERE is_message = 1
                ORDER BY hash IN (SELECT message FROM information_recorded), kept_at DESC LIMIT @MaximumMessages)
            SELECT note FROM information_note WHERE message IN (SELECT hash FROM newest) ORDER BY is_message DESC
            """,
            new { MaximumMessages });
        var read = new List<UrgentNote>();
        foreach (var bytes in notes)
        {
            if (UrgentNote.Read(bytes, keys).TryGet(out var note, out _)) read.Add(note);
        }

        return (read, connection.Query<byte[]>("SELECT message FROM information_recorded").Select(hash => ContentHash.FromBytes(hash)).ToList());
    });

    private static byte[] Bytes(ContentHash hash)
    {
        var bytes = new byte[ContentHash.ByteCount];
        hash.WriteTo(bytes);
        return bytes;
    }
}
