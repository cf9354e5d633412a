using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Audit;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Drafts;

/// <summary>The drafts of a node. Who releases is decided in the step that keeps the release, so that no two requests at once get past the second person.</summary>
internal sealed class DraftStore(PrivateDatabase database, AuditLog audit)
{
    /// <summary>The most drafts that are not released.</summary>
    public const int MaximumOpen = 1_000;

    private const string Columns = "id, type, body, drafters, made_at AS madeAt, revision, released_by AS releasedBy, released_at AS releasedAt, text";

    /// <summary>Keeps a new draft; refused where the identifier is taken.</summary>
    public Parsed<Draft> Add(Draft draft, AuditActor by) => database.Write<Parsed<Draft>>((connection, transaction) =>
    {
        if (Find(connection, transaction, draft.Id.Value) is not null) return new Refusal(DraftCodes.IdTaken, "/id", draft.Id.Value, "an identifier that no draft has");
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM drafts_draft WHERE text IS NULL", transaction: transaction) >= MaximumOpen)
            return new Refusal(DraftCodes.TooMany, "", "another draft", FormattableString.Invariant($"at most {MaximumOpen}"));
        _ = connection.Execute(
            "INSERT INTO drafts_draft (id, type, body, drafters, made_at, revision) VALUES (@id, @type, @body, @drafters, @madeAt, @revision)",
            new { id = draft.Id.Value, type = draft.Type, body = draft.Body.ToArray(), drafters = string.Join(' ', draft.Drafters), madeAt = draft.MadeAt.ToUnixTimeMilliseconds(), revision = draft.Revision },
            transaction);
        Attach(connection, transaction, draft);
        audit.Add(connection, transaction, new(by, AuditActs.Draft, About(draft.Type, draft.Id.Value)));
        return draft;
    });

    /// <summary>The draft of that identifier, or null.</summary>
    public Draft? Find(string id) => database.Read(connection => Find(connection, null, id));

    /// <summary>Drafts by identifier, without their attachments.</summary>
    public IReadOnlyList<Draft> List(string after, int count, bool onlyOpen) => database.Read(connection => connection
        .Query<Row>($"SELECT {Columns} FROM drafts_draft WHERE id > @after AND (text IS NULL OR NOT @onlyOpen) ORDER BY id LIMIT @count", new { after, count, onlyOpen })
        .Select(row => row.Draft([]))
        .ToList());

    /// <summary>Keeps a change; whoever makes it becomes one of the drafters.</summary>
    /// <param name="changed">The draft as it is to be, with the revision that was read.</param>
    /// <param name="by">Who changes it.</param>
    public Parsed<Draft> Change(Draft changed, AuditActor by) => database.Write<Parsed<Draft>>((connection, transaction) =>
    {
        if (!Open(connection, transaction, changed.Id.Value, changed.Revision).TryGet(out var before, out var refusal)) return refusal;
        var after = changed with { Drafters = before.Drafters.Union(changed.Drafters), MadeAt = before.MadeAt, Revision = before.Revision + 1 };
        _ = connection.Execute(
            "UPDATE drafts_draft SET body = @body, drafters = @drafters, revision = @revision WHERE id = @id; DELETE FROM drafts_attachment WHERE draft = @id",
            new { id = after.Id.Value, body = after.Body.ToArray(), drafters = string.Join(' ', after.Drafters), revision = after.Revision },
            transaction);
        Attach(connection, transaction, after);
        audit.Add(connection, transaction, new(by, AuditActs.ChangeDraft, About(after.Type, after.Id.Value)));
        return after;
    });

    /// <summary>Throws a draft away that was not released.</summary>
    public Refusal? Discard(string id, int revision, AuditActor by) => database.Write((connection, transaction) =>
    {
        if (!Open(connection, transaction, id, revision).TryGet(out var draft, out var refusal)) return refusal;
        _ = connection.Execute("DELETE FROM drafts_draft WHERE id = @id", new { id }, transaction);
        audit.Add(connection, transaction, new(by, AuditActs.DiscardDraft, About(draft.Type, id)));
        return (Refusal?)null;
    });

