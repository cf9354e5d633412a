using System.Collections.Immutable;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Turns levels in areas into events.</summary>
internal sealed class AreaWatch : LevelWatch
{
    private readonly ImmutableArray<WatchedArea> _areas;
    private readonly NoticeCoverage _notices;
    private readonly EventBuffer _events;

    public AreaWatch(ReplayPicture picture, NoticeCoverage notices, EventBuffer events)
        : base([.. picture.Areas.Select(area => WatchedGroup.Of(VolumesOf(area), picture.Heights))], picture.Heights, seenWithinMetres: 0)
    {
        _areas = picture.Areas;
        _notices = notices;
        _events = events;
    }

    protected override HeldLevels Held(TrackState state) => state.Areas;

    protected override void Report(in LevelChanged change, in Leg leg, Fraction parameter)
    {
        var area = _areas[change.Number];
        var (covered, flights) = _notices.At(change.State, leg, parameter);
        var item = new AreaEvent
        {
            Kind = KindOf(change.Change),
            Track = change.State.Track,
            At = leg.MomentAt(parameter),
            Place = leg.PlaceAt(parameter),
            Height = leg.HeightAt(parameter),
            Certainty = change.Certainty,
            Attribution = change.State.Attribution,
            Area = area.Area,
            Clause = null,
            Cause = change.Cause,
            Covered = covered,
            Flights = flights,
        };
        if (area.Clauses.IsEmpty) _events.Add(item);
        foreach (var clause in area.Clauses) _events.Add(item with { Clause = clause });
    }

    private static ReplayEventKind KindOf(LevelChange change) =>
        change switch
        {
            LevelChange.Appeared => ReplayEventKind.Appeared,
            LevelChange.Rise => ReplayEventKind.Enter,
            LevelChange.Fall => ReplayEventKind.Leave,
            _ => ReplayEventKind.Lost,
        };

    private static ImmutableArray<Volume> VolumesOf(WatchedArea area) =>
        [.. area.Outlines.Select(outline => new Volume(outline, area.Heights, area.Validity))];
}
