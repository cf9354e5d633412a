using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Parties;

/// <summary>What the desk's endpoints have in common: who calls, where a page begins, moments in answers.</summary>
internal static class DeskRequests
{
    /// <summary>The most characters of what is written at the desk.</summary>
    public const int MaximumTextLength = 4_000;

    /// <summary>The officer who calls; <see cref="DeskCodes.OfficersOnly"/> where it is no officer.</summary>
    public static Parsed<string> Officer(HttpContext context)
    {
        var caller = context.Caller();
        return caller.Kind == CallerKind.Officer ? caller.Name : new Refusal(DeskCodes.OfficersOnly, "", "another caller", "an officer");
    }

    /// <summary>The member <c>before</c> of the query: a number from 1; null where it is not there.</summary>
    public static Parsed<long?> Before(HttpContext context)
    {
        var text = context.Request.Query["before"].ToString();
        if (text.Length == 0) return (long?)null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : new Refusal(DeskCodes.BadQuery, "before", JsonText.Shorten(text), "a whole number from 1");
    }

    /// <summary>The moment of the query's member <c>at</c>; the clock's where it is not there.</summary>
    public static Parsed<Instant> At(HttpContext context, IClock clock)
    {
        var text = context.Request.Query["at"].ToString();
        if (text.Length == 0) return clock.GetCurrentInstant();
        var parsed = text.Length <= 35 ? InstantPattern.ExtendedIso.Parse(text) : null;
        return parsed is { Success: true } && parsed.Value >= TimeReading.Earliest && parsed.Value < TimeReading.Limit
            ? parsed.Value
            : new Refusal(DeskCodes.BadQuery, "at", JsonText.Shorten(text), "an instant such as 2016-07-20T06:00:00Z");
    }

    /// <summary>The role in which the caller speaks on the record, of those that may release a type; null for a caller who is no officer, or has no such role.</summary>
    public static SpeakingOfficer? Speaking(HttpContext context, AuthorityMatrix authority, string type)
    {
        var caller = context.Caller();
        if (caller.Kind != CallerKind.Officer || !JsonCursor.IsIdentifier(caller.Name)) return null;
        foreach (var role in caller.Roles)
        {
            if (authority.May(role, Act.Release, type)) return new(new(caller.Name), role);
        }

        return null;
    }

    /// <summary>A role by its word.</summary>
    public static OfficerRole Role(JsonCursor place) => place.OneOf(
        ("watch", OfficerRole.Watch), ("release", OfficerRole.Release), ("consent", OfficerRole.Consent), ("command", OfficerRole.Command),
        ("liaison", OfficerRole.Liaison), ("office-desk", OfficerRole.OfficeDesk));

    /// <summary>The word of a role.</summary>
    public static string Word(OfficerRole role) => role == OfficerRole.OfficeDesk ? "office-desk" : role.ToString().ToLowerInvariant();

    /// <summary>A means by its word.</summary>
    public static LineKind Line(JsonCursor place) => place.OneOf(
        ("telephone", LineKind.Telephone), ("secure-telephone", LineKind.SecureTelephone), ("satellite", LineKind.Satellite), ("radio", LineKind.Radio),
        ("video", LineKind.Video), ("network", LineKind.Network));

    /// <summary>The word of a means.</summary>
    public static string Word(LineKind line) => line == LineKind.SecureTelephone ? "secure-telephone" : line.ToString().ToLowerInvariant();

    /// <summary>Writes a moment as a member.</summary>
    public static void Moment(Utf8JsonWriter json, string name, Instant at) => json.WriteString(name, InstantPattern.ExtendedIso.Format(at));

    /// <summary>A desk that the founding has, by its identifier.</summary>
    public static Id<Party> Desk(JsonCursor place, Founding? founding) => place.KnownId<Party>(
        party => founding is not null && (founding.Office == party || founding.Parties.ContainsKey(party)), "parties.unknown-party", "a signatory or the office");

    /// <summary>Answers with what was made, or with why not.</summary>
    public static Task AnswerAsync<T>(HttpContext context, Parsed<T> made, int status, Action<Utf8JsonWriter, T> write) =>
        made.TryGet(out var value, out var refusal)
            ? JsonBody.WriteAsync(context, status, json => write(json, value!))
            : Problem.WriteAsync(context, refusal);
}
