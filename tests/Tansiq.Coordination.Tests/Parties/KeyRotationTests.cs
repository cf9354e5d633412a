using System.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Recording;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Parties;

[Trait("Requirement", "PTY-7")]
public sealed class KeyRotationTests
{
    private static readonly SigningKey Us = TestKeys.Of(Theatre.Us);
    private static readonly SigningKey UsRecovery = TestKeys.Of(Theatre.Us, KeyRole.Recovery);
    private static readonly SigningKey Ru = TestKeys.Of(Theatre.Ru);
    private static readonly SigningKey Third = TestKeys.Of(Theatre.Third);
    private static readonly SigningKey Office = TestKeys.Of(Theatre.Office);
    private static readonly SigningKey Next = TestKeys.Of("us next", name: "us.test/Statement");

    private static readonly Inert Missing = new("parties.endorsement-missing", "/body/endorsements", IsRefused: true);
    private static readonly Inert Bad = new("parties.endorsement-bad", "/body/endorsements", IsRefused: true);

    [Fact]
    public void Append_NewKeyByOldAndRecoveryKey_CountsFromTheNextEntryOn()
    {
        var record = SignedRecord.Founded();
        var before = SignedRecord.Signed(record.Text(Theatre.Us, SignedRecord.Anything), Us);
        record.KeyOf(before).Value.ShouldBe(Us.Verifier);
        record.KeyOf(SignedRecord.Signed(before.Text, Next)).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
        record.Tell(Us, Theatre.Us, Rotation(record, UsRecovery));
        record.KeyOf(before).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
        record.Tell(Next, Theatre.Us, SignedRecord.Anything);
        var held = record.Keys.All.Where(key => key.Party == Theatre.Us && key.Role == KeyRole.Statement).ToList();
        held.Select(key => (key.Key, key.From, key.Until)).ShouldBe([(Us.Verifier, 0, 3), (Next.Verifier, 3, null)]);
        held.Select(key => key.IsHeldAt(2)).ShouldBe([true, false]);
        held.Select(key => key.IsHeldAt(3)).ShouldBe([false, true]);
    }

    [Fact]
    public void Append_NewKeyByOldKeyAndAllOtherSignatories_Counts()
    {
        var record = SignedRecord.Founded();
        record.Say(Us, Theatre.Us, Rotation(record, Ru)).Inert.ShouldBe(Missing);
        record.Say(Us, Theatre.Us, Rotation(record, Us, Ru)).Inert.ShouldBe(Missing);
        record.Tell(Us, Theatre.Us, Rotation(record, Ru, Third));
        record.Keys.Of(Theatre.Us, KeyRole.Statement).ShouldBe(Next.Verifier);
    }

    [Fact]
    public void Append_NewKeyByOldKeyAlone_IsRefused()
    {
        var record = SignedRecord.Founded();
        record.Say(Us, Theatre.Us, Rotation(record)).Inert.ShouldBe(Missing);
        record.Say(Us, Theatre.Us, Rotation(record, Us)).Inert.ShouldBe(Missing);
        record.Say(Us, Theatre.Us, Rotation(record, Office)).Inert.ShouldBe(Missing);
        record.Say(Us, Theatre.Us, Rotation(record, Next)).Inert.ShouldBe(Missing);
    }

    [Fact]
    public void Append_LostKey_IsReplacedByRecoveryKeyAndAllOtherSignatoriesOnly()
    {
        var record = SignedRecord.Founded();
        record.Say(UsRecovery, Theatre.Us, Rotation(record)).Inert.ShouldBe(Missing);
        record.Say(UsRecovery, Theatre.Us, Rotation(record, UsRecovery, Ru)).Inert.ShouldBe(Missing);
        record.Tell(UsRecovery, Theatre.Us, Rotation(record, Ru, Third));
        record.Tell(Next, Theatre.Us, SignedRecord.Anything);
        record.Say(Us, Theatre.Us, SignedRecord.Anything).Fault.ShouldBe(RecordFaults.UnknownKey);
    }

    [Fact]
    public void Append_RevokedKey_IsReplacedByRecoveryKeyAndAllOtherSignatories()
    {
        var record = SignedRecord.Founded();
        record.Tell(UsRecovery, Theatre.Us, new KeyRevocation(Us.Verifier, []));
        record.Keys.Of(Theatre.Us, KeyRole.Statement).ShouldBeNull();
        record.Tell(UsRecovery, Theatre.Us, Rotation(record, Ru, Third));
        record.Tell(Next, Theatre.Us, SignedRecord.Anything);
    }

