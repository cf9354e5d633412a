using NodaTime;
using Tansiq.Record.Federation;

namespace Tansiq.Simulation.Tests;

/// <summary>
/// Time and the network of a simulation: what happens next, and what becomes of a message: lost, late, twice, overtaken, cut off by a partition.
/// </summary>
internal sealed class SimulatedNetwork(SimulationRandom random) : IClock
{
    private readonly PriorityQueue<Action, (Instant At, long Number)> _events = new();
    private readonly HashSet<(NodeName, NodeName)> _cut = [];
    private long _number;

    public Instant Now { get; private set; } = Instant.FromUtc(2016, 7, 15, 9, 0);

    /// <summary>How many of a hundred messages are lost.</summary>
    public int Loss { get; set; }

    /// <summary>How many of a hundred come twice.</summary>
    public int Repetition { get; set; }

    /// <summary>How many of a hundred are late by seconds, and overtaken by others.</summary>
    public int Lateness { get; set; }

    public Instant GetCurrentInstant() => Now;

    public void At(Instant when, Action action) => _events.Enqueue(action, (Instant.Max(when, Now), _number++));

    public void After(Duration wait, Action action) => At(Now + wait, action);

    /// <summary>Sends something one way; what it does there is done when it comes, if it comes.</summary>
    public void Send(NodeName from, NodeName to, Action arrival)
    {
        if (IsCut(from, to) || random.Chance(Loss)) return;
        var copies = random.Chance(Repetition) ? 2 : 1;
        for (var copy = 0; copy < copies; copy++) After(Delay(), arrival);
    }

    public Duration Delay() => Duration.FromMilliseconds(random.Chance(Lateness) ? random.Between(1_000, 15_000) : random.Between(2, 40));

    public bool IsCut(NodeName one, NodeName other) => _cut.Contains(Pair(one, other));

    public void Cut(NodeName one, NodeName other) => _cut.Add(Pair(one, other));

    public void Join(NodeName one, NodeName other) => _cut.Remove(Pair(one, other));

    /// <summary>From now on everything arrives, soon and once.</summary>
    public void Heal()
    {
        _cut.Clear();
        (Loss, Repetition, Lateness) = (0, 0, 0);
    }

    /// <summary>Does what is next, unless that is after a time.</summary>
    public bool Next(Instant until)
    {
        if (!_events.TryPeek(out _, out var due) || due.At > until) return false;
        var action = _events.Dequeue();
        Now = due.At;
        action();
        return true;
    }

    private static (NodeName, NodeName) Pair(NodeName one, NodeName other) => one < other ? (one, other) : (other, one);
}
