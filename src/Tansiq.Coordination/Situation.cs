using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination;

/// <summary>
/// The common picture at one size of the record: a pure fold over its statements. What was once known stays in it with
/// its place on the record, so that one situation answers for every moment (<em>valid at</em>), and the situation of
/// every earlier size (<em>known at</em>) can be kept beside it.
/// </summary>
/// <remarks>
/// Immutable and thread-safe, whoever appends meanwhile. Situations of one record share their past; appending to one that
/// has been appended to before copies it (docs/adr/0010-situation-shares-its-past.md).
/// </remarks>
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
    public Instant? Time => Lineage.TimeAt(Extent);

    /// <summary>The founding, or null before it.</summary>
    public Founding? Founding { get; internal init; }

    /// <summary>Who holds which keys at this place (PTY-7); none where the founding names none.</summary>
    public PartyKeys Keys { get; internal init; } = PartyKeys.None;

    /// <summary>The proposed agreements, in the order of the record.</summary>
    public ImmutableList<ProposedAgreement> Agreements => Proposed.All;

    /// <summary>The suspensions, in the order of the record, ended ones included.</summary>
    public ImmutableList<MadeSuspension> Suspensions { get; internal init; } = [];

    /// <summary>The control maps, in the order of the record.</summary>
    public ImmutableList<ProposedControlMap> ControlMaps { get; internal init; } = [];

    /// <summary>Officers, rosters, contacts and line checks: the newest of each (PTY-4 to PTY-6).</summary>
    public PartyDesks Desks { get; internal init; } = PartyDesks.None;

    /// <summary>What ends reported of STOP, hotline and flight-safety messages, in the order of the record (INF-5).</summary>
    public ImmutableList<RecordedStop> Stops { get; internal init; } = [];

    /// <summary>The notices, by their index on the record; withdrawn and past ones included.</summary>
    public RecordDictionary<FiledNotice> Notices => new(Lineage.Notices, Extent.Notices, Extent.Admitted, static notice => notice.Filed.Index);

    /// <summary>The protected sites, by their index on the record; withdrawn and expired ones included.</summary>
    public RecordDictionary<RecordedSite> Sites => new(Lineage.Sites, Extent.Sites, Extent.Admitted, static site => site.Notified.Index);

    /// <summary>The proposed agreements with what was reckoned from them.</summary>
    internal ProposedAgreements Proposed { get; init; } = ProposedAgreements.None;

    /// <summary>What it shares with the situations that it grew from, and <see cref="Extent"/> how much of it is its own past.</summary>
    internal Lineage Lineage { get; init; } = new(HeightConversion.Worldwide);

    internal LineageExtent Extent { get; init; }

    /// <summary>The place on the record that the next entry takes.</summary>
    internal RecordPlace NextPlace => new(Size, Time ?? Instant.MinValue);

    /// <summary>Adds the next entry of the record: admits it and, if it is admitted, gives it its effect.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The situation one entry larger, and what admission said. An inert entry changes nothing but the size.</returns>
    public (Situation Situation, Admission Admission) Append(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var admission = Admit.Decide(this, statement);
        return (admission is Admission.Admitted ? Fold.Apply(this, statement) : Longer(Lineage, Extent), admission);
    }

    /// <summary>The situation one entry larger.</summary>
    /// <param name="lineage">The lineage that it is of.</param>
    /// <param name="extent">How much of the lineage it knows.</param>
    internal Situation Longer(Lineage lineage, LineageExtent extent) => KnownAt(Size + 1, lineage, extent);

    /// <summary>The situation of another size, all of it joint, before or after which no key, agreement, suspension or map changed.</summary>
    /// <param name="size">The size.</param>
    /// <param name="lineage">The lineage that it is of.</param>
    /// <param name="extent">How much of the lineage it knows.</param>
    internal Situation KnownAt(long size, Lineage lineage, LineageExtent extent) =>
        this with { Size = size, JointSize = size, Lineage = lineage, Extent = extent };

    /// <summary>Whether both have the same founding, keys, agreements, suspensions and maps.</summary>
    internal bool SharesTermsWith(Situation other) =>
        ReferenceEquals(Founding, other.Founding)
        && ReferenceEquals(Keys, other.Keys)
        && ReferenceEquals(Proposed, other.Proposed)
        && ReferenceEquals(Suspensions, other.Suspensions)
        && ReferenceEquals(ControlMaps, other.ControlMaps)
        && ReferenceEquals(Desks, other.Desks)
        && ReferenceEquals(Stops, other.Stops);

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
    public FiledNotice? FindNotice(ContentHash hash)
    {
        var found = Lineage.Statements.Find(hash, Extent.Admitted);
        return found >= 0 && Lineage.Statements[found] is { FilesNotice: true, Number: var number } ? Notice(number) : null;
    }

    /// <summary>The notice that a party filed under an identifier, or null.</summary>
    public FiledNotice? FindNotice(Id<Party> party, Id<Statement> id)
    {
        var number = Lineage.Statements.Find(party, id, Extent.Admitted);
        if (number < 0) return null;
        ref readonly var statement = ref Lineage.Statements[number];
        return statement.FilesNotice ? Notice(statement.Number) : null;
    }

    /// <summary>The notice that stands where the one of that hash was filed: itself, or the last of those that took its place; null where there is none.</summary>
    public FiledNotice? FindStanding(ContentHash hash)
    {
        var notice = FindNotice(hash);
        while (notice?.SupersededBy is { } next) notice = FindNotice(next.Hash);
        return notice;
    }

    /// <summary>The notice that a hash speaks of: the notice itself, or the one that the answer of that hash was given to; else null.</summary>
    public FiledNotice? FindSpokenOf(ContentHash hash) => NumberSpokenOf(hash) is >= 0 and var number ? Notice(number) : null;

    /// <summary>The notice of a number, from 0 in the order of the record.</summary>
    internal FiledNotice Notice(int number) => Lineage.Notices.At(number, Extent.Admitted);

    /// <summary>The number of the notice that a hash speaks of, or −1.</summary>
    internal int NumberSpokenOf(ContentHash hash)
    {
        var found = Lineage.Statements.Find(hash, Extent.Admitted);
        if (found < 0) return -1;
        ref readonly var statement = ref Lineage.Statements[found];
        return statement.SpeaksOfNotice ? statement.Number : -1;
    }

    /// <summary>The site of a number, from 0 in the order of the record.</summary>
    internal RecordedSite Site(int number) => Lineage.Sites.At(number, Extent.Admitted);

    /// <summary>The notified site with that hash, or null.</summary>
    internal RecordedSite? FindSite(ContentHash hash) => NumberOfSite(hash) is >= 0 and var number ? Site(number) : null;

    /// <summary>The number of the notified site with that hash, or −1.</summary>
    internal int NumberOfSite(ContentHash hash) => Find(hash, Effect.Site);

    /// <summary>Whether a site of that identifier is notified and not withdrawn.</summary>
    internal bool HasSite(Id<Site> id) => Lineage.LastSite(id, Extent) is >= 0 and var number && Site(number).Withdrawn is null;

    /// <summary>The hash of the text that a party gave an identifier to, or null where it is unused.</summary>
    internal ContentHash? FindIdentity(Id<Party> party, Id<Statement> id) =>
        Lineage.Statements.Find(party, id, Extent.Admitted) is >= 0 and var number ? Lineage.Statements[number].Hash : null;

    private int Find(ContentHash hash, Effect effect)
    {
        var found = Lineage.Statements.Find(hash, Extent.Admitted);
        if (found < 0) return -1;
        ref readonly var statement = ref Lineage.Statements[found];
        return statement.Effect == effect ? statement.Number : -1;
    }
}

/// <summary>Where on the record something was said.</summary>
/// <param name="Index">Index of the entry, from 0.</param>
/// <param name="At">The last <c>record.time</c> before it; all deadlines count by it (REC-6).</param>
public sealed record RecordPlace(long Index, Instant At);