    [Fact]
    public void Append_WitnessAndRecoveryKeysAnew_CountLikewise()
    {
        var record = SignedRecord.Founded();
        var (witness, recovery) = (TestKeys.Of("us witness next", KeyRole.Witness), TestKeys.Of("us recovery next"));
        record.Tell(Us, Theatre.Us, TestKeys.Rotation(record.Keys, Theatre.Us, witness, KeyRole.Witness, UsRecovery));
        record.Keys.Of(Theatre.Us, KeyRole.Witness).ShouldBe(witness.Verifier);
        record.Tell(Us, Theatre.Us, TestKeys.Rotation(record.Keys, Theatre.Us, recovery, KeyRole.Recovery, Ru, Third));
        record.Keys.Of(Theatre.Us, KeyRole.Recovery).ShouldBe(recovery.Verifier);
        record.Say(Us, Theatre.Us, Rotation(record, UsRecovery)).Inert.ShouldBe(Missing);
        record.Tell(Us, Theatre.Us, Rotation(record, recovery));
        record.Say(Office, Theatre.Office, new KeyRotation(TestKeys.Of("office witness", KeyRole.Witness).Verifier, KeyRole.Witness, [])).Inert!.Code
            .ShouldBe("parties.no-such-key");
    }

    [Fact]
    public void Append_SignatoryWithoutStatementKey_EndorsesWithItsRecoveryKey()
    {
        var record = SignedRecord.Founded(hasThird: false);
        record.Tell(UsRecovery, Theatre.Us, new KeyRevocation(Us.Verifier, []));
        record.Tell(Ru, Theatre.Ru, new KeyRevocation(Ru.Verifier, []));
        record.Tell(UsRecovery, Theatre.Us, Rotation(record, TestKeys.Of(Theatre.Ru, KeyRole.Recovery)));
    }

    [Fact]
    public void Append_RecoveryKey_SignsNothingButStatementsAboutKeys()
    {
        var record = SignedRecord.Founded();
        record.Say(UsRecovery, Theatre.Us, SignedRecord.Anything).Fault.ShouldBe(RecordFaults.UnknownKey);
        record.Say(UsRecovery, Theatre.Ru, Rotation(record, Ru, Third)).Inert!.Code.ShouldBe("parties.not-its-key");
    }

    [Fact]
    public void Append_EndorsementWithAnyBitChanged_IsRefused()
    {
        var record = SignedRecord.Founded();
        var rotation = Rotation(record, UsRecovery);
        var line = rotation.Endorsements[0];
        var value = Convert.FromBase64String(line[(line.LastIndexOf(' ') + 1)..]);
        for (var bit = 0; bit < 8 * value.Length; bit++)
        {
            var changed = value.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var endorsement = line[..(line.LastIndexOf(' ') + 1)] + Convert.ToBase64String(changed);
            // The first four bytes say which key it is: another key endorses nothing here.
            var expected = bit < 32 ? Missing : Bad;
            record.Say(Us, Theatre.Us, rotation with { Endorsements = [endorsement] }).Inert.ShouldBe(expected, $"bit {bit}");
        }

        record.Tell(Us, Theatre.Us, rotation);
    }

    [Fact]
    public void Append_EndorsementOfAnythingElse_IsRefused()
    {
        var record = SignedRecord.Founded();
        var good = Rotation(record, UsRecovery);
        var other = TestKeys.Of("us other");
        byte[][] texts =
        [
            KeyEndorsement.OfRotation(ContentHash.Of("another record"u8), Theatre.Us, KeyRole.Statement, Us.Verifier, Next.Verifier),
            KeyEndorsement.OfRotation(record.Keys.Record, Theatre.Ru, KeyRole.Statement, Us.Verifier, Next.Verifier),
            KeyEndorsement.OfRotation(record.Keys.Record, Theatre.Us, KeyRole.Recovery, Us.Verifier, Next.Verifier),
            KeyEndorsement.OfRotation(record.Keys.Record, Theatre.Us, KeyRole.Statement, Ru.Verifier, Next.Verifier),
            KeyEndorsement.OfRotation(record.Keys.Record, Theatre.Us, KeyRole.Statement, Us.Verifier, other.Verifier),
            KeyEndorsement.OfRevocation(record.Keys.Record, Theatre.Us, Us.Verifier),
        ];
        foreach (var text in texts)
            record.Say(Us, Theatre.Us, good with { Endorsements = [KeyEndorsement.Sign(text, UsRecovery)] }).Inert.ShouldBe(Bad, Encoding.UTF8.GetString(text));
        record.Say(Us, Theatre.Us, good with { Endorsements = [.. Rotation(record, Third).Endorsements, KeyEndorsement.Sign(texts[1], Ru)] }).Inert.ShouldBe(Bad);
    }

