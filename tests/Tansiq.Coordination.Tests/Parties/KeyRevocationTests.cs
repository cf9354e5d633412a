using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Recording;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Record;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Parties;

[Trait("Requirement", "PTY-7")]
public sealed class KeyRevocationTests
{
    private static readonly SigningKey Us = TestKeys.Of(Theatre.Us);
    private static readonly SigningKey Ru = TestKeys.Of(Theatre.Ru);
    private static readonly SigningKey Third = TestKeys.Of(Theatre.Third);

    [Theory]
    [InlineData(KeyRole.Statement)]
    [InlineData(KeyRole.Recovery)]
    public void Append_OwnKey_CountsFromItsPlaceAndNotBefore(KeyRole by)
    {
        var record = SignedRecord.Founded();
        record.Tell(Us, Theatre.Us, SignedRecord.Anything);
        var stands = record.State;
        record.Tell(TestKeys.Of(Theatre.Us, by), Theatre.Us, new KeyRevocation(Us.Verifier, []));
        record.Say(Us, Theatre.Us, SignedRecord.Anything).Fault.ShouldBe(RecordFaults.UnknownKey);
        record.Keys.Of(Theatre.Us, KeyRole.Statement).ShouldBeNull();
        record.State.Situation.Suspensions.ShouldBe(stands.Situation.Suspensions, "what it signed before stays");
        record.State.KnownAt(stands.Situation.Size).Keys.Of(Theatre.Us, KeyRole.Statement).ShouldBe(Us.Verifier);
        record.Tell(Ru, Theatre.Ru, SignedRecord.Anything);
    }

    [Fact]
    public void KeyOf_TheSameEntryBeforeAndAfterTheRevocation_DependsOnThePlaceAlone()
    {
        var (first, second) = (SignedRecord.Founded(), SignedRecord.Founded());
        var entry = SignedRecord.Signed(SignedRecord.Text(Theatre.Us, """{"scope":{"all":true}}""", StatementTypes.Suspension, "x"), Us);
        var revocation = SignedRecord.Signed(first.Text(Theatre.Us, new KeyRevocation(Us.Verifier, [])), Us);
        first.Append(entry).ShouldBe((null, null));
        first.Append(revocation).ShouldBe((null, null));
        second.Append(revocation).ShouldBe((null, null));
        second.Append(entry).Fault.ShouldBe(RecordFaults.UnknownKey);
    }

    [Fact]
    public void Append_AnothersKey_TakesAllOtherSignatories()
    {
        var record = SignedRecord.Founded();
        record.Say(Ru, Theatre.Ru, new KeyRevocation(Us.Verifier, [])).Inert!.Code.ShouldBe("parties.endorsement-missing");
        record.Say(Ru, Theatre.Ru, Of(record, Ru)).Inert!.Code.ShouldBe("parties.endorsement-missing");
        record.Say(TestKeys.Of(Theatre.Observer), Theatre.Observer, Of(record, Ru, Third)).Inert!.Code.ShouldBe("parties.not-a-signatory");
        record.Say(TestKeys.Of(Theatre.Office), Theatre.Office, Of(record, Ru, Third)).Inert!.Code.ShouldBe("parties.not-a-signatory");
        var wrong = KeyEndorsement.Sign(KeyEndorsement.OfRevocation(record.Keys.Record, Theatre.Us, Ru.Verifier), Third);
        record.Say(Ru, Theatre.Ru, new KeyRevocation(Us.Verifier, [wrong])).Inert!.Code.ShouldBe("parties.endorsement-bad");
        record.Tell(Ru, Theatre.Ru, Of(record, Third));
        record.Say(Us, Theatre.Us, SignedRecord.Anything).Fault.ShouldBe(RecordFaults.UnknownKey);
    }

    [Fact]
    public void Append_AnothersKeyByTheOnlyOtherSignatory_IsRefused()
    {
        var record = SignedRecord.Founded(hasThird: false);
        record.Say(Ru, Theatre.Ru, Of(record, Ru)).Inert!.Code.ShouldBe("parties.endorsement-missing");
        record.Tell(Us, Theatre.Us, SignedRecord.Anything);
    }

    [Fact]
    public void Append_OfficeKeyByAllSignatories_StopsTheOffice()
    {
        var record = SignedRecord.Founded(hasThird: false);
        var office = TestKeys.Of(Theatre.Office);
        record.Say(Ru, Theatre.Ru, TestKeys.Revocation(record.Keys, Theatre.Office, office.Verifier)).Inert!.Code.ShouldBe("parties.endorsement-missing");
        record.Tell(Ru, Theatre.Ru, TestKeys.Revocation(record.Keys, Theatre.Office, office.Verifier, Us));
        record.Say(office, Theatre.Office, new RecordTime(Theatre.Hour(1))).Fault.ShouldBe(RecordFaults.UnknownKey);
    }

    [Fact]
    public void Append_KeyThatNobodyHolds_IsRefused()
    {
        var record = SignedRecord.Founded();
        foreach (var key in new[] { TestKeys.Of("nobody").Verifier, TestKeys.Log.Verifier })
            record.Say(Us, Theatre.Us, new KeyRevocation(key, [])).Inert!.Code.ShouldBe("parties.key-not-held");
        record.Tell(Us, Theatre.Us, new KeyRevocation(TestKeys.Of(Theatre.Us, KeyRole.Witness).Verifier, []));
        record.Say(Us, Theatre.Us, new KeyRevocation(TestKeys.Of(Theatre.Us, KeyRole.Witness).Verifier, [])).Inert!.Code.ShouldBe("parties.key-not-held");
    }

    [Fact]
    public void Append_RecoveryKeyRevoked_EndorsesNothingAnyMore()
    {
        var record = SignedRecord.Founded();
        var recovery = TestKeys.Of(Theatre.Us, KeyRole.Recovery);
        record.Tell(Us, Theatre.Us, new KeyRevocation(recovery.Verifier, []));
        var rotation = TestKeys.Rotation(record.Keys, Theatre.Us, TestKeys.Of("us next"), KeyRole.Statement, recovery);
        record.Say(Us, Theatre.Us, rotation).Inert!.Code.ShouldBe("parties.endorsement-missing");
        record.Say(recovery, Theatre.Us, rotation).Fault.ShouldBe(RecordFaults.UnknownKey);
    }

    private static KeyRevocation Of(SignedRecord record, params SigningKey[] endorsers) =>
        TestKeys.Revocation(record.Keys, Theatre.Us, Us.Verifier, endorsers);
}
