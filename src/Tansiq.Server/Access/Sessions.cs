using Dapper;
using NodaTime;
using Tansiq.Server.Audit;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Access;

/// <summary>A session that was opened.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Id">Its name, which is no secret.</param>
/// <param name="Key">What the browser shows for it; told once.</param>
/// <param name="EndsAt">When it ends in any case.</param>
internal sealed record OpenedSession(OfficerAccount Account, string Id, string Key, Instant EndsAt);

/// <summary>A session as it is shown to whose it is.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Way">How it was opened.</param>
/// <param name="From">From which address.</param>
/// <param name="MadeAt">When.</param>
/// <param name="SeenAt">When something was last asked in it, to the minute.</param>
/// <param name="EndsAt">When it ends in any case.</param>
internal sealed record ShownSession(string Id, string Way, string From, Instant MadeAt, Instant SeenAt, Instant EndsAt);

/// <summary>The sessions of officers: in the database, so that one that is ended is ended at once, and a restart ends none.</summary>
internal sealed class Sessions(PrivateDatabase database, AuditLog audit, IClock clock, AccountSettings settings)
{
    /// <summary>The most sessions of an officer; a further one ends the oldest.</summary>
    public const int MaximumPerOfficer = 16;

    private static readonly Duration Touching = Duration.FromMinutes(1);

    /// <summary>Opens a session with a new key; null where there is no such account or it is ended.</summary>
    public OpenedSession? Open(string officer, LogInWay way, string from) => database.Write((connection, transaction) =>
    {
        if (Accounts.Find(connection, transaction, officer) is not { IsEnded: false } account) return null;
        var now = clock.GetCurrentInstant();
        var (key, id, endsAt) = (Secret.New(), Secret.NewId(), now + settings.SessionLength);
        _ = connection.Execute(
            """
            DELETE FROM accounts_session WHERE ends_at <= @now OR seen_at <= @idleSince;
            DELETE FROM accounts_session WHERE id IN
              (SELECT id FROM accounts_session WHERE officer = @officer ORDER BY made_at DESC LIMIT -1 OFFSET @kept);
            INSERT INTO accounts_session (key, id, officer, way, source, made_at, seen_at, ends_at) VALUES (@key, @id, @officer, @way, @from, @now, @now, @endsAt);
            """,
            new
            {
                key = Secret.Key(key),
                id,
                officer,
                way = Word(way),
                from,
                now = now.ToUnixTimeMilliseconds(),
                idleSince = (now - settings.SessionIdle).ToUnixTimeMilliseconds(),
                endsAt = endsAt.ToUnixTimeMilliseconds(),
                kept = MaximumPerOfficer - 1,
            },
            transaction);
        audit.Add(connection, transaction, new(new(CallerKind.Officer, officer, from), AuditActs.LogIn, Word(way)));
        return new OpenedSession(account, id, key, endsAt);
    });

    /// <summary>The account and the name of the session with that key; null where there is none any more.</summary>
    public (OfficerAccount Account, string Id)? Find(string key)
    {
        var now = clock.GetCurrentInstant();
        if (Stored(key, now) is not var (session, account)) return null;
        // Not at each request: every write is synced.
        if (now - Instant.FromUnixTimeMilliseconds(session.SeenAt) >= Duration.Min(Touching, settings.SessionIdle / 4)) Touch(session.Id, now);
        return (account, session.Id);
    }

    /// <summary>The account of the session with that key, without anything being asked in it: it grows idle as before. Null where there is none any more.</summary>
    public OfficerAccount? Look(string key) => Stored(key, clock.GetCurrentInstant())?.Account;

    /// <summary>The sessions of an officer, the newest first.</summary>
    public IReadOnlyList<ShownSession> List(string officer)
    {
        var now = clock.GetCurrentInstant();
        return database.Read(connection => connection
            .Query<ShownRow>(
                "SELECT id, way, source, made_at AS madeAt, seen_at AS seenAt, ends_at AS endsAt FROM accounts_session WHERE officer = @officer AND ends_at > @now AND seen_at > @idleSince ORDER BY made_at DESC",
                new { officer, now = now.ToUnixTimeMilliseconds(), idleSince = (now - settings.SessionIdle).ToUnixTimeMilliseconds() })
            .Select(row => new ShownSession(row.Id, row.Way, row.Source, Moment(row.MadeAt), Moment(row.SeenAt), Moment(row.EndsAt)))
            .ToList());
    }

    /// <summary>Ends one session of an officer, or all.</summary>
    /// <param name="officer">Whose.</param>
    /// <param name="id">Which; null for all.</param>
    /// <param name="by">Who ends it.</param>
    /// <returns>How many there were.</returns>
    public int End(string officer, string? id, AuditActor by) => database.Write((connection, transaction) =>
    {
        var ended = connection.Execute("DELETE FROM accounts_session WHERE officer = @officer AND (@id IS NULL OR id = @id)", new { officer, id }, transaction);
        if (ended > 0) audit.Add(connection, transaction, new(by, AuditActs.EndSession, officer));
        return ended;
    });

    private (Row Session, OfficerAccount Account)? Stored(string key, Instant now)
    {
        var found = database.Read(connection =>
        {
            var row = connection.QuerySingleOrDefault<Row>(
                "SELECT id, officer, seen_at AS seenAt FROM accounts_session WHERE key = @key AND ends_at > @now AND seen_at > @idleSince",
                new { key = Secret.Key(key), now = now.ToUnixTimeMilliseconds(), idleSince = (now - settings.SessionIdle).ToUnixTimeMilliseconds() });
            return row is null ? ((Row, OfficerAccount)?)null : (row, Accounts.Find(connection, null, row.Officer)!);
        });
        return found is ({ } session, { IsEnded: false } account) ? (session, account) : null;
    }

    private void Touch(string id, Instant now) => _ = database.Write((connection, transaction) =>
        connection.Execute("UPDATE accounts_session SET seen_at = @now WHERE id = @id", new { id, now = now.ToUnixTimeMilliseconds() }, transaction));

    private static string Word(LogInWay way) => way switch
    {
        LogInWay.Passphrase => "passphrase",
        LogInWay.Passkey => "passkey",
        LogInWay.Organisation => "organisation",
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "Unknown way of logging in."),
    };

    private static Instant Moment(long milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds);

    private sealed record Row(string Id, string Officer, long SeenAt);

    private sealed record ShownRow(string Id, string Way, string Source, long MadeAt, long SeenAt, long EndsAt);
}
