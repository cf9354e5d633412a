using System.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Recording;

[Trait("Requirement", "REC-7")]
public sealed class StatementsDomainTests
{
    private static readonly SigningKey Us = TestKeys.Of(Theatre.Us);
    private static readonly SigningKey Office = TestKeys.Of(Theatre.Office);

    [Fact]
    [Trait("Requirement", "PTY-7")]
    public void KeyOf_FirstEntry_IsTheKeyThatItsFoundingNamesForTheOffice()
    {
        var record = SignedRecord.NotFounded();
        var founding = record.Founding(SignedRecord.FoundingText());
        record.KeyOf(SignedRecord.Signed(founding, Office)).Value.ShouldBe(Office.Verifier);
        foreach (var key in new[] { Us, TestKeys.Of(Theatre.Office, KeyRole.Recovery), TestKeys.Log, TestKeys.Of("nobody") })
            record.KeyOf(SignedRecord.Signed(founding, key)).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
        record.KeyOf(SignedRecord.Signed(record.Text(Theatre.Office, new RecordTime(Theatre.Hour(0))), Office)).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
    }

    [Fact]
    [Trait("Requirement", "PTY-7")]
    public void KeyOf_FoundingWithoutKeysOrNotHeld_IsAFaultOfItsOwn()
    {
        var record = SignedRecord.NotFounded();
        record.KeyOf(SignedRecord.Signed(record.Founding(SignedRecord.FoundingText(hasKeys: false)), Office)).Fault!.Code.ShouldBe("record.no-keys");
        var text = SignedRecord.Text(Theatre.Office, $$"""{"founding":"{{new string('0', 64)}}"}""", StatementTypes.Founding, "f");
        record.KeyOf(SignedRecord.Signed(text, Office)).Fault!.Code.ShouldBe(RecordFaults.AttachmentMissing);
    }

    [Fact]
    public void Append_StatementInAnothersName_IsInert()
    {
        var record = SignedRecord.Founded();
        record.Say(Us, Theatre.Ru, SignedRecord.Anything).Inert.ShouldBe(new("parties.not-its-key", "/party", IsRefused: true));
        record.State.Situation.Suspensions.ShouldBeEmpty();
    }

    [Fact]
    public void Append_UnknownType_IsKeptAndNotRefused()
    {
        var record = SignedRecord.Founded();
        record.Say(Us, SignedRecord.Text(Theatre.Us, "{}", "incidents.allegation", "a")).Inert.ShouldBe(new("record.unknown-type", "/type", IsRefused: false));
        record.Say(Us, SignedRecord.Text(Theatre.Ru, "{}", "incidents.allegation", "a")).Inert!.Code.ShouldBe("parties.not-its-key");
    }

    [Theory]
    [InlineData("hello\n", "json.malformed", "line 1 byte 1")]
    [InlineData("{}\n", "json.missing", "/type")]
    [InlineData("""{"type":"flights.consent","id":"c","party":"us","made":"2016-07-15T09:00:00Z","body":{}}""" + "\n", "json.missing", "/body/cites")]
    public void Append_TextThatIsNoStatement_IsInertWithItsRefusal(string text, string code, string where)
    {
        var record = SignedRecord.Founded();
        record.Say(Us, Encoding.UTF8.GetBytes(text)).Inert.ShouldBe(new(code, where, IsRefused: true));
        record.Tell(Us, Theatre.Us, SignedRecord.Anything);
    }

    [Fact]
    public void Append_AgreementReadBeforeTheFoundingWasKnown_IsAdmitted()
    {
        var record = SignedRecord.Founded();
        record.Tell(Us, record.Agreement("2016-07-21T00:00:00Z", "2016-07-22T00:00:00Z"));
        record.State.Situation.Agreements.Count.ShouldBe(1);
    }

    [Fact]
    public void IdentityOf_SamePartyAndId_IsTheSameAndOtherwiseAnother()
    {
        var record = SignedRecord.NotFounded();
        UInt128? Identity(string party, string id) =>
            SignedRecord.Domain.IdentityOf(SignedRecord.Domain.Read(SignedRecord.Signed(SignedRecord.Text(new(party), "{}", "x", id), Us), record.State, record.Attachment));
        Identity("us", "a").ShouldBe(Identity("us", "a"));
        new[] { Identity("us", "a"), Identity("usa", "a"), Identity("us", "aa"), Identity("u", "sa") }.Distinct().Count().ShouldBe(4);
        // SHA-256 of "us", a zero byte and "a", as anybody can reckon it.
        Identity("us", "a").ShouldBe(UInt128.Parse("ac54307eb255b4ba1cfe0cc41e37c52f", System.Globalization.NumberStyles.HexNumber, null));
    }

