using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>What an alert is about: events with the same subject belong together.</summary>
internal readonly record struct AlertSubject(string Track, ReplayAlertKind About, string Name, string Clause)
{
    /// <summary>The subject of an event.</summary>
    public static AlertSubject Of(ReplayEvent item) =>
        item switch
        {
            AreaEvent area => new(item.Track, ReplayAlertKind.Presence, area.Area.Value, area.Clause?.Value ?? ""),
            ConflictEvent conflict => new(item.Track, ReplayAlertKind.Conflict, ReplayJson.NameOf(conflict.Flight), conflict.Clause?.Value ?? ""),
            JumpEvent => new(item.Track, ReplayAlertKind.Jump, "", ""),
            FrozenEvent => new(item.Track, ReplayAlertKind.Frozen, "", ""),
            _ => new(item.Track, ReplayAlertKind.Nonconformance, "", ""),
        };

    /// <summary>The order of alerts that close at one moment.</summary>
    public int OrderAgainst(AlertSubject other)
    {
        var order = string.CompareOrdinal(Track, other.Track);
        if (order == 0) order = About.CompareTo(other.About);
        if (order == 0) order = string.CompareOrdinal(Name, other.Name);
        return order == 0 ? string.CompareOrdinal(Clause, other.Clause) : order;
    }
}

/// <summary>The course of one alert so far.</summary>
internal sealed class AlertCourse(AlertSubject subject, ReplayEvent first)
{
    private readonly ImmutableArray<FlightReference>.Builder _flights = ImmutableArray.CreateBuilder<FlightReference>();
    private readonly ReplayEvent _first = first;
    private ReplayEvent _last = first;
    private Certainty _greatest = Certainty.No;
    private Certainty? _leastCovered;
    private Instant? _since;
    private Duration _longestStay;
    private Duration _totalStay;
    private ReplayCause? _cause;
    private long _entries;
    private long _events;

    /// <summary>What it is about.</summary>
    public AlertSubject Subject { get; } = subject;

    /// <summary>Whether it goes on.</summary>
    public bool IsOn => _since is not null;

    /// <summary>The moment of its last event.</summary>
    public Instant Until => _last.At;

    /// <summary>Takes an event with which it begins, where it is not going on, or grows more certain.</summary>
    public void Rise(ReplayEvent item, Instant since)
    {
        Continue(item);
        if (item.Certainty > _greatest) _greatest = item.Certainty;
        if (IsOn) return;
        _since = since;
        _entries++;
    }

    /// <summary>Takes an event that belongs to it.</summary>
    public void Continue(ReplayEvent item)
    {
        _events++;
        _last = item;
        _cause = null;
    }

    /// <summary>Ends, where it is going on.</summary>
    /// <param name="last">The last that is known of the track.</param>
    /// <param name="cause">Why no more is known, or null.</param>
    public void End(ReplayEvent last, ReplayCause? cause)
    {
        if (_since is not { } since) return;
        var stay = last.At - since;
        _last = last;
        _cause = cause;
        _since = null;
        _totalStay += stay;
        if (stay > _longestStay) _longestStay = stay;
    }

    /// <summary>Notes how a notice covers a beginning.</summary>
    public void NoteCover(Certainty covered, ImmutableArray<FlightReference> flights)
    {
        if (_leastCovered is not { } least || covered < least) _leastCovered = covered;
        NoteFlights(flights);
    }

    /// <summary>Notes flights, each once and the first ones only.</summary>
    public void NoteFlights(ImmutableArray<FlightReference> flights)
    {
        foreach (var flight in flights)
        {
            if (_flights.Count < Replay.MaximumFlightsNamed && !_flights.Contains(flight)) _flights.Add(flight);
        }
    }

    /// <summary>The alert, closed at a moment.</summary>
    public ReplayAlert Close(Instant at) =>
        new()
        {
            Kind = ReplayEventKind.Alert,
            Track = Subject.Track,
            At = at,
            Place = _last.Place,
            Height = _last.Height,
            Certainty = _greatest,
            Attribution = _last.Attribution,
            About = Subject.About,
            Area = (_first as AreaEvent)?.Area,
            Clause = (_first as AreaEvent)?.Clause ?? (_first as ConflictEvent)?.Clause,
            Flight = (_first as ConflictEvent)?.Flight,
            IsOpen = _cause == ReplayCause.End,
            From = _first.At,
            FromPlace = _first.Place,
            Until = Until,
            Entries = _entries,
            LongestStay = _longestStay,
            TotalStay = _totalStay,
            Covered = _leastCovered,
            Flights = _flights.ToImmutable(),
            Cause = _cause,
            Events = _events,
        };
}
