namespace Tansiq.Server.Federation;

/// <summary>Where nodes find one another's endpoints (docs/formats/federation.md).</summary>
internal static class FederationPaths
{
    public const string Prefix = "federation/v1/";
    public const string Record = Prefix + "record";
    public const string Part = Prefix + "part";
    public const string Entries = Prefix + "entries";
    public const string Attachments = Prefix + "attachments/";
    public const string Heads = Prefix + "heads";
    public const string Unanswered = Prefix + "unanswered";
    public const string Clock = Prefix + "clock";
    public const string Stream = Prefix + "stream";

    /// <summary>The longest that a node waits for a part that it does not have yet.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>The most entries in one request.</summary>
    public const int MaximumEntries = 1_024;

    /// <summary>The most bytes of entries in one request.</summary>
    public const int MaximumEntriesBytes = 4 * 1024 * 1024;
}
