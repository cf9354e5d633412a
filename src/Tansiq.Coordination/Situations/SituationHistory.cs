using NodaTime;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations;

/// <summary>
/// The situation of every size of a record, without its statements: any past size or moment can be asked like the present
/// (<em>known at</em>). It begins empty, or from a snapshot (<see cref="SituationSnapshot"/>).
/// </summary>
/// <remarks>
/// One thread at a time appends; others ask at any time without waiting. A size takes 24 bytes beside what the situations
/// share (docs/adr/0010-situation-shares-its-past.md).
/// </remarks>
public sealed class SituationHistory
{
    private readonly AppendOnlyList<SizeRow> _sizes = new();
    private readonly AppendOnlyList<Situation> _terms = new();
    private readonly AppendOnlyList<InertEntry> _inert = new();
    private readonly AppendOnlyList<DigestBytes> _blocks = new();
    private readonly SituationHistory? _before;
    private readonly int _beforeSize;
    private readonly int _firstBlock;
    private Situation _latest = Situation.Empty;

    /// <summary>The history of a record without entries.</summary>
    public SituationHistory()
    {
        _terms.Add(Situation.Empty);
        _sizes.Add(default);
        _blocks.Add(DigestedBlock.First());
    }

    /// <summary>A history that has the sizes until one in common with another, and then goes its own way.</summary>
    private SituationHistory(SituationHistory before, Situation latest)
    {
        (_before, _beforeSize, _latest) = (before, (int)latest.Size, latest);
        _firstBlock = _beforeSize / DigestedBlock.Length + 1;
        _terms.Add(latest);
        _sizes.Add(new(latest.Extent, 0, 0));
    }

    /// <summary>What is kept of one size.</summary>
    /// <param name="Extent">How much of the lineage is known.</param>
    /// <param name="Terms">The number of the situation that has the same founding, agreements, suspensions and maps.</param>
    /// <param name="Inert">How many entries are inert, of those that are kept here.</param>
    private readonly record struct SizeRow(LineageExtent Extent, int Terms, int Inert);

    /// <summary>The situation at the full size.</summary>
    public Situation Latest => Volatile.Read(ref _latest);

    /// <summary>The digest at the full size.</summary>
    public SituationDigest LatestDigest => DigestAt(Latest.Size);

    /// <summary>Appends the next entry of the record; an inert one changes nothing but the size.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>What admission said.</returns>
    public Admission Append(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var (after, admission) = Latest.Append(statement);
        Add(after, after.Extent, admission is Admission.Inert inert ? new(statement.Hash, inert) : null);
        if (after.Size % DigestedBlock.Length == 0) AddBlock(Digested((int)after.Size, after.Lineage));
        Publish(after);
        return admission;
    }

    /// <summary><em>Known at</em> a size: the situation after so many entries, all of them joint.</summary>
    /// <remarks>Of a record of which only so many entries are joint, ask <see cref="Situation.WithJointSize"/> of the smaller of both.</remarks>
    /// <param name="size">0 to the full size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The record is not that large.</exception>
    public Situation At(long size)
    {
        var latest = Checked(size);
        if (size == latest.Size) return latest;
        if (size <= _beforeSize && _before is not null) return _before.At(size);
        if (size == 0) return Situation.Empty;
        ref readonly var row = ref Row((int)size);
        return _terms[row.Terms].KnownAt(size, latest.Lineage, row.Extent);
    }

