using System.Collections.Immutable;
using Tansiq.Geo;
using Tansiq.Geo.Indexing;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Volumes that count together, as they are and prepared for legs.</summary>
/// <param name="Volumes">The volumes.</param>
/// <param name="Watched">The same, prepared.</param>
internal sealed record WatchedGroup(ImmutableArray<Volume> Volumes, WatchedVolumes Watched)
{
    /// <summary>A group of volumes from which no separation is kept.</summary>
    public static WatchedGroup Of(ImmutableArray<Volume> volumes, HeightConversion conversion) => Of(volumes, conversion, 0, 0);

    /// <summary>A group of volumes, and what separation is kept from them.</summary>
    public static WatchedGroup Of(ImmutableArray<Volume> volumes, HeightConversion conversion, int lateralMetres, long verticalUnits) =>
        new(volumes, new([.. volumes.Select(volume => new WatchedVolume(volume, conversion, lateralMetres, verticalUnits))]));
}

/// <summary>Puts numbered groups of volumes into an index.</summary>
internal static class GroupIndex
{
    /// <summary>The index, with the group's number of each entry; entries are in order of group.</summary>
    public static (VolumeIndex Index, int[] GroupOfEntry) Of(IReadOnlyList<WatchedGroup> groups, HeightConversion conversion)
    {
        var index = VolumeIndex.Empty(conversion);
        var groupOfEntry = new List<int>();
        for (var number = 0; number < groups.Count; number++)
        {
            foreach (var volume in groups[number].Volumes)
            {
                index = index.Add(volume, number, knownFrom: 0);
                groupOfEntry.Add(number);
            }
        }

        return (index, [.. groupOfEntry]);
    }
}
