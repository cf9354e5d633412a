using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Coordination.Tests.Situations;

namespace Tansiq.Coordination.Tests.Statements;

/// <summary>The same as <see cref="AdmissionCases"/> for officers, desks, renewals, the office and direct messages.</summary>
internal static class DeskCases
{
    private static readonly ContentHash Nothing = ContentHash.Of("nothing"u8);

    public static ImmutableArray<(string Code, string Where, Func<Entry> Say)> All { get; } =
    [
        ("parties.officer-missing", "/officer", () => Speaking(null)),
        ("parties.unknown-officer", "/officer/id", () => Speaking(new(new("o9"), OfficerRole.Command))),
        ("parties.officer-not-in-role", "/officer/role", () => Speaking(new(new("o1"), OfficerRole.Watch))),
        ("parties.officer-may-not-release", "/officer/role", () => Speaking(new(new("o2"), OfficerRole.Liaison))),
        ("parties.unknown-officer", "/body/officer", () => TestRecord.Founded().Say(Theatre.Us, new OfficerEnd(new("o1")))),
        ("parties.officer-not-in-role", "/body/duties/0", () => TestRecord.Founded().Say(Theatre.Us, new DutyRoster([DeskDraft.Watch("o1", 0, 8)]))),
        ("parties.officer-not-in-role", "/body/duties/1", () =>
        {
            var record = TestRecord.Founded();
            record.Tell(Theatre.Us, DeskDraft.Officer("o1", OfficerRole.Watch));
            return record.Say(Theatre.Us, new DutyRoster([DeskDraft.Watch("o1", 0, 8), DeskDraft.Watch("o1", 8, 16, "o2")]));
        }),
        ("parties.too-many-officers", "/body/officer", () =>
        {
            var record = TestRecord.Founded();
            for (var number = 0; number < Officer.MaximumCount; number++) record.Tell(Theatre.Us, DeskDraft.Officer(FormattableString.Invariant($"o{number}"), OfficerRole.Watch));
            record.Tell(Theatre.Us, DeskDraft.Officer("o0", OfficerRole.Command));
            return record.Say(Theatre.Us, DeskDraft.Officer("one-more", OfficerRole.Watch));
        }),
        ("parties.unknown-party", "/body/at", () => TestRecord.Founded().Say(Theatre.Us, new OfficerAppointment(new("o1"), [OfficerRole.Liaison], Theatre.Us))),
        ("parties.unknown-party", "/body/at", () => TestRecord.Founded().Say(Theatre.Us, new OfficerAppointment(new("o1"), [OfficerRole.Liaison], Theatre.Observer))),
        ("parties.not-the-office", "/body/at", () => TestRecord.Founded().Say(Theatre.Us, new OfficerAppointment(new("o1"), [OfficerRole.OfficeDesk], Theatre.Ru))),
        ("parties.unknown-party", "/body/with", () => TestRecord.Founded().Say(Theatre.Us, DeskDraft.Check(Theatre.Us, 1))),
        ("parties.not-a-signatory", "/party", () => TestRecord.Founded().Say(Theatre.Observer, DeskDraft.Contacts())),
        ("parties.not-a-signatory", "/party", () => TestRecord.Founded().Say(Theatre.Office, new DutyRoster([]))),
        ("parties.no-keys", "/type", () => TestRecord.Founded().Say(Theatre.Office, Succession())),
        ("parties.not-the-office", "/party", () => Succeeding(Succession(), Theatre.Us)),
        ("parties.not-its-key", "/party", () => Succeeding(Succession(), signedBy: TestKeys.Of(Theatre.Office).Verifier)),
        ("parties.succession-elsewhere", "/body/size", () => Succeeding(Succession() with { Size = 3 })),
        ("parties.office-is-a-party", "/body/office/id", () => Succeeding(Succession() with { Office = Theatre.Ru }, Theatre.Ru)),
        ("parties.office-name-languages", "/body/office/name", () => Succeeding(Succession() with { OfficeName = new(ImmutableSortedDictionary<string, string>.Empty) })),
        ("parties.key-used", "/body/log", () => Succeeding(Succession() with { Log = TestKeys.Log.Verifier })),
        ("parties.key-used", "/body/office/statement", () => Succeeding(Succession() with { Statement = TestKeys.Of(Theatre.Us).Verifier })),
        ("parties.key-used", "/body/office/recovery", () => Succeeding(Succession() with { Recovery = Succession().Statement })),
        ("agreements.not-signed-by-all", "/body/cites", () =>
        {
            var record = TestRecord.Founded();
            var proposal = record.Tell(Theatre.Us, new AgreementProposal(Draft.Agreement()));
            record.Tell(Theatre.Us, new AgreementSignature(proposal));
            return record.Say(Theatre.Us, new Renewal(proposal, Theatre.Hour(1_000)));
        }),
        ("agreements.no-end", "/body/cites", () => Renewing(TestRecord.With(Draft.Duration(new Moment.At(Theatre.Hour(0)), new Moment.Undefined())), 1_000)),
        ("agreements.no-end", "/body/cites", () => Renewing(TestRecord.With(Draft.Duration(new Moment.Undefined(), new Moment.AfterStart(5))), 1_000)),
        ("agreements.lapsed", "/body/cites", () => Renewing(TestRecord.With().At(720), 1_000)),
        ("agreements.renewal-not-later", "/body/until", () => Renewing(TestRecord.With(), 720)),
        ("agreements.already-renewed", "/body/until", () =>
        {
            var record = TestRecord.With();
            Renewing(record, 1_000);
            return Renewing(record, 1_000);
        }),
        ("record.cites-nothing", "/body/cites", () => TestRecord.Founded().Say(Theatre.Us, new Renewal(Nothing, Theatre.Hour(1_000)))),
        ("information.not-an-end", "/party", () => TestRecord.Founded(Theatre.Us, Theatre.Ru, Theatre.Third).Say(Theatre.Third, DeskDraft.Stop())),
        ("parties.unknown-party", "/body/from", () => TestRecord.Founded().Say(Theatre.Ru, DeskDraft.Stop() with { From = Theatre.Observer })),
        ("parties.unknown-party", "/body/to", () => TestRecord.Founded().Say(Theatre.Us, DeskDraft.Stop() with { To = Theatre.Us })),
    ];

