using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

/// <summary>Runs the first table of docs/formats/verdicts.md.</summary>
[Trait("Requirement", "FLT-2")]
public sealed class PrecedenceTests
{
    // For the flight of the test each of them gives one reason, with another effect each.
    private static readonly (ReasonEffect Effect, Clause Clause)[] Speaking =
    [
        (ReasonEffect.Refuses, Draft.StandDown("1.1")),
        (ReasonEffect.LeavesUnclear, Draft.PriorNotice("2.1", Threshold.Undefined)),
        (ReasonEffect.Asks, Draft.JointConsent("3.1")),
        (ReasonEffect.DoesNotObject, Draft.PriorNotice("4.1", Threshold.Of(24))),
        (ReasonEffect.Notes, Draft.Separation("5.1")),
    ];

    public static TheoryData<int, ClauseMode> EveryCombination
    {
        get
        {
            var data = new TheoryData<int, ClauseMode>();
            for (var chosen = 0; chosen < 1 << Speaking.Length; chosen++)
            {
                data.Add(chosen, ClauseMode.Agree);
                data.Add(chosen, ClauseMode.Notify);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryCombination))]
    [Trait("Requirement", "FLT-9")]
    public void Flight_ClausesOfEveryCombinationOfEffects_FollowsTheStrongestInWhateverOrder(int chosen, ClauseMode mode)
    {
        var clauses = Speaking.Where((_, index) => (chosen & (1 << index)) != 0).ToList();
        var effects = clauses.Select(each => mode == ClauseMode.Notify && each.Effect > ReasonEffect.DoesNotObject ? ReasonEffect.DoesNotObject : each.Effect).ToList();
        var expected = VerdictTable.KindOf(effects);

        foreach (var order in new[] { clauses, Enumerable.Reverse(clauses) })
        {
            var record = TestRecord.With([.. order.Select(each => each.Clause with { Mode = mode })]);
            var notice = record.File(Draft.Flight(Draft.On(0, 0)));
            record.File(Draft.FlightOfRu(Draft.On(0, 0)));
            var verdict = record.VerdictOn(notice);
            verdict.Kind.ShouldBe(expected);
            verdict.Reasons.Select(reason => reason.Effect).ShouldBe(effects.OrderDescending());
        }
    }

    [Fact]
    public void Precedence_TheTable_NamesEveryEffectAndVerdictOnce()
    {
        VerdictTable.Precedence.Select(row => row.Effect).ShouldBe(Enum.GetValues<ReasonEffect>().OrderDescending());
        VerdictTable.Precedence.Select(row => row.Kind).Order().ShouldBe(Enum.GetValues<VerdictKind>().Order());
        VerdictTable.Precedence.Select(row => row.ExitCode).ShouldBe([3, 5, 4, 0, 6]);
    }
}
