using Tansiq.Storage.Private;

namespace Tansiq.Server.Access;

/// <summary>The tables of accounts. Moments are milliseconds since 1970-01-01T00:00:00Z; of secrets there are hashes only.</summary>
public static class AccountTables
{
    /// <summary>The tables.</summary>
    public static PrivateSchema Schema { get; } = new("accounts",
    [
        """
        CREATE TABLE accounts_officer (
          officer TEXT PRIMARY KEY,
          home TEXT NOT NULL,
          roles TEXT NOT NULL,
          administers INTEGER NOT NULL,
          person TEXT NOT NULL,
          telephone TEXT NOT NULL,
          subject TEXT UNIQUE,
          passphrase TEXT,
          passphrase_is_own INTEGER NOT NULL,
          made_at INTEGER NOT NULL,
          ended_at INTEGER
        ) STRICT;
        CREATE TABLE accounts_session (
          key BLOB PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          officer TEXT NOT NULL REFERENCES accounts_officer (officer),
          way TEXT NOT NULL,
          source TEXT NOT NULL,
          made_at INTEGER NOT NULL,
          seen_at INTEGER NOT NULL,
          ends_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX accounts_session_of_officer ON accounts_session (officer);
        CREATE TABLE accounts_attempt (
          name BLOB PRIMARY KEY,
          failures INTEGER NOT NULL,
          locked_until INTEGER NOT NULL,
          last_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE accounts_token (
          key BLOB PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          scopes TEXT NOT NULL,
          made_by TEXT NOT NULL,
          made_at INTEGER NOT NULL,
          ends_at INTEGER NOT NULL,
          ended_at INTEGER
        ) STRICT;
        CREATE TABLE accounts_passkey (
          id BLOB PRIMARY KEY,
          officer TEXT NOT NULL REFERENCES accounts_officer (officer),
          name TEXT NOT NULL,
          public_key BLOB NOT NULL,
          sign_count INTEGER NOT NULL,
          transports TEXT NOT NULL,
          is_user_verified INTEGER NOT NULL,
          is_backup_eligible INTEGER NOT NULL,
          is_backed_up INTEGER NOT NULL,
          attestation BLOB NOT NULL,
          client_data BLOB NOT NULL,
          made_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX accounts_passkey_of_officer ON accounts_passkey (officer);
        """,
    ]);
}
