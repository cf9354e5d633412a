using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Logs;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Flights;

/// <summary>
/// Keeps the verdicts on standing notices from picture to picture; each that says something else than before becomes an alarm for the filer and the officers on
/// duty (FLT-2). What was said is on the disk with the alarms, so that a restart neither misses a change nor alarms twice. A centre watches: its party files, and its
/// officers have the duty.
/// </summary>
internal sealed class StandingWatch(INode node, IClock clock, AlarmsKept kept) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly Lock _listening = new();

    // Guarded by _listening.
    private readonly HashSet<Channel<KeptAlarm>> _listeners = [];

    private volatile StandingCourse? _course;

    /// <summary>The newest verdicts on standing notices; null while those of the start are still being decided.</summary>
    public StandingCourse? Course => _course;

    /// <summary>Whether this node watches at all.</summary>
    public bool IsWatching => node.Identity.Role == NodeRole.Centre;

    /// <summary>The alarms from now on. A listener that is too slow misses the oldest; the list has all.</summary>
    public async IAsyncEnumerable<KeptAlarm> AlarmsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<KeptAlarm>(new BoundedChannelOptions(1_024) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_listening) _listeners.Add(channel);
        try
        {
            await foreach (var alarm in channel.Reader.ReadAllAsync(cancellationToken)) yield return alarm;
        }
        finally
        {
            lock (_listening) _listeners.Remove(channel);
        }
    }

    /// <summary>Raises alarms that are not of a change, durably.</summary>
    /// <exception cref="RecordStoreException">The disk failed.</exception>
    public void Raise(params IReadOnlyList<RaisedAlarm> alarms) => Tell(kept.Keep([], alarms, clock.GetCurrentInstant()));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWatching) return;
        try
        {
            await Task.Yield();
            var picture = node.Picture;
            while (picture.Situation is not { Founding: not null, Time: not null }) picture = await node.NextAsync(picture, stoppingToken);
            var course = StandingCourse.Of(picture);
            await KeepAsync(() => SinceLastTime(course), stoppingToken);
            _course = course;
            while (true)
            {
                picture = await node.NextAsync(picture, stoppingToken);
                var (next, changes) = course.Until(picture, node.Store);
                var after = changes;
                if (!after.IsEmpty) await KeepAsync(() => Of(after, next.Situation), stoppingToken);
                _course = course = next;
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private sealed record Keeping(IEnumerable<(long Notice, ContentHash? Hash)> Said, IEnumerable<RaisedAlarm> Alarms);

    /// <summary>Writes until the disk takes it: nothing is passed over because the disk was full for a while.</summary>
    private async Task KeepAsync(Func<Keeping> keeping, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var (said, alarms) = keeping();
                Tell(kept.Keep(said, alarms, clock.GetCurrentInstant()));
                return;
            }
            catch (RecordStoreException)
            {
                await Task.Delay(Patience, cancellationToken);
            }
        }
    }

    private static Keeping Of(ImmutableArray<VerdictChange> changes, Situation situation)
    {
        var (said, alarms) = (new List<(long, ContentHash?)>(), new List<RaisedAlarm>());
        foreach (var change in changes)
        {
            var index = situation.FindNotice(change.Flight.Hash)!.Filed.Index;
            said.Add((index, VerdictContent.Said(change.After, change.Flight)));
            // The first verdict is the filer's answer, not a change.
            if (change.Before is { } before) alarms.Add(Alarm(change.Flight, VerdictWriter.Word(before.Kind), change.After, change.Cause, situation));
        }

        return new(said, alarms);
    }

    private Keeping SinceLastTime(StandingCourse course)
    {
        var before = kept.Said();
        var (said, alarms) = (new List<(long, ContentHash?)>(), new List<RaisedAlarm>());
        foreach (var (index, verdict) in course.Verdicts.ByIndex)
        {
            var flight = course.Situation.Notices[index].Reference;
            var hash = VerdictContent.Said(verdict, flight);
            if (before.Remove(index, out var last) && last == hash) continue;
            said.Add((index, hash));
            if (last is not null) alarms.Add(Alarm(flight, before: "", verdict, cause: null, course.Situation));
        }

        return new(said.Concat(before.Keys.Select(gone => (gone, (ContentHash?)null))), alarms);
    }

    private static RaisedAlarm Alarm(FlightReference flight, string before, Verdict after, Statement? cause, Situation situation) => new()
    {
        Kind = AlarmKind.VerdictChanged,
        Notice = flight.Hash,
        Party = flight.Party.Value,
        Id = flight.Id.Value,
        Before = before,
        After = VerdictWriter.Word(after.Kind),
        Cause = cause?.Hash.Hex ?? "",
        Verdict = VerdictContent.Json(after, flight, situation),
    };

    private void Tell(List<KeptAlarm> alarms)
    {
        lock (_listening)
        {
            foreach (var alarm in alarms)
            {
                foreach (var listener in _listeners) listener.Writer.TryWrite(alarm);
            }
        }
    }
}
