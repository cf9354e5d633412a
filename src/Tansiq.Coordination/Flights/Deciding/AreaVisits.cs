using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>One stay of a flight in an area: volumes that meet it one after the other without a break.</summary>
internal sealed record AreaVisit
{
    /// <summary>The area.</summary>
    public required DesignatedArea Area { get; init; }

    /// <summary>The volumes that meet it, in order of time, cut to the time in common.</summary>
    public required ImmutableArray<(int Number, Volume Volume)> Volumes { get; init; }

    /// <summary>How sure it is that heights meet.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>When it enters.</summary>
    public required Instant From { get; init; }

    /// <summary>When it has left.</summary>
    public required Instant Until { get; init; }

    /// <summary>When the last of its volumes ends, in the area's time or after it.</summary>
    public required Instant VolumesEnd { get; init; }

    /// <summary>Where it enters: a point of the first volume and the area.</summary>
    public required GeoPoint EntryPlace { get; init; }

    /// <summary>Where it leaves: a point of the last volume and the area.</summary>
    public required GeoPoint ExitPlace { get; init; }

    /// <summary>A reason about this stay.</summary>
    public Reason ToReason(Reason reason) => reason with
    {
        Area = Area.Id,
        Volume = Volumes.Length == 1 ? Volumes[0].Number : null,
        Certainty = Certainty,
        From = From,
        Until = Until,
        Place = EntryPlace,
        ExitPlace = ExitPlace,
    };
}

/// <summary>Finds the stays of a flight in the areas of an agreement.</summary>
internal static class AreaVisits
{
    private sealed record Meeting(int Number, Volume Volume, Instant VolumeEnd, Certainty Certainty, GeoPoint Place);

    /// <summary>All stays in areas of the given classes, in the order of the areas and then of time.</summary>
    public static IEnumerable<AreaVisit> Of(DecisionContext context, AgreementTerm term, ImmutableSortedSet<Id<AreaClass>> classes)
    {
        foreach (var area in term.Agreement.Areas)
        {
            if (!classes.Contains(area.Class)) continue;
            var meetings = MeetingsWith(context, term, area);
            foreach (var stay in WithoutBreak(meetings)) yield return ToVisit(area, stay);
        }
    }

    private static List<Meeting> MeetingsWith(DecisionContext context, AgreementTerm term, DesignatedArea area)
    {
        var meetings = new List<Meeting>();
        foreach (var (number, volume) in context.VolumesIn(term))
        {
            if (VolumeSeparation.CommonTime(volume.Time, area.Validity) is not { } common) continue;
            var certainty = context.Heights.Meets(volume.Heights, area.Heights);
            if (certainty == Certainty.No || MeetingPoint(volume.Outline, area.Outlines) is not { } place) continue;
            var whole = context.Flight.Notice.Volumes[number].Time;
            meetings.Add(new(number, volume with { Time = common }, whole.End, certainty, place));
        }

        meetings.Sort((first, second) => (first.Volume.Time.Start, first.Number).CompareTo((second.Volume.Time.Start, second.Number)));
        return meetings;
    }

    /// <summary>Groups meetings of one certainty whose times overlap or abut.</summary>
    private static IEnumerable<List<Meeting>> WithoutBreak(List<Meeting> meetings)
    {
        foreach (var sameCertainty in meetings.GroupBy(meeting => meeting.Certainty).OrderByDescending(group => group.Key))
        {
            var stay = new List<Meeting>();
            var until = Instant.MinValue;
            foreach (var meeting in sameCertainty)
            {
                if (stay.Count > 0 && meeting.Volume.Time.Start > until)
                {
                    yield return stay;
                    stay = [];
                }

                stay.Add(meeting);
                until = Instant.Max(until, meeting.Volume.Time.End);
            }

            yield return stay;
        }
    }

    private static AreaVisit ToVisit(DesignatedArea area, List<Meeting> stay)
    {
        var last = stay.MaxBy(meeting => meeting.Volume.Time.End)!;
        return new()
        {
            Area = area,
            Volumes = [.. stay.Select(meeting => (meeting.Number, meeting.Volume))],
            Certainty = stay[0].Certainty,
            From = stay[0].Volume.Time.Start,
            Until = last.Volume.Time.End,
            VolumesEnd = stay.Max(meeting => meeting.VolumeEnd),
            EntryPlace = stay[0].Place,
            ExitPlace = last.Place,
        };
    }

    private static GeoPoint? MeetingPoint(Outline outline, ImmutableArray<Outline> parts)
    {
        foreach (var part in parts)
        {
            if (outline.MeetingPoint(part) is { } place) return place;
        }

        return null;
    }
}