    /// <summary>A succession of size 2 that nobody has endorsed.</summary>
    public static Succession Succession() => new(
        TestKeys.Of("new log").Verifier, new("office-2"), Theatre.Text("The new office"), TestKeys.Of("new office").Verifier, TestKeys.Of("new recovery").Verifier, Size: 2, Nothing, []);

    /// <summary>Us suspends everything by an officer, on a record where o1 commands and o2 is in liaison.</summary>
    private static Entry Speaking(SpeakingOfficer? officer)
    {
        var record = TestRecord.FoundedBy(Theatre.Founding(Theatre.Us, Theatre.Ru) with { Authority = AuthorityMatrix.Default });
        record.Tell(Theatre.Us, DeskDraft.Officer("o1", OfficerRole.Command));
        var command = new SpeakingOfficer(new("o1"), OfficerRole.Command);
        record.List.Append(record.Statement(Theatre.Us, new OfficerAppointment(new("o2"), [OfficerRole.Liaison], Theatre.Ru)) with { Officer = command });
        return record.List.Append(record.Statement(Theatre.Us, new Suspension(new SuspensionScope.All())) with { Officer = officer });
    }

    private static Entry Succeeding(Succession succession, Id<Party>? author = null, Tansiq.Record.Notes.VerifierKey? signedBy = null)
    {
        var record = TestRecord.FoundedBy(
            Theatre.Founding(Theatre.Us, Theatre.Ru) with { Keys = TestKeys.FoundingOf(Theatre.Office, Theatre.Us, Theatre.Ru, Theatre.Observer) });
        var party = author ?? succession.Office;
        var held = new HeldKey(party, KeyRole.Statement, signedBy ?? succession.Statement, record.Size, Until: null);
        return record.List.Append(record.Statement(party, succession) with { SignedBy = held });
    }

    private static Entry Renewing(TestRecord record, double untilHour) =>
        record.Say(Theatre.Us, new Renewal(record.Latest.Agreements[0].Hash, Theatre.Hour(untilHour)));
}
