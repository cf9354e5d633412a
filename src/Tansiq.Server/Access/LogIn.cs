using Tansiq.Geo.Text;
using Tansiq.Server.Audit;

namespace Tansiq.Server.Access;

/// <summary>How an officer logged in.</summary>
public enum LogInWay
{
    /// <summary>With a passphrase.</summary>
    Passphrase = 0,

    /// <summary>With a passkey.</summary>
    Passkey = 1,

    /// <summary>By another organisation's word (OIDC).</summary>
    Organisation = 2,
}

/// <summary>Logs officers in. Whoever fails learns only that: an unknown name gets the same answer after the same work as a wrong passphrase.</summary>
internal sealed class LogIn(Accounts accounts, Sessions sessions, LogInAttempts attempts, AuditLog audit, AccountSettings settings) : IDisposable
{
    /// <summary>How many passphrases are tried at once: each takes tens of MiB.</summary>
    private const int AtOnce = 2;

    /// <summary>How many may wait for that.</summary>
    private const int MostWaiting = 32;

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);
    private readonly string _nobodys = PassphraseHash.Make(Secret.New(), settings.PassphraseCost);
    private int _waiting;

    /// <summary>Logs in with a passphrase.</summary>
    /// <returns>The session; or <see cref="AccessCodes.LogInRefused"/>, <see cref="AccessCodes.Locked"/>, <see cref="AccessCodes.Busy"/>.</returns>
    public async Task<Parsed<OpenedSession>> WithPassphraseAsync(string officer, string passphrase, string from, CancellationToken cancellationToken)
    {
        var verified = await VerifyAsync(officer, passphrase, from, cancellationToken).ConfigureAwait(false);
        return verified is { } refusal ? refusal : Open(officer, LogInWay.Passphrase, from);
    }

    /// <summary>Tries a passphrase; null where it is the one.</summary>
    public async Task<Refusal?> VerifyAsync(string officer, string passphrase, string from, CancellationToken cancellationToken)
    {
        if (attempts.Locked(officer) is { } left)
        {
            Write(officer, from, AccessCodes.Locked);
            return new(AccessCodes.Locked, "", "too many attempts", FormattableString.Invariant($"another one in {Math.Ceiling(left.TotalSeconds)} s"));
        }

        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return new(AccessCodes.Busy, "", "", "");
        }

        try
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return Try(officer, passphrase, from);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Opens a session for an officer who has shown who it is; refused where the account is not there any more.</summary>
    public Parsed<OpenedSession> Open(string officer, LogInWay way, string from)
    {
        if (sessions.Open(officer, way, from) is { } opened) return opened;
        return Refused(officer, from);
    }

    /// <summary>The one answer to whoever fails, and a line in the audit log.</summary>
    public Refusal Refused(string officer, string from)
    {
        Write(officer, from, AccessCodes.LogInRefused);
        return new(AccessCodes.LogInRefused, "", "", "");
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private Refusal? Try(string officer, string passphrase, string from)
    {
        attempts.Count(officer);
        var kept = accounts.KeptPassphrase(officer);
        var isRight = PassphraseHash.Verifies(passphrase, kept ?? _nobodys) && kept is not null;
        if (!isRight) return Refused(officer, from);
        attempts.Forget(officer);
        if (PassphraseHash.IsOfAnotherCost(kept!, settings.PassphraseCost)) accounts.KeepAgain(officer, kept!, PassphraseHash.Make(passphrase, settings.PassphraseCost));
        return null;
    }

    // A name that no account has may be a passphrase in the wrong field, or a person's name: it is not written down.
    private void Write(string officer, string from, string code) =>
        audit.Add(new(new(CallerKind.Nobody, "", from), AuditActs.LogIn, accounts.Find(officer) is { } account ? account.Officer : "an unknown name", code));
}
