using Dapper;
using NodaTime;
using Tansiq.Geo.Text;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Parties;

/// <summary>A call as an officer enters it.</summary>
/// <param name="Id">The identifier that the officer's machine gives it.</param>
/// <param name="Party">With whose desk.</param>
/// <param name="IsReceived">Whether the other desk called.</param>
/// <param name="Line">By which means: the word of a <c>LineKind</c>.</param>
/// <param name="Role">The role that spoke at the other end: its word.</param>
/// <param name="Text">What was said.</param>
public sealed record CallEntry(string Id, string Party, bool IsReceived, string Line, string Role, string Text);

/// <summary>How a call was read back.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsRight">Whether they were what had been said.</param>
/// <param name="By">The officer who entered it.</param>
/// <param name="At">When.</param>
public sealed record ReadBack(string Text, bool IsRight, string By, Instant At);

/// <summary>A call in the log.</summary>
/// <param name="Number">Its place in the log, from 1.</param>
/// <param name="Entry">What was entered.</param>
/// <param name="OpenedBy">By whom.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="ClosedAt">When it was read back rightly; null while it is open.</param>
/// <param name="ReadBacks">How it was read back, in order.</param>
public sealed record LoggedCall(long Number, CallEntry Entry, string OpenedBy, Instant OpenedAt, Instant? ClosedAt, IReadOnlyList<ReadBack> ReadBacks);

/// <summary>The call log of a desk (PTY-6): a call is closed when what was said has been read back rightly, and not before. Nothing in it changes afterwards.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="database">The private database.</param>
/// <param name="clock">The node's clock.</param>
public sealed class CallLog(PrivateDatabase database, IClock clock)
{
    /// <summary>The most calls of one page.</summary>
    public const int PageLength = 100;

    private const string Columns = "number Number, id Id, party Party, is_received IsReceived, line Line, role Role, text Text, opened_by OpenedBy, opened_at OpenedAt, closed_at ClosedAt";

    /// <summary>How many calls are open.</summary>
    public long OpenCount => database.Read(connection => connection.QuerySingle<long>("SELECT COUNT(*) FROM desk_call WHERE closed_at IS NULL"));

    /// <summary>Enters a call; the same again gives the same.</summary>
    /// <param name="entry">The call.</param>
    /// <param name="officer">Who enters it.</param>
    /// <returns>The call; or <see cref="DeskCodes.IdTaken"/>.</returns>
    public Parsed<LoggedCall> Open(CallEntry entry, string officer)
    {
        ArgumentNullException.ThrowIfNull(entry);
        database.Write((connection, transaction) => connection.Execute(
            """
            INSERT INTO desk_call (id, party, is_received, line, role, text, opened_by, opened_at)
            VALUES (@Id, @Party, @IsReceived, @Line, @Role, @Text, @officer, @at) ON CONFLICT (id) DO NOTHING
            """,
            new { entry.Id, entry.Party, entry.IsReceived, entry.Line, entry.Role, entry.Text, officer, at = Now() },
            transaction));
        var call = Find(entry.Id)!;
        return call.Entry == entry ? call : new Refusal(DeskCodes.IdTaken, "/id", entry.Id, "an identifier that is not used, or the same call");
    }

    /// <summary>Enters how a call was read back. Rightly closes it; wrongly leaves it open.</summary>
    /// <param name="id">The call.</param>
    /// <param name="text">What was read back.</param>
    /// <param name="isRight">Whether it was what had been said.</param>
    /// <param name="officer">Who enters it.</param>
    /// <returns>The call; or <see cref="DeskCodes.NoSuch"/>, <see cref="DeskCodes.Closed"/>.</returns>
    public Parsed<LoggedCall> ReadBack(string id, string text, bool isRight, string officer)
    {
        var isEntered = database.Write((connection, transaction) =>
        {
            var entered = connection.Execute(
                """
                INSERT INTO desk_read_back (call, text, is_right, said_by, said_at)
                SELECT number, @text, @isRight, @officer, @at FROM desk_call WHERE id = @id AND closed_at IS NULL
                """,
                new { id, text, isRight, officer, at = Now() },
                transaction);
            if (isRight) connection.Execute("UPDATE desk_call SET closed_at = @at WHERE id = @id AND closed_at IS NULL", new { id, at = Now() }, transaction);
            return entered > 0;
        });
        if (Find(id) is not { } call) return new Refusal(DeskCodes.NoSuch, "", JsonText.Shorten(id), "a call of the log");
        return isEntered ? call : new Refusal(DeskCodes.Closed, "", id, "a call that is open");
    }

    /// <summary>A call, or null.</summary>
    public LoggedCall? Find(string id) => database.Read(connection => connection
        .Query<Row>($"SELECT {Columns} FROM desk_call WHERE id = @id", new { id }).Select(row => Call(connection, row)).FirstOrDefault());

    /// <summary>Calls, the newest first.</summary>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    /// <param name="isOpenOnly">Only those that are open.</param>
    public IReadOnlyList<LoggedCall> List(long? before, bool isOpenOnly) => database.Read(connection => connection
        .Query<Row>(
            $"SELECT {Columns} FROM desk_call WHERE number < @before AND (@isOpenOnly = 0 OR closed_at IS NULL) ORDER BY number DESC LIMIT {PageLength}",
            new { before = before ?? long.MaxValue, isOpenOnly })
        .AsList().ConvertAll(row => Call(connection, row)));

    private long Now() => clock.GetCurrentInstant().ToUnixTimeTicks();

    private static LoggedCall Call(Microsoft.Data.Sqlite.SqliteConnection connection, Row row) => new(
        row.Number,
        new(row.Id, row.Party, row.IsReceived != 0, row.Line, row.Role, row.Text),
        row.OpenedBy,
        Instant.FromUnixTimeTicks(row.OpenedAt),
        row.ClosedAt is { } closed ? Instant.FromUnixTimeTicks(closed) : null,
        [.. connection.Query<(string Text, long IsRight, string By, long At)>("SELECT text, is_right, said_by, said_at FROM desk_read_back WHERE call = @Number ORDER BY number", row)
            .Select(each => new ReadBack(each.Text, each.IsRight != 0, each.By, Instant.FromUnixTimeTicks(each.At)))]);

    private sealed class Row
    {
        public long Number { get; init; }

        public string Id { get; init; } = "";

        public string Party { get; init; } = "";

        public long IsReceived { get; init; }

        public string Line { get; init; } = "";

        public string Role { get; init; } = "";

        public string Text { get; init; } = "";

        public string OpenedBy { get; init; } = "";

        public long OpenedAt { get; init; }

        public long? ClosedAt { get; init; }
    }
}
