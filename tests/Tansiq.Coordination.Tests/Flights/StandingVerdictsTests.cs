using System.Collections.Immutable;
using CsCheck;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

[Trait("Requirement", "FLT-2")]
public sealed class StandingVerdictsTests
{
    [Fact]
    public void Next_EachEntryOfARandomRecord_IsWhatDecidingEveryStandingNoticeAnewSays() => RandomRecord.Sayings.Sample(
        sayings =>
        {
            var record = RandomRecord.Begin();
            var standing = StandingVerdicts.Empty;
            foreach (var saying in sayings)
            {
                var before = record.Latest;
                var entry = RandomRecord.Say(record, saying);
                if (entry.Admission is not Admission.Admitted) continue;
                var known = standing.ByIndex;
                (standing, var changes) = standing.Next(before, record.Latest, entry.Statement);
                ShouldBeAnew(standing, record.Latest, entry);
                ShouldBeTheChanges(known, standing.ByIndex, changes, record.Latest, entry);
            }
        },
        iter: 120);

    [Fact]
    public void NextAndJoint_WhileTheJointPartLags_AreWhatDecidingEveryStandingNoticeAnewSays() => Gen.Select(RandomRecord.Sayings, Gen.Int[0, 6].Array[1, 20]).Sample(
        (sayings, lags) =>
        {
            var record = RandomRecord.Begin();
            var standing = StandingVerdicts.Empty;
            var before = record.Latest;
            for (var step = 0; step < sayings.Length; step++)
            {
                var entry = RandomRecord.Say(record, sayings[step]);
                if (entry.Admission is not Admission.Admitted)
                {
                    before = record.Latest.WithJointSize(before.JointSize);
                    continue;
                }

                var lag = lags[step % lags.Length];
                var after = record.Latest.WithJointSize(Math.Max(before.JointSize, record.Size - lag));
                (standing, _) = standing.Next(before, after, entry.Statement);
                ShouldBeAnew(standing, after, entry);
                before = after.WithJointSize(Math.Max(after.JointSize, record.Size - lag / 2));
                var known = standing.ByIndex;
                (standing, var changes) = standing.Joint(after, before);
                ShouldBeAnew(standing, before, entry);
                changes.ShouldAllBe(change => change.Cause == null);
                changes.Select(change => change.Flight).ShouldBe(
                    standing.ByIndex.Where(each => VerdictText.OfReasons(known[each.Key]) != VerdictText.OfReasons(each.Value)).Select(each => before.Notices[each.Key].Reference));
            }

            var anew = StandingVerdicts.Of(before).ByIndex;
            anew.Keys.ShouldBe(standing.ByIndex.Keys);
            foreach (var (index, verdict) in anew) VerdictText.OfReasons(verdict).ShouldBe(VerdictText.OfReasons(standing.ByIndex[index]));
        },
        iter: 120);