    [Fact]
    public void AttachmentsOf_ProposalFoundingAndMap_AreThoseThatTheyName()
    {
        var record = SignedRecord.NotFounded();
        var (first, second) = (AttachmentHash.Of("1"u8), AttachmentHash.Of("2"u8));
        IReadOnlyList<AttachmentHash> Of(string type) => SignedRecord.Domain.AttachmentsOf(SignedRecord.Domain.Read(
            SignedRecord.Signed(
                SignedRecord.Text(Theatre.Us, $$"""{"founding":"{{first.Hex}}","agreement":"{{first.Hex}}","areas":"{{second.Hex}}","map":"{{second.Hex}}"}""", type, "a"), Us),
            record.State,
            record.Attachment));
        Of(StatementTypes.Founding).ShouldBe([first]);
        Of(StatementTypes.AgreementProposal).ShouldBe([first, second]);
        Of(StatementTypes.ControlMapProposal).ShouldBe([second]);
        Of(StatementTypes.Consent).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "REC-4")]
    public void Append_AfterAStateThatWasGivenUp_IsAsIfThatHadNotBeen()
    {
        var (record, other) = (SignedRecord.Founded(), SignedRecord.Founded());
        var (entries, size) = (record.Entries.Count, record.State.Situation.Size);
        var before = record.State;
        foreach (var each in new[] { record, other }) each.Tell(Us, Notice(each, 1));
        // The same state is appended to again, as after a batch that was not committed.
        var lost = SignedRecord.Signed(Notice(record, 2), Us);
        var (given, inert) = SignedRecord.Domain.Append(before, lost, SignedRecord.Domain.Read(lost, before, record.Attachment), record.Attachment);
        inert.ShouldBeNull();
        given.Situation.Notices.Count.ShouldBe(1);
        var rest = Enumerable.Range(3, 3).Select(number => SignedRecord.Signed(Notice(record, number), Us)).ToList();
        foreach (var entry in rest)
        {
            record.Append(entry).ShouldBe((null, null));
            var (next, _) = SignedRecord.Domain.Append(given, entry, SignedRecord.Domain.Read(entry, given, record.Attachment), record.Attachment);
            given = next;
            given.Digest.ShouldNotBe(record.State.Digest);
            other.Append(entry).ShouldBe((null, null));
            SignedRecord.Domain.DigestOf(record.State).ToArray().ShouldBe(SignedRecord.Domain.DigestOf(other.State).ToArray());
        }

        given.Situation.Notices.Count.ShouldBe(4);
        for (var known = 0; known <= size; known++) given.KnownAt(known).Size.ShouldBe(known);
        given.KnownAt(size).Notices.ShouldBeEmpty();
        given.KnownAt(size + 2).Notices.Count.ShouldBe(2);
        given.KnownAt(Theatre.Hour(0)).Size.ShouldBe(size + 4);
        given.KnownAt(Theatre.Hour(-1)).Size.ShouldBe(0);
        given.History.DigestAt(size).ShouldBe(before.Digest);
        record.State.KnownAt(entries + 1).Notices.Count.ShouldBe(1);
    }

    [Fact]
    public void Append_RefusedEntriesThatAreGivenUp_LeaveTheHistoryAsItWas()
    {
        var record = SignedRecord.Founded();
        var history = record.State.History;
        for (var time = 0; time < 3; time++)
        {
            var refused = SignedRecord.Signed(record.Text(Theatre.Ru, SignedRecord.Anything), Us);
            SignedRecord.Domain.Append(record.State, refused, SignedRecord.Domain.Read(refused, record.State, record.Attachment), record.Attachment).Inert.ShouldNotBeNull();
            record.Tell(Us, Theatre.Us, SignedRecord.Anything);
        }

        record.State.History.ShouldBeSameAs(history);
        record.State.Situation.Size.ShouldBe(5);
        for (var index = 0; index < 5; index++) history.AdmissionOf(index).ShouldBe(Admission.Admitted.Value);
        history.LatestDigest.ShouldBe(record.State.Digest);
    }

    private static ReadOnlyMemory<byte> Notice(SignedRecord record, int column) =>
        record.Text(Theatre.Us, Draft.Flight(Draft.On(column, 0)));
}
