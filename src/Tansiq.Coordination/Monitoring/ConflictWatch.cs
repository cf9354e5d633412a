using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Turns nearness to notified volumes into events of conflict.</summary>
internal sealed class ConflictWatch : LevelWatch
{
    private readonly Guarded[] _guarded;
    private readonly EventBuffer _events;

    public ConflictWatch(ReplayPicture picture, EventBuffer events)
        : this(picture, events, [.. picture.Notices.SelectMany(notice => Guarded.Of(notice, picture.Heights))])
    {
    }

    private ConflictWatch(ReplayPicture picture, EventBuffer events, Guarded[] guarded)
        : base([.. guarded.Select(each => each.Group)], picture.Heights, guarded.Select(each => each.LateralMetres).DefaultIfEmpty().Max())
    {
        _guarded = guarded;
        _events = events;
    }

    protected override HeldLevels Held(TrackState state) => state.Conflicts;

    // A party's own flights do not conflict with each other.
    protected override bool Counts(TrackState state, int number) =>
        state.Declaration is not { } declaration || !declaration.Parties.Contains(_guarded[number].Flight.Party);

    // Where no track is declared to fly the notice and none to be another flight, the track may be the notified one itself.
    protected override Certainty Cap(TrackState state, int number) =>
        _guarded[number].IsOfUnknownTrack && state.Declaration is null ? Certainty.Possible : state.Cap;

    protected override void Report(in LevelChanged change, in Leg leg, Fraction parameter)
    {
        var guarded = _guarded[change.Number];
        _events.Add(new ConflictEvent
        {
            Kind = change.Change is LevelChange.Appeared or LevelChange.Rise ? ReplayEventKind.Conflict : ReplayEventKind.ConflictEnd,
            Track = change.State.Track,
            At = leg.MomentAt(parameter),
            Place = leg.PlaceAt(parameter),
            Height = leg.HeightAt(parameter),
            Certainty = change.Certainty,
            Attribution = change.State.Attribution,
            Flight = guarded.Flight,
            Clause = guarded.Clause,
            Cause = change.Cause,
        });
    }

    /// <summary>The volumes of a notice with the separation that one clause keeps from them, or with none.</summary>
    private sealed record Guarded(FlightReference Flight, Id<Clause>? Clause, bool IsOfUnknownTrack, int LateralMetres, WatchedGroup Group)
    {
        public static IEnumerable<Guarded> Of(WatchedNotice notice, HeightConversion conversion)
        {
            var volumes = notice.Notice.Volumes;
            if (notice.Separations.IsEmpty) yield return new(notice.Flight, null, notice.Tracks.IsEmpty, 0, WatchedGroup.Of(volumes, conversion));
            foreach (var separation in notice.Separations)
            {
                ImmutableArray<Volume> inForce = [.. volumes.SelectMany(volume => During(volume, separation))];
                yield return new(
                    notice.Flight,
                    separation.Clause,
                    notice.Tracks.IsEmpty,
                    separation.LateralMetres,
                    WatchedGroup.Of(inForce, conversion, separation.LateralMetres, separation.VerticalUnits));
            }
        }

        private static IEnumerable<Volume> During(Volume volume, WatchedSeparation separation)
        {
            if (VolumeSeparation.CommonTime(volume.Time, separation.InForce) is { } time) yield return volume with { Time = time };
        }
    }
}
