using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Agreements;

/// <summary>That a volume and an area have a point of space and time in common.</summary>
/// <param name="Area">The area's number in its agreement.</param>
/// <param name="Part">The first of the area's outlines that the volume meets.</param>
/// <param name="Certainty">How sure it is that heights meet.</param>
internal readonly record struct AreaMeeting(int Area, Outline Part, Certainty Certainty);

/// <summary>The designated areas of an agreement, to be asked what meets them.</summary>
internal sealed class AreaIndex
{
    private readonly VolumeIndex _index;
    private readonly Outline[] _parts;

    private AreaIndex(VolumeIndex index, Outline[] parts) => (_index, _parts) = (index, parts);

    /// <summary>No areas.</summary>
    public static AreaIndex None { get; } = new(VolumeIndex.Empty(HeightConversion.Worldwide), []);

    /// <summary>The index of an agreement's areas: an entry for each outline, whose key is the area's number.</summary>
    public static AreaIndex Of(Agreement agreement, HeightConversion heights)
    {
        var index = VolumeIndex.Empty(heights);
        var parts = new List<Outline>();
        for (var number = 0; number < agreement.Areas.Length; number++)
        {
            var area = agreement.Areas[number];
            foreach (var outline in area.Outlines)
            {
                index = index.Add(new Volume(outline, area.Heights, area.Validity), number, knownFrom: 0);
                parts.Add(outline);
            }
        }

        return new(index, [.. parts]);
    }

    /// <summary>Adds every area that holds a place at a height and a moment, once, in the order of the areas.</summary>
    public void Holding(GeoPoint place, Height? height, Instant at, List<(int Area, Certainty Certainty)> areas)
    {
        var hits = new List<IndexHit>();
        _index.Holding(place, height, at, VolumeIndex.LatestSize, hits);
        foreach (var hit in hits)
        {
            var area = (int)_index.KeyOf(hit.Entry);
            if (areas is [] || areas[^1].Area != area) areas.Add((area, hit.Certainty));
        }
    }

    /// <summary>Adds every area that a volume meets, once, in the order of the areas.</summary>
    public void Meeting(Volume volume, List<AreaMeeting> meetings)
    {
        var hits = new List<IndexHit>();
        _index.Meeting(volume, VolumeIndex.LatestSize, hits);
        var last = -1L;
        foreach (var hit in hits)
        {
            var area = _index.KeyOf(hit.Entry);
            if (area != last) meetings.Add(new((int)area, _parts[hit.Entry], hit.Certainty));
            last = area;
        }
    }
}
