using Dapper;
using NodaTime;
using Tansiq.Geo.Text;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Parties;

/// <summary>A shift that is handed over in writing (PTY-6).</summary>
/// <param name="Number">Its place in the log, from 1.</param>
/// <param name="Id">The identifier that the officer's machine gave it.</param>
/// <param name="Role">The role: its word.</param>
/// <param name="Text">What the next has to know.</param>
/// <param name="RecordSize">How many entries the node held when it was written.</param>
/// <param name="OpenCalls">How many calls were open then.</param>
/// <param name="GivenBy">Who wrote it.</param>
/// <param name="GivenAt">When.</param>
/// <param name="TakenBy">Who took over; null while nobody has.</param>
/// <param name="TakenAt">When.</param>
public sealed record Handover(
    long Number, string Id, string Role, string Text, long RecordSize, long OpenCalls, string GivenBy, Instant GivenAt, string? TakenBy, Instant? TakenAt);

/// <summary>Handovers of shifts: written by one officer, taken over by another, and never changed. Thread-safe.</summary>
/// <param name="database">The private database.</param>
/// <param name="calls">The call log.</param>
/// <param name="clock">The node's clock.</param>
public sealed class HandoverLog(PrivateDatabase database, CallLog calls, IClock clock)
{
    /// <summary>The most handovers of one page.</summary>
    public const int PageLength = 100;

    private const string Columns =
        "number Number, id Id, role Role, text Text, record_size RecordSize, open_calls OpenCalls, given_by GivenBy, given_at GivenAt, taken_by TakenBy, taken_at TakenAt";

    /// <summary>Writes a handover; the same again gives the same.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="role">The role: its word.</param>
    /// <param name="text">What the next has to know.</param>
    /// <param name="recordSize">How many entries the node holds.</param>
    /// <param name="officer">Who writes it.</param>
    /// <returns>The handover; or <see cref="DeskCodes.IdTaken"/>.</returns>
    public Parsed<Handover> Give(string id, string role, string text, long recordSize, string officer)
    {
        var openCalls = calls.OpenCount;
        database.Write((connection, transaction) => connection.Execute(
            """
            INSERT INTO desk_handover (id, role, text, record_size, open_calls, given_by, given_at)
            VALUES (@id, @role, @text, @recordSize, @openCalls, @officer, @at) ON CONFLICT (id) DO NOTHING
            """,
            new { id, role, text, recordSize, openCalls, officer, at = clock.GetCurrentInstant().ToUnixTimeTicks() },
            transaction));
        var given = Find(id)!;
        return given.Text == text && given.Role == role && given.GivenBy == officer
            ? given
            : new Refusal(DeskCodes.IdTaken, "/id", id, "an identifier that is not used, or the same handover");
    }

    /// <summary>Takes a shift over; the same officer again gives the same.</summary>
    /// <param name="id">The handover.</param>
    /// <param name="officer">Who takes over: another than who wrote it.</param>
    /// <returns>The handover; or <see cref="DeskCodes.NoSuch"/>, <see cref="DeskCodes.SameOfficer"/>, <see cref="DeskCodes.TakenOver"/>.</returns>
    public Parsed<Handover> TakeOver(string id, string officer)
    {
        database.Write((connection, transaction) => connection.Execute(
            "UPDATE desk_handover SET taken_by = @officer, taken_at = @at WHERE id = @id AND taken_by IS NULL AND given_by <> @officer",
            new { id, officer, at = clock.GetCurrentInstant().ToUnixTimeTicks() },
            transaction));
        if (Find(id) is not { } handover) return new Refusal(DeskCodes.NoSuch, "", JsonText.Shorten(id), "a handover of the log");
        if (handover.TakenBy == officer) return handover;
        return handover.TakenBy is { } other
            ? new Refusal(DeskCodes.TakenOver, "", other, "a handover that waits")
            : new Refusal(DeskCodes.SameOfficer, "", officer, "another officer than who wrote it");
    }

    /// <summary>A handover, or null.</summary>
    public Handover? Find(string id) =>
        database.Read(connection => connection.Query<Row>($"SELECT {Columns} FROM desk_handover WHERE id = @id", new { id }).Select(Of).FirstOrDefault());

    /// <summary>Handovers, the newest first.</summary>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    public IReadOnlyList<Handover> List(long? before) => database.Read(connection => connection
        .Query<Row>($"SELECT {Columns} FROM desk_handover WHERE number < @before ORDER BY number DESC LIMIT {PageLength}", new { before = before ?? long.MaxValue })
        .AsList().ConvertAll(Of));

    private static Handover Of(Row row) => new(
        row.Number, row.Id, row.Role, row.Text, row.RecordSize, row.OpenCalls, row.GivenBy, Instant.FromUnixTimeTicks(row.GivenAt), row.TakenBy,
        row.TakenAt is { } taken ? Instant.FromUnixTimeTicks(taken) : null);

    private sealed class Row
    {
        public long Number { get; init; }

        public string Id { get; init; } = "";

        public string Role { get; init; } = "";

        public string Text { get; init; } = "";

        public long RecordSize { get; init; }

        public long OpenCalls { get; init; }

        public string GivenBy { get; init; } = "";

        public long GivenAt { get; init; }

        public string? TakenBy { get; init; }

        public long? TakenAt { get; init; }
    }
}
