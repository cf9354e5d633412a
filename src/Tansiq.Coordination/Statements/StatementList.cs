using NodaTime;
using Tansiq.Coordination.Situations;

namespace Tansiq.Coordination.Statements;

/// <summary>An entry of the record with what admission said of it.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Admission">Whether it has effect.</param>
public sealed record Entry(long Index, Statement Statement, Admission Admission);

/// <summary>
/// A record in memory: statements in order, and the situation at every size. Not safe for writing from several threads.
/// </summary>
public sealed class StatementList
{
    private readonly List<Entry> _entries = [];

    /// <summary>The entries in order.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>The situation of every size.</summary>
    public SituationHistory History { get; } = new();

    /// <summary>The situation at the full size.</summary>
    public Situation Latest => History.Latest;

    /// <summary>Appends a statement; an inert one is kept too.</summary>
    public Entry Append(Statement statement)
    {
        var entry = new Entry(_entries.Count, statement, History.Append(statement));
        _entries.Add(entry);
        return entry;
    }

    /// <inheritdoc cref="SituationHistory.At(long)"/>
    public Situation At(long size) => History.At(size);

    /// <inheritdoc cref="SituationHistory.At(Instant)"/>
    public Situation At(Instant knownAt) => History.At(knownAt);
}
