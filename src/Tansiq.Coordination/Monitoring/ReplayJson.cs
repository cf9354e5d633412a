using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>The words and numbers of a replay's lines (docs/formats/replay.md).</summary>
internal static class ReplayJson
{
    public static readonly JsonWriterOptions Options = new() { Indented = false };

    private const byte CoordinateScale = 7;
    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'fff'Z'");

    public static void WriteMoment(Utf8JsonWriter json, string name, Instant? moment)
    {
        if (moment is { } known) json.WriteString(name, Moment.Format(known));
        else json.WriteNull(name);
    }

    /// <summary>Degrees with always seven decimals, and no minus before zero.</summary>
    public static decimal Degrees(int unitsE7) => new(Math.Abs(unitsE7), 0, 0, unitsE7 < 0, CoordinateScale);

    public static decimal Seconds(Duration duration) => (decimal)duration.BclCompatibleTicks / NodaConstants.TicksPerSecond;

    public static string NameOf(FlightReference flight) => $"{flight.Party.Value} {flight.Id.Value}";

    public static string WordOf(ReplayEventKind kind) =>
        kind switch
        {
            ReplayEventKind.Jump => "jump",
            ReplayEventKind.Frozen => "frozen",
            ReplayEventKind.Conforming => "conforming",
            ReplayEventKind.Nonconforming => "nonconforming",
            ReplayEventKind.Appeared => "appeared",
            ReplayEventKind.Enter => "enter",
            ReplayEventKind.Leave => "leave",
            ReplayEventKind.Lost => "lost",
            ReplayEventKind.Conflict => "conflict",
            ReplayEventKind.ConflictEnd => "conflict-end",
            ReplayEventKind.Alert => "alert",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of event."),
        };

    public static string WordOf(ReplayAlertKind kind) =>
        kind switch
        {
            ReplayAlertKind.Presence => "presence",
            ReplayAlertKind.Nonconformance => "nonconformance",
            ReplayAlertKind.Conflict => "conflict",
            ReplayAlertKind.Jump => "jump",
            ReplayAlertKind.Frozen => "frozen",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of alert."),
        };

    public static string WordOf(AttributionBasis basis) =>
        basis switch
        {
            AttributionBasis.AddressBlock => "address-block",
            AttributionBasis.Declared => "declared",
            AttributionBasis.Assessed => "assessed",
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown basis."),
        };

    public static string WordOf(AttributionConfidence confidence) =>
        confidence switch
        {
            AttributionConfidence.Low => "low",
            AttributionConfidence.Moderate => "moderate",
            AttributionConfidence.High => "high",
            _ => throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Unknown confidence."),
        };

    public static string WordOf(Certainty certainty) =>
        certainty switch
        {
            Certainty.No => "no",
            Certainty.Possible => "possible",
            Certainty.Certain => "certain",
            _ => throw new ArgumentOutOfRangeException(nameof(certainty), certainty, "Unknown certainty."),
        };

    public static string WordOf(ReplayCause cause) =>
        cause switch
        {
            ReplayCause.First => "first",
            ReplayCause.Gap => "gap",
            ReplayCause.Jump => "jump",
            ReplayCause.Frozen => "frozen",
            ReplayCause.End => "end",
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "Unknown cause."),
        };

    public static string WordOf(HeightReference reference) =>
        reference switch
        {
            HeightReference.SeaLevel => "sea-level",
            HeightReference.Ellipsoid => "ellipsoid",
            HeightReference.Pressure => "pressure",
            HeightReference.Ground => "ground",
            _ => throw new ArgumentOutOfRangeException(nameof(reference), reference, "Unknown height reference."),
        };
}
