using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tansiq.Server.Hosting.Running;

/// <summary>What a node notes beside its record goes to its log; what it notes before there is one waits for it. Thread-safe.</summary>
internal sealed partial class NodeNotes
{
    private const int MaximumEarly = 100;
    private readonly ConcurrentQueue<string> _early = [];
    private volatile ILogger? _logger;

    /// <summary>Notes something, in one line, without content of statements.</summary>
    public void Tell(string line)
    {
        if (_logger is { } logger) Noted(logger, line);
        else if (_early.Count < MaximumEarly) _early.Enqueue(line);
    }

    /// <summary>From now on notes are written to a log.</summary>
    public void WriteTo(ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("Tansiq.Node");
        _logger = logger;
        while (_early.TryDequeue(out var line)) Noted(logger, line);
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "{Note}")]
    private static partial void Noted(ILogger logger, string note);
}
