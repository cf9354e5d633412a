using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Writes events and summary as JSON Lines, one object and a line feed each (docs/formats/replay.md).</summary>
/// <remarks>The form is stable: names and their order stay, new names come at the end. Stateless and thread-safe.</remarks>
public static class ReplayEventWriter
{
    private const byte CoordinateScale = 7;
    private static readonly JsonWriterOptions Options = new() { Indented = false };
    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'fff'Z'");

    /// <summary>Writes an event as one line.</summary>
    public static void Write(IBufferWriter<byte> output, ReplayEvent item)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(item);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", WordOf(item.Kind));
            json.WriteString("track", item.Track);
            if (item is AreaEvent place)
            {
                json.WriteString("area", place.Area.Value);
                json.WriteString("clause", place.Clause?.Value);
            }

            json.WriteString("at", Moment.Format(item.At));
            json.WriteNumber("lon", Degrees(item.Place.LongitudeE7));
            json.WriteNumber("lat", Degrees(item.Place.LatitudeE7));
            WriteHeight(json, item.Height);
            json.WriteString("certainty", WordOf(item.Certainty));
            WriteParticulars(json, item);
            json.WriteEndObject();
        }

        EndLine(output);
    }

    /// <summary>Writes the summary as one line.</summary>
    public static void Write(IBufferWriter<byte> output, ReplaySummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", "summary");
            WritePositions(json, summary);
            json.WriteNumber("tracks", summary.Tracks);
            json.WriteBoolean("tracksIsLowerBound", summary.TracksIsLowerBound);
            json.WriteStartObject("events");
            foreach (var (kind, count) in summary.Events) json.WriteNumber(WordOf(kind), count);
            json.WriteEndObject();
            WriteCoverage(json, summary.Coverage);
            json.WriteEndObject();
        }

        EndLine(output);
    }

    /// <summary>The word for a kind of event.</summary>
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
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of event."),
        };

    private static void WriteParticulars(Utf8JsonWriter json, ReplayEvent item)
    {
        switch (item)
        {
            case AreaEvent area:
                if (area.Cause is { } cause) json.WriteString("cause", WordOf(cause));
                json.WriteString("covered", WordOf(area.Covered));
                WriteFlights(json, area.Flights);
                break;
            case ConformanceEvent conformance:
                WriteFlights(json, conformance.Flights);
                break;
            case JumpEvent jump:
                json.WriteString("fromAt", Moment.Format(jump.FromAt));
                json.WriteNumber("fromLon", Degrees(jump.FromPlace.LongitudeE7));
                json.WriteNumber("fromLat", Degrees(jump.FromPlace.LatitudeE7));
                break;
            case FrozenEvent frozen:
                json.WriteString("since", Moment.Format(frozen.Since));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(item), item, "Unknown event.");
        }
    }

    private static void WritePositions(Utf8JsonWriter json, ReplaySummary summary)
    {
        json.WriteStartObject("positions");
        json.WriteNumber("read", summary.PositionsRead);
        json.WriteNumber("accepted", summary.PositionsAccepted);
        json.WriteNumber("afterJump", summary.PositionsAfterJump);
        json.WriteNumber("stale", summary.PositionsStale);
        json.WriteStartArray("rejected");
        foreach (var rejected in summary.Rejected)
        {
            json.WriteStartObject();
            json.WriteString("kind", rejected.Kind);
            json.WriteNumber("count", rejected.Count);
            json.WriteStartArray("examples");
            foreach (var example in rejected.Examples) json.WriteStringValue(example);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, ReplayCoverage coverage)
    {
        json.WriteStartObject("coverage");
        WriteMoment(json, "from", coverage.From);
        WriteMoment(json, "until", coverage.Until);
        json.WriteNumber("gaps", coverage.Gaps);
        json.WriteNumber("gapSeconds", Seconds(coverage.GapTime));
        json.WriteNumber("positionsWithoutHeight", coverage.PositionsWithoutHeight);
        json.WriteNumber("longestSilenceSeconds", Seconds(coverage.LongestSilence));
        WriteMoment(json, "longestSilenceFrom", coverage.LongestSilenceFrom);
        json.WriteStartArray("limits");
        foreach (var limit in ReplayCoverage.Limits) json.WriteStringValue(limit);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHeight(Utf8JsonWriter json, Height? height)
    {
        if (height is not { } known)
        {
            json.WriteNull("heightMetres");
            json.WriteNull("heightReference");
            return;
        }

        // Dividing takes off the zeros at the end: 3048 and 3048.5, not 3048.0000.
        json.WriteNumber("heightMetres", (decimal)known.Units / Height.UnitsPerMetre);
        json.WriteString("heightReference", WordOf(known.Reference));
    }

    private static void WriteFlights(Utf8JsonWriter json, ImmutableArray<FlightReference> flights)
    {
        json.WriteStartArray("flights");
        foreach (var flight in flights) json.WriteStringValue($"{flight.Party.Value} {flight.Id.Value}");
        json.WriteEndArray();
    }

    private static void WriteMoment(Utf8JsonWriter json, string name, Instant? moment)
    {
        if (moment is { } known) json.WriteString(name, Moment.Format(known));
        else json.WriteNull(name);
    }

    private static void EndLine(IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }

    // Always seven decimals, and no minus before zero.
    private static decimal Degrees(int unitsE7) => new(Math.Abs(unitsE7), 0, 0, unitsE7 < 0, CoordinateScale);

    private static decimal Seconds(Duration duration) =>
        (decimal)duration.BclCompatibleTicks / NodaConstants.TicksPerSecond;

    private static string WordOf(Certainty certainty) =>
        certainty switch
        {
            Certainty.No => "no",
            Certainty.Possible => "possible",
            Certainty.Certain => "certain",
            _ => throw new ArgumentOutOfRangeException(nameof(certainty), certainty, "Unknown certainty."),
        };

    private static string WordOf(ReplayCause cause) =>
        cause switch
        {
            ReplayCause.First => "first",
            ReplayCause.Gap => "gap",
            ReplayCause.Jump => "jump",
            ReplayCause.Frozen => "frozen",
            ReplayCause.End => "end",
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "Unknown cause."),
        };

    private static string WordOf(HeightReference reference) =>
        reference switch
        {
            HeightReference.SeaLevel => "sea-level",
            HeightReference.Ellipsoid => "ellipsoid",
            HeightReference.Pressure => "pressure",
            HeightReference.Ground => "ground",
            _ => throw new ArgumentOutOfRangeException(nameof(reference), reference, "Unknown height reference."),
        };
}
