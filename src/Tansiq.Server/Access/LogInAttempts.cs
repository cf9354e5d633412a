using System.Security.Cryptography;
using System.Text;
using Dapper;
using NodaTime;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Access;

/// <summary>
/// Counts wrong passphrases by the name under which they came, whether there is such an account or not, and locks the name for growing times: 15 s after the
/// fifth, twice as long after each further one, at most 15 minutes. Sessions that are open and passkeys go on: locking out must not be a weapon.
/// </summary>
internal sealed class LogInAttempts(PrivateDatabase database, IClock clock)
{
    /// <summary>So many wrong ones have no consequence.</summary>
    public const int Free = 4;

    /// <summary>The most names that are remembered; the oldest are forgotten first.</summary>
    public const int MaximumNames = 10_000;

    private static readonly Duration First = Duration.FromSeconds(15);
    private static readonly Duration Longest = Duration.FromMinutes(15);
    private static readonly Duration Forgotten = Duration.FromHours(24);

    /// <summary>How long the name is locked yet; null where it is not.</summary>
    public Duration? Locked(string name)
    {
        var until = database.Read(connection => connection.QuerySingleOrDefault<long?>("SELECT locked_until FROM accounts_attempt WHERE name = @key", new { key = Key(name) }));
        var left = Duration.FromMilliseconds((until ?? 0) - Now);
        return left > Duration.Zero ? left : null;
    }

    /// <summary>Counts an attempt before it is looked at, so that many at once are not all free.</summary>
    public void Count(string name) => _ = database.Write((connection, transaction) =>
    {
        var (key, now) = (Key(name), Now);
        var forgotten = now - (long)Forgotten.TotalMilliseconds;
        var before = connection.QuerySingleOrDefault<long?>("SELECT failures FROM accounts_attempt WHERE name = @key AND last_at > @forgotten", new { key, forgotten }, transaction) ?? 0;
        var failures = Math.Min(before + 1, 1_000);
        _ = connection.Execute(
            """
            INSERT INTO accounts_attempt (name, failures, locked_until, last_at) VALUES (@key, @failures, @until, @now)
            ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until, last_at = excluded.last_at;
            DELETE FROM accounts_attempt WHERE last_at <= @forgotten
              OR name IN (SELECT name FROM accounts_attempt ORDER BY last_at DESC LIMIT -1 OFFSET @MaximumNames);
            """,
            new { key, failures, until = now + (long)LockAfter(failures).TotalMilliseconds, now, forgotten, MaximumNames },
            transaction);
        return 0;
    });

    /// <summary>The right one came: what was counted is forgotten.</summary>
    public void Forget(string name) => _ = database.Write((connection, transaction) =>
        connection.Execute("DELETE FROM accounts_attempt WHERE name = @key", new { key = Key(name) }, transaction));

    /// <summary>How long a name is locked after so many wrong ones.</summary>
    public static Duration LockAfter(long failures) =>
        failures <= Free ? Duration.Zero : Duration.Min(Longest, First * (1L << (int)Math.Min(failures - Free - 1, 16)));

    private long Now => clock.GetCurrentInstant().ToUnixTimeMilliseconds();

    // A hash: people type their passphrase into the field of the name.
    private static byte[] Key(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));
}
