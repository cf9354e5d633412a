using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Xunit;

namespace Tansiq.Coordination.Tests.Situations;

[Trait("Requirement", "FLT-3")]
public sealed class KnownAtTests
{
    [Fact]
    public void At_SizeOrMoment_IsTheSituationThatWasKnownThen()
    {
        var record = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(24)));
        var notice = record.At(10).File(Draft.Flight(Draft.On(5, 5)));
        var size = record.Size;
        record.At(20).Tell(Theatre.Ru, new Objection(notice));
        record.At(30);

        record.VerdictKnownAt(size, notice).Kind.ShouldBe(VerdictKind.NoObjection);
        record.VerdictKnownAt(size, notice).KnownAtSize.ShouldBe(size);
        record.VerdictKnownAt(size, notice, Theatre.Hour(25)).Kind.ShouldBe(VerdictKind.NoObjection, "known before, valid after");
        record.VerdictKnownAt(record.Size, notice, Theatre.Hour(15)).Kind.ShouldBe(VerdictKind.NoObjection, "known after, valid before");
        record.VerdictKnownAt(record.Size, notice).Kind.ShouldBe(VerdictKind.Refused);

        record.List.At(Theatre.Hour(10)).Size.ShouldBe(size);
        record.List.At(Theatre.Hour(19.9)).Size.ShouldBe(size);
        record.List.At(Theatre.Hour(20)).Size.ShouldBe(size + 2);
        record.List.At(Theatre.Hour(99)).ShouldBeSameAs(record.Latest);
        record.List.At(Theatre.Hour(-1)).ShouldBeSameAs(Situation.Empty);
        record.List.At(record.Size).ShouldBeSameAs(record.Latest);
    }

    [Fact]
    public void At_SizeOutOfTheRecord_Throws()
    {
        var record = TestRecord.Founded();
        Should.Throw<ArgumentOutOfRangeException>(() => record.List.At(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => record.List.At(record.Size + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => record.Latest.WithJointSize(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => record.Latest.WithJointSize(record.Size + 1));
    }

    [Fact]
    public void Flight_ValidBeforeAFlightWasFiled_DoesNotKnowIt()
    {
        var record = TestRecord.With(Draft.Separation("5.1"));
        var first = record.At(10).File(Draft.FlightOfRu(Draft.On(5, 5)));
        record.At(20).File(Draft.Flight(Draft.On(5, 5)));
        record.VerdictOn(first).Codes().ShouldBe(["separation.later-flight"]);
        record.VerdictOn(first, Theatre.Hour(19)).Reasons.ShouldBeEmpty();
    }

    [Fact]
    public void Flight_WithoutFoundingOrTime_Throws()
    {
        var flight = FlightInQuestion.NotFiled(Draft.Flight(Draft.On(5, 5)), Theatre.Us);
        Should.Throw<ArgumentException>(() => Decide.Flight(Situation.Empty, flight));
    }

    [Fact]
    [Trait("Requirement", "BND-4")]
    public void Verdict_EachOfThem_SaysWhatItRestsOn()
    {
        var record = TestRecord.With();
        var verdict = record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5))));
        verdict.RecordKind.ShouldBe(RecordKind.Exercise);
        verdict.RulesVersion.ShouldBe(Decide.RulesVersion);
        verdict.ValidAt.ShouldBe(Theatre.Hour(0));
        verdict.IsJoint.ShouldBeTrue();
    }
}
