using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

[Trait("Requirement", "FLT-6")]
public sealed class JointConsentTests
{
    private static readonly Notice Operation = Draft.Flight(Draft.On(5, 5)) with { AnswerBy = Theatre.Hour(50) };

    private static TestRecord OfThree(params Clause[] clauses) =>
        TestRecord.Founded(Theatre.Us, Theatre.Ru, Theatre.Third).InForce(Draft.Agreement(clauses));

    [Fact]
    public void Flight_EverySignatorysWordIsNeeded_AsksThoseWhoHaveNotGivenItAndNeverTheFiler()
    {
        var record = OfThree(Draft.JointConsent("3.1"));
        var notice = record.File(Operation);
        record.VerdictOn(notice).ConsentOf.ShouldBe([Theatre.Ru, Theatre.Third]);
        record.Tell(Theatre.Ru, new Consent(notice));
        record.VerdictOn(notice).ConsentOf.ShouldBe([Theatre.Third]);
        record.Tell(Theatre.Third, new Consent(notice));
        record.VerdictOn(notice).The("joint-consent.given").Parties.ShouldBe([Theatre.Ru, Theatre.Third]);
    }

    [Fact]
    public void Flight_NamedPartiesOnly_AsksNoOther()
    {
        var record = OfThree(Draft.JointConsent("3.1", Theatre.Us, Theatre.Third));
        record.VerdictOn(record.File(Operation)).ConsentOf.ShouldBe([Theatre.Third]);
        record.VerdictOn(record.File(Operation with { Actor = Theatre.RuAir })).ConsentOf.ShouldBe([Theatre.Third, Theatre.Us]);
        var own = TestRecord.With(Draft.JointConsent("3.1", Theatre.Us));
        own.VerdictOn(own.File(Operation)).Codes().ShouldBe(["joint-consent.given"]);
    }

    [Fact]
    public void Flight_AnotherDateOfferedByOneOfTwo_NamesWhoOfferedAndWhoIsStillAwaited()
    {
        var record = OfThree(Draft.JointConsent("3.1"));
        var notice = record.File(Operation);
        record.Tell(Theatre.Third, new OtherDate(notice, Theatre.Hour(200)));
        var verdict = record.VerdictOn(notice);
        verdict.ConsentOf.ShouldBe([Theatre.Ru, Theatre.Third]);
        verdict.The("joint-consent.other-date").Parties.ShouldBe([Theatre.Third]);
        verdict.The("joint-consent.other-date").Number(ReasonNumbers.OfferedStartUnixSeconds).ShouldBe(Theatre.Hour(200).ToUnixTimeSeconds());
        verdict.The("joint-consent.awaited").Parties.ShouldBe([Theatre.Ru]);
        record.Tell(Theatre.Ru, new OtherDate(notice, Theatre.Hour(150)));
        record.VerdictOn(notice).The("joint-consent.other-date").Number(ReasonNumbers.OfferedStartUnixSeconds).ShouldBe(Theatre.Hour(150).ToUnixTimeSeconds());
        record.Tell(Theatre.Third, new Consent(notice));
        record.VerdictOn(notice).ConsentOf.ShouldBe([Theatre.Ru]);
    }

