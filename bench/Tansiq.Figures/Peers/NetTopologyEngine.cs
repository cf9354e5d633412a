using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Figures.Peers;

/// <summary>NetTopologySuite: an STR-packed tree of boxes, an indexed locator and a prepared geometry for each area.</summary>
public sealed class NetTopologyEngine : ISpaceEngine
{
    private readonly SpaceWorkload _workload;
    private readonly STRtree<Area> _tree = new();
    private readonly Polygon[] _probes;

    /// <summary>Builds the tree.</summary>
    public NetTopologyEngine(SpaceWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        _workload = workload;
        foreach (var volume in workload.Areas)
        {
            var area = new Area(volume);
            _tree.Insert(area.Polygon.EnvelopeInternal, area);
        }

        _tree.Build();
        _probes = [.. workload.Probes.Select(probe => PlaneGeometry.Of(probe.Outline))];
    }

    /// <inheritdoc/>
    public string Name => "NetTopologySuite";

    /// <summary>The version.</summary>
    public static string Version => $"NetTopologySuite {System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(STRtree<Area>).Assembly.Location).ProductVersion}";

    /// <inheritdoc/>
    public Reached Measure(SpaceQuestion question) => question switch
    {
        SpaceQuestion.PointInAreas => Rounds.Measure(_workload.Points.Length, number => Holding(_workload.Points[number], isActive: false)),
        SpaceQuestion.PointInVolumes => Rounds.Measure(_workload.Points.Length, number => Holding(_workload.Points[number], isActive: true)),
        SpaceQuestion.SparseConflict => Rounds.Measure(_probes.Length, number => Meeting(number, isActive: true)),
        _ => Rounds.Measure(_probes.Length, number => Meeting(number, isActive: false)),
    };

    private int Holding(AskedPoint point, bool isActive)
    {
        var coordinate = new Coordinate(point.Place.LongitudeE7, point.Place.LatitudeE7);
        var hits = 0;
        foreach (var area in _tree.Query(new Envelope(coordinate)))
        {
            if (isActive && !area.IsActive(point.Height.Units, point.Height.Units, point.At, point.At)) continue;
            if (area.Locator.Locate(coordinate) != Location.Exterior) hits++;
        }

        return hits;
    }

    private int Meeting(int number, bool isActive)
    {
        var (probe, polygon) = (_workload.Probes[number], _probes[number]);
        var (low, high) = (probe.Heights.Floor!.Value.Units, probe.Heights.Ceiling!.Value.Units);
        var hits = 0;
        foreach (var area in _tree.Query(polygon.EnvelopeInternal))
        {
            if (isActive && !area.Overlaps(low, high, probe.Time.Start, probe.Time.End)) continue;
            if (area.Prepared.Intersects(polygon)) hits++;
        }

        return hits;
    }

    private sealed class Area
    {
        private readonly long _low;
        private readonly long _high;
        private readonly Instant _from;
        private readonly Instant _until;

        public Area(Volume volume)
        {
            Polygon = PlaneGeometry.Of(volume.Outline);
            Locator = new(Polygon);
            Prepared = PreparedGeometryFactory.Prepare(Polygon);
            (_low, _high) = (volume.Heights.Floor!.Value.Units, volume.Heights.Ceiling!.Value.Units);
            (_from, _until) = (volume.Time.Start, volume.Time.End);
        }

        public Polygon Polygon { get; }

        public IndexedPointInAreaLocator Locator { get; }

        public IPreparedGeometry Prepared { get; }

        public bool IsActive(long low, long high, Instant first, Instant last) => _low <= high && low <= _high && _from <= last && first < _until;

        public bool Overlaps(long low, long high, Instant from, Instant until) => _low <= high && low <= _high && _from < until && from < _until;
    }
}
