using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Counts alerts when they close.</summary>
internal sealed class AlertTally
{
    private readonly long[] _byKind = new long[Enum.GetValues<ReplayAlertKind>().Length];
    private readonly SubjectCounts<Id<DesignatedArea>> _byArea = new(area => area.Value);
    private readonly SubjectCounts<Id<Clause>> _byClause = new(clause => clause.Value);
    private readonly SubjectCounts<Id<Actor>> _byActor = new(actor => actor.Value);
    private readonly SubjectCounts<string> _byState = new(state => state);
    private long _open;
    private long _closedEarly;

    /// <summary>Counts an alert.</summary>
    public void Count(ReplayAlert alert)
    {
        var isUncovered = alert.Covered == Certainty.No;
        _byKind[(int)alert.About]++;
        if (alert.IsOpen) _open++;
        if (alert.About == ReplayAlertKind.Presence) _byArea.Count(alert.Area, isUncovered);
        if (alert.About is ReplayAlertKind.Presence or ReplayAlertKind.Conflict) _byClause.Count(alert.Clause, isUncovered);
        _byActor.Count(alert.Attribution?.Actor, isUncovered);
        _byState.Count(alert.Attribution?.State, isUncovered);
    }

    /// <summary>Counts that an alert was closed before its time.</summary>
    public void CountEarly() => _closedEarly++;

    /// <summary>The figures.</summary>
    public AlertTotals Totals() =>
        new()
        {
            Total = _byKind.Sum(),
            Open = _open,
            ClosedEarly = _closedEarly,
            ByKind = [.. Enum.GetValues<ReplayAlertKind>().Select(kind => (kind, _byKind[(int)kind]))],
            ByArea = _byArea.All(),
            ByClause = _byClause.All(),
            ByActor = _byActor.All(),
            ByState = _byState.All(),
        };

    private sealed class SubjectCounts<TSubject>(Func<TSubject, string> nameOf)
        where TSubject : class
    {
        // No identifier is empty: that is none, and comes first.
        private readonly SortedDictionary<string, AlertCount<TSubject>> _counts = new(StringComparer.Ordinal);

        public void Count(TSubject? subject, bool isUncovered)
        {
            var name = subject is null ? "" : nameOf(subject);
            var count = _counts.GetValueOrDefault(name) ?? new(subject, 0, 0);
            _counts[name] = count with { Alerts = count.Alerts + 1, Uncovered = count.Uncovered + (isUncovered ? 1 : 0) };
        }

        public ImmutableArray<AlertCount<TSubject>> All() => [.. _counts.Values];
    }
}
