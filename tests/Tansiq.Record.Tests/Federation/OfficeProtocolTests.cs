using NodaTime;
using Tansiq.Record.Federation;

namespace Tansiq.Record.Tests.Federation;

/// <summary>Rounds: the office shows one checkpoint until all who take part have cosigned it, and waits for nobody else.</summary>
[Trait("Requirement", "REC-2")]
public sealed class OfficeProtocolTests
{
    private static readonly NodeName Us = NodeName.Of("us.example");
    private static readonly NodeName Ru = NodeName.Of("ru.example");
    private static readonly FederationTimes Times = FederationTimes.Default;
    private OfficeState _state;
    private Instant _now = Instant.FromUtc(2016, 7, 15, 9, 0);

    public OfficeProtocolTests() => _state = OfficeProtocol.Start(new(NodeName.Of("office.example"), [Us, Ru], Times), 2, 0, _now);

    [Fact]
    public void Appended_WithNobodyThere_IsShownAtOnce() => Shown(new OfficeInput.Appended(3)).ShouldBe(3);

    [Fact]
    public void Appended_DuringARound_WaitsUntilAllWhoTakePartHaveCosigned()
    {
        Shown(new OfficeInput.Cosigned(Us, 2, IsJoint: false)).ShouldBeNull();
        Shown(new OfficeInput.Cosigned(Ru, 2, IsJoint: true)).ShouldBeNull();
        Shown(new OfficeInput.Appended(3)).ShouldBe(3);
        Shown(new OfficeInput.Appended(7)).ShouldBeNull();
        Shown(new OfficeInput.Cosigned(Us, 3, IsJoint: false)).ShouldBeNull();
        Shown(new OfficeInput.Cosigned(Ru, 3, IsJoint: true)).ShouldBe(7);
        _state.JointSize.ShouldBe(3);
    }

    [Fact]
    public void Appended_WhileOneIsSilent_IsShownAfterTheRoundAndSoonWithoutWaiting()
    {
        Shown(new OfficeInput.Cosigned(Ru, 2, IsJoint: false));
        Shown(new OfficeInput.Appended(3));
        Shown(new OfficeInput.Appended(4)).ShouldBeNull();
        _now += Times.Round;
        _state.NextDue.ShouldBeLessThanOrEqualTo(_now);
        Shown(new OfficeInput.Tick()).ShouldBe(4);
        _now += Times.Round * 10;
        Shown(new OfficeInput.Appended(5)).ShouldBe(5);
        Shown(new OfficeInput.Appended(6)).ShouldBe(6);
    }

    private long? Shown(OfficeInput input)
    {
        (_state, var effects) = OfficeProtocol.Step(_state, input, _now);
        return effects.OfType<OfficeEffect.Show>().SingleOrDefault()?.Size;
    }
}