    /// <summary>Keeps that a draft is released, with the exact text, before anything is said.</summary>
    /// <param name="id">Which.</param>
    /// <param name="revision">The revision that was read.</param>
    /// <param name="released">Who releases, when, and the text.</param>
    /// <param name="needsTwo">Whether whoever drafted may not.</param>
    public Parsed<Draft> Release(string id, int revision, ReleasedText released, bool needsTwo) => database.Write<Parsed<Draft>>((connection, transaction) =>
    {
        if (!Open(connection, transaction, id, revision).TryGet(out var draft, out var refusal)) return refusal;
        if (needsTwo && draft.Drafters.Contains(released.By)) return new Refusal(DraftCodes.TwoPersons, "", released.By, "another officer than those who drafted");
        _ = connection.Execute(
            "UPDATE drafts_draft SET released_by = @by, released_at = @at, text = @text WHERE id = @id",
            new { id, by = released.By, at = released.At.ToUnixTimeMilliseconds(), text = released.Text.ToArray() },
            transaction);
        return draft with { Released = released };
    });

    /// <summary>Takes a release back whose text was not taken: the draft is as it was.</summary>
    public void TakeBack(string id) => _ = database.Write((connection, transaction) =>
        connection.Execute("UPDATE drafts_draft SET released_by = NULL, released_at = NULL, text = NULL WHERE id = @id", new { id }, transaction));

    /// <summary>What the audit log says of a draft.</summary>
    public static string About(string type, string id) => type + " " + id;

    private static Parsed<Draft> Open(SqliteConnection connection, SqliteTransaction transaction, string id, int revision)
    {
        if (Find(connection, transaction, id) is not { } draft) return new Refusal(DraftCodes.NoSuch, "", JsonText.Shorten(id), "the identifier of a draft");
        if (draft.Released is not null) return new Refusal(DraftCodes.Released, "", "a draft that was released", "one that was not");
        return draft.Revision == revision ? draft : new Refusal(DraftCodes.Changed, "", FormattableString.Invariant($"revision {revision}"), FormattableString.Invariant($"revision {draft.Revision}"));
    }

    private static Draft? Find(SqliteConnection connection, SqliteTransaction? transaction, string id)
    {
        if (connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM drafts_draft WHERE id = @id", new { id }, transaction) is not { } row) return null;
        return row.Draft([.. connection.Query<byte[]>("SELECT content FROM drafts_attachment WHERE draft = @id ORDER BY position", new { id }, transaction).Select(content => (ReadOnlyMemory<byte>)content)]);
    }

    private static void Attach(SqliteConnection connection, SqliteTransaction transaction, Draft draft)
    {
        for (var position = 0; position < draft.Attachments.Length; position++)
        {
            _ = connection.Execute(
                "INSERT INTO drafts_attachment (draft, position, content) VALUES (@id, @position, @content)",
                new { id = draft.Id.Value, position, content = draft.Attachments[position].ToArray() },
                transaction);
        }
    }

    private sealed record Row(string Id, string Type, byte[] Body, string Drafters, long MadeAt, long Revision, string? ReleasedBy, long? ReleasedAt, byte[]? Text)
    {
        public Draft Draft(ImmutableArray<ReadOnlyMemory<byte>> attachments) => new()
        {
            Id = new Id<Statement>(Id),
            Type = Type,
            Body = Body,
            Attachments = attachments,
            Drafters = [.. Drafters.Split(' ')],
            MadeAt = Instant.FromUnixTimeMilliseconds(MadeAt),
            Revision = (int)Revision,
            Released = Text is null ? null : new(ReleasedBy!, Instant.FromUnixTimeMilliseconds(ReleasedAt!.Value), Text),
        };
    }
}
