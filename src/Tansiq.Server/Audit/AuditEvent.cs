using Tansiq.Server.Access;

namespace Tansiq.Server.Audit;

/// <summary>Who did something at a node, and from where. Pseudonyms and names of tokens only: no person is named in the audit log.</summary>
/// <param name="Kind">How it showed who it is.</param>
/// <param name="Who">The officer's pseudonym, the token's name or the node's party; empty for nobody.</param>
/// <param name="From">The address that the request came from, or <c>console</c> for a command on the node's own machine.</param>
public sealed record AuditActor(CallerKind Kind, string Who, string From)
{
    /// <summary>Whoever has the machine: a command on the node's own files.</summary>
    public static AuditActor Console { get; } = new(CallerKind.Nobody, "", "console");
}

/// <summary>Something that was done at a node, or was not let happen.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Act">What, as one of <see cref="AuditActs"/>.</param>
/// <param name="About">To what: an account, a draft, an endpoint. No content, no secret, no name of a person.</param>
/// <param name="Refusal">The code for which it was refused; null where it was done.</param>
public sealed record AuditEvent(AuditActor Actor, string Act, string About, string? Refusal = null);

/// <summary>The words for acts in the audit log. They are stable: exported logs are compared by them.</summary>
public static class AuditActs
{
    /// <summary>An endpoint was called.</summary>
    public const string Call = "access.call";

    /// <summary>Somebody logged in.</summary>
    public const string LogIn = "access.log-in";

    /// <summary>Somebody logged out, or ended a session.</summary>
    public const string EndSession = "access.end-session";

    /// <summary>An account was made.</summary>
    public const string AddAccount = "accounts.add";

    /// <summary>Roles or private data of an account were changed.</summary>
    public const string ChangeAccount = "accounts.change";

    /// <summary>An account was ended.</summary>
    public const string EndAccount = "accounts.end";

    /// <summary>A passphrase was set.</summary>
    public const string SetPassphrase = "accounts.set-passphrase";

    /// <summary>A passkey was added.</summary>
    public const string AddPasskey = "accounts.add-passkey";

    /// <summary>A passkey was removed.</summary>
    public const string RemovePasskey = "accounts.remove-passkey";

    /// <summary>An API token was made.</summary>
    public const string AddToken = "tokens.add";

    /// <summary>An API token was ended.</summary>
    public const string EndToken = "tokens.end";

    /// <summary>A draft was made.</summary>
    public const string Draft = "drafts.make";

    /// <summary>A draft was changed.</summary>
    public const string ChangeDraft = "drafts.change";

    /// <summary>A draft was thrown away.</summary>
    public const string DiscardDraft = "drafts.discard";

    /// <summary>A statement was released.</summary>
    public const string Release = "drafts.release";

    /// <summary>Events of callers who are nobody that were passed over because there were too many.</summary>
    public const string PassedOver = "audit.passed-over";
}

/// <summary>One row of the audit log.</summary>
/// <param name="Number">Its number, from 1 without gaps.</param>
/// <param name="AtMilliseconds">When, by the node's clock: milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Event">What.</param>
/// <param name="Hash">64 hexadecimal digits over this row and the hash of the row before.</param>
public sealed record AuditRow(long Number, long AtMilliseconds, AuditEvent Event, string Hash);
