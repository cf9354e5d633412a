using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Indexing;

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
    private readonly HashChains _sitesById = new();
    private VolumeIndex _noticeVolumes;
    private VolumeIndex _sitePlaces;
    private int _claimed;

    /// <summary>A lineage in which nothing was said.</summary>
    /// <param name="heights">How heights of different references compare.</param>
    public Lineage(HeightConversion heights)
        : this(new(), new(), VolumeIndex.Empty(heights), VolumeIndex.Empty(heights))
    {
    }

    private Lineage(AdmittedStatements statements, VersionedList<FiledNotice> notices, VolumeIndex noticeVolumes, VolumeIndex sitePlaces) =>
        (Statements, Notices, _noticeVolumes, _sitePlaces) = (statements, notices, noticeVolumes, sitePlaces);

    public AdmittedStatements Statements { get; }

    public VersionedList<FiledNotice> Notices { get; }

    public VersionedList<RecordedSite> Sites { get; } = new();

    /// <summary>The volumes of all notices; the key is the notice's number. To be asked as of how many statements have effect.</summary>
    public VolumeIndex NoticeVolumes => Volatile.Read(ref _noticeVolumes);

    /// <summary>Boxes around where sites may be; the key is the site's number. To be asked as of how many statements have effect.</summary>
    public VolumeIndex SitePlaces => Volatile.Read(ref _sitePlaces);

    /// <summary>The lineage in which the situation of an extent may write its next statement: this one where it is the newest, else a copy.</summary>
    /// <remarks>All records begin with the one empty situation: each gets a lineage of its own.</remarks>
    public Lineage Claim(LineageExtent extent, HeightConversion heights) =>
        extent.Admitted > 0 && Interlocked.CompareExchange(ref _claimed, extent.Admitted + 1, extent.Admitted) == extent.Admitted
            ? this
            : CopyOf(extent, heights);

    /// <summary>Adds a notice as of so many statements.</summary>
    public void Add(FiledNotice notice, int since)
    {
        Notices.Add(notice, since);
        var volumes = _noticeVolumes;
        foreach (var volume in notice.Notice.Volumes) volumes = volumes.Add(volume, notice.Number, since);
        Volatile.Write(ref _noticeVolumes, volumes);
    }

    /// <summary>Adds a site as of so many statements.</summary>
    public void Add(RecordedSite site, int number, int since)
    {
        Sites.Add(site, since);
        _sitesById.Add(site.Site.Id.GetHashCode());
        var places = _sitePlaces;
        foreach (var box in SiteReach.BoxesOf(site.Site)) places = places.Add(box, HeightBand.All, SiteReach.TimeOf(site.Site), number, since);
        Volatile.Write(ref _sitePlaces, places);
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

    private Lineage CopyOf(LineageExtent extent, HeightConversion heights)
    {
        var volumes = new List<AddedVolume>();
        for (var number = 0; number < extent.Notices; number++)
        {
            foreach (var volume in Notices.At(number, extent.Admitted).Notice.Volumes) volumes.Add(new(volume, number, KnownFrom: 0));
        }

        var copy = new Lineage(
            Statements.CopyOf(extent.Admitted),
            Notices.CopyOf(extent.Notices, extent.Admitted),
            VolumeIndex.Empty(heights).AddAll(volumes),
            VolumeIndex.Empty(heights))
        {
            _claimed = extent.Admitted + 1,
        };
        for (var number = 0; number < extent.Sites; number++) copy.Add(Sites.At(number, extent.Admitted), number, since: 0);
        return copy;
    }
}
