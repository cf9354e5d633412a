using NodaTime;
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
/// <param name="Times">How often time advanced.</param>
internal readonly record struct LineageExtent(int Admitted, int Notices, int Sites, int Times)
{
    /// <summary>The extent one statement larger.</summary>
    public LineageExtent With(Effect effect) => new(
        Admitted + 1,
        Notices + (effect is Effect.Notice or Effect.Amendment or Effect.Retiming ? 1 : 0),
        Sites + (effect == Effect.Site ? 1 : 0),
        Times + (effect == Effect.Time ? 1 : 0));
}

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
        : this(new(new(), new(), new(), new()), default, heights)
    {
    }

    /// <summary>A lineage of what was said before, all of it indexed at once.</summary>
    /// <param name="past">What was said.</param>
    /// <param name="extent">How much.</param>
    /// <param name="heights">How heights of different references compare.</param>
    public Lineage(LineagePast past, LineageExtent extent, HeightConversion heights)
    {
        Past = past;
        _claimed = extent.Admitted;
        _noticeVolumes = VolumeIndex.Empty(heights).AddAll(past.VolumesOf(extent));
        _sitePlaces = VolumeIndex.Empty(heights);
        for (var number = 0; number < extent.Sites; number++) AddPlaces(Sites.At(number, extent.Admitted).Site, number, Sites.AddedSince(number));
    }

    /// <summary>What was said.</summary>
    public LineagePast Past { get; }

    public AdmittedStatements Statements => Past.Statements;

    public VersionedList<FiledNotice> Notices => Past.Notices;

    public VersionedList<RecordedSite> Sites => Past.Sites;

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

    /// <summary>The time that a situation of an extent knows, or null before the first.</summary>
    public Instant? TimeAt(LineageExtent extent) => extent.Times == 0 ? null : Past.Times[extent.Times - 1];

    /// <summary>How often time advanced until a moment, that included, of as often as an extent knows.</summary>
    public int TimesUntil(Instant moment, LineageExtent extent)
    {
        // Time on the record never goes back.
        var (low, high) = (0, extent.Times);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (Past.Times[middle] <= moment) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Adds a notice as of so many statements.</summary>
    public void Add(FiledNotice notice, int since)
    {
        Notices.Add(notice, since);
        if (notice.ReplacesNumber >= 0) FlightCourse.Supersede(Past, notice, since);
        var volumes = _noticeVolumes;
        foreach (var volume in notice.Notice.Volumes) volumes = volumes.Add(volume, notice.Number, since);
        Volatile.Write(ref _noticeVolumes, volumes);
    }

    /// <summary>Adds a site as of so many statements.</summary>
    public void Add(RecordedSite site, int number, int since)
    {
        Sites.Add(site, since);
        AddPlaces(site.Site, number, since);
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

    private void AddPlaces(Site site, int number, int since)
    {
        _sitesById.Add(site.Id.GetHashCode());
        var places = _sitePlaces;
        foreach (var box in SiteReach.BoxesOf(site)) places = places.Add(box, HeightBand.All, SiteReach.TimeOf(site), number, since);
        Volatile.Write(ref _sitePlaces, places);
    }

    private Lineage CopyOf(LineageExtent extent, HeightConversion heights)
    {
        var past = new LineagePast(
            Statements.CopyOf(extent.Admitted),
            Notices.CopyOf(extent.Notices, extent.Admitted),
            Sites.CopyOf(extent.Sites, extent.Admitted),
            Past.Times.CopyOf(extent.Times));
        return new(past, extent, heights) { _claimed = extent.Admitted + 1 };
    }
}
