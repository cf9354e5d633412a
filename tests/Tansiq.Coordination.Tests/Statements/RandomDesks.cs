using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;

namespace Tansiq.Coordination.Tests.Statements;

/// <summary>Generators of statements about officers, desks, renewals, the office and direct messages.</summary>
internal static class RandomDesks
{
    private static readonly Gen<string> Name = RandomStatements.Identifier;

    private static readonly Gen<Instant> Moment = Gen.Long[0, 4_000_000_000].Select(Instant.FromUnixTimeSeconds);

    private static readonly Gen<Words> Text = Gen.Dictionary(OneOf("en", "ar", "ru"), OneOf("Stop", "توقف \"١\"", "Стоп\\", "\u2028<&>"))[1, 3]
        .Select(texts => new Words(texts.ToImmutableSortedDictionary(StringComparer.Ordinal)));

    private static readonly Gen<StatementBody> Appointment =
        from officer in Name
        from isAway in Gen.Bool
        from role in Gen.Int[0, 3]
        from at in Name
        select (StatementBody)new OfficerAppointment(
            new(officer), isAway ? [OfficerRole.Liaison, OfficerRole.OfficeDesk] : [(OfficerRole)role, OfficerRole.Watch], isAway ? new(at) : null);

    private static readonly Gen<Duty> Duties =
        from role in Gen.Enum<OfficerRole>()
        from officer in Name
        from deputies in Name.Array[0, 3]
        from start in Moment
        from seconds in Gen.Int[1, 1_000_000]
        select new Duty(role, new(officer), [.. deputies.Distinct().Select(deputy => new Id<Officer>(deputy))], new(start, start + Duration.FromSeconds(seconds)), "Europe/Moscow");

    private static readonly Gen<StatementBody> Contacts =
        from lines in Gen.Select(Gen.Enum<LineKind>(), Gen.Enum<OfficerRole>(), Gen.Char["09+-. ()/*#:AZ"].Array[1, 64], Gen.Int[1, 99], (kind, role, number, order) => new DeskLine(kind, role, new(number), order)).Array[1, 4]
        from guard in Gen.Select(Gen.Long[DeskContacts.LowestHertz, DeskContacts.HighestHertz], Name, Gen.Bool, (hertz, call, has) => new GuardFrequency(hertz, has ? call : null)).Array[0, 3]
        select (StatementBody)new DeskContacts([.. lines], [.. guard]);

    private static readonly Gen<CourseEvent> Events =
        from kind in Gen.Enum<CourseEventKind>()
        from path in Name
        from role in Gen.Enum<OfficerRole>()
        from at in Moment
        select new CourseEvent(
            kind,
            at,
            kind is CourseEventKind.Sent or CourseEventKind.Delivered ? path : null,
            kind is CourseEventKind.Shown or CourseEventKind.Escalated or CourseEventKind.Answered ? role : null);

    private static readonly Gen<StatementBody> Stop =
        from names in Gen.Select(Name, Name, Name)
        from kind in Gen.Enum<DirectMessageKind>()
        from role in Gen.Enum<OfficerRole>()
        from words in Text
        from course in Events.Array[1, 5]
        select (StatementBody)new StopReport
        {
            Message = new(names.Item1), Kind = kind, From = new(names.Item2), To = new(names.Item3), Role = role, Words = words, Course = [.. course.OrderBy(each => each.At)],
        };

    private static readonly Gen<StatementBody> Successions =
        from name in Name
        from words in Text
        from size in Gen.Long[1, 1L << 53 - 1]
        from root in RandomStatements.Hash
        select (StatementBody)new Succession(
            TestKeys.Of(name + "/log").Verifier, new(name), words, TestKeys.Of(name).Verifier, TestKeys.Of(name + "/recovery").Verifier, size, root,
            [KeyEndorsement.Sign("text"u8, TestKeys.Of("endorser"))]);

    public static readonly Gen<StatementBody> Body = Gen.OneOf(
        Appointment,
        Name.Select(officer => (StatementBody)new OfficerEnd(new(officer))),
        Duties.Array[0, 3].Select(duties => (StatementBody)new DutyRoster([.. duties])),
        Contacts,
        Gen.Select(Name, Gen.Enum<LineKind>(), Gen.Bool, Moment, (with, path, answered, at) => (StatementBody)new LineCheck(new(with), path, answered, at)),
        Gen.Select(RandomStatements.Hash, Moment, (cites, until) => (StatementBody)new Renewal(cites, until)),
        Stop,
        Successions);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
