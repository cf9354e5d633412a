using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;

namespace Tansiq.Coordination.Tests.Statements;

/// <summary>The ways to be inert of what is said of a flight's course.</summary>
internal static class FlightCourseCases
{
    private static readonly Notice Flight = Draft.Flight(Draft.On(5, 5));
    private static readonly ContentHash Nothing = ContentHash.Of("nothing"u8);

    public static ImmutableArray<(string Code, string Where, Func<Entry> Say)> All { get; } =
    [
        .. OfEach("record.cites-nothing", (record, _, say) => record.Say(Theatre.Us, say(Nothing))),
        .. OfEach("flights.not-your-notice", (record, notice, say) => record.Say(Theatre.Ru, say(notice))),
        .. OfEach("flights.withdrawn", (record, notice, say) =>
        {
            record.Tell(Theatre.Us, new Withdrawal(notice));
            return record.Say(Theatre.Us, say(notice));
        }),
        .. OfEach("flights.superseded", (record, notice, say) =>
        {
            record.Tell(Theatre.Us, new Amendment(notice, Flight));
            return record.Say(Theatre.Us, say(notice));
        }),
        .. OfEach("flights.completed", (record, notice, say) =>
        {
            record.Tell(Theatre.Us, new Activation(notice));
            record.Tell(Theatre.Us, new Completion(notice));
            return record.Say(Theatre.Us, say(notice));
        }),
        Of("flights.superseded", "/body/cites", (record, notice) =>
        {
            record.Tell(Theatre.Us, new Amendment(notice, Flight));
            return record.Say(Theatre.Ru, new Consent(notice));
        }),
        Of("flights.superseded", "/body/cites", (record, notice) =>
        {
            record.Tell(Theatre.Us, new Amendment(notice, Flight));
            return record.Say(Theatre.Us, new Withdrawal(notice));
        }),
        Of("flights.completed", "/body/cites", (record, notice) =>
        {
            record.Tell(Theatre.Us, new Activation(notice));
            record.Tell(Theatre.Us, new Completion(notice));
            return record.Say(Theatre.Ru, new Objection(notice));
        }),
        Of("flights.already-active", "/body/cites", (record, notice) =>
        {
            record.Tell(Theatre.Us, new Activation(notice));
            return record.Say(Theatre.Us, new Activation(notice));
        }),
        Of("flights.already-active", "/body/cites", (record, notice) =>
        {
            record.Tell(Theatre.Us, new Activation(notice));
            return record.Say(Theatre.Us, new Withdrawal(notice));
        }),
        Of("flights.already-active", "/body/cites", (record, notice) =>
        {
            record.Tell(Theatre.Us, new Activation(notice));
            return record.Say(Theatre.Us, new Activation(record.Tell(Theatre.Us, new Amendment(notice, Flight))));
        }),
        Of("flights.not-active", "/body/cites", (record, notice) => record.Say(Theatre.Us, new Retiming(notice, [Theatre.Hours(101, 103)]))),
        Of("flights.not-active", "/body/cites", (record, notice) => record.Say(Theatre.Us, new Completion(notice))),
        Of("flights.other-count", "/body/times", (record, notice) =>
        {
            record.Tell(Theatre.Us, new Activation(notice));
            return record.Say(Theatre.Us, new Retiming(notice, [Theatre.Hours(101, 103), Theatre.Hours(103, 104)]));
        }),
        Of("flights.already-over", "/body/cites", (record, notice) => record.At(102).Say(Theatre.Us, new Activation(notice))),
        Of("flights.already-over", "/body/cites", (record, notice) => record.At(102).Say(Theatre.Us, new Amendment(notice, Flight))),
        Of("flights.already-over", "/body/cites", (record, notice) => record.At(102).Say(Theatre.Us, new Withdrawal(notice))),
        Of("flights.not-your-actor", "/body/actor", (record, notice) => record.Say(Theatre.Us, new Amendment(notice, Flight with { Actor = Theatre.RuAir }))),
    ];

    private static (string Code, string Where, Func<Entry> Say) Of(string code, string where, Func<TestRecord, ContentHash, Entry> say) => (code, where, () =>
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        return say(record, record.File(Flight));
    });

    private static IEnumerable<(string Code, string Where, Func<Entry> Say)> OfEach(string code, Func<TestRecord, ContentHash, Func<ContentHash, StatementBody>, Entry> say) =>
        new Func<ContentHash, StatementBody>[]
        {
            cites => new Amendment(cites, Flight), cites => new Retiming(cites, [Theatre.Hours(101, 103)]), cites => new Activation(cites), cites => new Completion(cites),
        }.Select(body => Of(code, "/body/cites", (record, notice) => say(record, notice, body)));
}
