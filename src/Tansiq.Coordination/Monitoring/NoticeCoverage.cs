using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Which notices a track is held against, and which of them cover it at a moment.</summary>
internal sealed class NoticeCoverage
{
    private readonly (FlightReference Flight, WatchedVolumes Volumes)[] _notices;
    private readonly Dictionary<string, Declaration> _declared = new(StringComparer.Ordinal);

    public NoticeCoverage(ReplayPicture picture)
    {
        _notices = new (FlightReference, WatchedVolumes)[picture.Notices.Length];
        var prepared = new List<WatchedVolume[]>();
        var byTrack = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var number = 0; number < _notices.Length; number++)
        {
            var notice = picture.Notices[number];
            WatchedVolume[] volumes = [.. notice.Notice.Volumes.Select(volume => new WatchedVolume(volume, picture.Heights))];
            prepared.Add(volumes);
            _notices[number] = (notice.Flight, new(volumes));
            foreach (var track in notice.Tracks)
            {
                if (!byTrack.TryGetValue(track, out var numbers)) byTrack[track] = numbers = [];
                numbers.Add(number);
            }
        }

        foreach (var (track, numbers) in byTrack)
        {
            _declared[track] = new(
                [.. numbers],
                new([.. numbers.SelectMany(number => prepared[number])]),
                [.. numbers.Take(Replay.MaximumFlightsNamed).Select(number => _notices[number].Flight)]);
        }
    }

    /// <summary>What a track is declared to fly, or null.</summary>
    public Declaration? DeclaredFor(string track) => _declared.GetValueOrDefault(track);

    /// <summary>The greatest level of a notice at a moment of a leg, and the notices that have it.</summary>
    /// <remarks>A declared track is covered by its own notices only; any other one only possibly, whatever notice it is.</remarks>
    public (Certainty Level, ImmutableArray<FlightReference> Flights) At(string track, Leg leg, Fraction parameter, bool isDoubtful)
    {
        var declaration = DeclaredFor(track);
        var cap = declaration is null || isDoubtful ? Certainty.Possible : Certainty.Certain;
        var most = Certainty.No;
        var flights = ImmutableArray.CreateBuilder<FlightReference>();
        var count = declaration?.Notices.Length ?? _notices.Length;
        for (var index = 0; index < count; index++)
        {
            var (flight, volumes) = _notices[declaration?.Notices[index] ?? index];
            var level = volumes.At(leg, parameter);
            if (level > cap) level = cap;
            if (level == Certainty.No || level < most) continue;
            if (level > most) flights.Clear();
            most = level;
            if (flights.Count < Replay.MaximumFlightsNamed) flights.Add(flight);
        }

        return (most, flights.ToImmutable());
    }

    /// <summary>The notices that one track is declared to fly.</summary>
    internal sealed record Declaration(int[] Notices, WatchedVolumes Volumes, ImmutableArray<FlightReference> Flights);
}