    [Fact]
    public void Append_EndorsementUsedBefore_DoesNotBringAKeyBack()
    {
        var record = SignedRecord.Founded();
        var first = Rotation(record, UsRecovery);
        record.Tell(Us, Theatre.Us, first);
        record.Say(Next, Theatre.Us, first).Inert!.Code.ShouldBe("parties.key-used");
        record.Say(Next, Theatre.Us, TestKeys.Rotation(record.Keys, Theatre.Us, Us, KeyRole.Statement, UsRecovery)).Inert!.Code.ShouldBe("parties.key-used");
        var again = TestKeys.Of("us third");
        record.Say(Next, Theatre.Us, first with { Key = again.Verifier }).Inert.ShouldBe(Bad);
    }

    [Theory]
    [InlineData("ru.test/Statement", "new", "another's name")]
    [InlineData("us.test/Recovery", "new", "the name of the party's other key")]
    [InlineData("log.test/record", "new", "the log's name")]
    [InlineData("fresh", "ru.test/Statement", "another's key under a new name")]
    [InlineData("fresh", "un.test/Witness", "a witness's key as another type")]
    public void Append_KeyOrNameThatIsUsed_IsRefused(string name, string seed, string because)
    {
        var record = SignedRecord.Founded();
        record.Say(Us, Theatre.Us, TestKeys.Rotation(record.Keys, Theatre.Us, TestKeys.Of(seed, name: name), KeyRole.Statement, UsRecovery)).Inert!.Code
            .ShouldBe("parties.key-used", because);
    }

    [Fact]
    public void Append_OfficeAndObserver_RotateAsSignatoriesDo()
    {
        var record = SignedRecord.Founded();
        var (office, observer) = (TestKeys.Of("office next"), TestKeys.Of("un next"));
        record.Tell(Office, Theatre.Office, TestKeys.Rotation(record.Keys, Theatre.Office, office, KeyRole.Statement, TestKeys.Of(Theatre.Office, KeyRole.Recovery)));
        record.Tell(office, record.Text(Theatre.Office, new RecordTime(Theatre.Hour(1))));
        record.Say(TestKeys.Of(Theatre.Observer), Theatre.Observer, TestKeys.Rotation(record.Keys, Theatre.Observer, observer, KeyRole.Statement, Us, Ru))
            .Inert.ShouldBe(Missing);
        record.Tell(TestKeys.Of(Theatre.Observer), Theatre.Observer, TestKeys.Rotation(record.Keys, Theatre.Observer, observer, KeyRole.Statement, Us, Ru, Third));
    }

    [Fact]
    public void Append_OnlySignatory_CannotEndorseForItself()
    {
        var situation = TestRecord.FoundedBy(Theatre.Founding(Theatre.Us) with { Keys = TestKeys.FoundingOf(Theatre.Office, Theatre.Us, Theatre.Observer) }).Latest;
        var rotation = TestKeys.Rotation(situation.Keys, Theatre.Us, Next, KeyRole.Statement);
        var statement = new Statement(new("k"), Theatre.Us, Theatre.Hour(0), ContentHash.Of([]), rotation) { SignedBy = situation.Keys.Find(Us.Verifier) };
        Admit.Decide(situation, statement).ShouldBe(new Admission.Inert("parties.endorsement-missing", "/body/endorsements"));
    }

    [Theory]
    [InlineData("\"no line\"")]
    [InlineData("\"— us AAAA\"")]
    [InlineData("\"— us.test/Recovery AAAAAAA=\\n— us.test/Recovery AAAAAAA=\"")]
    [InlineData("7")]
    public void Read_EndorsementThatIsNoSignatureLine_IsRefused(string endorsement)
    {
        var record = SignedRecord.Founded();
        var body = $$"""{"key":"{{Next.Verifier}}","replaces":"statement","endorsements":[{{endorsement}}]}""";
        record.Say(Us, SignedRecord.Text(Theatre.Us, body, StatementTypes.KeyRotation, "k")).Inert!.Where.ShouldBe("/body/endorsements/0");
    }

    private static KeyRotation Rotation(SignedRecord record, params SigningKey[] endorsers) =>
        TestKeys.Rotation(record.Keys, Theatre.Us, Next, KeyRole.Statement, endorsers);
}
