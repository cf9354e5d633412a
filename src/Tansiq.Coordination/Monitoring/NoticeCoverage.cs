using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Which notices a track is held against, and which of them cover it at a moment.</summary>
internal sealed class NoticeCoverage
{
    private readonly FlightReference[] _flights;
    private readonly WatchedGroup[] _groups;
    private readonly VolumeIndex _index;
    private readonly int[] _noticeOfEntry;
    private readonly Dictionary<string, Declaration> _declared = new(StringComparer.Ordinal);
    private readonly List<int> _entries = [];

    public NoticeCoverage(ReplayPicture picture)
    {
        _flights = [.. picture.Notices.Select(notice => notice.Flight)];
        _groups = [.. picture.Notices.Select(notice => WatchedGroup.Of(notice.Notice.Volumes, picture.Heights))];
        (_index, _noticeOfEntry) = GroupIndex.Of(_groups, picture.Heights);
        foreach (var (track, numbers) in NoticesByTrack(picture)) _declared[track] = Declared(picture, numbers);
    }

    /// <summary>What a track is declared to fly, or null.</summary>
    public Declaration? DeclaredFor(string track) => _declared.GetValueOrDefault(track);

    /// <summary>The greatest level of a notice at a moment of a leg, and the notices that have it.</summary>
    /// <remarks>A declared track is covered by its own notices only; any other one only possibly, whatever notice it is.</remarks>
    public (Certainty Level, ImmutableArray<FlightReference> Flights) At(TrackState state, in Leg leg, Fraction parameter)
    {
        var declaration = state.Declaration;
        var cap = declaration is null ? Certainty.Possible : state.Cap;
        var most = Certainty.No;
        ImmutableArray<FlightReference>.Builder? flights = null;
        foreach (var number in declaration?.Notices ?? NoticesNear(leg))
        {
            var level = _groups[number].Watched.At(leg, parameter);
            if (level > cap) level = cap;
            if (level == Certainty.No || level < most) continue;
            flights ??= ImmutableArray.CreateBuilder<FlightReference>();
            if (level > most) flights.Clear();
            most = level;
            if (flights.Count < Replay.MaximumFlightsNamed) flights.Add(_flights[number]);
        }

        return (most, flights?.ToImmutable() ?? []);
    }

    private int[] NoticesNear(in Leg leg)
    {
        if (_groups.Length == 0) return [];
        _entries.Clear();
        _index.Near(leg.Box, leg.From.Moment, leg.To.Moment, VolumeIndex.LatestSize, _entries);
        return [.. _entries.Select(entry => _noticeOfEntry[entry]).Distinct()];
    }

    private static Dictionary<string, List<int>> NoticesByTrack(ReplayPicture picture)
    {
        var byTrack = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var number = 0; number < picture.Notices.Length; number++)
        {
            foreach (var track in picture.Notices[number].Tracks)
            {
                if (!byTrack.TryGetValue(track, out var numbers)) byTrack[track] = numbers = [];
                numbers.Add(number);
            }
        }

        return byTrack;
    }

    private Declaration Declared(ReplayPicture picture, List<int> numbers)
    {
        var volumes = numbers.SelectMany(number => picture.Notices[number].Notice.Volumes);
        var actors = numbers.Select(number => picture.Notices[number].Notice.Actor).Distinct().ToList();
        return new()
        {
            Notices = [.. numbers],
            Volumes = WatchedGroup.Of([.. volumes], picture.Heights).Watched,
            Flights = [.. numbers.Take(Replay.MaximumFlightsNamed).Select(number => _flights[number])],
            Parties = [.. numbers.Select(number => _flights[number].Party)],
            Actor = actors.Count == 1 ? actors[0] : null,
        };
    }
}

/// <summary>What one track is declared to fly.</summary>
internal sealed record Declaration
{
    /// <summary>The notices, by number.</summary>
    public required int[] Notices { get; init; }

    /// <summary>Their volumes, which count together.</summary>
    public required WatchedVolumes Volumes { get; init; }

    /// <summary>The notices' names; the first ones where there are many.</summary>
    public required ImmutableArray<FlightReference> Flights { get; init; }

    /// <summary>Who filed them.</summary>
    public required ImmutableHashSet<Id<Party>> Parties { get; init; }

    /// <summary>The actor of all of them, or null where they have several.</summary>
    public required Id<Actor>? Actor { get; init; }
}
