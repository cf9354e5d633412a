using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Parties;

/// <summary>Who is on duty, and how desks are reached: <c>GET /api/v1/duty</c>, <c>GET /api/v1/contacts</c>.</summary>
/// <param name="node">The node.</param>
/// <param name="clock">Its clock.</param>
internal sealed class DutyEndpoints(INode node, IClock clock)
{
    private static readonly OfficerRole[] ToBeFilled = [OfficerRole.Watch, OfficerRole.Release, OfficerRole.Consent, OfficerRole.Command];
    private static readonly OffsetDateTimePattern Local = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>");

    public Task DutyAsync(HttpContext context)
    {
        if (!DeskRequests.At(context, clock).TryGet(out var at, out var refusal)) return Problem.WriteAsync(context, refusal);
        var rosters = node.Picture.Situation.Desks.Rosters;
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            DeskRequests.Moment(json, "at", at);
            json.WriteStartArray("parties");
            foreach (var (party, roster) in rosters)
            {
                json.WriteStartObject();
                json.WriteString("party", party.Value);
                Write(json, "onDuty", roster.Roster.OnDuty(at));
                json.WriteStartArray("unfilled");
                foreach (var role in ToBeFilled.Where(role => !roster.Roster.OnDuty(role, at).Any())) json.WriteStringValue(DeskRequests.Word(role));
                json.WriteEndArray();
                Write(json, "duties", roster.Roster.Duties.Where(duty => duty.Time.End > at));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Task ContactsAsync(HttpContext context)
    {
        var contacts = node.Picture.Situation.Desks.Contacts;
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("parties");
            foreach (var (party, said) in contacts)
            {
                json.WriteStartObject();
                json.WriteString("party", party.Value);
                DeskRequests.Moment(json, "since", said.Place.At);
                Write(json, said.Contacts);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<Duty> duties)
    {
        json.WriteStartArray(name);
        foreach (var duty in duties)
        {
            json.WriteStartObject();
            json.WriteString("role", DeskRequests.Word(duty.Role));
            json.WriteString("officer", duty.Officer.Value);
            json.WriteStartArray("deputies");
            foreach (var deputy in duty.Deputies) json.WriteStringValue(deputy.Value);
            json.WriteEndArray();
            DeskRequests.Moment(json, "from", duty.Time.Start);
            DeskRequests.Moment(json, "until", duty.Time.End);
            json.WriteString("zone", duty.Zone);
            var zone = DateTimeZoneProviders.Tzdb[duty.Zone];
            json.WriteString("fromLocal", Local.Format(duty.Time.Start.InZone(zone).ToOffsetDateTime()));
            json.WriteString("untilLocal", Local.Format(duty.Time.End.InZone(zone).ToOffsetDateTime()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, DeskContacts contacts)
    {
        json.WriteStartArray("lines");
        foreach (var line in contacts.Lines.OrderBy(line => line.Role).ThenBy(line => line.Order))
        {
            json.WriteStartObject();
            json.WriteString("kind", DeskRequests.Word(line.Kind));
            json.WriteString("role", DeskRequests.Word(line.Role));
            json.WriteString("number", line.Number);
            json.WriteNumber("order", line.Order);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("guard");
        foreach (var frequency in contacts.Guard)
        {
            json.WriteStartObject();
            json.WriteNumber("hertz", frequency.Hertz);
            if (frequency.CallSign is { } callSign) json.WriteString("callSign", callSign);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
