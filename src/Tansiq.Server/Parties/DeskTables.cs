using Tansiq.Storage.Private;

namespace Tansiq.Server.Parties;

/// <summary>What the desk keeps in the centre and nobody else gets (PTY-1). Moments are ticks of 100 ns since 1970, UTC.</summary>
internal static class DeskTables
{
    public static PrivateSchema Schema { get; } = new(
        "desk",
        [
            """
            CREATE TABLE desk_call (
                number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, party TEXT NOT NULL, is_received INTEGER NOT NULL, line TEXT NOT NULL,
                role TEXT NOT NULL, text TEXT NOT NULL, opened_by TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER
            ) STRICT;
            CREATE INDEX desk_call_open ON desk_call (number) WHERE closed_at IS NULL;
            CREATE TABLE desk_read_back (
                number INTEGER PRIMARY KEY AUTOINCREMENT, call INTEGER NOT NULL REFERENCES desk_call (number), text TEXT NOT NULL, is_right INTEGER NOT NULL,
                said_by TEXT NOT NULL, said_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX desk_read_back_call ON desk_read_back (call);
            CREATE TABLE desk_handover (
                number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL, text TEXT NOT NULL, record_size INTEGER NOT NULL,
                open_calls INTEGER NOT NULL, given_by TEXT NOT NULL, given_at INTEGER NOT NULL, taken_by TEXT, taken_at INTEGER
            ) STRICT;
            CREATE TABLE desk_missed_check (
                number INTEGER PRIMARY KEY AUTOINCREMENT, party TEXT NOT NULL, due_at INTEGER NOT NULL, raised_at INTEGER NOT NULL, seen_by TEXT, seen_at INTEGER,
                UNIQUE (party, due_at)
            ) STRICT;
            """,
        ]);
}
