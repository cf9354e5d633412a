using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Geo.Text;
using Tansiq.Server.Audit;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Access;

/// <summary>The accounts of a node's officers (PTY-4). What changes one is in the audit log in the same step.</summary>
/// <remarks>Thread-safe. Works beside a node that runs and without one: the first account is made on the private database alone.</remarks>
public sealed class Accounts(PrivateDatabase database, AuditLog audit, IClock clock, AccountSettings settings)
{
    /// <summary>The most accounts of a node, ended ones included.</summary>
    public const int MaximumCount = 10_000;

    private const string Columns = "officer, home, roles, administers, person, telephone, subject, passphrase IS NOT NULL AS hasPassphrase, passphrase_is_own AS passphraseIsOwn, ended_at AS endedAt";

    /// <summary>The tables that a private database needs for <see cref="Accounts"/> alone.</summary>
    public static IReadOnlyList<PrivateSchema> Schemas { get; } = [AuditTables.Schema, AccountTables.Schema];

    /// <summary>Makes an account.</summary>
    /// <param name="account">The account; what it says of its passphrase counts for nothing.</param>
    /// <param name="passphrase">Its passphrase; null for none: then only an administrator, a passkey or another organisation lets the officer in.</param>
    /// <param name="isOwn">Whether the officer chose it; else a session under it is good only for setting another.</param>
    /// <param name="by">Who makes it.</param>
    /// <returns>The account; or <see cref="AccessCodes.WeakPassphrase"/>, <see cref="AccessCodes.Taken"/>, <see cref="AccessCodes.TooMany"/>.</returns>
    public Parsed<OfficerAccount> Add(OfficerAccount account, string? passphrase, bool isOwn, AuditActor by)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (passphrase is not null && PassphraseRules.Problem(passphrase, account.Officer) is { } weak) return weak;
        var kept = passphrase is null ? null : PassphraseHash.Make(passphrase, settings.PassphraseCost);
        return database.Write<Parsed<OfficerAccount>>((connection, transaction) =>
        {
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM accounts_officer", transaction: transaction) >= MaximumCount)
                return new Refusal(AccessCodes.TooMany, "", "another account", FormattableString.Invariant($"at most {MaximumCount}"));
            if (Taken(connection, transaction, account) is { } taken) return taken;
            _ = connection.Execute(
                """
                INSERT INTO accounts_officer (officer, home, roles, administers, person, telephone, subject, passphrase, passphrase_is_own, made_at)
                VALUES (@officer, @home, @roles, @administers, @person, @telephone, @subject, @kept, @isOwn, @now)
                """,
                new
                {
                    officer = account.Officer,
                    home = account.Home.Value,
                    roles = Words(account.Roles),
                    administers = account.Administers ? 1 : 0,
                    person = account.Person,
                    telephone = account.Telephone,
                    subject = account.Subject,
                    kept,
                    isOwn = isOwn ? 1 : 0,
                    now = clock.GetCurrentInstant().ToUnixTimeMilliseconds(),
                },
                transaction);
            audit.Add(connection, transaction, new(by, AuditActs.AddAccount, account.Officer));
            return Find(connection, transaction, account.Officer)!;
        });
    }

    /// <summary>The account of that pseudonym, ended or not; null for none.</summary>
    public OfficerAccount? Find(string officer) => database.Read(connection => Find(connection, null, officer));

    /// <summary>The account that another organisation knows by that name; null for none.</summary>
    public OfficerAccount? FindSubject(string subject) => database.Read(connection =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM accounts_officer WHERE subject = @subject", new { subject })?.Account());

    /// <summary>Accounts by pseudonym.</summary>
    /// <param name="after">The pseudonym after which they begin; "" for the first.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<OfficerAccount> List(string after, int count) => database.Read(connection => connection
        .Query<Row>($"SELECT {Columns} FROM accounts_officer WHERE officer > @after ORDER BY officer LIMIT @count", new { after, count })
        .Select(row => row.Account())
        .ToList());

    /// <summary>Changes roles, administration, subject and private data of an account that is not ended; its pseudonym and home stay.</summary>
    /// <returns>The account; or <see cref="AccessCodes.NoSuch"/>, <see cref="AccessCodes.Taken"/>, <see cref="AccessCodes.LastAdministrator"/>.</returns>
    public Parsed<OfficerAccount> Change(OfficerAccount account, AuditActor by)
    {
        ArgumentNullException.ThrowIfNull(account);
        return database.Write<Parsed<OfficerAccount>>((connection, transaction) =>
        {
            if (Find(connection, transaction, account.Officer) is not { IsEnded: false } before) return NoSuch(account.Officer);
            if (Taken(connection, transaction, account, isThere: true) is { } taken) return taken;
            if (!account.Administers && IsLastAdministrator(connection, transaction, before)) return LastAdministrator(account.Officer);
            _ = connection.Execute(
                "UPDATE accounts_officer SET roles = @roles, administers = @administers, person = @person, telephone = @telephone, subject = @subject WHERE officer = @officer",
                new { officer = account.Officer, roles = Words(account.Roles), administers = account.Administers ? 1 : 0, person = account.Person, telephone = account.Telephone, subject = account.Subject },
                transaction);
            audit.Add(connection, transaction, new(by, AuditActs.ChangeAccount, account.Officer));
            return Find(connection, transaction, account.Officer)!;
        });
    }

    /// <summary>Ends an account: no session, token or passkey of it counts from now on. Its pseudonym is never given again.</summary>
    /// <returns>Null where it was done; or <see cref="AccessCodes.NoSuch"/>, <see cref="AccessCodes.LastAdministrator"/>.</returns>
    public Refusal? End(string officer, AuditActor by) => database.Write((connection, transaction) =>
    {
        if (Find(connection, transaction, officer) is not { IsEnded: false } account) return NoSuch(officer);
        if (IsLastAdministrator(connection, transaction, account)) return LastAdministrator(officer);
        var now = clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        _ = connection.Execute(
            """
            UPDATE accounts_officer SET ended_at = @now, passphrase = NULL, subject = NULL WHERE officer = @officer;
            UPDATE accounts_token SET ended_at = @now WHERE made_by = @officer AND ended_at IS NULL;
            DELETE FROM accounts_session WHERE officer = @officer;
            DELETE FROM accounts_passkey WHERE officer = @officer;
            """,
            new { officer, now },
            transaction);
        audit.Add(connection, transaction, new(by, AuditActs.EndAccount, officer));
        return null;
    });

    /// <summary>Sets a passphrase and ends all sessions of the account, but for one.</summary>
    /// <param name="officer">Whose.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="isOwn">Whether the officer chose it.</param>
    /// <param name="but">The session that goes on; null for none.</param>
    /// <param name="by">Who sets it.</param>
    /// <returns>Null where it was done; or <see cref="AccessCodes.NoSuch"/>, <see cref="AccessCodes.WeakPassphrase"/>.</returns>
    public Refusal? SetPassphrase(string officer, string passphrase, bool isOwn, string? but, AuditActor by)
    {
        if (PassphraseRules.Problem(passphrase, officer) is { } weak) return weak;
        var kept = PassphraseHash.Make(passphrase, settings.PassphraseCost);
        return database.Write((connection, transaction) =>
        {
            if (Find(connection, transaction, officer) is not { IsEnded: false }) return NoSuch(officer);
            _ = connection.Execute(
                """
                UPDATE accounts_officer SET passphrase = @kept, passphrase_is_own = @isOwn WHERE officer = @officer;
                DELETE FROM accounts_session WHERE officer = @officer AND id IS NOT @but;
                """,
                new { officer, kept, isOwn = isOwn ? 1 : 0, but },
                transaction);
            audit.Add(connection, transaction, new(by, AuditActs.SetPassphrase, officer));
            return null;
        });
    }

    /// <summary>What is kept of a passphrase; null where the account has none, is ended, or is not there.</summary>
    internal string? KeptPassphrase(string officer) => database.Read(connection =>
        connection.QuerySingleOrDefault<string?>("SELECT passphrase FROM accounts_officer WHERE officer = @officer AND ended_at IS NULL", new { officer }));

    /// <summary>Keeps the same passphrase at another cost.</summary>
    internal void KeepAgain(string officer, string before, string kept) => _ = database.Write((connection, transaction) => connection.Execute(
        "UPDATE accounts_officer SET passphrase = @kept WHERE officer = @officer AND passphrase = @before", new { officer, before, kept }, transaction));

    internal static OfficerAccount? Find(SqliteConnection connection, SqliteTransaction? transaction, string officer) =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM accounts_officer WHERE officer = @officer", new { officer }, transaction)?.Account();

    private static Refusal? Taken(SqliteConnection connection, SqliteTransaction transaction, OfficerAccount account, bool isThere = false)
    {
        if (!isThere && Find(connection, transaction, account.Officer) is not null) return new(AccessCodes.Taken, "/officer", account.Officer, "a pseudonym that no account had before");
        var holder = account.Subject is null ? null : connection.QuerySingleOrDefault<string?>("SELECT officer FROM accounts_officer WHERE subject = @Subject", account, transaction);
        return holder is null || holder == account.Officer ? null : new(AccessCodes.Taken, "/subject", "a subject in use", "a subject that no other account has");
    }

    private static bool IsLastAdministrator(SqliteConnection connection, SqliteTransaction transaction, OfficerAccount account) =>
        account.Administers
        && connection.ExecuteScalar<long>("SELECT count(*) FROM accounts_officer WHERE administers = 1 AND ended_at IS NULL", transaction: transaction) == 1;

    private static Refusal NoSuch(string officer) => new(AccessCodes.NoSuch, "", JsonText.Shorten(officer), "an account that is not ended");

    private static Refusal LastAdministrator(string officer) => new(AccessCodes.LastAdministrator, "", officer, "another account that keeps accounts");

    private static string Words(ImmutableSortedSet<OfficerRole> roles) => string.Join(' ', roles.Select(NoticeWords.Word));

    private sealed record Row(
        string Officer, string Home, string Roles, long Administers, string Person, string Telephone, string? Subject, long HasPassphrase, long PassphraseIsOwn, long? EndedAt)
    {
        public OfficerAccount Account() => new()
        {
            Officer = Officer,
            Home = new(Home),
            Roles = [.. Enum.GetValues<OfficerRole>().Where(role => Roles.Split(' ').Contains(NoticeWords.Word(role)))],
            Administers = Administers != 0,
            Person = Person,
            Telephone = Telephone,
            Subject = Subject,
            Passphrase = HasPassphrase == 0 ? PassphraseState.None : PassphraseIsOwn == 0 ? PassphraseState.SetByAnother : PassphraseState.Own,
            IsEnded = EndedAt is not null,
        };
    }
}
