using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations;

/// <summary>How much of a lineage one situation knows.</summary>
/// <param name="Admitted">How many statements have effect.</param>
/// <param name="Notices">How many notices there are.</param>
/// <param name="Sites">How many sites there are.</param>
internal readonly record struct LineageExtent(int Admitted, int Notices, int Sites);

/// <summary>
/// What situations share that grew one from the other: all that was said, in order, to which only the newest of them may
/// add (docs/adr/0010-situation-shares-its-past.md). Each situation knows how much of it is its own past.
/// </summary>
/// <remarks>
/// Whoever claims the next statement is the one writer until the situation with it is given out. Readers never wait.
/// </remarks>
internal sealed class Lineage
{
    private readonly HashChains _sitesById;
    private int _claimed;

    public Lineage()
        : this(new(), new(), new())
    {
    }

    private Lineage(AdmittedStatements statements, VersionedList<FiledNotice> notices, VersionedList<RecordedSite> sites)
    {
        (Statements, Notices, Sites, _sitesById) = (statements, notices, sites, new());
    }

    public AdmittedStatements Statements { get; }

    public VersionedList<FiledNotice> Notices { get; }

    public VersionedList<RecordedSite> Sites { get; }

    /// <summary>The lineage in which the situation of an extent may write its next statement: this one where it is the newest, else a copy.</summary>
    /// <remarks>All records begin with the one empty situation: each gets a lineage of its own.</remarks>
    public Lineage Claim(LineageExtent extent) =>
        extent.Admitted > 0 && Interlocked.CompareExchange(ref _claimed, extent.Admitted + 1, extent.Admitted) == extent.Admitted ? this : CopyOf(extent);

    public void Add(RecordedSite site, int since)
    {
        Sites.Add(site, since);
        _sitesById.Add(site.Site.Id.GetHashCode());
    }

    /// <summary>The number of the last site of an identifier, or −1.</summary>
    public int LastSite(Id<Site> id, LineageExtent extent)
    {
        foreach (var number in _sitesById.Of(id.GetHashCode()))
        {
            if (number < extent.Sites && Sites.At(number, extent.Admitted).Site.Id == id) return number;
        }

        return -1;
    }

    private Lineage CopyOf(LineageExtent extent)
    {
        var copy = new Lineage(Statements.CopyOf(extent.Admitted), Notices.CopyOf(extent.Notices, extent.Admitted), new()) { _claimed = extent.Admitted + 1 };
        for (var number = 0; number < extent.Sites; number++) copy.Add(Sites.At(number, extent.Admitted), since: 0);
        return copy;
    }
}
