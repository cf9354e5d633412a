using Dapper;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Parties;

/// <summary>An alarm that a line was not checked in time.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="With">The other centre.</param>
/// <param name="DueAt">When the check had fallen due.</param>
/// <param name="RaisedAt">When the alarm was raised.</param>
/// <param name="SeenBy">The officer who acknowledged it; null while nobody has.</param>
/// <param name="SeenAt">When.</param>
public sealed record MissedCheck(long Number, Id<Party> With, Instant DueAt, Instant RaisedAt, string? SeenBy, Instant? SeenAt);

/// <summary>Alarms of line checks that were missed: each once, on the disk, until a person has seen it. Thread-safe.</summary>
/// <param name="node">The node.</param>
/// <param name="database">The private database.</param>
/// <param name="clock">The node's clock.</param>
public sealed class MissedChecks(INode node, PrivateDatabase database, IClock clock)
{
    /// <summary>The most alarms that are listed.</summary>
    public const int PageLength = 100;

    /// <summary>Raises what has fallen due and was not made in time, by the node's own clock.</summary>
    /// <returns>How many alarms are new.</returns>
    public int Raise()
    {
        var now = clock.GetCurrentInstant();
        var missed = LineCheckSchedule.Of(node.Picture.Situation, node.Identity.Party, now).Where(line => line.State == LineCheckState.Missed).ToList();
        if (missed.Count == 0) return 0;
        var rows = missed.ConvertAll(line => new { party = line.With.Value, due = line.DueAt!.Value.ToUnixTimeTicks(), at = now.ToUnixTimeTicks() });
        return database.Write((connection, transaction) => connection.Execute(
            "INSERT INTO desk_missed_check (party, due_at, raised_at) VALUES (@party, @due, @at) ON CONFLICT (party, due_at) DO NOTHING", rows, transaction));
    }

    /// <summary>A person has seen an alarm; the first one counts.</summary>
    /// <returns>Whether there is such an alarm.</returns>
    public bool Acknowledge(long number, string officer) => database.Write((connection, transaction) =>
    {
        connection.Execute(
            "UPDATE desk_missed_check SET seen_by = @officer, seen_at = @at WHERE number = @number AND seen_by IS NULL",
            new { number, officer, at = clock.GetCurrentInstant().ToUnixTimeTicks() },
            transaction);
        return connection.QuerySingle<long>("SELECT COUNT(*) FROM desk_missed_check WHERE number = @number", new { number }, transaction) > 0;
    });

    /// <summary>The newest alarms, those that nobody has seen first.</summary>
    public IReadOnlyList<MissedCheck> List() => database.Read(connection => connection
        .Query<(long Number, string With, long Due, long Raised, string? By, long? At)>(
            $"SELECT number, party, due_at, raised_at, seen_by, seen_at FROM desk_missed_check ORDER BY seen_by IS NOT NULL, number DESC LIMIT {PageLength}")
        .Select(row => new MissedCheck(
            row.Number, new(row.With), Instant.FromUnixTimeTicks(row.Due), Instant.FromUnixTimeTicks(row.Raised), row.By, row.At is { } at ? Instant.FromUnixTimeTicks(at) : null))
        .ToList());
}
