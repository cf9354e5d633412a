using NodaTime;

namespace Tansiq.Server.Audit;

/// <summary>
/// How much a caller who has not shown who it is may make the node write: whoever knocks on a door a thousand times a second must not fill the disk.
/// What is passed over is counted, and the count is written with the next event that is taken.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NobodyBudget
{
    /// <summary>The most events a minute.</summary>
    public const int EventsPerMinute = 120;

    private readonly Lock _lock = new();
    private long _minute = long.MinValue;
    private int _taken;
    private long _passedOver;

    /// <summary>Whether an event is taken.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="passedOver">How many were passed over since the last that was taken.</param>
    public bool Takes(Instant now, out long passedOver)
    {
        lock (_lock)
        {
            passedOver = 0;
            var minute = now.ToUnixTimeSeconds() / 60;
            if (minute != _minute) (_minute, _taken) = (minute, 0);
            if (_taken >= EventsPerMinute)
            {
                _passedOver++;
                return false;
            }

            _taken++;
            (passedOver, _passedOver) = (_passedOver, 0);
            return true;
        }
    }
}