    [Fact]
    public void NextAndSettled_OpenedInTheMiddleOfARandomRecord_SayEachChangeThatDecidingAtOnceSays() =>
        Gen.Select(RandomRecord.Sayings, Gen.Int[1, 12], Gen.Int[0, 4].Array[1, 20]).Sample(
            (sayings, openedAfter, steps) =>
            {
                var record = RandomRecord.Begin();
                var eager = StandingVerdicts.Empty;
                var lazy = StandingVerdicts.Opened(record.Latest, atOnce: 2);
                var saidByEager = new Dictionary<long, List<string>>();
                var saidByLazy = new Dictionary<long, List<string>>();
                for (var step = 0; step < sayings.Length; step++)
                {
                    var before = record.Latest;
                    if (step == openedAfter)
                    {
                        lazy = StandingVerdicts.Opened(before, atOnce: 2);
                        saidByLazy.Clear();
                        saidByEager = eager.ByIndex.ToDictionary(each => each.Key, each => new List<string> { VerdictText.OfReasons(each.Value) });
                    }

                    var entry = RandomRecord.Say(record, sayings[step]);
                    if (entry.Admission is Admission.Admitted)
                    {
                        (eager, var expected) = eager.Next(before, record.Latest, entry.Statement);
                        Keep(saidByEager, expected, record.Latest);
                        (lazy, var changes) = lazy.Next(before, record.Latest, entry.Statement);
                        Keep(saidByLazy, changes, record.Latest);
                    }

                    if (steps[step % steps.Length] is > 0 and var count)
                    {
                        (lazy, var late) = lazy.Settled(record.Latest, count);
                        Keep(saidByLazy, late, record.Latest);
                    }

                    if (lazy.IsSettled) ShouldBeAnew(lazy, record.Latest, entry);
                }

                (lazy, var last) = lazy.Settled(record.Latest, int.MaxValue);
                Keep(saidByLazy, last, record.Latest);
                lazy.IsSettled.ShouldBeTrue();
                lazy.ByIndex.ToDictionary(each => each.Key, each => VerdictText.OfReasons(each.Value))
                    .ShouldBe(eager.ByIndex.ToDictionary(each => each.Key, each => VerdictText.OfReasons(each.Value)), ignoreOrder: true);
                foreach (var (index, said) in saidByEager)
                {
                    // What waited through several changes is said once, as it was and as it is; what was over before its turn came is not said.
                    if (!saidByLazy.TryGetValue(index, out var late))
                    {
                        record.Latest.Notices[index].Notice.End.ShouldBeLessThanOrEqualTo(record.Latest.Time!.Value);
                        continue;
                    }

                    late[0].ShouldBe(said[0]);
                    if (record.Latest.Notices[index].Notice.End > record.Latest.Time) late[^1].ShouldBe(said[^1]);
                    ShouldBeInOrderAmong(late, said);
                }
            },
            iter: 200);

