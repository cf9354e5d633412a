using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Writes events and summary as JSON Lines, one object and a line feed each (docs/formats/replay.md).</summary>
/// <remarks>The form is stable: names and their order stay, new names come at the end. Stateless and thread-safe.</remarks>
public static class ReplayEventWriter
{
    /// <summary>Writes an event as one line.</summary>
    public static void Write(IBufferWriter<byte> output, ReplayEvent item)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(item);
        using (var json = new Utf8JsonWriter(output, ReplayJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("event", ReplayJson.WordOf(item.Kind));
            json.WriteString("track", item.Track);
            WriteSubject(json, item);
            ReplayJson.WriteMoment(json, "at", item.At);
            json.WriteNumber("lon", ReplayJson.Degrees(item.Place.LongitudeE7));
            json.WriteNumber("lat", ReplayJson.Degrees(item.Place.LatitudeE7));
            WriteHeight(json, item.Height);
            json.WriteString("certainty", ReplayJson.WordOf(item.Certainty));
            WriteParticulars(json, item);
            WriteAttribution(json, item.Attribution);
            json.WriteEndObject();
        }

        EndLine(output);
    }

    /// <summary>Writes the summary as one line.</summary>
    public static void Write(IBufferWriter<byte> output, ReplaySummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        using (var json = new Utf8JsonWriter(output, ReplayJson.Options)) ReplaySummaryWriter.Write(json, summary);
        EndLine(output);
    }

    /// <summary>The word for a kind of event.</summary>
    public static string WordOf(ReplayEventKind kind) => ReplayJson.WordOf(kind);

    /// <summary>The word for what an alert is about.</summary>
    public static string WordOf(ReplayAlertKind kind) => ReplayJson.WordOf(kind);

    /// <summary>The word for what an attribution rests on.</summary>
    public static string WordOf(AttributionBasis basis) => ReplayJson.WordOf(basis);

    /// <summary>The word for how sure an attribution is.</summary>
    public static string WordOf(AttributionConfidence confidence) => ReplayJson.WordOf(confidence);

    private static void WriteSubject(Utf8JsonWriter json, ReplayEvent item)
    {
        switch (item)
        {
            case AreaEvent place:
                json.WriteString("area", place.Area.Value);
                json.WriteString("clause", place.Clause?.Value);
                break;
            case ConflictEvent conflict:
                json.WriteString("flight", ReplayJson.NameOf(conflict.Flight));
                json.WriteString("clause", conflict.Clause?.Value);
                break;
            case ReplayAlert alert:
                json.WriteString("about", ReplayJson.WordOf(alert.About));
                json.WriteString("area", alert.Area?.Value);
                json.WriteString("flight", alert.Flight is { } flight ? ReplayJson.NameOf(flight) : null);
                json.WriteString("clause", alert.Clause?.Value);
                break;
            default:
                break;
        }
    }

    private static void WriteParticulars(Utf8JsonWriter json, ReplayEvent item)
    {
        switch (item)
        {
            case AreaEvent area:
                WriteCause(json, area.Cause);
                json.WriteString("covered", ReplayJson.WordOf(area.Covered));
                WriteFlights(json, area.Flights);
                break;
            case ConformanceEvent conformance:
                WriteFlights(json, conformance.Flights);
                break;
            case ConflictEvent conflict:
                WriteCause(json, conflict.Cause);
                break;
            case JumpEvent jump:
                ReplayJson.WriteMoment(json, "fromAt", jump.FromAt);
                WriteFromPlace(json, jump.FromPlace);
                break;
            case FrozenEvent frozen:
                ReplayJson.WriteMoment(json, "since", frozen.Since);
                break;
            case ReplayAlert alert:
                WriteCourse(json, alert);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(item), item, "Unknown event.");
        }
    }

    private static void WriteCourse(Utf8JsonWriter json, ReplayAlert alert)
    {
        json.WriteString("state", alert.IsOpen ? "open" : "ended");
        ReplayJson.WriteMoment(json, "from", alert.From);
        WriteFromPlace(json, alert.FromPlace);
        ReplayJson.WriteMoment(json, "until", alert.Until);
        json.WriteNumber("entries", alert.Entries);
        json.WriteNumber("longestStaySeconds", ReplayJson.Seconds(alert.LongestStay));
        json.WriteNumber("totalStaySeconds", ReplayJson.Seconds(alert.TotalStay));
        json.WriteString("covered", alert.Covered is { } covered ? ReplayJson.WordOf(covered) : null);
        WriteFlights(json, alert.Flights);
        json.WriteString("cause", alert.Cause is { } cause ? ReplayJson.WordOf(cause) : null);
        json.WriteNumber("events", alert.Events);
    }

    private static void WriteAttribution(Utf8JsonWriter json, TrackAttribution? attribution)
    {
        if (attribution is null)
        {
            json.WriteNull("attribution");
            return;
        }

        json.WriteStartObject("attribution");
        json.WriteString("basis", ReplayJson.WordOf(attribution.Basis));
        json.WriteString("state", attribution.State);
        json.WriteString("actor", attribution.Actor?.Value);
        json.WriteString("confidence", ReplayJson.WordOf(attribution.Confidence));
        json.WriteEndObject();
    }

    private static void WriteFromPlace(Utf8JsonWriter json, GeoPoint place)
    {
        json.WriteNumber("fromLon", ReplayJson.Degrees(place.LongitudeE7));
        json.WriteNumber("fromLat", ReplayJson.Degrees(place.LatitudeE7));
    }

    private static void WriteCause(Utf8JsonWriter json, ReplayCause? cause)
    {
        if (cause is { } known) json.WriteString("cause", ReplayJson.WordOf(known));
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
        json.WriteString("heightReference", ReplayJson.WordOf(known.Reference));
    }

    private static void WriteFlights(Utf8JsonWriter json, ImmutableArray<FlightReference> flights)
    {
        json.WriteStartArray("flights");
        foreach (var flight in flights) json.WriteStringValue(ReplayJson.NameOf(flight));
        json.WriteEndArray();
    }

    private static void EndLine(IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }
}
