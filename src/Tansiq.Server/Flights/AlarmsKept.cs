using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using Tansiq.Coordination.Statements;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Flights;

/// <summary>What an alarm is about.</summary>
internal enum AlarmKind
{
    /// <summary>A verdict on a standing notice says something else than before (FLT-2).</summary>
    VerdictChanged = 0,

    /// <summary>Another node gives another verdict on the same notice, the same record and the same moment (FLT-3).</summary>
    VerdictsDiffer = 1,
}

/// <summary>An alarm to be kept.</summary>
internal sealed record RaisedAlarm
{
    public required AlarmKind Kind { get; init; }

    public required ContentHash Notice { get; init; }

    public required string Party { get; init; }

    public required string Id { get; init; }

    /// <summary>What was said before, a word; empty where that is not known.</summary>
    public required string Before { get; init; }

    /// <summary>What is said now, or by which node something else.</summary>
    public required string After { get; init; }

    /// <summary>The hash of the statement that changed it; empty where others became joint, or it changed while the node was away.</summary>
    public required string Cause { get; init; }

    /// <summary>The verdict now, as JSON with its sentences.</summary>
    public required ReadOnlyMemory<byte> Verdict { get; init; }
}

/// <summary>An alarm as it is kept.</summary>
internal sealed class KeptAlarm
{
    public long Number { get; init; }

    public long Kind { get; init; }

    public long RaisedAt { get; init; }

    public byte[] Notice { get; init; } = [];

    public string Party { get; init; } = "";

    public string Id { get; init; } = "";

    public string Before { get; init; } = "";

    public string After { get; init; } = "";

    public string Cause { get; init; } = "";

    public byte[] Verdict { get; init; } = [];

    public long? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }
}

/// <summary>Alarms and what was last said of each standing notice, on the node's disk: what is said and the alarm of it are written in one step.</summary>
internal sealed class AlarmsKept(PrivateDatabase database)
{
    private const string Columns =
        "number AS Number, kind AS Kind, raised_at AS RaisedAt, notice AS Notice, party AS Party, id AS Id, before AS Before, after AS After, cause AS Cause, "
        + "verdict AS Verdict, acknowledged_at AS AcknowledgedAt, acknowledged_by AS AcknowledgedBy";

    public static PrivateSchema Schema { get; } = new("flights",
    [
        """
        CREATE TABLE flights_said (notice INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
        CREATE TABLE flights_alarm (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            kind INTEGER NOT NULL,
            raised_at INTEGER NOT NULL,
            notice BLOB NOT NULL,
            party TEXT NOT NULL,
            id TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            cause TEXT NOT NULL,
            verdict BLOB NOT NULL,
            acknowledged_at INTEGER,
            acknowledged_by TEXT
        ) STRICT;
        CREATE INDEX flights_alarm_open ON flights_alarm (number) WHERE acknowledged_at IS NULL;
        """,
        HeldSitesKept.Tables,
    ]);

    /// <summary>What was last said of each standing notice, by the notice's index on the record.</summary>
    public Dictionary<long, ContentHash> Said() => database.Read(connection =>
        connection.Query<(long Notice, byte[] Hash)>("SELECT notice, hash FROM flights_said").ToDictionary(row => row.Notice, row => ContentHash.FromBytes(row.Hash)));

    /// <summary>Keeps what is said now, and the alarms of it, in one step.</summary>
    /// <param name="said">By the notice's index; null for a notice that stands no longer.</param>
    /// <param name="alarms">The alarms.</param>
    /// <param name="now">When they are raised.</param>
    /// <returns>The alarms with their numbers.</returns>
    public List<KeptAlarm> Keep(IEnumerable<(long Notice, ContentHash? Hash)> said, IEnumerable<RaisedAlarm> alarms, Instant now) => database.Write((connection, transaction) =>
    {
        foreach (var (notice, hash) in said)
        {
            connection.Execute(
                hash is null
                    ? "DELETE FROM flights_said WHERE notice = @notice"
                    : "INSERT INTO flights_said (notice, hash) VALUES (@notice, @hash) ON CONFLICT (notice) DO UPDATE SET hash = excluded.hash",
                new { notice, hash = hash is null ? null : Bytes(hash) },
                transaction);
        }

        return alarms.Select(alarm => Insert(connection, transaction, alarm, now)).ToList();
    });

    /// <summary>Alarms from a number on, in order.</summary>
    public List<KeptAlarm> Read(long after, bool isOpenOnly, int limit) => database.Read(connection => connection.Query<KeptAlarm>(
        $"SELECT {Columns} FROM flights_alarm WHERE number > @after {(isOpenOnly ? "AND acknowledged_at IS NULL" : "")} ORDER BY number LIMIT @limit",
        new { after, limit }).ToList());

    /// <summary>A person takes note of an alarm; the first one counts.</summary>
    /// <returns>The alarm; null where there is none of that number.</returns>
    public KeptAlarm? Acknowledge(long number, string officer, Instant now) => database.Write((connection, transaction) =>
    {
        connection.Execute(
            "UPDATE flights_alarm SET acknowledged_at = @at, acknowledged_by = @officer WHERE number = @number AND acknowledged_at IS NULL",
            new { number, officer, at = now.ToUnixTimeMilliseconds() },
            transaction);
        return connection.QuerySingleOrDefault<KeptAlarm>($"SELECT {Columns} FROM flights_alarm WHERE number = @number", new { number }, transaction);
    });

    private static KeptAlarm Insert(SqliteConnection connection, SqliteTransaction transaction, RaisedAlarm alarm, Instant now) => connection.QuerySingle<KeptAlarm>(
        $"""
        INSERT INTO flights_alarm (kind, raised_at, notice, party, id, before, after, cause, verdict)
        VALUES (@Kind, @RaisedAt, @Notice, @Party, @Id, @Before, @After, @Cause, @Verdict) RETURNING {Columns}
        """,
        new
        {
            Kind = (long)alarm.Kind, RaisedAt = now.ToUnixTimeMilliseconds(), Notice = Bytes(alarm.Notice), alarm.Party, alarm.Id, alarm.Before, alarm.After, alarm.Cause,
            Verdict = alarm.Verdict.ToArray(),
        },
        transaction);

    private static byte[] Bytes(ContentHash hash)
    {
        var bytes = new byte[ContentHash.ByteCount];
        hash.WriteTo(bytes);
        return bytes;
    }
}
