using Dapper;
using Microsoft.AspNetCore.Identity;
using Tansiq.Server.Audit;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Access.Passkeys;

/// <summary>Passkeys in the node's private database, as the framework's WebAuthn (<see cref="PasskeyHandler{TUser}"/>) asks for them.</summary>
internal sealed class PasskeyStore(PrivateDatabase database, Accounts accounts, AuditLog audit) : IUserPasskeyStore<PasskeyOfficer>
{
    /// <summary>The most passkeys of an officer.</summary>
    public const int MaximumPerOfficer = 16;

    private const string Columns =
        """
        id, officer, name, public_key AS publicKey, sign_count AS signCount, transports, is_user_verified AS isUserVerified, is_backup_eligible AS isBackupEligible,
        is_backed_up AS isBackedUp, attestation, client_data AS clientData, made_at AS madeAt
        """;

    /// <summary>Keeps a passkey, or its new counter.</summary>
    public Task AddOrUpdatePasskeyAsync(PasskeyOfficer user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        _ = database.Write((connection, transaction) => connection.Execute(
            """
            INSERT INTO accounts_passkey (id, officer, name, public_key, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation, client_data, made_at)
            VALUES (@CredentialId, @Officer, @Name, @PublicKey, @SignCount, @Transports, @IsUserVerified, @IsBackupEligible, @IsBackedUp, @AttestationObject, @ClientDataJson, @MadeAt)
            ON CONFLICT (id) DO UPDATE SET sign_count = excluded.sign_count, is_user_verified = excluded.is_user_verified, is_backed_up = excluded.is_backed_up
            """,
            new
            {
                passkey.CredentialId,
                user.Officer,
                Name = passkey.Name ?? "",
                passkey.PublicKey,
                SignCount = (long)passkey.SignCount,
                Transports = string.Join(' ', passkey.Transports ?? []),
                IsUserVerified = passkey.IsUserVerified ? 1 : 0,
                IsBackupEligible = passkey.IsBackupEligible ? 1 : 0,
                IsBackedUp = passkey.IsBackedUp ? 1 : 0,
                passkey.AttestationObject,
                passkey.ClientDataJson,
                MadeAt = passkey.CreatedAt.ToUnixTimeMilliseconds(),
            },
            transaction));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOfficer user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>(List(user.Officer));

    /// <summary>The passkeys of an officer, the oldest first.</summary>
    public List<UserPasskeyInfo> List(string officer) => database.Read(connection => connection
        .Query<Row>($"SELECT {Columns} FROM accounts_passkey WHERE officer = @officer ORDER BY made_at", new { officer })
        .Select(row => row.Passkey())
        .ToList());

    /// <inheritdoc/>
    public Task<PasskeyOfficer?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(credentialId) is { } row ? new PasskeyOfficer(row.Officer) : null);

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyOfficer user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(credentialId) is { } row && row.Officer == user.Officer ? row.Passkey() : null);

    /// <summary>Removes a passkey of an officer.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string officer, byte[] credentialId, AuditActor by) => database.Write((connection, transaction) =>
    {
        if (connection.Execute("DELETE FROM accounts_passkey WHERE id = @credentialId AND officer = @officer", new { officer, credentialId }, transaction) == 0) return false;
        audit.Add(connection, transaction, new(by, AuditActs.RemovePasskey, officer));
        return true;
    });

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(PasskeyOfficer user, byte[] credentialId, CancellationToken cancellationToken) => throw NotHere();

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(PasskeyOfficer user, CancellationToken cancellationToken) => Task.FromResult(user.Officer);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(PasskeyOfficer user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Officer);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(PasskeyOfficer user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Officer);

    /// <inheritdoc/>
    public Task<PasskeyOfficer?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.Find(userId) is { IsEnded: false } account ? new PasskeyOfficer(account.Officer) : null);

    /// <inheritdoc/>
    public Task<PasskeyOfficer?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName, cancellationToken);

    /// <inheritdoc/>
    public Task SetUserNameAsync(PasskeyOfficer user, string? userName, CancellationToken cancellationToken) => throw NotHere();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(PasskeyOfficer user, string? normalizedName, CancellationToken cancellationToken) => throw NotHere();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(PasskeyOfficer user, CancellationToken cancellationToken) => throw NotHere();

    /// <summary>The framework writes an officer back after it wrote the passkey; there is nothing of one to write.</summary>
    public Task<IdentityResult> UpdateAsync(PasskeyOfficer user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(PasskeyOfficer user, CancellationToken cancellationToken) => throw NotHere();

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing of its own.
    }

    private Row? Find(byte[] credentialId) => database.Read(connection =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM accounts_passkey WHERE id = @credentialId", new { credentialId }));

    private static NotSupportedException NotHere() => new("Accounts are kept by Accounts, not through the framework.");

    private sealed record Row(
        byte[] Id, string Officer, string Name, byte[] PublicKey, long SignCount, string Transports, long IsUserVerified, long IsBackupEligible, long IsBackedUp, byte[] Attestation, byte[] ClientData, long MadeAt)
    {
        public UserPasskeyInfo Passkey() => new(
            Id, PublicKey, DateTimeOffset.FromUnixTimeMilliseconds(MadeAt), (uint)SignCount, Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), IsUserVerified != 0, IsBackupEligible != 0, IsBackedUp != 0, Attestation, ClientData)
        {
            Name = Name,
        };
    }
}
