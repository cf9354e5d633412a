using NodaTime;

namespace Tansiq.Server.Access.Passkeys;

/// <summary>What was asked of a browser and is waited for: each question is answered once, within five minutes, by whom it was asked.</summary>
/// <remarks>Thread-safe. In memory: after a restart one asks again.</remarks>
internal sealed class PasskeyCeremonies(IClock clock)
{
    /// <summary>The most questions that wait; further ones push the oldest out.</summary>
    public const int MaximumCount = 1_000;

    private static readonly Duration Longest = Duration.FromMinutes(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Officer, string State, Instant At)> _waiting = [];
    private readonly Queue<string> _order = [];

    /// <summary>Keeps a question.</summary>
    /// <param name="officer">Who is asked; "" where that is to be found out.</param>
    /// <param name="state">What the framework needs to check the answer.</param>
    /// <returns>The question's name.</returns>
    public string Ask(string officer, string state)
    {
        var id = Secret.NewId();
        lock (_lock)
        {
            while (_order.Count >= MaximumCount) _waiting.Remove(_order.Dequeue());
            _waiting.Add(id, (officer, state, clock.GetCurrentInstant()));
            _order.Enqueue(id);
        }

        return id;
    }

    /// <summary>Takes a question away that somebody answers; null where there is none.</summary>
    public string? Take(string id, string officer)
    {
        lock (_lock)
        {
            return _waiting.Remove(id, out var asked) && asked.Officer == officer && clock.GetCurrentInstant() - asked.At < Longest ? asked.State : null;
        }
    }
}
