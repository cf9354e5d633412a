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

    // The newest verdicts; null before the record has its founding and a time.
    private volatile StandingCourse? _course;

    /// <summary>Whether some verdicts are still to be decided, as after the start.</summary>
    public bool IsDeciding => IsWatching && _course is not { Verdicts.IsSettled: true };

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
            while (true) picture = await FollowAsync(picture, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    /// <summary>Follows the record from a picture on, until one comes to which the course does not lead.</summary>
    /// <returns>That one.</returns>
    private async Task<NodePicture> FollowAsync(NodePicture picture, CancellationToken stoppingToken)
    {
        var course = StandingCourse.Opened(picture);
        var said = kept.Said();
        await KeepGoneAsync(said, course.Standing(), stoppingToken);
        while (true)
        {
            _course = course;
            var changes = ImmutableArray<VerdictChange>.Empty;
            // What the record brings comes first: what waits is decided while nothing comes.
            if (course.Verdicts.IsSettled) picture = await node.NextAsync(picture, stoppingToken);
            else if (ReferenceEquals(node.Picture, picture)) (course, changes) = course.Settled();
            else picture = node.Picture;
            if (!course.LeadsTo(picture)) return picture;
            if (!ReferenceEquals(course.Situation, picture.Situation)) (course, changes) = course.Until(picture, node.Store);
            stoppingToken.ThrowIfCancellationRequested();
            if (!changes.IsEmpty) await KeepAsync(Of(changes, said, course.Situation), stoppingToken);
        }
    }

    private async Task KeepGoneAsync(Dictionary<long, ContentHash> said, HashSet<long> standing, CancellationToken stoppingToken)
    {
        var gone = said.Keys.Where(index => !standing.Contains(index)).ToList();
        if (gone.Count > 0) await KeepAsync(new(gone.Select(index => (index, (ContentHash?)null)), []), stoppingToken);
    }

    private sealed record Keeping(IEnumerable<(long Notice, ContentHash? Hash)> Said, IEnumerable<RaisedAlarm> Alarms);

    /// <summary>Writes until the disk takes it: nothing is passed over because the disk was full for a while.</summary>
    private async Task KeepAsync(Keeping keeping, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Tell(kept.Keep(keeping.Said, keeping.Alarms, clock.GetCurrentInstant()));
                return;
            }
            catch (RecordStoreException)
            {
                await Task.Delay(Patience, cancellationToken);
            }
        }
    }

    /// <summary>What is to be kept of changes.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="saidLastTime">What was on the disk when the course was opened, of notices whose first verdict waits; those that are said now are taken out.</param>
    /// <param name="situation">The situation with the changes.</param>
    private static Keeping Of(ImmutableArray<VerdictChange> changes, Dictionary<long, ContentHash> saidLastTime, Situation situation)
    {
        var (said, alarms) = (new List<(long, ContentHash?)>(), new List<RaisedAlarm>());
        foreach (var change in changes)
        {
            var index = situation.FindNotice(change.Flight.Hash)!.Filed.Index;
            var hash = VerdictContent.Said(change.After, change.Flight);
            var isKept = saidLastTime.Remove(index, out var last);
            if (change.Before is null && last == hash) continue;
            said.Add((index, hash));
            // The first verdict is the filer's answer, not a change, unless another was said before the node was away.
            if (change.Before is { } before) alarms.Add(Alarm(change.Flight, VerdictWriter.Word(before.Kind), change.After, change.Cause, situation));
            else if (isKept) alarms.Add(Alarm(change.Flight, before: "", change.After, cause: null, situation));
        }

        return new(said, alarms);
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
