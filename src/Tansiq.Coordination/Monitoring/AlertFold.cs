using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>
/// Folds events, which come in the order of the output, into alerts (MON-4). An alert that does not go on closes when nothing was
/// added for some time; so long memory holds it and no longer.
/// </summary>
internal sealed class AlertFold(Duration foldTime)
{
    private readonly Dictionary<AlertSubject, AlertCourse> _courses = [];
    private readonly PriorityQueue<AlertCourse, Closing> _idle = new(new ClosingOrder());
    private readonly AlertTally _tally = new();

    /// <summary>The moment, milliseconds since 1970, at which the next alert may close; none: the greatest number.</summary>
    public long NextClosing => _idle.TryPeek(out _, out var closing) ? closing.Milliseconds : long.MaxValue;

    /// <summary>Adds the alerts that close before a moment, in order.</summary>
    public void CloseBefore(long milliseconds, ICollection<ReplayEvent> output)
    {
        while (_idle.TryPeek(out var course, out var closing) && closing.Milliseconds < milliseconds)
        {
            _idle.Dequeue();
            if (IsDue(course, closing)) Close(course, Instant.FromUnixTimeMilliseconds(closing.Milliseconds), output);
        }
    }

    /// <summary>Closes all that is left, at the end of the input.</summary>
    public AlertTotals Finish(Instant end, ICollection<ReplayEvent> output)
    {
        var latest = end.ToUnixTimeMilliseconds();
        var left = _courses.Values.ToDictionary(course => course, course => ClosingOf(course) with { Milliseconds = Math.Min(ClosingOf(course).Milliseconds, latest) });
        foreach (var (course, closing) in left.OrderBy(each => each.Value, new ClosingOrder()))
            Close(course, Instant.FromUnixTimeMilliseconds(closing.Milliseconds), output);
        return _tally.Totals();
    }

    /// <summary>Folds the next event.</summary>
    public void Add(ReplayEvent item, ICollection<ReplayEvent> output)
    {
        var subject = AlertSubject.Of(item);
        if (!_courses.TryGetValue(subject, out var course))
        {
            if (item.Kind is ReplayEventKind.Conforming or ReplayEventKind.Leave or ReplayEventKind.Lost or ReplayEventKind.ConflictEnd) return;
            MakeRoom(item.At, output);
            _courses[subject] = course = new(subject, item);
        }

        Fold(course, item);
        if (!course.IsOn) _idle.Enqueue(course, ClosingOf(course));
    }

    private static void Fold(AlertCourse course, ReplayEvent item)
    {
        switch (item)
        {
            case AreaEvent { Kind: ReplayEventKind.Appeared or ReplayEventKind.Enter } area:
                course.Rise(item, item.At);
                course.NoteCover(area.Covered, area.Flights);
                break;
            case AreaEvent area:
                Fall(course, item, area.Cause);
                break;
            case ConflictEvent { Kind: ReplayEventKind.Conflict }:
                course.Rise(item, item.At);
                break;
            case ConflictEvent conflict:
                Fall(course, item, conflict.Cause);
                break;
            case ConformanceEvent conformance:
                FoldConformance(course, conformance);
                break;
            case ConformanceLost lost:
                course.End(item, lost.Cause);
                break;
            case JumpEvent:
                course.Rise(item, item.At);
                course.End(item, cause: null);
                break;
            case FrozenEvent frozen:
                course.Rise(item, frozen.Since);
                course.End(item, cause: null);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(item), item, "Unknown event.");
        }
    }

    // What falls to possible goes on.
    private static void Fall(AlertCourse course, ReplayEvent item, ReplayCause? cause)
    {
        course.Continue(item);
        if (cause is not null || item.Certainty == Certainty.Certain) course.End(item, cause);
    }

    private static void FoldConformance(AlertCourse course, ConformanceEvent item)
    {
        if (item.Kind == ReplayEventKind.Nonconforming)
        {
            course.Rise(item, item.At);
            course.NoteFlights(item.Flights);
        }
        else if (course.IsOn)
        {
            course.Continue(item);
            if (item.Certainty == Certainty.Certain) course.End(item, cause: null);
        }
    }

    private bool IsDue(AlertCourse course, Closing closing) =>
        !course.IsOn && _courses.TryGetValue(course.Subject, out var known) && ReferenceEquals(known, course) && ClosingOf(course) == closing;

    private Closing ClosingOf(AlertCourse course) => new((course.Until + foldTime).ToUnixTimeMilliseconds(), course.Subject);

    private void Close(AlertCourse course, Instant at, ICollection<ReplayEvent> output)
    {
        _courses.Remove(course.Subject);
        var alert = course.Close(at);
        _tally.Count(alert);
        output.Add(alert);
    }

    /// <summary>Where too many are held, closes the one that would close first.</summary>
    private void MakeRoom(Instant at, ICollection<ReplayEvent> output)
    {
        if (_courses.Count < Replay.MaximumAlertsHeld) return;
        while (_idle.TryDequeue(out var course, out var closing))
        {
            if (!IsDue(course, closing)) continue;
            _tally.CountEarly();
            Close(course, at, output);
            return;
        }
    }

    private readonly record struct Closing(long Milliseconds, AlertSubject Subject);

    private sealed class ClosingOrder : IComparer<Closing>
    {
        public int Compare(Closing x, Closing y)
        {
            var order = x.Milliseconds.CompareTo(y.Milliseconds);
            return order == 0 ? x.Subject.OrderAgainst(y.Subject) : order;
        }
    }
}
