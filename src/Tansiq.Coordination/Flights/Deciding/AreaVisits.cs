using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>One stay of a flight in an area: volumes that meet it one after the other without a break.</summary>
/// <remarks>Of one decision; not safe for use from several threads.</remarks>
internal sealed class AreaVisit
{
    private GeoPoint? _entryPlace;
    private GeoPoint? _exitPlace;

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

    /// <summary>The first volume's outline and the part of the area that it meets.</summary>
    public required (Outline Volume, Outline Part) Entry { get; init; }

    /// <summary>The same of the last volume.</summary>
    public required (Outline Volume, Outline Part) Exit { get; init; }

    /// <summary>Where it enters: a point of the first volume and the area.</summary>
    private GeoPoint EntryPlace => _entryPlace ??= PlaceOf(Entry);

    /// <summary>Where it leaves: a point of the last volume and the area.</summary>
    private GeoPoint ExitPlace => _exitPlace ??= Exit == Entry ? EntryPlace : PlaceOf(Exit);

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

    private static GeoPoint PlaceOf((Outline Volume, Outline Part) meeting) =>
        meeting.Volume.MeetingPoint(meeting.Part) ?? throw new InvalidOperationException("Outlines that meet have a place in common.");
}

/// <summary>Finds the stays of a flight in the areas of an agreement.</summary>
internal static class AreaVisits
{
    private sealed record Meeting(int Area, int Number, Volume Volume, Instant VolumeEnd, Certainty Certainty, Outline Part);

    /// <summary>All stays in the areas of an agreement, in the order of the areas and then of time.</summary>
    public static List<AreaVisit> Of(DecisionContext context, AgreementTerm term)
    {
        var visits = new List<AreaVisit>();
        var meetings = CollectionsMarshal.AsSpan(MeetingsIn(context, term));
        for (var first = 0; first < meetings.Length;)
        {
            var next = first + 1;
            while (next < meetings.Length && meetings[next].Area == meetings[first].Area) next++;
            AddStays(visits, term.Agreement.Areas[meetings[first].Area], meetings[first..next]);
            first = next;
        }

        return visits;
    }

    /// <summary>All meetings of a volume and an area, in the order of the areas and then of time.</summary>
    private static List<Meeting> MeetingsIn(DecisionContext context, AgreementTerm term)
    {
        var meetings = new List<Meeting>();
        var found = new List<AreaMeeting>();
        foreach (var (number, volume) in context.VolumesIn(term))
        {
            found.Clear();
            term.Areas.Meeting(volume, found);
            var end = context.Flight.Notice.Volumes[number].Time.End;
            foreach (var meeting in found)
            {
                var common = VolumeSeparation.CommonTime(volume.Time, term.Agreement.Areas[meeting.Area].Validity)!.Value;
                meetings.Add(new(meeting.Area, number, volume with { Time = common }, end, meeting.Certainty, meeting.Part));
            }
        }

        meetings.Sort(InOrder);
        return meetings;
    }

    private static int InOrder(Meeting first, Meeting second)
    {
        if (first.Area != second.Area) return first.Area.CompareTo(second.Area);
        var byTime = first.Volume.Time.Start.CompareTo(second.Volume.Time.Start);
        return byTime != 0 ? byTime : first.Number.CompareTo(second.Number);
    }

    /// <summary>Adds the stays that meetings in one area make: those of one certainty whose times overlap or abut.</summary>
    private static void AddStays(List<AreaVisit> visits, DesignatedArea area, ReadOnlySpan<Meeting> meetings)
    {
        for (var certainty = Certainty.Certain; certainty >= Certainty.Possible; certainty--)
        {
            var stay = new List<Meeting>();
            var until = Instant.MinValue;
            foreach (var meeting in meetings)
            {
                if (meeting.Certainty != certainty) continue;
                if (stay.Count > 0 && meeting.Volume.Time.Start > until)
                {
                    visits.Add(ToVisit(area, stay));
                    stay = [];
                }

                stay.Add(meeting);
                until = Instant.Max(until, meeting.Volume.Time.End);
            }

            if (stay.Count > 0) visits.Add(ToVisit(area, stay));
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
            Entry = (stay[0].Volume.Outline, stay[0].Part),
            Exit = (last.Volume.Outline, last.Part),
        };
    }
}
