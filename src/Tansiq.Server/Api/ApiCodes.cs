namespace Tansiq.Server.Api;

/// <summary>The codes of answers of the API that are its own (docs/formats/refusals.md).</summary>
internal static class ApiCodes
{
    /// <summary>A parameter of the query that the endpoint does not have.</summary>
    public const string UnknownParameter = "api.unknown-parameter";

    /// <summary>A parameter of the query that can't be read, or is out of its range.</summary>
    public const string BadParameter = "api.bad-parameter";

    /// <summary>A body larger than is taken.</summary>
    public const string TooLarge = "api.too-large";

    /// <summary>A body that did not come in time, or broke off.</summary>
    public const string BadBody = "api.bad-body";

    /// <summary>The record has no founding yet.</summary>
    public const string NotFounded = "api.not-founded";

    /// <summary>There are as many streams of events as there may be.</summary>
    public const string TooManyStreams = "api.too-many-streams";
}
