using Tansiq.Storage.Private;

namespace Tansiq.Server.Drafts;

/// <summary>The tables of drafts. Moments are milliseconds since 1970-01-01T00:00:00Z.</summary>
internal static class DraftTables
{
    public static PrivateSchema Schema { get; } = new("drafts",
    [
        """
        CREATE TABLE drafts_draft (
          id TEXT PRIMARY KEY,
          type TEXT NOT NULL,
          body BLOB NOT NULL,
          drafters TEXT NOT NULL,
          made_at INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          released_by TEXT,
          released_at INTEGER,
          text BLOB
        ) STRICT;
        CREATE TABLE drafts_attachment (
          draft TEXT NOT NULL REFERENCES drafts_draft (id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (draft, position)
        ) STRICT;
        """,
    ]);
}
