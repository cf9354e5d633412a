using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Statements;

/// <summary>For each way to be inert a record and the statement that is: the code, the place, and what says it.</summary>
internal static class AdmissionCases
{
    private static readonly Notice Flight = Draft.Flight(Draft.On(5, 5));
    private static readonly Notice Operation = Flight with { AnswerBy = Theatre.Hour(50) };
    private static readonly SigningKey NewKey = TestKeys.Of("us next");
    private static readonly ContentHash Nothing = ContentHash.Of("nothing"u8);

    public static ImmutableArray<(string Code, string Where, Func<Entry> Say)> All { get; } =
    [
        ("record.not-founded", "/type", () => new TestRecord().Say(Theatre.Office, new RecordTime(Theatre.Hour(0)))),
        ("record.already-founded", "/type", () => TestRecord.Founded().Say(Theatre.Office, Theatre.Founding(Theatre.Us, Theatre.Ru))),
        ("record.no-time-yet", "/type", () =>
        {
            var record = new TestRecord();
            record.Tell(Theatre.Office, Theatre.Founding(Theatre.Us, Theatre.Ru));
            return record.Say(Theatre.Us, Flight);
        }),
        ("record.time-goes-back", "/body/now", () => TestRecord.Founded().At(10).Say(Theatre.Office, new RecordTime(Theatre.Hour(9.999)))),
        ("record.unknown-type", "/type", () => TestRecord.Founded().Say(Theatre.Us, new UnknownBody("flights.unheard-of"))),
        ("record.duplicate", "/id", () => Repeated(statement => statement)),
        ("record.id-reused", "/id", () => Repeated(statement => statement with { Hash = Nothing })),
        ("parties.unknown-party", "/party", () => TestRecord.Founded().Say(Theatre.Stranger, Flight)),
        ("parties.not-the-office", "/party", () => new TestRecord().Say(Theatre.Us, Theatre.Founding(Theatre.Us, Theatre.Ru))),
        ("parties.not-the-office", "/party", () => TestRecord.Founded().Say(Theatre.Us, new RecordTime(Theatre.Hour(1)))),
        ("parties.not-the-office", "/party", () => Answering(Operation, (record, notice) => record.At(60).Say(Theatre.Us, new Lapse(notice)))),
        ("parties.not-a-signatory", "/party", () => TestRecord.Founded().Say(Theatre.Observer, Flight)),
        ("parties.not-a-signatory", "/party", () => Answering(Flight, (record, notice) => record.Say(Theatre.Observer, new Consent(notice)))),
        ("parties.not-a-signatory", "/party", () => TestRecord.Founded().Say(Theatre.Office, new Suspension(new SuspensionScope.All()))),
        ("parties.not-a-notifier", "/party", () => TestRecord.Founded().Say(Theatre.Office, new SiteNotification(Draft.Hospital("h", 36, 37)))),
        ("parties.not-its-key", "/party", () => Keyed(Theatre.Ru, KeyRole.Statement, _ => Flight)),
        ("parties.not-its-key", "/party", () => Keyed(null, KeyRole.Statement, keys => TestKeys.Rotation(keys, Theatre.Us, NewKey, KeyRole.Statement))),
        ("parties.no-keys", "/type", () => TestRecord.Founded().Say(Theatre.Us, new KeyRevocation(NewKey.Verifier, []))),
        ("parties.no-such-key", "/body/replaces", () => Keyed(Theatre.Office, KeyRole.Statement, _ => new KeyRotation(NewKey.Verifier, KeyRole.Witness, []))),
        ("parties.key-used", "/body/key", () => Keyed(Theatre.Us, KeyRole.Statement, keys =>
            TestKeys.Rotation(keys, Theatre.Us, TestKeys.Of(Theatre.Us), KeyRole.Statement, TestKeys.Of(Theatre.Us, KeyRole.Recovery)))),
        ("parties.key-not-held", "/body/key", () => Keyed(Theatre.Us, KeyRole.Recovery, _ => new KeyRevocation(NewKey.Verifier, []))),
        ("parties.endorsement-missing", "/body/endorsements", () => Keyed(Theatre.Us, KeyRole.Recovery, keys =>
            TestKeys.Rotation(keys, Theatre.Us, NewKey, KeyRole.Statement, TestKeys.Of(Theatre.Us, KeyRole.Recovery)))),
        ("parties.endorsement-bad", "/body/endorsements", () => Keyed(Theatre.Us, KeyRole.Statement, keys =>
            TestKeys.Rotation(keys, Theatre.Us, NewKey, KeyRole.Statement, TestKeys.Of(Theatre.Us, KeyRole.Recovery)) with { Key = TestKeys.Of("another").Verifier })),
        ("parties.unknown-actor", "/body/actor", () => TestRecord.Founded().Say(Theatre.Us, Flight with { Actor = new("nobody") })),
        ("parties.unknown-actor", "/body/map", () =>
        {
            var map = Draft.Map("m", 0, Theatre.Square(0, 0));
            return TestRecord.Founded().Say(Theatre.Us, new ControlMapProposal(map with { Ground = [map.Ground[0] with { Holder = new("nobody") }] }));
        }),
        ("parties.unknown-purpose", "/body/purpose", () => TestRecord.Founded().Say(Theatre.Us, Flight with { Purpose = new("sightseeing") })),
        ("agreements.version-used", "/body/agreement", () => TestRecord.With().Say(Theatre.Ru, new AgreementProposal(Draft.Agreement()))),
        ("agreements.unknown-reference", "/body/agreement", () => Proposing(Draft.StandDown("1.1") with { AppliesTo = new([new("nobody")], [], []) })),
        ("agreements.unknown-reference", "/body/agreement", () => Proposing(Draft.StandDown("1.1") with { AppliesTo = new([], [new("none")], []) })),
        ("agreements.unknown-reference", "/body/agreement", () => Proposing(Draft.JointConsent("1.1", Theatre.Third))),
        ("agreements.unknown-reference", "/body/agreement", () => Proposing(Draft.StandDown("1.1", Draft.ForMedevac() with { Purposes = [new("none")] }))),
        ("agreements.unknown-reference", "/body/agreement", () =>
            Proposing(Draft.StandDown("1.1", Draft.Gain("gain", GainKind.Place, Threshold.Of(1)) with { Holder = new("nobody") }))),
        ("agreements.already-signed", "/body/cites", () => Citing(new AgreementProposal(Draft.Agreement()), hash => new AgreementSignature(hash), times: 2)),
        ("agreements.unknown-chapter", "/body/scope/chapter", () => TestRecord.With().Say(Theatre.Us, new Suspension(new SuspensionScope.OfChapter(new("8"))))),
        ("agreements.unknown-clause", "/body/scope/clause", () => TestRecord.With().Say(Theatre.Us, new Suspension(new SuspensionScope.OfClause(new("8.1"))))),
        ("agreements.clause-survives", "/body/scope/clause", () =>
            TestRecord.With(Draft.Hotline("7.1")).Say(Theatre.Us, new Suspension(new SuspensionScope.OfClause(new("7.1"))))),
        ("agreements.not-your-suspension", "/body/cites", () => Citing(new Suspension(new SuspensionScope.All()), hash => new Resumption(hash), by: Theatre.Ru)),
        ("agreements.already-resumed", "/body/cites", () => Citing(new Suspension(new SuspensionScope.All()), hash => new Resumption(hash), times: 2)),
        ("agreements.map-id-used", "/body/map", () =>
        {
            var record = TestRecord.Founded();
            record.Tell(Theatre.Us, new ControlMapProposal(Draft.Map("m", 0)));
            return record.Say(Theatre.Ru, new ControlMapProposal(Draft.Map("m", -1)));
        }),
        ("agreements.map-of-the-future", "/body/map", () => TestRecord.Founded().Say(Theatre.Us, new ControlMapProposal(Draft.Map("m", 0.001)))),
        ("agreements.already-accepted", "/body/cites", () => Citing(new ControlMapProposal(Draft.Map("m", 0)), hash => new ControlMapAcceptance(hash), times: 2)),
        .. new StatementBody[]
        {
            new AgreementSignature(Nothing), new Resumption(Nothing), new ControlMapAcceptance(Nothing), new Consent(Nothing), new Objection(Nothing),
            new OtherDate(Nothing, Theatre.Hour(1)), new Withdrawal(Nothing), new SiteWithdrawal(Nothing),
        }.Select(body => ("record.cites-nothing", "/body/cites", (Func<Entry>)(() => TestRecord.Founded().Say(Theatre.Us, body)))),
        ("record.cites-nothing", "/body/cites", () => TestRecord.Founded().Say(Theatre.Office, new Lapse(Nothing))),
        ("record.cites-nothing", "/body/cites", () => Citing(new AgreementProposal(Draft.Agreement()), hash => new Consent(hash))),
        ("flights.not-your-actor", "/body/actor", () => TestRecord.Founded().Say(Theatre.Us, Flight with { Actor = Theatre.GuaranteedAir })),
        ("flights.answer-by-out-of-time", "/body/operation/answerBy", () => TestRecord.Founded().At(50).Say(Theatre.Us, Operation)),
        ("flights.answer-by-out-of-time", "/body/operation/answerBy", () =>
            TestRecord.Founded().Say(Theatre.Us, Operation with { AnswerBy = Theatre.Hour(100.001) })),
        ("flights.volume-below-floor", "/body/volumes/1/outline", () =>
            TestRecord.Founded().Say(Theatre.Us, Flight with { Purpose = Theatre.Strike, Volumes = [Draft.On(5, 5), Small] })),
        ("flights.own-notice", "/party", () => Answering(Flight, (record, notice) => record.Say(Theatre.Us, new Consent(notice)))),
        ("flights.own-notice", "/party", () => Answering(Flight, (record, notice) => record.Say(Theatre.Us, new OtherDate(notice, Theatre.Hour(200))))),
        ("flights.deadline-passed", "/body/cites", () => Answering(Operation, (record, notice) => record.At(50).Say(Theatre.Ru, new Consent(notice)))),
        ("flights.deadline-passed", "/body/cites", () =>
            Answering(Operation, (record, notice) => record.At(50).Say(Theatre.Ru, new OtherDate(notice, Theatre.Hour(200))))),
        ("flights.date-in-the-past", "/body/from", () =>
            Answering(Flight, (record, notice) => record.At(50).Say(Theatre.Ru, new OtherDate(notice, Theatre.Hour(50))))),
        ("flights.already-started", "/body/cites", () => Answering(Flight, (record, notice) => record.At(100).Say(Theatre.Ru, new Consent(notice)))),
        ("flights.already-started", "/body/cites", () => Answering(Flight, (record, notice) => record.At(100).Say(Theatre.Ru, new Withdrawal(notice)))),
        ("flights.already-over", "/body/cites", () => Answering(Flight, (record, notice) => record.At(102).Say(Theatre.Ru, new Objection(notice)))),
        ("flights.nothing-to-withdraw", "/body/cites", () => Answering(Flight, (record, notice) => record.Say(Theatre.Ru, new Withdrawal(notice)))),
        ("flights.nothing-to-withdraw", "/body/cites", () => Answering(Flight, (record, notice) =>
        {
            var first = record.Tell(Theatre.Ru, new Consent(notice));
            record.Tell(Theatre.Ru, new Withdrawal(first));
            record.Tell(Theatre.Ru, new Consent(notice));
            return record.Say(Theatre.Ru, new Withdrawal(first));
        })),
        .. new Func<ContentHash, StatementBody>[]
        {
            notice => new Consent(notice), notice => new Objection(notice), notice => new OtherDate(notice, Theatre.Hour(200)), notice => new Withdrawal(notice),
        }.Select(answer => ("flights.withdrawn", "/body/cites", (Func<Entry>)(() => Answering(Flight, (record, notice) =>
        {
            record.Tell(Theatre.Us, new Withdrawal(notice));
            return record.Say(Theatre.Ru, answer(notice));
        })))),
        ("flights.withdrawn", "/body/cites", () => Citing(new SiteNotification(Draft.Hospital("h", 36, 37)), hash => new SiteWithdrawal(hash), times: 2)),
        ("flights.not-your-site", "/body/cites", () => Citing(new SiteNotification(Draft.Hospital("h", 36, 37)), hash => new SiteWithdrawal(hash), by: Theatre.Observer)),
        ("flights.site-id-used", "/body/site/id", () => Citing(new SiteNotification(Draft.Hospital("h", 36, 37)), _ => new SiteNotification(Draft.Hospital("h", 36, 38)))),
        ("flights.lapse-not-due", "/body/cites", () => Answering(Operation, (record, notice) => record.At(49.999).Say(Theatre.Office, new Lapse(notice)))),
        ("flights.lapse-not-due", "/body/cites", () => Answering(Flight, (record, notice) => record.At(90).Say(Theatre.Office, new Lapse(notice)))),
        ("flights.lapse-not-due", "/body/cites", () => Answering(Operation, (record, notice) =>
        {
            record.Tell(Theatre.Ru, new Consent(notice));
            return record.At(60).Say(Theatre.Office, new Lapse(notice));
        })),
        ("flights.lapse-marked", "/body/cites", () => Answering(Operation, (record, notice) =>
        {
            record.At(50).Tell(Theatre.Office, new Lapse(notice));
            return record.Say(Theatre.Office, new Lapse(notice));
        })),
        .. DeskCases.All,
        .. FlightCourseCases.All,
    ];

