using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Separation;

namespace Tansiq.Cli.Exercise;

/// <summary>A track that is declared to fly a notice, with the volume that it flies in.</summary>
/// <param name="Track">The track.</param>
/// <param name="Class">The class of its aircraft.</param>
/// <param name="Volume">The volume, its time cut to that of the traffic.</param>
internal sealed record NotifiedFlight(string Track, FlightClass Class, Volume Volume);

/// <summary>The tracks that are declared to fly notices.</summary>
internal sealed class NotifiedFlights(
    ImmutableSortedDictionary<Id<Statement>, DraftNotice> notices,
    ImmutableDictionary<Id<Statement>, ImmutableSortedSet<string>> declared)
{
    /// <summary>A volume with less time than this is not flown.</summary>
    public static readonly Duration LeastTime = Duration.FromMinutes(10);

    /// <summary>What they fly in a time: each track the first volume of its first notice that has enough time in it; in order of track.</summary>
    public IReadOnlyList<NotifiedFlight> During(Interval time)
    {
        var flights = new SortedDictionary<string, NotifiedFlight>(StringComparer.Ordinal);
        foreach (var (id, draft) in notices)
        {
            if (!declared.TryGetValue(id, out var tracks) || FirstVolume(draft.Notice, time) is not { } volume) continue;
            foreach (var track in tracks) flights.TryAdd(track, new(track, draft.Notice.Class, volume));
        }

        return [.. flights.Values];
    }

    private static Volume? FirstVolume(Notice notice, Interval time) => notice.Volumes
        .OrderBy(volume => volume.Time.Start)
        .Select(volume => VolumeSeparation.CommonTime(volume.Time, time) is { } common && common.Duration >= LeastTime ? volume with { Time = common } : null)
        .FirstOrDefault(volume => volume is not null);
}
