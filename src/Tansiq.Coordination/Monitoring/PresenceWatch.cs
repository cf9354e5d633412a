using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Turns the movement of tracks into events of areas and of conformance.</summary>
internal sealed class PresenceWatch
{
    private readonly (WatchedArea Area, WatchedVolumes Volumes)[] _areas;
    private readonly AreaBoxes _boxes;
    private readonly NoticeCoverage _notices;
    private readonly EventBuffer _events;

    public PresenceWatch(ReplayPicture picture, EventBuffer events)
    {
        _events = events;
        _notices = new(picture);
        _areas = [.. picture.Areas.Select(area => (area, VolumesOf(area, picture.Heights)))];
        _boxes = new(_areas.SelectMany((area, number) => area.Volumes.Boxes.Select(box => (number, box))));
    }

    /// <summary>A track is there, and it is not known how it came there.</summary>
    public void Appear(TrackState state, Fix fix, ReplayCause cause)
    {
        state.Follow(fix);
        var leg = Leg.Standing(fix);
        foreach (var number in AreasNear(leg, state))
        {
            var level = Capped(_areas[number].Volumes.At(leg, Fraction.Zero), state);
            if (level == Certainty.No) continue;
            state.Held[number] = level;
            AddAreaEvents(state, number, leg, Fraction.Zero, ReplayEventKind.Appeared, level, cause);
        }

        if (_notices.DeclaredFor(state.Track) is not { } declaration) return;
        var conformance = Capped(declaration.Volumes.At(leg, Fraction.Zero), state);
        state.Conformance = conformance;
        AddConformance(state, declaration, leg, new(Fraction.Zero, conformance), isRise: conformance > Certainty.No);
    }

    /// <summary>A track moved on.</summary>
    public void Move(TrackState state, Fix fix)
    {
        var leg = new Leg(state.Anchor, fix);
        state.Follow(fix);
        foreach (var number in AreasNear(leg, state)) MoveInArea(state, number, leg, _areas[number].Volumes.Along(leg));

        if (_notices.DeclaredFor(state.Track) is not { } declaration) return;
        foreach (var found in declaration.Volumes.Along(leg))
        {
            var step = found with { Level = Capped(found.Level, state) };
            if (step.Level == state.Conformance) continue;
            AddConformance(state, declaration, leg, step, isRise: step.Level > state.Conformance);
            state.Conformance = step.Level;
        }
    }

    /// <summary>A track is not followed any more; it was last at its anchor.</summary>
    public void Lose(TrackState state, ReplayCause cause)
    {
        var leg = Leg.Standing(state.Anchor);
        foreach (var (number, level) in state.Held.OrderBy(held => held.Key))
            AddAreaEvents(state, number, leg, Fraction.Zero, ReplayEventKind.Lost, level, cause);
        state.Lose();
    }

    // An area that is held is looked at wherever the leg is, so that nothing that was entered stays entered.
    private List<int> AreasNear(Leg leg, TrackState state)
    {
        var numbers = new List<int>();
        _boxes.AddMeeting(leg, numbers);
        var near = numbers.Count;
        foreach (var held in state.Held.Keys)
        {
            if (numbers.BinarySearch(0, near, held, null) < 0) numbers.Add(held);
        }

        if (numbers.Count > near) numbers.Sort();
        return numbers;
    }

    private void MoveInArea(TrackState state, int number, Leg leg, IReadOnlyList<PresenceStep> steps)
    {
        var before = state.Held.GetValueOrDefault(number);
        foreach (var step in steps)
        {
            var level = Capped(step.Level, state);
            if (level == before) continue;
            if (level > before) AddAreaEvents(state, number, leg, step.Parameter, ReplayEventKind.Enter, level, null);
            else AddAreaEvents(state, number, leg, step.Parameter, ReplayEventKind.Leave, OfFallTo(level), null);
            before = level;
        }

        if (before == Certainty.No) state.Held.Remove(number);
        else state.Held[number] = before;
    }

    private void AddAreaEvents(
        TrackState state, int number, Leg leg, Fraction parameter, ReplayEventKind kind, Certainty certainty, ReplayCause? cause)
    {
        var area = _areas[number].Area;
        var (covered, flights) = _notices.At(state.Track, leg, parameter, state.IsDoubtful);
        var item = new AreaEvent
        {
            Kind = kind,
            Track = state.Track,
            At = MomentAt(leg, parameter),
            Place = leg.PlaceAt(parameter),
            Height = leg.HeightAt(parameter),
            Certainty = certainty,
            Area = area.Area,
            Clause = null,
            Cause = cause,
            Covered = covered,
            Flights = flights,
        };
        if (area.Clauses.IsEmpty) _events.Add(item);
        foreach (var clause in area.Clauses) _events.Add(item with { Clause = clause });
    }

    private void AddConformance(TrackState state, NoticeCoverage.Declaration declaration, Leg leg, PresenceStep step, bool isRise) =>
        _events.Add(new ConformanceEvent
        {
            Kind = isRise ? ReplayEventKind.Conforming : ReplayEventKind.Nonconforming,
            Track = state.Track,
            At = MomentAt(leg, step.Parameter),
            Place = leg.PlaceAt(step.Parameter),
            Height = leg.HeightAt(step.Parameter),
            Certainty = isRise ? step.Level : OfFallTo(step.Level),
            Flights = declaration.Flights,
        });

    private static Instant MomentAt(Leg leg, Fraction parameter) => Instant.FromUnixTimeMilliseconds(leg.MillisecondsAt(parameter));

    // Fallen to possible, it is possibly outside; fallen to none, certainly.
    private static Certainty OfFallTo(Certainty level) => level == Certainty.No ? Certainty.Certain : Certainty.Possible;

    private static Certainty Capped(Certainty level, TrackState state) =>
        state.IsDoubtful && level == Certainty.Certain ? Certainty.Possible : level;

    private static WatchedVolumes VolumesOf(WatchedArea area, HeightConversion heights) =>
        new([.. area.Outlines.Select(outline => new WatchedVolume(new Volume(outline, area.Heights, area.Validity), heights))]);
}