    private static Volume Small => Draft.On(5, 5) with { Outline = Theatre.Circle(36.5, 37.5, 4_990) };

    private static Entry Repeated(Func<Statement, Statement> change)
    {
        var record = TestRecord.Founded();
        var statement = record.Statement(Theatre.Us, Flight);
        record.List.Append(statement);
        return record.List.Append(change(statement));
    }

    /// <summary>Us, or the office, says something by a key of a party on a record with keys; by none where that is null.</summary>
    private static Entry Keyed(Id<Party>? signer, KeyRole role, Func<PartyKeys, StatementBody> say)
    {
        var record = TestRecord.FoundedBy(
            Theatre.Founding(Theatre.Us, Theatre.Ru) with { Keys = TestKeys.FoundingOf(Theatre.Office, Theatre.Us, Theatre.Ru, Theatre.Observer) });
        var keys = record.Latest.Keys;
        var statement = record.Statement(signer == Theatre.Office ? Theatre.Office : Theatre.Us, say(keys));
        return record.List.Append(statement with { SignedBy = signer is null ? null : keys.Find(TestKeys.Of(signer, role).Verifier) });
    }

    private static Entry Proposing(Clause clause) => TestRecord.Founded().Say(Theatre.Us, new AgreementProposal(Draft.Agreement(clause)));

    private static Entry Answering(Notice notice, Func<TestRecord, ContentHash, Entry> answer)
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        return answer(record, record.File(notice));
    }

    /// <summary>Us says the first, then us or another party cites it so many times; the last of them is the one.</summary>
    private static Entry Citing(StatementBody first, Func<ContentHash, StatementBody> citing, Id<Party>? by = null, int times = 1)
    {
        var record = TestRecord.Founded();
        var hash = record.Tell(Theatre.Us, first);
        for (var time = 1; time < times; time++) record.Tell(by ?? Theatre.Us, citing(hash));
        return record.Say(by ?? Theatre.Us, citing(hash));
    }
}
