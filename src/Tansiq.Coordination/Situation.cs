using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination;

/// <summary>
/// The common picture at one size of the record: a pure fold over its statements. What was once known stays in it with
/// its place on the record, so that one situation answers for every moment (<em>valid at</em>), and the situation of
/// every earlier size (<em>known at</em>) can be kept beside it.
/// </summary>
/// <remarks>Immutable and thread-safe; situations of successive sizes share what did not change.</remarks>
public sealed record Situation
{
    private Situation()
    {
    }

    /// <summary>The situation before the first statement.</summary>
    public static Situation Empty { get; } = new();

    /// <summary>How many entries of the record it rests on.</summary>
    public long Size { get; private init; }

    /// <summary>
    /// How many of them are joint: covered by a checkpoint that bears every signatory's cosignature (REC-2). Permissive
    /// statements beyond it have no effect yet.
    /// </summary>
    public long JointSize { get; private init; }

    /// <summary>The last <c>record.time</c>, or null before the first.</summary>
    public Instant? Time { get; private init; }

    /// <summary>The founding, or null before it.</summary>
    public Founding? Founding { get; private init; }

    /// <summary>The proposed agreements, in the order of the record.</summary>
    public ImmutableList<ProposedAgreement> Agreements { get; init; } = [];

    /// <summary>The suspensions, in the order of the record, ended ones included.</summary>
    public ImmutableList<MadeSuspension> Suspensions { get; init; } = [];

    /// <summary>The control maps, in the order of the record.</summary>
    public ImmutableList<ProposedControlMap> ControlMaps { get; init; } = [];

    /// <summary>The notices, by their index on the record; withdrawn and past ones included.</summary>
    public ImmutableSortedDictionary<long, FiledNotice> Notices { get; init; } = ImmutableSortedDictionary<long, FiledNotice>.Empty;

    /// <summary>The protected sites, by their index on the record; withdrawn and expired ones included.</summary>
    public ImmutableSortedDictionary<long, RecordedSite> Sites { get; init; } = ImmutableSortedDictionary<long, RecordedSite>.Empty;

    private ImmutableDictionary<ContentHash, long> IndexByHash { get; init; } = ImmutableDictionary<ContentHash, long>.Empty;

    private ImmutableDictionary<StatementName, ContentHash> HashByName { get; init; } = ImmutableDictionary<StatementName, ContentHash>.Empty;

    /// <summary>Adds the next entry of the record: admits it and, if it is admitted, gives it its effect.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The situation one entry larger, and what admission said. An inert entry changes nothing but the size.</returns>
    public (Situation Situation, Admission Admission) Append(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var admission = Admit.Decide(this, statement);
        var next = admission is Admission.Admitted ? Fold.Apply(this, statement).Known(statement) : this;
        return (next with { Size = Size + 1, JointSize = Size + 1 }, admission);
    }

    /// <summary>The same situation with a smaller part of it joint.</summary>
    /// <param name="jointSize">How many entries are joint, 0 to <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="jointSize"/> is outside its range.</exception>
    public Situation WithJointSize(long jointSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(jointSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jointSize, Size);
        return this with { JointSize = jointSize };
    }

    /// <summary>Whether a restrictive statement has effect at a moment: from its admission on.</summary>
    public static bool Restricts(RecordPlace place, Instant validAt) => place.At <= validAt;

    /// <summary>Whether a permissive statement has effect at a moment: from its admission on, once it is joint.</summary>
    public bool Permits(RecordPlace place, Instant validAt) => place.Index < JointSize && place.At <= validAt;

    /// <summary>The notice with that hash, or null.</summary>
    public FiledNotice? FindNotice(ContentHash hash) =>
        IndexByHash.TryGetValue(hash, out var index) && Notices.TryGetValue(index, out var notice) ? notice : null;

    /// <summary>The notice that a hash speaks of: the notice itself, or the one that the answer of that hash was given to; else null.</summary>
    public FiledNotice? FindSpokenOf(ContentHash hash) =>
        FindNotice(hash) ?? Notices.Values.FirstOrDefault(notice => notice.Answers.Any(answer => answer.Hash == hash));

    /// <summary>The notified site with that hash, or null.</summary>
    internal RecordedSite? FindSite(ContentHash hash) =>
        IndexByHash.TryGetValue(hash, out var index) && Sites.TryGetValue(index, out var site) ? site : null;

    /// <summary>The hash of the text that a party gave an identifier to, or null where it is unused.</summary>
    internal ContentHash? FindIdentity(Id<Party> party, Id<Statement> id) =>
        HashByName.TryGetValue(new(party, id), out var hash) ? hash : null;

    /// <summary>The place on the record that the next entry takes.</summary>
    internal RecordPlace NextPlace => new(Size, Time ?? Instant.MinValue);

    internal Situation At(Instant time) => this with { Time = time };

    internal Situation Founded(Founding founding) => this with { Founding = founding };

    private Situation Known(Statement statement) => this with
    {
        IndexByHash = IndexByHash.SetItem(statement.Hash, Size),
        HashByName = HashByName.Add(new(statement.Party, statement.Id), statement.Hash),
    };
}

/// <summary>The name that a party gave a statement.</summary>
internal sealed record StatementName(Id<Party> Party, Id<Statement> Id);

/// <summary>Where on the record something was said.</summary>
/// <param name="Index">Index of the entry, from 0.</param>
/// <param name="At">The last <c>record.time</c> before it; all deadlines count by it (REC-6).</param>
public sealed record RecordPlace(long Index, Instant At);
