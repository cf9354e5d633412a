using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Audit;

/// <summary>
/// What was done at this node, by whom, when and from where, refused attempts too (PTY-4). It is only added to; each row holds a hash over all before it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class AuditLog(PrivateDatabase database, IClock clock)
{
    /// <summary>The most rows that are given at once.</summary>
    public const int MaximumRows = 1_000;

    /// <summary>The most characters of what an event is about; the rest is cut off.</summary>
    public const int MaximumAboutLength = 200;

    private readonly NobodyBudget _nobody = new();

    /// <summary>Adds an event on its own. Of callers who are nobody it takes so many a minute and then counts (<see cref="NobodyBudget"/>).</summary>
    public void Add(AuditEvent said)
    {
        ArgumentNullException.ThrowIfNull(said);
        var passedOver = 0L;
        if (said.Actor.Kind == Access.CallerKind.Nobody && said.Actor != AuditActor.Console && !_nobody.Takes(clock.GetCurrentInstant(), out passedOver)) return;
        _ = database.Write((connection, transaction) =>
        {
            if (passedOver > 0) Add(connection, transaction, new(new(Access.CallerKind.Nobody, "", ""), AuditActs.PassedOver, passedOver.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Add(connection, transaction, said);
            return 0;
        });
    }

    /// <summary>Adds an event in the same step as what it tells of: both are on the disk, or neither.</summary>
    public void Add(SqliteConnection connection, SqliteTransaction transaction, AuditEvent said)
    {
        ArgumentNullException.ThrowIfNull(said);
        var kept = said.About.Length <= MaximumAboutLength ? said : said with { About = said.About[..MaximumAboutLength] };
        var last = connection.QuerySingleOrDefault<Head>("SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1", transaction: transaction) ?? new(0, AuditChain.Start);
        var number = last.Number + 1;
        var at = clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        _ = connection.Execute(
            "INSERT INTO audit_entry (number, at, kind, who, source, act, about, refusal, hash) VALUES (@number, @at, @kind, @who, @source, @act, @about, @refusal, @hash)",
            new
            {
                number,
                at,
                kind = AuditChain.Word(kept.Actor.Kind),
                who = kept.Actor.Who,
                source = kept.Actor.From,
                act = kept.Act,
                about = kept.About,
                refusal = kept.Refusal,
                hash = AuditChain.Hash(last.Hash, number, at, kept),
            },
            transaction);
    }

    /// <summary>Rows in their order.</summary>
    /// <param name="after">The number after which they begin; 0 for the first.</param>
    /// <param name="count">How many, at most <see cref="MaximumRows"/>.</param>
    public IReadOnlyList<AuditRow> Read(long after, int count) => database.Read(connection => connection
        .Query<Row>("SELECT number, at, kind, who, source, act, about, refusal, hash FROM audit_entry WHERE number > @after ORDER BY number LIMIT @count", new { after, count = Math.Clamp(count, 1, MaximumRows) })
        .Select(Of)
        .ToList());

    /// <summary>Reckons all hashes again.</summary>
    /// <returns>The number of the first row that is not as it was written, or is missing; null where all are there as they were written.</returns>
    public long? FirstChanged()
    {
        var (number, hash) = (0L, AuditChain.Start);
        while (true)
        {
            var rows = Read(number, MaximumRows);
            if (rows.Count == 0) return null;
            foreach (var row in rows)
            {
                number++;
                if (row.Number != number || row.Hash != AuditChain.Hash(hash, number, row.AtMilliseconds, row.Event)) return number;
                hash = row.Hash;
            }
        }
    }

    private static AuditRow Of(Row row) => new(row.Number, row.At, new(new(AuditChain.Kind(row.Kind), row.Who, row.Source), row.Act, row.About, row.Refusal), row.Hash);

    private sealed record Head(long Number, string Hash);

    private sealed record Row(long Number, long At, string Kind, string Who, string Source, string Act, string About, string? Refusal, string Hash);
}
