using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Reporting;

/// <summary>What happened once, of which several clauses speak: events that differ in nothing but their clause.</summary>
/// <typeparam name="TEvent">Events, or alerts.</typeparam>
/// <param name="Event">The first of them.</param>
/// <param name="Clauses">Their clauses, in order; empty where there is none.</param>
internal sealed record Occurrence<TEvent>(TEvent Event, ImmutableArray<Id<Clause>> Clauses)
    where TEvent : ReplayEvent;

/// <summary>Puts events that differ in nothing but their clause together; they stand beside each other in the order of a replay.</summary>
internal static class Occurrences
{
    /// <summary>The occurrences, in the order of their first events.</summary>
    public static IEnumerable<Occurrence<TEvent>> Of<TEvent>(IEnumerable<TEvent> events)
        where TEvent : ReplayEvent
    {
        Occurrence<TEvent>? open = null;
        foreach (var happened in events)
        {
            var clause = ClauseOf(happened);
            if (open is not null && clause is not null && KeyOf(open.Event) is { } key && key == KeyOf(happened))
            {
                open = open with { Clauses = open.Clauses.Add(clause) };
                continue;
            }

            if (open is not null) yield return open;
            open = new(happened, clause is null ? [] : [clause]);
        }

        if (open is not null) yield return open;
    }

    private static Id<Clause>? ClauseOf(ReplayEvent happened) => happened switch
    {
        AreaEvent inArea => inArea.Clause,
        ConflictEvent conflict => conflict.Clause,
        ReplayAlert alert => alert.Clause,
        _ => null,
    };

    /// <summary>What events of one occurrence have in common; null where an event stands for itself.</summary>
    private static (ReplayEventKind Kind, string Track, Instant At, GeoPoint Place, Certainty Certainty, string Subject)? KeyOf(ReplayEvent happened)
    {
        var subject = happened switch
        {
            AreaEvent inArea => $"{inArea.Area.Value} {inArea.Covered} {inArea.Cause}",
            ReplayAlert { About: ReplayAlertKind.Presence } alert => $"{alert.Area?.Value} {alert.Covered} {alert.From} {alert.Until} {alert.Entries} {alert.TotalStay} {alert.IsOpen}",
            _ => null,
        };
        return subject is null ? null : (happened.Kind, happened.Track, happened.At, happened.Place, happened.Certainty, subject);
    }
}
