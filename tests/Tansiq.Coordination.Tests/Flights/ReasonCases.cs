using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;

namespace Tansiq.Coordination.Tests.Flights;

/// <summary>For each reason of docs/formats/verdicts.md a record and a flight that give it.</summary>
internal static class ReasonCases
{
    private const string GainClaim = "1.1/gain";

    public static ImmutableSortedDictionary<string, Func<Verdict>> All { get; } = new Dictionary<string, Func<Verdict>>
    {
        ["stand-down.in-area"] = () => Of(Draft.Flight(Draft.On(0, 0)), Draft.StandDown("1.1")),
        ["stand-down.possibly-in-area"] = () => OfAgreement(
            Draft.Flight(Draft.On(0, 0) with { Heights = Theatre.FlightLevels(100, 110) }),
            Draft.Agreement(Draft.StandDown("1.1")) with { Areas = [Draft.Area("low", Theatre.Square(0, 0)) with { Heights = Theatre.Metres(0, 3_000) }] }),
        ["stand-down.exempt-purpose"] = () => Of(
            Draft.Flight(Draft.On(0, 0)) with { Purpose = Theatre.Medevac }, Draft.StandDown("1.1", Draft.ForMedevac())),
        ["stand-down.exempt-gained-ground"] = () => Gain(Threshold.Of(24), Draft.Map("m", 90, Theatre.Square(-1, -1, 3))),
        ["stand-down.no-accepted-map"] = () => Gain(Threshold.Of(24), map: null),
        ["stand-down.map-too-old"] = () => Gain(Threshold.Of(24), Draft.Map("m", 70, Theatre.Square(-1, -1, 3))),
        ["stand-down.map-age-undefined"] = () => Gain(Threshold.Undefined, Draft.Map("m", 90, Theatre.Square(-1, -1, 3))),
        ["stand-down.outside-gained-ground"] = () => Gain(Threshold.Of(24), Draft.Map("m", 90, Theatre.Square(5, 5))),
        ["prior-notice.given"] = () => Of(Draft.Flight(Draft.On(5, 5)), Draft.PriorNotice("1.1", Threshold.Of(24))),
        ["prior-notice.short"] = () => Of(Draft.Flight(Draft.On(5, 5)), Draft.PriorNotice("1.1", Threshold.Of(101))),
        ["prior-notice.consented"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)), (record, notice) => record.Tell(Theatre.Ru, new Consent(notice)), Draft.PriorNotice("1.1", Threshold.Of(101))),
        ["prior-notice.period-undefined"] = () => Of(Draft.Flight(Draft.On(5, 5)), Draft.PriorNotice("1.1", Threshold.Undefined)),
        ["joint-consent.awaited"] = () => Of(Draft.Flight(Draft.On(5, 5)), Draft.JointConsent("1.1")),
        ["joint-consent.given"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)), (record, notice) => record.Tell(Theatre.Ru, new Consent(notice)), Draft.JointConsent("1.1")),
        ["joint-consent.lapsed"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)) with { AnswerBy = Theatre.Hour(50) }, (record, _) => record.At(50), Draft.JointConsent("1.1")),
        ["joint-consent.withdrawn"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)),
            (record, notice) =>
            {
                record.Tell(Theatre.Ru, new Consent(notice));
                record.Tell(Theatre.Ru, new Withdrawal(notice));
            },
            Draft.JointConsent("1.1")),
        ["joint-consent.other-date"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)), (record, notice) => record.Tell(Theatre.Ru, new OtherDate(notice, Theatre.Hour(200))), Draft.JointConsent("1.1")),
        ["separation.conflict"] = () => Second(Draft.FlightOfRu(Draft.On(5, 5)), Draft.Flight(Draft.On(5, 5)), Draft.Separation("1.1")),
        ["separation.later-flight"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)), (record, _) => record.File(Draft.FlightOfRu(Draft.On(5, 5))), Draft.Separation("1.1")),
        ["separation.own-flight"] = () => Second(
            Draft.Flight(Draft.On(5, 5)), Draft.Flight(Draft.On(5, 5)), Draft.Separation("1.1") with { Between = SeparationBetween.All }),
        ["separation.consented"] = () => Second(
            Draft.FlightOfRu(Draft.On(5, 5)), Draft.Flight(Draft.On(5, 5)), Draft.Separation("1.1"), answer: Theatre.Ru),
        ["separation.undefined"] = () => Second(
            Draft.FlightOfRu(Draft.On(5, 5)), Draft.Flight(Draft.On(5, 5)),
            Draft.Separation("1.1", Threshold.Of(5_000), Threshold.Undefined, Threshold.Of(600))),
        ["protection.too-near"] = () => NearHospital(Draft.Protection("1.1", Threshold.Of(1_000))),
        ["protection.exempt-purpose"] = () => NearHospital(Draft.Protection("1.1", Threshold.Of(1_000), Draft.ForMedevac())),
        ["protection.distance-undefined"] = () => NearHospital(Draft.Protection("1.1", Threshold.Undefined)),
        ["protection.notification-expired"] = () => NearHospital(Draft.Protection("1.1", Threshold.Of(1_000)), expiresAtHour: 99),
        ["clause.suspended"] = () => Answered(
            Draft.Flight(Draft.On(0, 0)), (record, _) => record.Tell(Theatre.Ru, new Suspension(new SuspensionScope.All())), Draft.StandDown("1.1")),
        ["agreement.not-in-force"] = () => Of(Draft.Flight(Draft.On(0, 0, 721, 722)), Draft.StandDown("1.1")),
        ["agreement.part-outside"] = () => Of(Draft.Flight(Draft.On(5, 5, 719, 721)), Draft.StandDown("1.1")),
        ["agreement.duration-undefined"] = () => Of(
            Draft.Flight(Draft.On(5, 5)), Draft.StandDown("1.1"), Draft.Duration(new Moment.At(Theatre.Hour(0)), new Moment.Undefined())),
        ["flight.objection"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)), (record, notice) => record.Tell(Theatre.Ru, new Objection(notice)), Draft.StandDown("1.1")),
        ["flight.withdrawn"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)), (record, notice) => record.Tell(Theatre.Us, new Withdrawal(notice)), Draft.StandDown("1.1")),
        ["flight.superseded"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)), (record, notice) => record.Tell(Theatre.Us, new Amendment(notice, Draft.Flight(Draft.On(6, 5)))), Draft.StandDown("1.1")),
        ["flight.completed"] = () => Answered(
            Draft.Flight(Draft.On(5, 5)),
            (record, notice) =>
            {
                record.Tell(Theatre.Us, new Activation(notice));
                record.Tell(Theatre.Us, new Completion(notice));
            },
            Draft.StandDown("1.1")),
        ["flight.consent-to-other-terms"] = () =>
        {
            var record = TestRecord.With(Draft.JointConsent("1.1"));
            var notice = record.File(Draft.Flight(Draft.On(5, 5)));
            record.Tell(Theatre.Ru, new Consent(notice));
            return record.VerdictOn(record.Tell(Theatre.Us, new Amendment(notice, Draft.Flight(Draft.On(6, 5)))));
        },
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static Verdict Of(Notice flight, params Clause[] clauses) => OfAgreement(flight, Draft.Agreement(clauses));

    private static Verdict OfAgreement(Notice flight, Agreement agreement)
    {
        var record = TestRecord.Founded().InForce(agreement);
        return record.VerdictOn(record.File(flight));
    }

    private static Verdict Answered(Notice flight, Action<TestRecord, ContentHash> then, params Clause[] clauses)
    {
        var record = TestRecord.With(clauses);
        var notice = record.File(flight);
        then(record, notice);
        return record.VerdictOn(notice);
    }

    private static Verdict Second(Notice first, Notice second, SeparationClause clause, Id<Party>? answer = null)
    {
        var record = TestRecord.With(clause);
        record.File(first);
        var notice = record.File(second);
        if (answer is { } party) record.Tell(party, new Consent(notice));
        return record.VerdictOn(notice);
    }

    private static Verdict Gain(Threshold mapMaximumAgeHours, ControlMap? map)
    {
        var record = TestRecord.With(Draft.StandDown("1.1", Draft.Gain("gain", GainKind.Place, mapMaximumAgeHours))).At(95);
        if (map is not null) record.AcceptedByAll(map);
        return record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0)) with { Claims = [Draft.Reference(GainClaim)] }));
    }

    private static Verdict NearHospital(ProtectionClause clause, double? expiresAtHour = null)
    {
        var record = TestRecord.With(clause);
        var expiry = expiresAtHour is { } hour ? Theatre.Hour(hour) : (Instant?)null;
        record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("h", 36.1, 37.1) with { Validity = new(null, expiry) }));
        return record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0)) with { Purpose = Theatre.Medevac }));
    }
}
