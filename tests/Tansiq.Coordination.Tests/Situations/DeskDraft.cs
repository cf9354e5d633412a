using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>Drafts of what parties say about officers and desks, plain until a test changes them.</summary>
internal static class DeskDraft
{
    public static OfficerAppointment Officer(string id, params OfficerRole[] roles) => new(new(id), [.. roles], At: null);

    /// <summary>On watch from one hour to another.</summary>
    public static Duty Watch(string officer, double fromHour, double untilHour, params string[] deputies) => new(
        OfficerRole.Watch, new(officer), [.. deputies.Select(deputy => new Id<Officer>(deputy))], Theatre.Hours(fromHour, untilHour), "Asia/Damascus");

    public static DeskContacts Contacts(string number = "+962 6 000 0000") =>
        new([new(LineKind.Telephone, OfficerRole.Watch, number, 1), new(LineKind.Satellite, OfficerRole.Command, "+8816 000", 2)], [new(243_000_000, "GUARD"), new(121_500_000, null)]);

    public static LineCheck Check(Id<Party> with, double hour, bool isAnswered = true, LineKind path = LineKind.Telephone) => new(with, path, isAnswered, Theatre.Hour(hour));

    /// <summary>A STOP from us to ru that was sent and answered.</summary>
    public static StopReport Stop(string message = "m1") => new()
    {
        Message = new(message), Kind = DirectMessageKind.Stop, From = Theatre.Us, To = Theatre.Ru, Role = OfficerRole.Watch, Words = Theatre.Text("Stop"),
        Course =
        [
            new(CourseEventKind.Said, Theatre.Hour(1), null, null), new(CourseEventKind.Sent, Theatre.Hour(1), "direct", null),
            new(CourseEventKind.Delivered, Theatre.Hour(1.01), "via:office", null), new(CourseEventKind.Answered, Theatre.Hour(1.1), null, OfficerRole.Watch),
        ],
    };

    /// <summary>One of the kinds, of random numbers; often inert.</summary>
    public static StatementBody Of(RandomSaying saying, ContentHash cited, Instant now) => saying.What switch
    {
        40 => Officer(Name(saying.First), (OfficerRole)(saying.Second % 4), OfficerRole.Watch),
        41 => new OfficerEnd(new(Name(saying.First))),
        42 => new DutyRoster([Watch(Name(saying.First), saying.Second, saying.Second + 8)]),
        43 => Contacts("+962 " + Name(saying.First)),
        44 => Check(saying.First % 2 == 0 ? Theatre.Ru : Theatre.Office, saying.Second, saying.Third > 3, (LineKind)(saying.Third % 3)),
        45 => new Renewal(cited, now + Duration.FromHours(24 * 5 * (saying.First + 1))),
        _ => Stop(Name(saying.First)),
    };

    /// <summary>Says one of each kind; the agreement of the record is signed by us and ru.</summary>
    public static void SayEach(TestRecord record)
    {
        record.Tell(Theatre.Us, Officer("o1", OfficerRole.Watch));
        record.Tell(Theatre.Us, Officer("o2", OfficerRole.Command));
        record.Tell(Theatre.Us, new OfficerEnd(new("o2")));
        record.Tell(Theatre.Us, new DutyRoster([Watch("o1", 0, 8)]));
        record.Tell(Theatre.Office, Contacts());
        record.Tell(Theatre.Us, Check(Theatre.Ru, 1));
        record.Tell(Theatre.Us, new Renewal(record.Latest.Agreements[0].Hash, Theatre.Hour(1_000)));
        record.Tell(Theatre.Ru, Stop());
    }

    private static string Name(int number) => FormattableString.Invariant($"o{number % 3}");
}
