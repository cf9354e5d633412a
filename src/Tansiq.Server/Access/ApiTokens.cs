using System.Collections.Immutable;
using Dapper;
using NodaTime;
using Tansiq.Geo.Text;
using Tansiq.Server.Audit;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Access;

/// <summary>What an API token is good for. A machine never releases a statement and never keeps accounts.</summary>
public enum TokenScope
{
    /// <summary>Reads the node's picture.</summary>
    Read = 0,

    /// <summary>Drafts statements, which an officer releases.</summary>
    Draft = 1,

    /// <summary>Sends STOP.</summary>
    Stop = 2,
}

/// <summary>An API token as it is kept.</summary>
/// <param name="Id">Its name in addresses, which is no secret.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it is good for.</param>
/// <param name="MadeBy">Whose account it is under; it ends with that.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="EndedAt">When it was ended before; null where it was not.</param>
internal sealed record ApiToken(string Id, string Name, ImmutableSortedSet<TokenScope> Scopes, string MadeBy, Instant MadeAt, Instant EndsAt, Instant? EndedAt);

/// <summary>The API tokens of a node. A token is told once; its hash is kept.</summary>
internal sealed class ApiTokens(PrivateDatabase database, AuditLog audit, IClock clock)
{
    /// <summary>What each begins with, so that programs that look for forgotten secrets find it.</summary>
    public const string Prefix = "tansiq_";

    /// <summary>The most tokens that are good at one time.</summary>
    public const int MaximumCount = 1_000;

    /// <summary>The longest that a token is good for.</summary>
    public const int MaximumDays = 366;

    private const string Columns = "id, name, scopes, made_by AS madeBy, made_at AS madeAt, ends_at AS endsAt, ended_at AS endedAt";

    /// <summary>Makes a token.</summary>
    /// <returns>The token as it is kept, and what is told once.</returns>
    public Parsed<(ApiToken Token, string Secret)> Add(string name, ImmutableSortedSet<TokenScope> scopes, Duration length, AuditActor by) =>
        database.Write<Parsed<(ApiToken, string)>>((connection, transaction) =>
        {
            var now = clock.GetCurrentInstant();
            var count = connection.ExecuteScalar<long>("SELECT count(*) FROM accounts_token WHERE ended_at IS NULL AND ends_at > @now", new { now = now.ToUnixTimeMilliseconds() }, transaction);
            if (count >= MaximumCount) return new Refusal(AccessCodes.TooMany, "", "another token", FormattableString.Invariant($"at most {MaximumCount}"));
            var secret = Prefix + Secret.New();
            var token = new ApiToken(Secret.NewId(), name, scopes, by.Who, now, now + length, null);
            _ = connection.Execute(
                "INSERT INTO accounts_token (key, id, name, scopes, made_by, made_at, ends_at) VALUES (@key, @id, @name, @scopes, @madeBy, @madeAt, @endsAt)",
                new
                {
                    key = Secret.Key(secret),
                    id = token.Id,
                    name,
                    scopes = string.Join(' ', scopes.Select(Word)),
                    madeBy = token.MadeBy,
                    madeAt = now.ToUnixTimeMilliseconds(),
                    endsAt = token.EndsAt.ToUnixTimeMilliseconds(),
                },
                transaction);
            audit.Add(connection, transaction, new(by, AuditActs.AddToken, token.Id));
            return (token, secret);
        });

    /// <summary>The token of that secret; null where there is none, or it is good no longer.</summary>
    public ApiToken? Find(string secret)
    {
        var now = clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        return database.Read(connection => connection
            .QuerySingleOrDefault<Row>($"SELECT {Columns} FROM accounts_token WHERE key = @key AND ended_at IS NULL AND ends_at > @now", new { key = Secret.Key(secret), now })?.Token());
    }

    /// <summary>Tokens, the newest first.</summary>
    public IReadOnlyList<ApiToken> List() => database.Read(connection => connection
        .Query<Row>($"SELECT {Columns} FROM accounts_token ORDER BY made_at DESC, id LIMIT @MaximumCount", new { MaximumCount })
        .Select(row => row.Token())
        .ToList());

    /// <summary>Ends a token at once; false where there is none that is good.</summary>
    public bool End(string id, AuditActor by) => database.Write((connection, transaction) =>
    {
        var now = clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        if (connection.Execute("UPDATE accounts_token SET ended_at = @now WHERE id = @id AND ended_at IS NULL", new { id, now }, transaction) == 0) return false;
        audit.Add(connection, transaction, new(by, AuditActs.EndToken, id));
        return true;
    });

    /// <summary>The word for a scope.</summary>
    public static string Word(TokenScope scope) => scope switch
    {
        TokenScope.Read => "read",
        TokenScope.Draft => "draft",
        TokenScope.Stop => "stop",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "Unknown scope."),
    };

    private sealed record Row(string Id, string Name, string Scopes, string MadeBy, long MadeAt, long EndsAt, long? EndedAt)
    {
        public ApiToken Token() => new(
            Id,
            Name,
            [.. Enum.GetValues<TokenScope>().Where(scope => Scopes.Split(' ').Contains(Word(scope)))],
            MadeBy,
            Instant.FromUnixTimeMilliseconds(MadeAt),
            Instant.FromUnixTimeMilliseconds(EndsAt),
            EndedAt is { } ended ? Instant.FromUnixTimeMilliseconds(ended) : null);
    }
}
