using Tansiq.Coordination.Languages;
using Tansiq.Feeds.Positions;

namespace Tansiq.Cli.Replaying;

/// <summary>
/// One line on a terminal that says how far a replay has come: bytes where they are known, positions, their rate, the time left.
/// </summary>
/// <remarks>Positions are counted on the thread that replays; a timer of its own writes the line.</remarks>
internal sealed class ReplayProgress : IDisposable
{
    /// <summary>How often the line is written at most: five times a second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private const string EraseLine = "\r\u001b[K";
    private const string RightToLeftMark = "\u200F";
    private const long BytesOfMegabyte = 1_000_000;

    private readonly Lock _writing = new();
    private readonly TextWriter _terminal;
    private readonly Phrasebook _phrases;
    private readonly ValueText _values;
    private readonly Func<(long Read, long? Total)> _bytes;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly ITimer _timer;
    private long _positions;
    private bool _isShown;

    /// <summary>Starts to show progress.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="phrases">The language.</param>
    /// <param name="bytes">Bytes read so far, and in all where that is known; asked from another thread.</param>
    /// <param name="clock">The clock.</param>
    public ReplayProgress(TextWriter terminal, Phrasebook phrases, Func<(long Read, long? Total)> bytes, TimeProvider clock)
    {
        _terminal = terminal;
        _phrases = phrases;
        _values = new(phrases, zone: null);
        _bytes = bytes;
        _clock = clock;
        _started = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Show(), state: null, Interval, Interval);
    }

    /// <summary>Shows progress where the errors go to a terminal and the answers do not stream to one; null elsewhere.</summary>
    public static ReplayProgress? Where(TextWriter error, bool streamsToOutput, Phrasebook phrases, OrderedPositions input)
    {
        var isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        var wouldMix = streamsToOutput && !Console.IsOutputRedirected;
        return isTerminal && !wouldMix ? new(error, phrases, () => (input.BytesRead, input.TotalBytes), TimeProvider.System) : null;
    }

    /// <summary>Counts a position.</summary>
    public void Count() => Volatile.Write(ref _positions, _positions + 1);

    /// <summary>Takes the line away, so that something else can be written; it comes back with the next interval.</summary>
    public void Erase()
    {
        lock (_writing)
        {
            if (!_isShown) return;
            _terminal.Write(EraseLine);
            _terminal.Flush();
            _isShown = false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _timer.Dispose();
        Erase();
    }

    private void Show()
    {
        lock (_writing)
        {
            _terminal.Write(EraseLine + (_phrases.IsRightToLeft ? RightToLeftMark : "") + Line());
            _terminal.Flush();
            _isShown = true;
        }
    }

    private string Line()
    {
        var seconds = Math.Max(_clock.GetElapsedTime(_started).TotalSeconds, Interval.TotalSeconds);
        var positions = Volatile.Read(ref _positions);
        var (read, total) = _bytes();
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["positions"] = _values.Count(positions),
            ["rate"] = _values.Count((long)(positions / seconds)),
        };
        if (total is { } all)
        {
            values.Add("read", _values.Count(read / BytesOfMegabyte));
            values.Add("size", _values.Count((all + BytesOfMegabyte - 1) / BytesOfMegabyte));
            if (read > 0 && read <= all) values.Add("left", _values.Identifier(Clock(seconds * (all - read) / read)));
        }

        return _phrases.Fill("progress.line", values);
    }

    private static string Clock(double seconds) =>
        TimeSpan.FromSeconds(Math.Min(Math.Ceiling(seconds), TimeSpan.FromDays(99).TotalSeconds)) is var left && left.TotalHours >= 1
            ? FormattableString.Invariant($"{(long)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}")
            : FormattableString.Invariant($"{left.Minutes}:{left.Seconds:00}");
}
