using System.Collections.Immutable;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>The numbers of notices that wait for their verdict, in the order in which they get it. Immutable.</summary>
internal sealed class WaitingNotices
{
    private readonly ImmutableArray<int> _numbers;
    private readonly int _position;

    private WaitingNotices(ImmutableArray<int> numbers, int position, Situation? sweptFrom, Statement? cause) =>
        (_numbers, _position, SweptFrom, Cause) = (numbers, position, sweptFrom, cause);

    /// <summary>Nothing waits.</summary>
    public static WaitingNotices None { get; } = new([], 0, sweptFrom: null, cause: null);

    /// <summary>How many wait.</summary>
    public int Count => _numbers.Length - _position;

    /// <summary>
    /// The situation before the first statement for which some wait; null where all wait for their first verdict alone. Since then no statement touched one that
    /// waits without its being decided, or its waiting for that one too.
    /// </summary>
    public Situation? SweptFrom { get; }

    /// <summary>The statement for which they wait; null where there is none or several.</summary>
    public Statement? Cause { get; }

    /// <summary>Those that are next.</summary>
    public ReadOnlySpan<int> First(int count) => _numbers.AsSpan(_position, Math.Min(count, Count));

    /// <summary>Without those that are next.</summary>
    public WaitingNotices Without(int count) => count >= Count ? None : new(_numbers, _position + count, SweptFrom, Cause);

    /// <summary>With others behind those that wait already.</summary>
    /// <param name="numbers">The others; those that wait already keep their place.</param>
    /// <param name="sweptFrom">The situation before the statement for which they wait; null for a first verdict.</param>
    /// <param name="cause">The statement, or null.</param>
    public WaitingNotices With(IEnumerable<int> numbers, Situation? sweptFrom, Statement? cause)
    {
        var waiting = new HashSet<int>(First(Count).ToArray());
        return new([.. First(Count), .. numbers.Where(waiting.Add)], 0, SweptFrom ?? sweptFrom, SweptFrom is null && Count == 0 ? cause : null);
    }
}