    [Fact]
    public void Next_WithdrawnBeforeItsFirstVerdict_SaysWhatItWasAndThatItIsWithdrawn()
    {
        var record = TestRecord.With(Draft.StandDown("1.1"));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        var (before, standing) = (record.Latest, StandingVerdicts.Opened(record.Latest, atOnce: 256));
        standing.ByIndex.ShouldBeEmpty();
        standing.WaitingCount.ShouldBe(1);
        record.Tell(Theatre.Us, new Withdrawal(notice));
        (standing, var changes) = standing.Next(before, record.Latest, record.List.Entries[^1].Statement);
        changes.Length.ShouldBe(2);
        changes[0].Before.ShouldBeNull();
        changes[0].Cause.ShouldBeNull();
        changes[1].Before.ShouldBe(changes[0].After);
        changes[1].After.Reasons[0].Code.ShouldBe("flight.withdrawn");
        standing.Settled(record.Latest, 10).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void NextAndSettled_WithdrawnWhileItWaitsWithOthers_IsNotSaidAgain()
    {
        var record = TestRecord.With(Draft.StandDown("1.1"), Draft.Separation("4.1"));
        var withdrawn = record.File(Draft.Flight(Draft.On(5, 5)));
        record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        record.File(Draft.FlightOfRu(Draft.On(5, 5)));
        var standing = StandingVerdicts.Opened(record.Latest, atOnce: 1);
        Said(Theatre.Us, new Suspension(new SuspensionScope.OfClause(new("1.1")))).ShouldBeEmpty("it touches more than are decided at once");
        var changes = Said(Theatre.Us, new Withdrawal(withdrawn));
        changes.Select(change => change.Flight.Hash).ShouldBe([withdrawn, withdrawn]);
        changes[0].After.Reasons.ShouldNotContain(reason => reason.Code == "clause.suspended", "it waited from before the suspension");
        changes[1].After.Reasons[0].Code.ShouldBe("flight.withdrawn");

        // It is near the new flight, and has its place among those that wait: neither says it again.
        var third = Draft.FlightOfRu(Draft.On(5, 5));
        Said(Theatre.Ru, third).ShouldHaveSingleItem().Flight.Hash.ShouldNotBe(withdrawn);
        (standing, changes) = standing.Settled(record.Latest, int.MaxValue);
        changes.ShouldNotBeEmpty();
        changes.ShouldAllBe(change => change.Flight.Hash != withdrawn);
        standing.ByIndex.Count.ShouldBe(3);

        ImmutableArray<VerdictChange> Said(Id<Party> party, StatementBody body)
        {
            var before = record.Latest;
            record.Tell(party, body);
            (standing, var said) = standing.Next(before, record.Latest, record.List.Entries[^1].Statement);
            return said;
        }
    }

    [Fact]
    public void Next_FlightsFarApart_AreNotDecidedAgain()
    {
        var follower = new Follower(Draft.Separation("4.1"), Draft.Protection("5.1", Threshold.Of(1_000)));
        follower.Say(() => follower.Record.File(Draft.Flight(Draft.On(5, 5))));
        var far = follower.Standing.ByIndex.Values.Single();
        follower.Say(() => follower.Record.File(Draft.FlightOfRu(Draft.On(40, 5))));
        follower.Say(() => follower.Record.File(Draft.FlightOfRu(Draft.On(5, 5, 200, 201))));
        follower.Say(() => follower.Record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("far", 30, 30))));
        follower.Standing.ByIndex.Values.First().ShouldBeSameAs(far);
        follower.Say(() => follower.Record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("near", 37.05, 38.05))));
        follower.Standing.ByIndex.Values.First().ShouldNotBeSameAs(far);
    }

    [Fact]
    public void Joint_SituationsOfTwoSizes_Throws()
    {
        var record = TestRecord.Founded();
        var before = record.Latest;
        Should.Throw<ArgumentException>(() => StandingVerdicts.Empty.Joint(before, record.At(1).Latest));
    }

    [Fact]
    public void Next_LaterStatements_AlarmTheFilerOfEachVerdictThatChanges()
    {
        var follower = new Follower(
            Draft.StandDown("1.1"), Draft.Separation("4.1"), Draft.JointConsent("3.1") with { AppliesTo = new([], [Theatre.Medevac], []) });
        var first = follower.Say(() => follower.Record.File(Draft.FlightOfRu(Draft.On(5, 5))));
        follower.Changes.ShouldHaveSingleItem().Before.ShouldBeNull();
        var second = follower.Say(() => follower.Record.File(Draft.Flight(Draft.On(5, 5))));
        follower.Changes.Select(change => (change.Flight.Hash, change.After.Kind))
            .ShouldBe([(first, VerdictKind.NotCovered), (second, VerdictKind.NeedsConsent)]);

        follower.Say(() => follower.Record.Tell(Theatre.Ru, new Consent(second)));
        follower.Changes.ShouldHaveSingleItem().After.Kind.ShouldBe(VerdictKind.NoObjection);
        follower.Say(() => follower.Record.Tell(Theatre.Ru, new Withdrawal(first)));
        follower.Changes.Select(change => (change.Flight.Hash, change.After.Kind))
            .ShouldBe([(first, VerdictKind.Refused), (second, VerdictKind.NotCovered)]);
        follower.Standing.ByIndex.Count.ShouldBe(1, "what is withdrawn stands no more");

        var operation = follower.Say(() => follower.Record.File(
            Draft.FlightOfRu(Draft.On(5, 5)) with { Purpose = Theatre.Medevac, AnswerBy = Theatre.Hour(50) }));
        follower.Say(() => follower.Record.At(49).Latest);
        follower.Changes.ShouldBeEmpty();
        follower.Say(() => follower.Record.At(50).Latest);
        follower.Changes.Select(change => (change.Flight.Hash, change.After.Kind))
            .ShouldBe([(second, VerdictKind.NotCovered), (operation, VerdictKind.Refused)]);

        follower.Say(() => follower.Record.At(102).Latest);
        follower.Standing.ByIndex.ShouldBeEmpty("all is over");
        follower.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Next_MapSuspensionAndSite_DecideStandingNoticesAgain()
    {
        var follower = new Follower(
            Draft.StandDown("1.1", Draft.Gain("gain", GainKind.Condition, Threshold.Of(200))), Draft.Protection("5.1", Threshold.Of(1_000)));
        follower.Say(() => follower.Record.File(Draft.Flight(Draft.On(0, 0)) with { Claims = [Draft.Reference("1.1/gain")] }));
        var map = follower.Say(() => follower.Record.Tell(Theatre.Us, new ControlMapProposal(Draft.Map("m", 0, Theatre.Square(0, 0)))));
        follower.Changes.ShouldBeEmpty();
        follower.Say(() => follower.Record.Tell(Theatre.Us, new ControlMapAcceptance(map)));
        follower.Changes.ShouldBeEmpty();
        follower.Say(() => follower.Record.Tell(Theatre.Ru, new ControlMapAcceptance(map)));
        follower.Changes.ShouldHaveSingleItem().After.Kind.ShouldBe(VerdictKind.NoObjection);
        follower.Say(() => follower.Record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("h", 36.1, 37.1))));
        follower.Changes.ShouldHaveSingleItem().After.Kind.ShouldBe(VerdictKind.Refused);
        follower.Say(() => follower.Record.Tell(Theatre.Ru, new Suspension(new SuspensionScope.All())));
        follower.Changes.ShouldHaveSingleItem().After.Kind.ShouldBe(VerdictKind.NotCovered);
    }

    /// <summary>What was left out aside, it is the same in the same order: nothing is said twice that was so once.</summary>
    private static void ShouldBeInOrderAmong(List<string> said, List<string> all)
    {
        var next = 0;
        foreach (var verdict in said)
        {
            var found = all.IndexOf(verdict, next);
            found.ShouldBeGreaterThanOrEqualTo(0, $"said again, or never so: {verdict}");
            next = found + 1;
        }
    }

    private static void Keep(Dictionary<long, List<string>> said, ImmutableArray<VerdictChange> changes, Situation situation)
    {
        foreach (var change in changes)
        {
            var index = situation.FindNotice(change.Flight.Hash)!.Filed.Index;
            if (!said.TryGetValue(index, out var verdicts)) said.Add(index, verdicts = []);
            if (change.Before is { } before) VerdictText.OfReasons(before).ShouldBe(verdicts[^1], "each change begins where the last one ended");
            verdicts.Add(VerdictText.OfReasons(change.After));
        }
    }

    private static void ShouldBeAnew(StandingVerdicts standing, Situation situation, Entry entry)
    {
        var anew = situation.Notices
            .Where(each => !NoticeStanding.HasEnded(each.Value, situation.Time!.Value) && each.Value.Notice.End > situation.Time)
            .ToDictionary(each => each.Key, each => VerdictText.OfReasons(Decide.Flight(situation, FlightInQuestion.OnRecord(each.Value))));
        standing.ByIndex.ToDictionary(each => each.Key, each => VerdictText.OfReasons(each.Value)).ShouldBe(anew, ignoreOrder: true, $"after {entry.Statement.Body}");
    }

    private static void ShouldBeTheChanges(
        IReadOnlyDictionary<long, Verdict> before, IReadOnlyDictionary<long, Verdict> after, ImmutableArray<VerdictChange> changes, Situation situation, Entry entry)
    {
        var changed = after.Where(each => !before.TryGetValue(each.Key, out var known) || VerdictText.OfReasons(known) != VerdictText.OfReasons(each.Value))
            .Select(each => situation.Notices[each.Key].Reference);
        // Of what ended between two moments whose flight's time is over too, nothing is said any more.
        var ended = before.Keys.Select(index => situation.Notices[index]).Where(notice => NoticeStanding.HasEnded(notice, situation.Time!.Value) && notice.Notice.End > situation.Time)
            .Select(notice => notice.Reference);
        changes.Select(change => change.Flight.Id).Order().ShouldBe(changed.Concat(ended).Select(flight => flight.Id).Order(), $"after {entry.Statement.Body}");
        changes.ShouldAllBe(change => change.Cause == entry.Statement);
    }

    /// <summary>A record and the standing verdicts that follow it.</summary>
    private sealed class Follower(params Clause[] clauses)
    {
        public TestRecord Record { get; } = TestRecord.With(clauses);

        public StandingVerdicts Standing { get; private set; } = StandingVerdicts.Empty;

        /// <summary>What the last thing said has changed.</summary>
        public ImmutableArray<VerdictChange> Changes { get; private set; } = [];

        public T Say<T>(Func<T> saying)
        {
            var before = Record.Latest;
            var said = saying();
            (Standing, Changes) = Standing.Next(before, Record.Latest, Record.List.Entries[^1].Statement);
            return said;
        }
    }
}
