namespace Tansiq.Storage.Sources;

/// <summary>How an address is asked.</summary>
public sealed record HttpSourceSettings
{
    /// <summary>How often a request that fails is made in all.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long one request may take, from connecting to the last byte.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before the second attempt; before each further one twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most connections at once.</summary>
    public int MaximumConnections { get; init; } = 8;

    /// <summary>What sends the requests, such as one that signs them; it stays the caller's, and connections are bounded by it. Null for one of its own.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