    [Fact]
    [Trait("Requirement", "REC-6")]
    public void Flight_DeadlinePassesOnTheRecord_LapsesThenAndNotASecondSooner()
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        var notice = record.File(Operation);
        record.At(Theatre.Hour(50) - Duration.FromSeconds(1));
        record.VerdictOn(notice).The("joint-consent.awaited").Number(ReasonNumbers.AnswerByUnixSeconds).ShouldBe(Theatre.Hour(50).ToUnixTimeSeconds());
        record.VerdictOn(notice, Theatre.Hour(50)).Kind.ShouldBe(VerdictKind.Refused, "valid at the deadline");
        record.At(50);
        record.VerdictOn(notice).The("joint-consent.lapsed").Parties.ShouldBe([Theatre.Ru]);
        record.VerdictOn(notice, Theatre.Hour(49.9)).Kind.ShouldBe(VerdictKind.NeedsConsent, "valid before the deadline");
        record.Say(Theatre.Ru, new Consent(notice)).Admission.ShouldNotBe(Admission.Admitted.Value);
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused);
    }

    [Fact]
    public void Flight_ConsentBeforeTheDeadline_DoesNotLapse()
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        var notice = record.File(Operation);
        record.At(Theatre.Hour(50) - Duration.FromSeconds(1)).Tell(Theatre.Ru, new Consent(notice));
        record.At(60).VerdictOn(notice).Kind.ShouldBe(VerdictKind.NoObjection);
    }

    [Fact]
    [Trait("Requirement", "REC-6")]
    public void Flight_ConsentMadeInTimeByItsOwnClockAndEnteredLate_IsInert()
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        var notice = record.File(Operation);
        record.At(51);
        var late = record.Statement(Theatre.Ru, new Consent(notice)) with { Made = Theatre.Hour(1) };
        record.List.Append(late).Admission.ShouldBe(new Admission.Inert("flights.deadline-passed", "/body/cites"));
    }

    [Fact]
    public void Flight_ConsentWithdrawn_IsRefusedUntilItIsGivenAgain()
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"), Draft.PriorNotice("2.1", Threshold.Of(200)));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        var consent = record.Tell(Theatre.Ru, new Consent(notice));
        record.VerdictOn(notice).Codes().ShouldBe(["joint-consent.given", "prior-notice.consented"], ignoreOrder: true);
        record.Tell(Theatre.Ru, new Withdrawal(consent));
        record.VerdictOn(notice).Codes().ShouldBe(["joint-consent.withdrawn", "prior-notice.short"]);
        record.Tell(Theatre.Ru, new Consent(notice));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.NoObjection);
    }

    [Fact]
    public void Flight_Objection_RefusesUntilTheSamePartyConsents()
    {
        var record = OfThree(Draft.JointConsent("3.1"));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        record.Tell(Theatre.Ru, new Consent(notice));
        record.Tell(Theatre.Third, new Consent(notice));
        record.At(10).Tell(Theatre.Third, new Objection(notice));
        var refused = record.VerdictOn(notice);
        refused.The("flight.objection").Parties.ShouldBe([Theatre.Third]);
        refused.The("flight.objection").From.ShouldBe(Theatre.Hour(10));
        refused.The("joint-consent.awaited").Parties.ShouldBe([Theatre.Third]);
        record.VerdictOn(notice, Theatre.Hour(9)).Kind.ShouldBe(VerdictKind.NoObjection, "valid before the objection");
        record.Tell(Theatre.Third, new Consent(notice));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.NoObjection);
    }

    [Fact]
    public void Flight_WithdrawnByItsFiler_IsRefusedFromThenOn()
    {
        var record = TestRecord.With(Draft.PriorNotice("2.1", Threshold.Of(24)));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        record.At(Theatre.Hour(100) - Duration.FromSeconds(1)).Tell(Theatre.Us, new Withdrawal(notice));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused);
        record.VerdictOn(notice, Theatre.Hour(1)).Kind.ShouldBe(VerdictKind.NoObjection);
    }

    [Fact]
    public void Flight_ClauseOfAreasOnly_AsksForEachStayInSuchAnArea()
    {
        var record = TestRecord.With(Draft.JointConsent("3.1") with { AreaClasses = [Draft.Presence] });
        var stays = record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0), Draft.On(0, 0, 110, 111)))).Reasons;
        stays.Select(stay => (stay.Code, stay.From)).ShouldBe(
            [("joint-consent.awaited", Theatre.Hour(100)), ("joint-consent.awaited", Theatre.Hour(110))]);
        record.VerdictOn(record.File(Draft.Flight(Draft.On(5, 5)))).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Fact]
    [Trait("Requirement", "REC-2")]
    public void Flight_ConsentNotJointYet_IsNotGivenWhileObjectionAndWithdrawalBindAtOnce()
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)));
        var before = record.Size;
        var consent = record.Tell(Theatre.Ru, new Consent(notice));
        record.VerdictWhileJoint(before, notice).The("joint-consent.awaited").Parties.ShouldBe([Theatre.Ru]);
        record.VerdictWhileJoint(before, notice).IsJoint.ShouldBeFalse();
        record.VerdictWhileJoint(before + 1, notice).Codes().ShouldBe(["joint-consent.given"]);
        record.Tell(Theatre.Ru, new Withdrawal(consent));
        record.VerdictWhileJoint(before, notice).Codes().ShouldBe(["joint-consent.withdrawn"]);
        record.Tell(Theatre.Ru, new Objection(notice));
        record.VerdictWhileJoint(before, notice).Codes().ShouldContain("flight.objection");
        record.Tell(Theatre.Us, new Withdrawal(notice));
        record.VerdictWhileJoint(before, notice).Codes().ShouldContain("flight.withdrawn");
    }
}
