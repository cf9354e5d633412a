using System.Text;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Recording;

[Trait("Requirement", "REC-6")]
public sealed class RecordTimeTests
{
    private static readonly SigningKey Us = TestKeys.Of(Theatre.Us);
    private static readonly SigningKey Office = TestKeys.Of(Theatre.Office);

    private static StatementsDomain Domain => SignedRecord.Domain;

    [Fact]
    public void TimeText_BeforeTheFounding_IsNone()
    {
        Domain.TimeText(Domain.Empty, Theatre.Hour(0)).ShouldBeNull();
        Domain.TimeDue(Domain.Empty).ShouldBeNull();
        Domain.TimeOf(Domain.Empty).ShouldBeNull();
    }

    [Fact]
    public void TimeText_AfterTheFounding_IsDueAtOnceAndAdmitted()
    {
        var record = SignedRecord.NotFounded();
        record.Tell(Office, record.Founding(SignedRecord.FoundingText()));
        Domain.TimeDue(record.State).ShouldBeNull();
        record.Tell(Office, Domain.TimeText(record.State, Theatre.Hour(0)).ShouldNotBeNull());
        Domain.TimeOf(record.State).ShouldBe(Theatre.Hour(0));
    }

    [Theory]
    [InlineData(-3_600_000, false)]
    [InlineData(0, false)]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    [InlineData(86_400_000, true)]
    public void TimeText_SoLongAfterTheLast_IsDueBeyondASecondAndNeverGoesBack(long milliseconds, bool isDue)
    {
        var record = SignedRecord.Founded();
        var now = Theatre.Hour(0) + Duration.FromMilliseconds(milliseconds);
        var text = Domain.TimeText(record.State, now);
        text.HasValue.ShouldBe(isDue);
        if (text is null) return;
        record.Tell(Office, text.Value);
        Domain.TimeOf(record.State).ShouldBe(now);
    }

    [Fact]
    public void TimeText_OneAfterTheOther_HaveIdentitiesOfTheirOwn()
    {
        var record = SignedRecord.Founded();
        var identities = new HashSet<UInt128>();
        for (var second = 2; second < 20; second += 2)
        {
            var text = Domain.TimeText(record.State, Theatre.Hour(0) + Duration.FromSeconds(second))!.Value;
            var reading = Domain.Read(SignedRecord.Signed(text, Office), record.State, record.Attachment);
            identities.Add(Domain.IdentityOf(reading)!.Value).ShouldBeTrue();
            record.Tell(Office, text);
        }
    }

    [Fact]
    public void TimeDue_NothingFallsDue_IsAMinuteAfterTheLast() =>
        Domain.TimeDue(SignedRecord.Founded().State).ShouldBe(Theatre.Hour(0) + Duration.FromMinutes(1));

    [Fact]
    public void TimeDue_AnswerIsDueSooner_IsThenAndOnlyOnce()
    {
        var record = SignedRecord.Founded();
        var (first, second) = (Theatre.Hour(0) + Duration.FromMilliseconds(300), Theatre.Hour(0) + Duration.FromSeconds(20));
        foreach (var answerBy in new[] { second, first })
            record.Tell(Us, Theatre.Us, Draft.Flight(Draft.On(0, 0, 1, 2)) with { AnswerBy = answerBy });
        Domain.TimeDue(record.State).ShouldBe(first);
        Domain.TimeText(record.State, first - Duration.FromNanoseconds(1)).ShouldBeNull();
        record.Tell(Office, Domain.TimeText(record.State, first)!.Value);
        Domain.TimeOf(record.State).ShouldBe(first);
        Domain.TimeDue(record.State).ShouldBe(second);
        RecordedState.Of(record.State.History).NextDeadline.ShouldBe(second, "a state from a snapshot knows what falls due");
        record.Tell(Office, Domain.TimeText(record.State, second + Duration.FromSeconds(5))!.Value);
        Domain.TimeDue(record.State).ShouldBe(second + Duration.FromSeconds(65));
    }

    [Fact]
    public void TimeDue_AgreementBeginsAndEnds_IsThen()
    {
        var record = SignedRecord.Founded(hasThird: false);
        var proposal = record.Agreement("2016-07-20T00:00:30Z", "2016-07-20T00:00:45Z");
        record.Tell(Us, proposal);
        Domain.TimeDue(record.State).ShouldBe(Theatre.Hour(0) + Duration.FromMinutes(1), "nobody has signed");
        record.Tell(Us, Theatre.Us, new AgreementSignature(ContentHash.Of(proposal.Span)));
        record.Tell(TestKeys.Of(Theatre.Ru), Theatre.Ru, new AgreementSignature(ContentHash.Of(proposal.Span)));
        foreach (var second in new[] { 30, 45 })
        {
            var due = Theatre.Hour(0) + Duration.FromSeconds(second);
            Domain.TimeDue(record.State).ShouldBe(due);
            record.Tell(Office, Domain.TimeText(record.State, due)!.Value);
        }

        Domain.TimeDue(record.State).ShouldBe(Theatre.Hour(0) + Duration.FromSeconds(105));
    }

    [Fact]
    public void Append_TimeOfAnotherThanTheOffice_IsInert()
    {
        var record = SignedRecord.Founded();
        record.Say(Us, Theatre.Us, new RecordTime(Theatre.Hour(1))).Inert!.Code.ShouldBe("parties.not-the-office");
        record.Say(Office, Theatre.Office, new RecordTime(Theatre.Hour(-1))).Inert!.Code.ShouldBe("record.time-goes-back");
        Encoding.UTF8.GetString(Domain.TimeText(record.State, Theatre.Hour(1))!.Value.Span).ShouldContain("\"id\":\"time-4\"");
    }
}
