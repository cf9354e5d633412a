namespace Tansiq.Server.Access;

/// <summary>What an endpoint asks of its caller. Each endpoint has exactly one; one without is answered by nobody (deny by default).</summary>
public enum Permission
{
    /// <summary>Nothing: health, the public record, the page of logging in.</summary>
    Anyone = 0,

    /// <summary>Another node, by its signature on the request (RFC 9421).</summary>
    Node = 1,

    /// <summary>Reads the node's picture: every officer, liaison officers too, and tokens of scope <c>read</c>.</summary>
    Read = 2,

    /// <summary>Drafts statements: officers whose role the authority matrix lets draft something, and tokens of scope <c>draft</c>.</summary>
    Draft = 3,

    /// <summary>Releases drafts of others or, where the matrix lets one person do both, one's own.</summary>
    Release = 4,

    /// <summary>Works at the desk: calls, line checks, handover, alarms.</summary>
    Desk = 5,

    /// <summary>Sends and answers STOP: every officer whatever the role, and tokens of scope <c>stop</c>.</summary>
    Stop = 6,

    /// <summary>Keeps accounts, tokens, officers' private data; reads the audit log.</summary>
    Administer = 7,

    /// <summary>Any officer who has logged in, for what is one's own: session, passphrase, passkeys.</summary>
    Self = 8,
}
