using Shouldly;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

/// <summary>Runs the second table of docs/formats/verdicts.md. That no other reason is given, every verdict of these tests checks.</summary>
[Trait("Requirement", "FLT-2")]
public sealed class ReasonTableTests
{
    public static TheoryData<string> Codes => [.. VerdictTable.Effects.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Flight_CaseOfEachReason_GivesItWithTheEffectOfTheTable(string code)
    {
        ReasonCases.All.ShouldContainKey(code);
        var reason = ReasonCases.All[code]().The(code);
        reason.Effect.ShouldBe(VerdictTable.Effects[code]);
        reason.SaysTheSame(ReasonCases.All[code]().The(code)).ShouldBeTrue();
    }

    [Fact]
    public void Cases_AllOfThem_AreOfTheTable() => ReasonCases.All.Keys.ShouldBe(VerdictTable.Effects.Keys.Order(StringComparer.Ordinal));
}
