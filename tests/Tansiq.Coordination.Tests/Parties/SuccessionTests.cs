using System.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Recording;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Parties;

[Trait("Requirement", "PTY-2")]
public sealed class SuccessionTests
{
    private static readonly SigningKey Us = TestKeys.Of(Theatre.Us);
    private static readonly SigningKey Ru = TestKeys.Of(Theatre.Ru);
    private static readonly SigningKey Third = TestKeys.Of(Theatre.Third);
    private static readonly SigningKey OldOffice = TestKeys.Of(Theatre.Office);
    private static readonly SigningKey NewOffice = TestKeys.Of("new office");
    private static readonly Id<Party> New = new("office-2");

    [Fact]
    public void Append_EndorsedByAll_TheNewOfficeSequencesAndTheOldOneNoLonger()
    {
        var record = SignedRecord.Founded();
        record.Tell(NewOffice, New, Endorsed(record, Us, Ru, Third));
        var founding = record.State.Situation.Founding!;
        (founding.Office, founding.OfficeName.In("en")).ShouldBe((New, "The new office"));
        founding.Keys!.Log.ShouldBe(TestKeys.Of("new log").Verifier);
        founding.Keys.ByParty.Keys.ShouldBe([New, Theatre.Ru, Theatre.Third, Theatre.Observer, Theatre.Us]);
        var time = record.Text(New, new RecordTime(Theatre.Hour(1)));
        record.Say(OldOffice, record.Text(Theatre.Office, new RecordTime(Theatre.Hour(1)))).Fault.ShouldBe(RecordFaults.UnknownKey);
        record.Tell(NewOffice, time);
        // The office that the domain asks for is the new one.
        var next = SignedRecord.Domain.TimeText(record.State, Theatre.Hour(2))!.Value;
        StatementReader.Read(next, _ => null, null).Value.Party.ShouldBe(New);
        record.Tell(Us, Theatre.Us, SignedRecord.Anything);
        record.Keys.Of(Theatre.Office, KeyRole.Recovery).ShouldBeNull();
        record.Keys.Of(New, KeyRole.Recovery).ShouldBe(TestKeys.Of("new recovery").Verifier);

        // Who follows by keys alone sees the same.
        var light = new KeysDomain();
        var state = record.Entries.Aggregate(light.Empty, (before, entry) => light.Append(before, entry, light.Read(entry, before, record.Attachment), record.Attachment).State);
        state.Keys.All.ShouldBe(record.Keys.All);
        (state.Founding!.Office, state.InertCount).ShouldBe((New, 0));
    }

    [Fact]
    public void Append_WithoutAnEndorsementOrWithOneOfSomethingElse_IsNoEntryAtAll()
    {
        var record = SignedRecord.Founded();
        var good = Endorsed(record, Us, Ru, Third);
        Fault(Endorsed(record, Us, Ru)).ShouldBe(RecordFaults.UnknownKey);
        Fault(Endorsed(record, Us, Ru, OldOffice)).ShouldBe(RecordFaults.UnknownKey);
        Fault(good with { Size = good.Size + 1 }).ShouldBe(RecordFaults.UnknownKey);
        Fault(good with { Root = ContentHash.Of("another tree"u8) }).ShouldBe(RecordFaults.UnknownKey);
        Fault(good with { Recovery = TestKeys.Of("another").Verifier }).ShouldBe(RecordFaults.UnknownKey);
        Fault(good with { Log = TestKeys.Of("another").Verifier }).ShouldBe(RecordFaults.UnknownKey);
        record.Say(OldOffice, New, good).Fault.ShouldBe(RecordFaults.UnknownKey, "it needs the new office's own key");
        SuccessionText.Verify(record.State.Situation.Founding!, record.Keys, Endorsed(record, Us)).Value.ShouldBe([Theatre.Ru, Theatre.Third]);
        record.Tell(NewOffice, New, good);

        string? Fault(Succession succession) => record.Say(NewOffice, New, succession).Fault;
    }

    [Fact]
    public void Append_AtAnotherPlaceOrTwice_HasNoEffect()
    {
        var record = SignedRecord.Founded();
        var early = Endorsed(record, Us, Ru, Third);
        record.At(1);
        record.Say(NewOffice, New, early).Inert!.Code.ShouldBe("parties.succession-elsewhere");
        record.Tell(NewOffice, New, Endorsed(record, Us, Ru, Third));
        // The same keys can't come back.
        record.Say(NewOffice, New, Endorsed(record, Us, Ru, Third)).Inert!.Code.ShouldBe("parties.key-used");
    }

    [Fact]
    public void Append_SameOfficeIdUnderNewKeys_GoesOn()
    {
        var record = SignedRecord.Founded();
        var draft = Draft(record) with { Office = Theatre.Office };
        record.Tell(NewOffice, Theatre.Office, draft with { Endorsements = Lines(record, draft, Us, Ru, Third) });
        record.Say(OldOffice, record.Text(Theatre.Office, new RecordTime(Theatre.Hour(1)))).Fault.ShouldBe(RecordFaults.UnknownKey);
        record.Tell(NewOffice, record.Text(Theatre.Office, new RecordTime(Theatre.Hour(1))));
    }

    [Fact, Trait("Requirement", "PTY-7")]
    public void Founding_SignedByAll_SaysSo_AndWithoutOneIsNotTaken()
    {
        var text = Encoding.UTF8.GetBytes(SignedRecord.FoundingText());
        var hash = ContentHash.Of(text);
        var lines = new[] { Us, Ru, Third }.Select(key => FoundingSignature.Sign(hash, key)).ToArray();
        Written(lines).Body.ShouldBeOfType<Founding>().IsSignedByAll.ShouldBeTrue();
        Written([]).Body.ShouldBeOfType<Founding>().IsSignedByAll.ShouldBeFalse();
        Refused(lines[..2]).ShouldBe("parties.founding-signature-missing");
        Refused([.. lines[..2], FoundingSignature.Sign(hash, OldOffice)]).ShouldBe("parties.founding-signature-missing");
        Refused([.. lines[..2], FoundingSignature.Sign(ContentHash.Of("another founding"u8), Third)]).ShouldBe("parties.founding-signature-bad");

        var record = SignedRecord.NotFounded();
        record.Attach(Encoding.UTF8.GetString(text));
        record.Tell(OldOffice, Bytes(lines));
        record.State.Situation.Founding!.IsSignedByAll.ShouldBeTrue();

        Statement Written(string[] signatures) => StatementReader.Read(Bytes(signatures), _ => text, null).Value;
        string Refused(string[] signatures) => StatementReader.Read(Bytes(signatures), _ => text, null).Refusal!.Code;
        ReadOnlyMemory<byte> Bytes(string[] signatures) => StatementWriter.Write(
            new("founding"), Theatre.Office, Theatre.Hour(0), FoundingReader.Read(text).Value with { Signatures = [.. signatures] }, hash).Value;
    }

    private static Succession Draft(SignedRecord record) => new(
        TestKeys.Of("new log").Verifier, New, Theatre.Text("The new office"), NewOffice.Verifier, TestKeys.Of("new recovery").Verifier,
        record.State.Situation.Size, ContentHash.Of("a tree"u8), []);

    private static Succession Endorsed(SignedRecord record, params SigningKey[] keys)
    {
        var draft = Draft(record);
        return draft with { Endorsements = Lines(record, draft, keys) };
    }

    private static System.Collections.Immutable.ImmutableArray<string> Lines(SignedRecord record, Succession draft, params SigningKey[] keys) =>
        [.. keys.Select(key => SuccessionText.Endorse(record.Keys.Record, draft, key))];
}
