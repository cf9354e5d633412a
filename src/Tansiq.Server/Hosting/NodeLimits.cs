namespace Tansiq.Server.Hosting;

/// <summary>What a node takes at most, so that nobody can use it up.</summary>
public sealed record NodeLimits
{
    /// <summary>The most connections at once.</summary>
    public int Connections { get; init; } = 2_048;

    /// <summary>The most streams of one HTTP/2 connection.</summary>
    public int StreamsOfConnection { get; init; } = 128;

    /// <summary>The most bytes of a request's body, where an endpoint does not say less.</summary>
    public int BodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of a request's first line.</summary>
    public int RequestLineBytes { get; init; } = 8_192;

    /// <summary>The most bytes of a request's headers together.</summary>
    public int HeaderBytes { get; init; } = 16_384;

    /// <summary>The most header fields of a request.</summary>
    public int HeaderFields { get; init; } = 64;

    /// <summary>How long a client may take for its headers, in seconds.</summary>
    public int HeaderSeconds { get; init; } = 5;

    /// <summary>How long a connection may stand idle, in seconds.</summary>
    public int IdleSeconds { get; init; } = 60;

    /// <summary>The slowest that a body may come in or an answer may be taken, in bytes a second, after five seconds.</summary>
    public int BytesPerSecond { get; init; } = 240;

    /// <summary>How many requests a second one client may make over time; at once as many as in four seconds.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>As <see cref="RequestsPerSecond"/>, for what nodes ask of each other and for STOP.</summary>
    public int NodeRequestsPerSecond { get; init; } = 10_000;

    /// <summary>How long requests that are being answered are waited for at the end, in seconds.</summary>
    public int EndSeconds { get; init; } = 10;
}
