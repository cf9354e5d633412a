using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>One thing that is said on a random record: what, by whom, of what, and three numbers for the rest.</summary>
internal readonly record struct RandomSaying(int What, int Who, int Of, int First, int Second, int Third)
{
    public override string ToString() => FormattableString.Invariant($"({What}, {Who}, {Of}, {First}, {Second}, {Third})");
}

/// <summary>
/// Records of random statements, well typed and often inert: every type, by everybody, citing anything. They begin with an
/// agreement in force, so that what is said has effect.
/// </summary>
internal static class RandomRecord
{
    private const int LongestRecord = 40;

    private static readonly ImmutableArray<Id<Party>> Authors =
        [Theatre.Us, Theatre.Ru, Theatre.Us, Theatre.Ru, Theatre.Office, Theatre.Observer, Theatre.Stranger];

    private static readonly ImmutableArray<Id<Actor>> Actors = [Theatre.UsAir, Theatre.RuAir, Theatre.GuaranteedAir, Theatre.UnboundAir];

    private static readonly ImmutableArray<Id<Purpose>> Purposes = [Theatre.Transport, Theatre.Medevac, Theatre.Strike];

    private static readonly Gen<int> Small = Gen.Int[0, 9];

    // Notices and time make up half of a record: without them nothing else matters.
    private static readonly Gen<int> What = Gen.Frequency((3, Gen.Const(0)), (2, Gen.Const(1)), (5, Gen.Int[2, 16]), (3, Gen.Int[30, 33]), (2, Gen.Int[40, 46]));

    /// <summary>What is said after the agreement.</summary>
    public static Gen<RandomSaying[]> Sayings { get; } =
        Gen.Select(What, Small, Gen.Int[0, 50], Small, Small, Small).Select(each => new RandomSaying(each.Item1, each.Item2, each.Item3, each.Item4, each.Item5, each.Item6))
            .Array[1, LongestRecord];

    /// <summary>The record with nothing said yet.</summary>
    public static TestRecord Begin() => TestRecord.With(
        Draft.StandDown("1.1", Draft.ForMedevac(), Draft.Gain("gain", GainKind.Condition, Threshold.Of(200))),
        Draft.PriorNotice("2.1", Threshold.Of(24)) with { AppliesTo = new([], [], [PurposeCategory.NonCombat]) },
        Draft.JointConsent("3.1") with { AppliesTo = new([], [], [PurposeCategory.Combat]) },
        Draft.Separation("4.1") with { Survives = true },
        Draft.Protection("5.1", Threshold.Of(2_000), Draft.ForMedevac()));

    /// <summary>Says all of it.</summary>
    public static TestRecord Of(IEnumerable<RandomSaying> sayings)
    {
        var record = Begin();
        foreach (var saying in sayings) Say(record, saying);
        return record;
    }

    public static Entry Say(TestRecord record, RandomSaying saying)
    {
        var entries = record.List.Entries;
        var cited = saying is { What: >= 30 and <= 33, Who: < 8 } && record.Latest.Notices.Count > 0
            ? record.Latest.Notices.Values.ElementAt(saying.Of % record.Latest.Notices.Count).Reference.Hash
            : entries[saying.Of % entries.Count].Statement.Hash;
        var body = BodyOf(saying, cited, record.Latest.Time!.Value);
        var author = body switch
        {
            RecordTime or Lapse when saying.Who < 9 => Theatre.Office,
            Notice notice when saying.Who < 9 => record.Latest.Founding!.Actors[notice.Actor].AnswerableParty ?? Theatre.Us,
            Amendment or Retiming or Activation or Completion when saying.Who < 9 => FilerOf(record, cited),
            _ => Authors[saying.Who % Authors.Length],
        };
        var statement = record.Statement(author, body);
        return record.List.Append(saying is { First: 9, Second: 9 } ? statement with { Id = entries[^1].Statement.Id } : statement);
    }

    private static StatementBody BodyOf(RandomSaying saying, ContentHash cited, Instant now) => saying.What switch
    {
        0 => FlightOf(saying),
        1 => new RecordTime(now + Duration.FromHours(saying.First * saying.First - 1)),
        2 or 3 => new Consent(cited),
        4 => new Objection(cited),
        5 => new OtherDate(cited, now + Duration.FromHours(saying.First - 2)),
        6 or 7 => new Withdrawal(cited),
        8 => new Lapse(cited),
        9 => new Suspension(saying.First switch
        {
            < 2 => new SuspensionScope.All(),
            < 5 => new SuspensionScope.OfChapter(new(FormattableString.Invariant($"{saying.Second}"))),
            _ => new SuspensionScope.OfClause(new(FormattableString.Invariant($"{saying.Second}.1"))),
        }),
        10 => new Resumption(cited),
        11 => new ControlMapProposal(new(
            new(FormattableString.Invariant($"m{saying.First}")),
            now - Duration.FromHours(saying.Second - 1),
            [new(new("g"), Theatre.Organisation, saying.Third > 2, [Theatre.Square(saying.Third - 5, 0, 3)])])),
        12 => new ControlMapAcceptance(cited),
        13 => new SiteNotification(Draft.Hospital(FormattableString.Invariant($"h{saying.First}"), 36 + saying.Second * 0.1, 37 + saying.Third * 0.1)),
        14 => new SiteWithdrawal(cited),
        15 => new AgreementProposal(Draft.Agreement(
            Draft.StandDown("1.1"),
            Draft.Separation("4.1", Threshold.Of(8_000), Threshold.Of(300), saying.Third == 0 ? Threshold.Undefined : Threshold.Of(1_800)),
            Draft.Duration(new Moment.DayPlus(saying.First, LocalTime.Noon, "Asia/Damascus"), saying.Third > 7 ? new Moment.Undefined() : new Moment.AfterStart(5)))
            with { Version = 1 + saying.Second }),
        16 => new AgreementSignature(cited),
        30 => new Amendment(cited, FlightOf(saying)),
        31 => new Retiming(cited, [.. TimesOf(saying)]),
        32 => new Activation(cited),
        33 => new Completion(cited),
        >= 40 and <= 46 => DeskDraft.Of(saying, cited, now),
        _ => new UnknownBody("flights.unheard-of"),
    };

    private static Id<Party> FilerOf(TestRecord record, ContentHash cited) => record.Latest.FindNotice(cited)?.Reference.Party ?? Theatre.Us;

    // A flight has two volumes; now and then too few times are given.
    private static IEnumerable<Interval> TimesOf(RandomSaying saying)
    {
        var from = 85 + saying.First * 2 + saying.Third;
        yield return Theatre.Hours(from, from + 1 + saying.Second);
        if (saying.First < 9) yield return Theatre.Hours(from + 2, from + 4);
    }

    private static Notice FlightOf(RandomSaying saying)
    {
        var from = 80 + saying.First * 2;
        return Draft.Flight(Draft.On(saying.Second - 3, saying.Third % 2, from, from + 1 + saying.Third), Draft.On(saying.Second - 2, 0, from + 3, from + 4)) with
        {
            Actor = Actors[saying.Of % Actors.Length],
            Purpose = Purposes[(saying.First + saying.Third) % Purposes.Length],
            Claims = saying.Of > 25 ? [Draft.Reference("1.1/gain")] : [],
            AnswerBy = saying.Second % 3 == 0 ? Theatre.Hour(from - saying.Third * 5) : null,
        };
    }
}
