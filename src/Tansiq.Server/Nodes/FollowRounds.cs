using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record.Checkpoints;

namespace Tansiq.Server.Nodes;

/// <summary>
/// Which checkpoint the office shows to those who follow it. Entries are joint only when all centres have cosigned the same checkpoint; centres that follow
/// as fast as each can would each cosign others. So one checkpoint is shown to all until those who take part have cosigned it, or the time for it is over; then
/// the newest. Not thread-safe.
/// </summary>
/// <param name="limit">How long one checkpoint is shown while others wait.</param>
internal sealed class FollowRounds(Duration limit)
{
    // Who has not asked for this long takes no part: nobody waits for a centre that is away.
    private static readonly Duration AwayAfter = Duration.FromSeconds(2);
    private readonly Dictionary<Id<Party>, Instant> _askedAt = [];
    private readonly HashSet<Id<Party>> _cosigned = [];
    private Instant _since;

    /// <summary>The checkpoint that is shown; null before the first.</summary>
    public SignedCheckpoint? Shown { get; private set; }

    /// <summary>Notes that a signatory follows.</summary>
    public void Asked(Id<Party> party, Instant now) => _askedAt[party] = now;

    /// <summary>Notes that a signatory has cosigned up to a size.</summary>
    public void Cosigned(Id<Party> party, long size)
    {
        if (size >= (Shown?.Checkpoint.Size ?? 0)) _cosigned.Add(party);
    }

    /// <summary>Shows the newest checkpoint if it is time for it.</summary>
    /// <returns>Whether another one is shown now.</returns>
    public bool Advance(SignedCheckpoint? newest, Instant now)
    {
        if (newest is null || newest.Checkpoint.Size <= (Shown?.Checkpoint.Size ?? 0)) return false;
        if (Shown is not null && now < _since + limit && now >= _since && !IsComplete(now)) return false;
        (Shown, _since) = (newest, now);
        _cosigned.Clear();
        return true;
    }

    private bool IsComplete(Instant now) => _askedAt.All(asked => _cosigned.Contains(asked.Key) || now > asked.Value + AwayAfter);
}
