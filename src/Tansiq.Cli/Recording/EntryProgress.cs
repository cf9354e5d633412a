using System.Globalization;

namespace Tansiq.Cli.Recording;

/// <summary>One line on a terminal that says how many entries are done, their rate and the time left.</summary>
/// <remarks>Reported from any thread; a timer of its own writes the line.</remarks>
internal sealed class EntryProgress : IProgress<long>, IDisposable
{
    private const string EraseLine = "\r\u001b[K";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _writing = new();
    private readonly TextWriter _terminal;
    private readonly long? _total;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly ITimer _timer;
    private long _entries;
    private bool _isEnded;

    /// <summary>Starts to show progress.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="total">How many entries there are; null where that is not known.</param>
    /// <param name="clock">The clock.</param>
    public EntryProgress(TextWriter terminal, long? total, TimeProvider clock)
    {
        (_terminal, _total, _clock) = (terminal, total, clock);
        _started = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Show(), state: null, Interval, Interval);
    }

    /// <summary>Shows progress where errors go to a terminal; null elsewhere.</summary>
    public static EntryProgress? Where(TextWriter error, long? total) =>
        ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? new(error, total, TimeProvider.System) : null;

    /// <inheritdoc/>
    public void Report(long value) => Volatile.Write(ref _entries, value);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_writing)
        {
            if (!_isEnded) _terminal.Write(EraseLine);
            _isEnded = true;
        }
    }

    private void Show()
    {
        lock (_writing)
        {
            if (_isEnded) return;
            _terminal.Write(EraseLine + Line());
            _terminal.Flush();
        }
    }

    private string Line()
    {
        var entries = Volatile.Read(ref _entries);
        var seconds = Math.Max(_clock.GetElapsedTime(_started).TotalSeconds, Interval.TotalSeconds);
        var done = string.Create(CultureInfo.InvariantCulture, $"{entries:N0}");
        var rate = string.Create(CultureInfo.InvariantCulture, $"{entries / seconds:N0} a second");
        if (_total is not { } total || entries == 0 || entries > total) return $"{done} entries; {rate}";
        return string.Create(CultureInfo.InvariantCulture, $"{done} of {total:N0} entries; {rate}; {seconds * (total - entries) / entries:N0} s left");
    }
}
