using Tansiq.Geo;
using Tansiq.Geo.Indexing;

namespace Tansiq.Figures;

/// <summary>The engine of Tansiq: one <see cref="VolumeIndex"/>, filled by adding one volume after the other.</summary>
public sealed class OwnEngine : ISpaceEngine
{
    private readonly SpaceWorkload _workload;
    private readonly Volume[] _always;
    private readonly VolumeIndex _index;
    private readonly VolumeIndex _alwaysIndex;
    private readonly List<int> _entries = [];
    private readonly List<IndexHit> _hits = [];

    /// <summary>Fills the index.</summary>
    public OwnEngine(SpaceWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        _workload = workload;
        _always = [.. workload.Probes.Select(SpaceWorkload.Always)];
        _index = Filled(workload.Areas);
        _alwaysIndex = Filled(workload.Areas.Select(SpaceWorkload.Always));
    }

    /// <inheritdoc/>
    public string Name => "Tansiq";

    /// <summary>An index of volumes.</summary>
    public static VolumeIndex Filled(IEnumerable<Volume> volumes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        var index = VolumeIndex.Empty(HeightConversion.Worldwide);
        foreach (var volume in volumes) index = index.Add(volume, index.Count, index.Count + 1);
        return index;
    }

    /// <inheritdoc/>
    public Reached Measure(SpaceQuestion question) => Rounds.Measure(CountOf(question), Asking(question));

    /// <summary>
    /// Points in areas when all points are known beforehand, as a join knows them: they are put in order of place first, so that
    /// what one needs is near what the last one needed. The sorting counts.
    /// </summary>
    public Reached MeasureSorted()
    {
        var count = _workload.Points.Length;
        var (keys, order) = (new long[count], new int[count]);
        return Rounds.Measure(count, number =>
        {
            if (number == 0) Sort(keys, order);
            return Holding(_workload.Points[order[number]].Place);
        });
    }

    /// <summary>How many hits the first questions of a kind have.</summary>
    /// <param name="question">The kind.</param>
    /// <param name="count">How many questions.</param>
    public long HitsOf(SpaceQuestion question, int count)
    {
        var ask = Asking(question);
        var hits = 0L;
        for (var number = 0; number < count; number++) hits += ask(number);
        return hits;
    }

    // Bands of 0.05° from south to north, each from west to east.
    private void Sort(long[] keys, int[] order)
    {
        for (var number = 0; number < order.Length; number++)
        {
            var place = _workload.Points[number].Place;
            keys[number] = ((long)(place.LatitudeE7 / (GeoPoint.UnitsPerDegree / 20)) << 32) + place.LongitudeE7;
            order[number] = number;
        }

        Array.Sort(keys, order);
    }

    private int CountOf(SpaceQuestion question) =>
        question is SpaceQuestion.PointInAreas or SpaceQuestion.PointInVolumes ? _workload.Points.Length : _workload.Probes.Length;

    private Func<int, int> Asking(SpaceQuestion question) => question switch
    {
        SpaceQuestion.PointInAreas => number => Holding(_workload.Points[number].Place),
        SpaceQuestion.PointInVolumes => number => Holding(_workload.Points[number]),
        SpaceQuestion.SparseConflict => number => Meeting(_index, _workload.Probes[number]),
        _ => number => Meeting(_alwaysIndex, _always[number]),
    };

    private int Holding(GeoPoint place)
    {
        _entries.Clear();
        _index.Holding(place, VolumeIndex.LatestSize, _entries);
        return _entries.Count;
    }

    private int Holding(AskedPoint point)
    {
        _hits.Clear();
        _index.Holding(point.Place, point.Height, point.At, VolumeIndex.LatestSize, _hits);
        return _hits.Count;
    }

    private int Meeting(VolumeIndex index, Volume probe)
    {
        _hits.Clear();
        index.Meeting(probe, VolumeIndex.LatestSize, _hits);
        return _hits.Count;
    }
}
