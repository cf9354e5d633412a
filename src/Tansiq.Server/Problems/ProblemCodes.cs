namespace Tansiq.Server.Problems;

/// <summary>The codes of answers that are the server's own; those of statements are in docs/formats/refusals.md.</summary>
public static class ProblemCodes
{
    /// <summary>There is nothing of that name.</summary>
    public const string NotFound = "api.not-found";

    /// <summary>The caller has not shown who it is.</summary>
    public const string UnknownCaller = "access.unknown-caller";

    /// <summary>The caller may not do that.</summary>
    public const string NotPermitted = "access.not-permitted";

    /// <summary>A body that does not say that it is JSON.</summary>
    public const string NotJson = "api.not-json";

    /// <summary>A part of the address's query that can't be read.</summary>
    public const string BadQuery = "api.bad-query";

    /// <summary>The client asks more often than it may.</summary>
    public const string TooManyRequests = "host.too-many-requests";

    /// <summary>The node is not known by that name.</summary>
    public const string OtherName = "host.other-name";
}
