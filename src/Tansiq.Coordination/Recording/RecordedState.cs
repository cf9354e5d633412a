using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Recording;

/// <summary>The common picture after some entries of a record on disk, with that of every size before it.</summary>
/// <remarks>
/// Immutable and thread-safe: whoever has it sees one size, whatever is appended meanwhile. States of one record share their past; a
/// state whose entry was given up answers for itself alone and must not be appended to when another took its place.
/// </remarks>
public sealed class RecordedState
{
    private readonly SituationHistory? _history;
    private readonly ImmutableSortedSet<Instant> _answersBy;

    private RecordedState(SituationHistory? history, Situation situation, ImmutableSortedSet<Instant> answersBy)
    {
        _history = history;
        Situation = situation;
        _answersBy = answersBy;
    }

    /// <summary>The state before the first entry.</summary>
    public static RecordedState Empty { get; } = new(null, Situation.Empty, []);

    /// <summary>The situation, all of it joint; ask <see cref="Situation.WithJointSize"/> for less.</summary>
    public Situation Situation { get; }

    /// <summary>The digest by which centres compare their pictures; reckoned when it is asked for.</summary>
    public SituationDigest Digest => _history?.DigestAt(Situation.Size) ?? new(DigestedBlock.First());

    /// <summary>The situation of every size so far, for a snapshot; it may have grown since.</summary>
    /// <exception cref="InvalidOperationException">Nothing was appended yet.</exception>
    public SituationHistory History => _history ?? throw new InvalidOperationException("There is no history before the first entry.");

    /// <summary>The next moment after the record's time at which something falls due: an answer, or the start or end of an agreement; null where nothing does.</summary>
    internal Instant? NextDeadline => Situation.Time is { } time
        ? RecordTimes.Earlier(_answersBy.IsEmpty ? null : _answersBy.Min, RecordTimes.NextTerm(Situation, time))
        : null;

    /// <summary>The state at the full size of a history, such as one that was read from a snapshot.</summary>
    /// <param name="history">The history.</param>
    public static RecordedState Of(SituationHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var situation = history.Latest;
        var answersBy = ImmutableSortedSet.CreateBuilder<Instant>();
        foreach (var notice in situation.Notices.Values)
        {
            if (notice.Notice.AnswerBy is { } answerBy && !(answerBy <= situation.Time)) answersBy.Add(answerBy);
        }

        return new(history, situation, answersBy.ToImmutable());
    }

    /// <summary><em>Known at</em> a size.</summary>
    /// <param name="size">0 to the size of this state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is not that large.</exception>
    public Situation KnownAt(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Situation.Size);
        return size == Situation.Size || _history is null ? Situation : _history.At(size);
    }

    /// <summary><em>Known at</em> a moment: the largest size whose time is not after it; the empty situation where the record begins later.</summary>
    /// <param name="knownAt">The moment.</param>
    public Situation KnownAt(Instant knownAt)
    {
        if (_history is null || Situation.Time is not { } time) return Situation.Empty;
        return time <= knownAt ? Situation : _history.At(knownAt);
    }

    /// <summary>The state after the next entry, and what admission says of it.</summary>
    internal (RecordedState State, Admission Admission) Append(Statement statement)
    {
        var history = _history?.After(Situation) ?? new SituationHistory();
        var admission = history.Append(statement);
        var answersBy = admission is Admission.Admitted ? AnswersBy(statement) : _answersBy;
        return (new(history, history.Latest, answersBy), admission);
    }

    private ImmutableSortedSet<Instant> AnswersBy(Statement admitted)
    {
        if ((admitted.Body as Notice ?? (admitted.Body as Amendment)?.Notice) is { AnswerBy: { } answerBy }) return _answersBy.Add(answerBy);
        if (admitted.Body is not RecordTime time) return _answersBy;
        var left = _answersBy;
        while (!left.IsEmpty && left.Min <= time.Now) left = left.Remove(left.Min);
        return left;
    }
}
