using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Parties;

/// <summary>Reads the bodies of statements about officers and desks (docs/formats/statements.md, Officers and desks).</summary>
internal static class DeskStatementReader
{
    private static readonly (string Word, LineKind Value)[] Kinds =
    [
        ("telephone", Parties.LineKind.Telephone), ("secure-telephone", Parties.LineKind.SecureTelephone), ("satellite", Parties.LineKind.Satellite),
        ("radio", Parties.LineKind.Radio), ("video", Parties.LineKind.Video), ("network", Parties.LineKind.Network),
    ];

    /// <summary>The word for a means.</summary>
    public static string Word(LineKind kind) => Array.Find(Kinds, entry => entry.Value == kind).Word;

    /// <summary>The means by which a desk is reached.</summary>
    public static LineKind LineKind(this JsonCursor place) => place.OneOf(Kinds);

    /// <summary>The officer of an envelope; null where there is none.</summary>
    public static SpeakingOfficer? Speaking(JsonCursor officer) =>
        officer.Exists ? new(officer["id"].Id<Officer>(), officer["role"].OfficerRole()) : null;

    public static StatementBody Appointment(JsonCursor body)
    {
        var roles = body["roles"].Set(role => role.OfficerRole());
        Id<Party>? at = body["at"].Exists ? body["at"].Id<Party>() : null;
        if (!body.Reading.IsRefused && roles.Any(role => role is OfficerRole.Liaison or OfficerRole.OfficeDesk != at is not null))
            body["at"].Refuse("parties.liaison-place", "where a liaison officer or one at the office's desk serves, and such roles only");
        return new OfficerAppointment(body["officer"].Id<Officer>(), roles, at);
    }

    public static StatementBody End(JsonCursor body) => new OfficerEnd(body["officer"].Id<Officer>());

    public static StatementBody Roster(JsonCursor body) => new DutyRoster([.. body["duties"].Items(DutyRoster.MaximumDuties).Select(Duty)]);

    public static StatementBody Contacts(JsonCursor body) => new DeskContacts(
        [.. body["lines"].ItemsAtLeastOne(DeskContacts.MaximumLines).Select(Line)],
        [.. body["guard"].Items(DeskContacts.MaximumFrequencies).Select(Frequency)]);

    public static StatementBody Check(JsonCursor body) =>
        new LineCheck(body["with"].Id<Party>(), body["path"].LineKind(), body["answered"].Boolean(), body["at"].Instant());

    private static Duty Duty(JsonCursor item)
    {
        var deputies = ImmutableArray.CreateBuilder<Id<Officer>>();
        foreach (var deputy in item["deputies"].Items(DutyRoster.MaximumDeputies))
        {
            var id = deputy.Id<Officer>();
            if (deputies.Contains(id) && !item.Reading.IsRefused) deputy.Refuse("json.duplicate-value", "each deputy once");
            deputies.Add(id);
        }

        return new(item["role"].OfficerRole(), item["officer"].Id<Officer>(), deputies.ToImmutable(), item.ClosedInterval(), item["zone"].Zone());
    }

    private static DeskLine Line(JsonCursor item)
    {
        var number = item["number"].Text(DeskContacts.MaximumNumberLength);
        if (!item.Reading.IsRefused && !IsNumber(number)) item["number"].Refuse("parties.line-number", "digits, letters A to Z, spaces and + - . ( ) / * # :");
        return new(item["kind"].LineKind(), item["role"].OfficerRole(), number, (int)item["order"].Integer(1, DeskContacts.LastOrder));
    }

    private static GuardFrequency Frequency(JsonCursor item) => new(
        item["hertz"].Integer(DeskContacts.LowestHertz, DeskContacts.HighestHertz),
        item["callSign"].Exists ? item["callSign"].Identifier() : null);

    private static bool IsNumber(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !" +-.()/*#:".Contains(character, StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
