using NodaTime;

namespace Tansiq.Coordination.Statements;

/// <summary>An entry of the record with what admission said of it.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Admission">Whether it has effect.</param>
public sealed record Entry(long Index, Statement Statement, Admission Admission);

/// <summary>
/// A record in memory: statements in order, the situation at every size kept beside them, so that any past size or moment
/// can be asked like the present. Not safe for writing from several threads.
/// </summary>
public sealed class StatementList
{
    private readonly List<Entry> _entries = [];
    private readonly List<Situation> _situations = [Situation.Empty];

    /// <summary>The entries in order.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>The situation at the full size.</summary>
    public Situation Latest => _situations[^1];

    /// <summary>Appends a statement; an inert one is kept too.</summary>
    public Entry Append(Statement statement)
    {
        var (situation, admission) = Latest.Append(statement);
        var entry = new Entry(_entries.Count, statement, admission);
        _entries.Add(entry);
        _situations.Add(situation);
        return entry;
    }

    /// <summary><em>Known at</em> a size: the situation after so many entries.</summary>
    /// <param name="size">0 to the full size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The record is not that large.</exception>
    public Situation At(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, _entries.Count);
        return _situations[checked((int)size)];
    }

    /// <summary>
    /// <em>Known at</em> a moment: the situation of the largest size whose time is not after it; the empty one where the
    /// record begins later.
    /// </summary>
    public Situation At(Instant knownAt)
    {
        // Time on the record never goes back.
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (_situations[middle].Time is not { } time || time <= knownAt) low = middle;
            else high = middle - 1;
        }

        return _situations[low].Time is null ? Situation.Empty : _situations[low];
    }
}
