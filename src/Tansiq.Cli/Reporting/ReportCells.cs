using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using Tansiq.Geo.Grids;

namespace Tansiq.Cli.Reporting;

/// <summary>Writes what stands in the cells of a report's tables.</summary>
internal sealed class ReportCells(HtmlWriter html, ReportContent content)
{
    private const int GridDigits = 4;
    private readonly Dictionary<Id<DesignatedArea>, ReportedArea> _areas = content.Areas.ToDictionary(area => area.Id);

    /// <summary>A moment: universal time, and local time in small below.</summary>
    public void Time(Instant at)
    {
        html.Run(ReportTime.Exact(at));
        if (content.Zone is { } zone) html.Open("small").Run(ReportTime.Local(at, zone)).Close("small");
    }

    /// <summary>A track with its callsign, where one is known.</summary>
    public void Track(string track, string? callsign)
    {
        html.Run(track);
        if (callsign is not null) html.Open("small").Run(callsign).Close("small");
    }

    /// <summary>An area by its name with its identifier, and the clauses.</summary>
    public void AreaAndClauses(Id<DesignatedArea> area, ImmutableArray<Id<Clause>> clauses)
    {
        if (_areas.TryGetValue(area, out var known) && known.Name is { } name) html.Said("span", language => language.Names.Values.Name(name));
        html.Open("small").Run(area.Value).Close("small");
        Clauses(clauses);
    }

    /// <summary>A notice of a flight by its identifier, and the clauses.</summary>
    public void FlightAndClauses(FlightReference flight, ImmutableArray<Id<Clause>> clauses)
    {
        html.Said("span", language => language.Names.Flight(flight));
        Clauses(clauses);
    }

    /// <summary>Whether a notice covered, and which; a presence without one is <em>present, purpose unknown</em>.</summary>
    public void Covered(Certainty covered, IEnumerable<FlightReference> flights)
    {
        if (covered == Certainty.No)
        {
            html.Phrase("strong", "replay.purpose-unknown");
            return;
        }

        html.Said("span", language => language.Names.Values.List([language.Phrases.Text("replay.covered"), language.Phrases.Term(covered)]));
        Flights(flights);
    }

    /// <summary>Notices by their identifiers.</summary>
    public void Flights(IEnumerable<FlightReference> flights)
    {
        var named = string.Join(", ", flights.Select(flight => $"{flight.Party.Value} {flight.Id.Value}"));
        if (named.Length > 0) html.Open("small").Run(named).Close("small");
    }

    /// <summary>Whose aircraft it is taken to be, on what basis and how surely; unattributed stays so.</summary>
    public void Attribution(TrackAttribution? attribution)
    {
        if (attribution is null)
        {
            html.Phrase("span", "replay.unattributed", ("class", "quiet"));
            return;
        }

        if (attribution.Actor is { } actor) html.Said("span", language => language.Names.Actor(actor));
        else if (attribution.State is { } state) html.Said("span", language => language.Phrases.Fill("replay.registered-in", KeyValuePair.Create("state", language.Names.Values.Identifier(state))));
        html.Said("small", language => language.Names.Values.List([language.Phrases.Text(BasisKey(attribution.Basis)), language.Phrases.Text(ConfidenceKey(attribution.Confidence))]));
    }

    /// <summary>A place in decimal degrees and as the grid square that holds it, with the height.</summary>
    public void Place(GeoPoint place, Height? height)
    {
        var degrees = string.Create(CultureInfo.InvariantCulture, $"{place.LatitudeE7 / (decimal)GeoPoint.UnitsPerDegree:F7}, {place.LongitudeE7 / (decimal)GeoPoint.UnitsPerDegree:F7}");
        html.Run(degrees);
        if (Mgrs.FromPoint(place, GridDigits).TryGet(out var square, out _)) html.Open("small").Run(square.ToString()).Close("small");
        if (height is { } known) html.Said("small", language => language.Phrases.Fill(HeightKey(known.Reference), KeyValuePair.Create("height", language.Names.Values.Metres((long)Math.Round(known.Metres), (long)Math.Round(known.Metres)))));
    }

    /// <summary>The key of the name of an attribution's basis.</summary>
    public static string BasisKey(AttributionBasis basis) => "report.basis." + ReplayEventWriter.WordOf(basis);

    /// <summary>The key of how sure an attribution is.</summary>
    public static string ConfidenceKey(AttributionConfidence confidence) => "report.confidence." + ReplayEventWriter.WordOf(confidence);

    /// <summary>The key of what an alert is about.</summary>
    public static string AboutKey(ReplayAlertKind about) => about switch
    {
        ReplayAlertKind.Presence => "replay.present",
        ReplayAlertKind.Nonconformance => "replay.event.nonconforming",
        ReplayAlertKind.Conflict => "replay.event.conflict",
        ReplayAlertKind.Jump => "replay.event.jump",
        ReplayAlertKind.Frozen => "replay.event.frozen",
        _ => throw new ArgumentOutOfRangeException(nameof(about), about, "Unknown kind of alert."),
    };

    private void Clauses(ImmutableArray<Id<Clause>> clauses)
    {
        if (clauses.IsEmpty) return;
        html.Said("small", language => language.Phrases.Fill(
            clauses.Length == 1 ? "report.clause" : "report.clauses",
            KeyValuePair.Create("id", language.Names.Values.List(clauses.Select(clause => language.Names.Values.Identifier(clause.Value))))));
    }

    /// <summary>The key of how a height of a reference is said.</summary>
    public static string HeightKey(HeightReference reference) => reference switch
    {
        HeightReference.SeaLevel => "report.height.sea-level",
        HeightReference.Ellipsoid => "report.height.ellipsoid",
        HeightReference.Pressure => "report.height.pressure",
        HeightReference.Ground => "report.height.ground",
        _ => throw new ArgumentOutOfRangeException(nameof(reference), reference, "Unknown height reference."),
    };
}
