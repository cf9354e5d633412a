using NodaTime;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>What looking through the times of a source tells of their order. Times are nanoseconds since 1970.</summary>
internal struct TimeSpread
{
    private long _newest;
    private long _earliest;

    /// <summary>A spread without any time yet.</summary>
    public TimeSpread() => (_newest, _earliest) = (long.MinValue, long.MaxValue);

    /// <summary>Whether there was a time at all.</summary>
    public readonly bool IsEmpty => _newest == long.MinValue;

    /// <summary>The earliest time; the greatest number where there is none.</summary>
    public readonly long Earliest => _earliest;

    /// <summary>By how much a time is older at most than one before it, nanoseconds.</summary>
    public long LargestStepBack { get; private set; }

    /// <summary>Takes the next time.</summary>
    public void Add(long time)
    {
        if (time < _earliest) _earliest = time;
        if (time >= _newest) _newest = time;
        else LargestStepBack = Math.Max(LargestStepBack, _newest - time);
    }

    /// <summary>Whether a time is older than one before it by more than a window.</summary>
    public readonly bool IsBeyond(Duration window) => LargestStepBack > window.ToInt64Nanoseconds();

    /// <summary>Nanoseconds since 1970, for times of 1990 to 2099.</summary>
    public static long Nanoseconds(Instant at) => (at - NodaConstants.UnixEpoch).ToInt64Nanoseconds();
}

/// <summary>A source whose order can be told without reading all of its records.</summary>
internal interface IQuickToOrder
{
    /// <summary>
    /// Looks through the times alone. They are those of every position that <see cref="IPositionSource.Read"/> gives, in
    /// its order, and may be of records besides that it refuses: the spread is never too small.
    /// </summary>
    /// <returns>Null where that cannot be told: then all is to be read.</returns>
    TimeSpread? LookThrough(CancellationToken cancellationToken);
}
