using CsCheck;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;
using Xunit;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>What holds of every record. A failure prints the seed that shows it again.</summary>
public sealed class RecordPropertyTests
{
    private const int Records = 150;

    [Fact]
    [Trait("Requirement", "FLT-3")]
    public void Flight_SameStatementsTwice_GivesTheSameVerdictsFieldByField() => RandomRecord.Sayings.Sample(
        sayings =>
        {
            var (first, second) = (RandomRecord.Of(sayings), RandomRecord.Of(sayings));
            second.List.Entries.Select(entry => entry.Admission).ShouldBe(first.List.Entries.Select(entry => entry.Admission));
            AllVerdicts(second.Latest).ShouldBe(AllVerdicts(first.Latest));
        },
        iter: Records);

    [Fact]
    [Trait("Requirement", "FLT-3")]
    public void Flight_KnownAtASize_DoesNotDependOnWhatCameLater() => RandomRecord.Sayings.Sample(
        sayings =>
        {
            var record = RandomRecord.Begin();
            var then = new List<(long Size, string Verdicts)>();
            foreach (var saying in sayings)
            {
                RandomRecord.Say(record, saying);
                then.Add((record.Size, AllVerdicts(record.Latest)));
            }

            foreach (var (size, verdicts) in then) AllVerdicts(record.List.At(size)).ShouldBe(verdicts);
        },
        iter: Records);

    [Fact]
    [Trait("Requirement", "FLT-2")]
    public void Flight_AfterUnrelatedStatements_SaysWhatItSaidBefore() => RandomRecord.Sayings.Sample(
        sayings =>
        {
            var record = RandomRecord.Of(sayings);
            var before = Notices(record.Latest).ToDictionary(notice => notice, notice => VerdictText.OfReasons(record.VerdictOn(notice)));
            record.Say(Theatre.Us, new UnknownBody("information.report"));
            record.Say(Theatre.Stranger, new Suspension(new SuspensionScope.All()));
            record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("far", -10, -60)));
            record.Say(Theatre.Us, Draft.Flight(Draft.On(40, 40)));
            record.Say(Theatre.Ru, Draft.FlightOfRu(Draft.On(0, 0, 600, 601)));
            record.Tell(Theatre.Ru, new ControlMapProposal(Draft.Map("unaccepted", -1, Theatre.Square(0, 0))));
            record.Tell(Theatre.Us, new AgreementProposal(Draft.Agreement(Draft.StandDown("1.1")) with { Id = new("unsigned") }));
            record.At(record.Latest.Time!.Value);
            foreach (var (notice, verdict) in before) VerdictText.OfReasons(record.VerdictOn(notice)).ShouldBe(verdict);
        },
        iter: Records);

    [Fact]
    [Trait("Requirement", "REC-2")]
    public void Flight_ConsentsNotJoint_NeverMakeAVerdictWeaker() => Gen.Select(RandomRecord.Sayings, Gen.Int[0, 30]).Sample(
        (sayings, notJoint) =>
        {
            var record = RandomRecord.Of(sayings.Where(IsNoticeOrAnswer));
            var joint = Math.Max(RandomRecord.Begin().Size, record.Size - notJoint);
            foreach (var notice in Notices(record.Latest))
                (record.VerdictWhileJoint(joint, notice).Kind >= record.VerdictOn(notice).Kind).ShouldBeTrue();
        },
        iter: Records);

    /// <summary>
    /// Other permissive statements may make verdicts stronger (a signature, a resumption, a map), and a consent to another
    /// operation keeps it from lapsing and so in the way.
    /// </summary>
    private static bool IsNoticeOrAnswer(RandomSaying saying) => saying is { What: 0, Second: not (0 or 3 or 6 or 9) } or { What: >= 1 and <= 8 };

    private static IEnumerable<ContentHash> Notices(Situation situation) => situation.Notices.Values.Select(filed => filed.Reference.Hash);

    private static string AllVerdicts(Situation situation) => string.Join('\n', Notices(situation).Select(notice => VerdictText.Of(TestRecord.VerdictOn(situation, notice, null))));
}
