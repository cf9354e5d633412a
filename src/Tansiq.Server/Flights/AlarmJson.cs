using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Server.Api.Events;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Flights;

/// <summary>Alarms as the API gives them.</summary>
internal static class AlarmJson
{
    /// <summary>One alarm.</summary>
    public static void Write(Utf8JsonWriter json, KeptAlarm alarm, Id<Party> self)
    {
        json.WriteStartObject();
        json.WriteNumber("number", alarm.Number);
        json.WriteString("kind", (AlarmKind)alarm.Kind == AlarmKind.VerdictChanged ? "verdict-changed" : "verdicts-differ");
        Write(json, "raisedAt", alarm.RaisedAt);
        json.WriteString("party", alarm.Party);
        json.WriteString("id", alarm.Id);
        json.WriteString("notice", ContentHash.FromBytes(alarm.Notice).Hex);
        json.WriteBoolean("filedHere", alarm.Party == self.Value);
        if (alarm.Before.Length > 0) json.WriteString("before", alarm.Before);
        json.WriteString((AlarmKind)alarm.Kind == AlarmKind.VerdictChanged ? "after" : "differsFrom", alarm.After);
        if (alarm.Cause.Length > 0) json.WriteString("cause", alarm.Cause);
        json.WritePropertyName("verdict");
        json.WriteRawValue(alarm.Verdict);
        Write(json, "acknowledgedAt", alarm.AcknowledgedAt);
        if (alarm.AcknowledgedBy is { } officer) json.WriteString("acknowledgedBy", officer);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, long? milliseconds)
    {
        if (milliseconds is { } known) json.WriteString(name, InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeMilliseconds(known)));
    }
}

/// <summary>Alarms on the node's stream of events, as <c>alarm</c>. The list of alarms has those that a client missed.</summary>
internal sealed class AlarmEvents(INode node, StandingWatch watch) : IEventSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<NodeEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var alarm in watch.AlarmsAsync(cancellationToken))
        {
            var buffer = new ArrayBufferWriter<byte>(1_024);
            using (var json = new Utf8JsonWriter(buffer)) AlarmJson.Write(json, alarm, node.Identity.Party);
            yield return new("alarm", buffer.WrittenMemory);
        }
    }
}
