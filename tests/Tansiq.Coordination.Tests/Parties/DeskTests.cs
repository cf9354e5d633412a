using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;

namespace Tansiq.Coordination.Tests.Parties;

public sealed class DeskTests
{
    public static TheoryData<string> AllLanguages => [.. Phrasebook.Languages];

    [Fact, Trait("Requirement", "PTY-5")]
    public void Roster_AtAMoment_SaysWhoAnswersForTheRoleAndWhoStandsIn()
    {
        var record = TestRecord.Founded();
        record.Tell(Theatre.Us, DeskDraft.Officer("a", OfficerRole.Watch));
        record.Tell(Theatre.Us, DeskDraft.Officer("b", OfficerRole.Watch, OfficerRole.Command));
        record.Tell(Theatre.Us, new DutyRoster([DeskDraft.Watch("a", 0, 8, "b"), DeskDraft.Watch("b", 8, 16)]));
        var roster = record.Latest.Desks.Rosters[Theatre.Us].Roster;
        roster.OnDuty(OfficerRole.Watch, Theatre.Hour(7.999)).ShouldHaveSingleItem().Deputies.ShouldBe([new("b")]);
        roster.OnDuty(OfficerRole.Watch, Theatre.Hour(8)).ShouldHaveSingleItem().Officer.ShouldBe(new("b"));
        roster.OnDuty(Theatre.Hour(16)).ShouldBeEmpty();
        roster.OnDuty(OfficerRole.Command, Theatre.Hour(9)).ShouldBeEmpty();
        record.Tell(Theatre.Us, new DutyRoster([]));
        record.Latest.Desks.Rosters[Theatre.Us].Roster.Duties.ShouldBeEmpty();
        record.List.At(record.Size - 1).Desks.Rosters[Theatre.Us].Roster.Duties.Length.ShouldBe(2, "known at an earlier size");
    }

    [Fact, Trait("Requirement", "PTY-6")]
    public void Desks_NewestOfEach_IsInTheSituation()
    {
        var record = TestRecord.Founded();
        record.Tell(Theatre.Us, DeskDraft.Contacts("+1"));
        record.Tell(Theatre.Us, DeskDraft.Contacts("+2"));
        record.Tell(Theatre.Office, DeskDraft.Contacts("+3"));
        record.Latest.Desks.Contacts.Values.Select(each => each.Contacts.Lines[0].Number).ShouldBe(["+3", "+2"]);
        record.Tell(Theatre.Us, DeskDraft.Check(Theatre.Ru, 1));
        record.Tell(Theatre.Us, DeskDraft.Check(Theatre.Ru, 1, path: LineKind.Satellite));
        record.Tell(Theatre.Us, DeskDraft.Check(Theatre.Office, 1));
        record.Tell(Theatre.Us, DeskDraft.Check(Theatre.Ru, 2, isAnswered: false));
        record.Latest.Desks.LineChecks[Theatre.Us].Select(each => (each.Check.With.Value, each.Check.Path, each.Check.IsAnswered)).ShouldBe([
            ("ru", LineKind.Satellite, true), ("office", LineKind.Telephone, true), ("ru", LineKind.Telephone, false)]);
    }

    [Fact, Trait("Requirement", "INF-5")]
    public void Stop_WithEverythingSuspendedAndLapsed_GoesOnTheRecordOfBothEnds()
    {
        var record = TestRecord.With(Draft.StandDown("4.1")).At(5_000);
        record.Tell(Theatre.Us, new Suspension(new SuspensionScope.All()));
        record.Tell(Theatre.Us, DeskDraft.Stop());
        record.Tell(Theatre.Ru, DeskDraft.Stop());
        record.Tell(Theatre.Ru, DeskDraft.Stop());
        record.Latest.Stops.Select(stop => stop.Party).ShouldBe([Theatre.Us, Theatre.Ru, Theatre.Ru]);
    }

    [Theory, MemberData(nameof(AllLanguages))]
    [Trait("Requirement", "PTY-5")]
    public void Text_OfEachStatement_IsASentenceWithoutGapsInEachLanguage(string language)
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var first = record.List.Entries.Count;
        DeskDraft.SayEach(record);
        var phrases = Phrasebook.For(language).Value;
        var text = new StatementText(phrases, new(phrases, RecordNames.None));
        var gap = phrases.Text("value.not-stated");
        foreach (var entry in record.List.Entries.Skip(first).Append(new(0, record.Statement(Theatre.Office, Statements.DeskCases.Succession()), Admission.Admitted.Value)))
        {
            var lines = text.Lines(entry.Statement, record.Latest).ToList();
            lines[0].Value.ShouldNotBeEmpty();
            lines.ShouldAllBe(line => !line.Value.Contains(gap) && !line.Label.Contains('.'));
            text.Type(StatementWriter.TypeOf(entry.Statement.Body)).ShouldNotContain("information");
        }
    }
}