    /// <summary>
    /// <em>Known at</em> a moment: the situation of the largest size whose time is not after it; the empty one where the
    /// record begins later.
    /// </summary>
    /// <param name="knownAt">The moment.</param>
    public Situation At(Instant knownAt)
    {
        var latest = Latest;
        var times = latest.Lineage.TimesUntil(knownAt, latest.Extent);
        if (times == 0) return Situation.Empty;
        if (_before is not null && times < Row(_beforeSize).Extent.Times) return _before.At(knownAt);
        var (low, high) = ((long)_beforeSize, latest.Size);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Row((int)middle).Extent.Times <= times) low = middle;
            else high = middle - 1;
        }

        return At(low);
    }

    /// <summary>The digest at a size.</summary>
    /// <param name="size">0 to the full size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The record is not that large.</exception>
    public SituationDigest DigestAt(long size)
    {
        var latest = Checked(size);
        return new(size % DigestedBlock.Length == 0 ? BlockAt(size) : Digested((int)size, latest.Lineage));
    }

    /// <summary>What admission said of an entry.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The record has no such entry.</exception>
    public Admission AdmissionOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Checked(index + 1);
        return InertAt((int)index)?.Admission ?? (Admission)Admission.Admitted.Value;
    }

    /// <summary>The entry of an index where it is inert, else null.</summary>
    internal InertEntry? InertAt(int index)
    {
        if (index < _beforeSize) return _before!.InertAt(index);
        var number = Row(index).Inert;
        return Row(index + 1).Inert == number ? null : _inert[number];
    }

    /// <summary>The bytes of the digest at a size of whole blocks.</summary>
    internal DigestBytes BlockAt(long size)
    {
        var number = (int)(size / DigestedBlock.Length);
        return number < _firstBlock ? _before!.BlockAt(size) : _blocks[number - _firstBlock];
    }

    /// <summary>
    /// The history that the entry after one of its situations is appended to: this one where nothing came after it, or inert entries
    /// alone, which are given up; otherwise another, which has all until there in common with this one.
    /// </summary>
    internal SituationHistory After(Situation situation)
    {
        var latest = Latest;
        if (ReferenceEquals(latest, situation)) return this;
        if (situation.Size < _beforeSize) return _before!.After(situation);
        if (!ReferenceEquals(latest.Lineage, situation.Lineage) || latest.Extent != situation.Extent) return new(this, situation);
        var size = (int)situation.Size;
        _sizes.GiveUp(size - _beforeSize + 1);
        _inert.GiveUp(Row(size).Inert);
        _blocks.GiveUp(size / DigestedBlock.Length - _firstBlock + 1);
        Publish(situation);
        return this;
    }

    /// <summary>Adds a size, not to be seen before <see cref="Publish"/>.</summary>
    /// <param name="terms">A situation with the founding, agreements, suspensions and maps of that size.</param>
    /// <param name="extent">How much of the lineage is known.</param>
    /// <param name="inert">The last entry where it is inert, else null.</param>
    internal void Add(Situation terms, LineageExtent extent, InertEntry? inert)
    {
        if (!terms.SharesTermsWith(_terms[_terms.Count - 1])) _terms.Add(terms);
        if (inert is not null) _inert.Add(inert);
        _sizes.Add(new(extent, _terms.Count - 1, _inert.Count));
    }

    /// <summary>Adds the digest of the next whole block.</summary>
    internal void AddBlock(in DigestBytes digest) => _blocks.Add(digest);

    /// <summary>Gives out the situation of the size that was added last.</summary>
    internal void Publish(Situation latest) => Volatile.Write(ref _latest, latest);

    private DigestBytes Digested(int size, Lineage lineage)
    {
        var first = (size - 1) / DigestedBlock.Length * DigestedBlock.Length;
        using var block = new DigestedBlock(BlockAt(first));
        for (var index = first; index < size; index++)
        {
            var extent = ExtentAfter(index);
            if (InertAt(index) is { } inert) block.Add(inert, extent, lineage.TimeAt(extent));
            else block.Add(lineage.Statements[extent.Admitted - 1], extent, lineage.TimeAt(extent));
        }

        return block.Sum();
    }

    private LineageExtent ExtentAfter(int index) => index + 1 < _beforeSize ? _before!.ExtentAfter(index) : Row(index + 1).Extent;

    private ref SizeRow Row(int size) => ref _sizes[size - _beforeSize];

    private Situation Checked(long size)
    {
        var latest = Latest;
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, latest.Size);
        return latest;
    }
}
