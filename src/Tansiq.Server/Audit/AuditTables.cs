using Tansiq.Storage.Private;

namespace Tansiq.Server.Audit;

/// <summary>The tables of the audit log.</summary>
public static class AuditTables
{
    /// <summary>The tables.</summary>
    public static PrivateSchema Schema { get; } = new("audit",
    [
        """
        CREATE TABLE audit_entry (
          number INTEGER PRIMARY KEY,
          at INTEGER NOT NULL,
          kind TEXT NOT NULL,
          who TEXT NOT NULL,
          source TEXT NOT NULL,
          act TEXT NOT NULL,
          about TEXT NOT NULL,
          refusal TEXT,
          hash TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_entry_is_not_changed BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
        CREATE TRIGGER audit_entry_is_not_removed BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
        """,
    ]);
}
