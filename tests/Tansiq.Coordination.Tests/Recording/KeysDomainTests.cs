using System.Text;
using CsCheck;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Coordination.Tests.Statements;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Recording;

/// <summary>The light domain beside the full one.</summary>
[Trait("Requirement", "PTY-7")]
public sealed class KeysDomainTests
{
    private static readonly KeysDomain Light = new();
    private static readonly Id<Party>[] Parties = [Theatre.Us, Theatre.Ru, Theatre.Third, Theatre.Observer, Theatre.Office];

    /// <summary>One thing said on a random record: what, by whose key, in whose name, and three numbers for the rest.</summary>
    private static readonly Gen<(int What, int Signer, int Party, int First, int Second, int Third)[]> Sayings =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 14], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9]).Array[1, 40];

    [Fact]
    [Trait("Requirement", "REC-7")]
    public void KeyOf_RandomRecords_IsThatOfTheFullDomainAtEveryPlace()
    {
        var appended = 0;
        var changed = 0;
        Sayings.Sample(
            sayings =>
            {
                var record = SignedRecord.Founded();
                var state = record.Entries.Aggregate(Light.Empty, (before, entry) => Light.Append(before, entry, Read(record, entry), record.Attachment).State);
                foreach (var saying in sayings)
                {
                    var entry = EntryOf(record, saying);
                    var (full, light) = (SignedRecord.Domain.Read(entry, record.State, record.Attachment), Read(record, entry));
                    Light.IdentityOf(light).ShouldBe(SignedRecord.Domain.IdentityOf(full));
                    Light.AttachmentsOf(light).ShouldBe(SignedRecord.Domain.AttachmentsOf(full));
                    var key = Light.KeyOf(state, light, entry.Signature);
                    var expected = SignedRecord.Domain.KeyOf(record.State, full, entry.Signature);
                    key.Fault.ShouldBe(expected.Fault);
                    if (!key.TryGet(out var found, out _)) continue;
                    found.ShouldBe(expected.Value);
                    if (!found.Verifies(entry.Text.Span, entry.Signature.Bytes.Span)) continue;
                    record.Append(entry);
                    var before = state;
                    state = Light.Append(state, entry, light, record.Attachment).State;
                    Interlocked.Increment(ref appended);
                    if (!ReferenceEquals(before.Keys, state.Keys)) Interlocked.Increment(ref changed);
                    state.Keys.All.ShouldBe(record.Keys.All);
                    Light.TimeOf(state).ShouldBe(SignedRecord.Domain.TimeOf(record.State));
                    state.Size.ShouldBe(record.State.Situation.Size);
                }
            },
            iter: 200);
        // The comparison would be worth little if hardly anything of it had effect.
        appended.ShouldBeGreaterThan(1_000);
        changed.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Scan_AnyTextThatTheReaderTakes_SaysWhatItSays() => RandomStatements.Draft.Sample(
        draft =>
        {
            if (!StatementWriter.Write(draft.Id, draft.Party, draft.Made, draft.Body).TryGet(out var text, out _)) return;
            var envelope = StatementEnvelope.Scan(text.Span);
            (envelope.Party, envelope.Id).ShouldBe((draft.Party.Value, draft.Id.Value));
            StatementTypes.All.ShouldContain(envelope.Type);
        },
        iter: 500);

    [Fact]
    public void Scan_MutatedText_NeverThrowsAndAgreesWithTheReader() => Gen.Select(RandomStatements.Draft, Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 2]).Sample(
        sample =>
        {
            var (draft, at, value, kind) = sample;
            if (!StatementWriter.Write(draft.Id, draft.Party, draft.Made, draft.Body).TryGet(out var text, out _)) return;
            var bytes = text.ToArray();
            var index = at % Math.Min(bytes.Length, 300);
            byte[] mutated = kind switch
            {
                0 => [.. bytes[..index], value, .. bytes[(index + 1)..]],
                1 => [.. bytes[..index], .. bytes[(index + 1)..]],
                _ => [.. bytes[..index], (byte)"0-9e\"{}[],:."[value % 12], .. bytes[index..]],
            };
            var envelope = StatementEnvelope.Scan(mutated);
            if (StatementReader.Read(mutated, _ => null, null).TryGet(out var statement, out _))
                (envelope.Party, envelope.Id).ShouldBe((statement.Party.Value, statement.Id.Value));
        },
        iter: 5_000);

    [Theory]
    [InlineData("""{"type":"x","id":"a","id":"b","party":"us","body":{}}""", "")]
    [InlineData("""{"body":{"id":"c","type":"y"},"made":[{}],"party":"us","type":"x","id":"a"}""", "a")]
    [InlineData("""{"type":"x","party":"us","body":{"id":"c"}}""", "")]
    [InlineData("""{"type":"","id":"a","party":"us","body":{}}""", "")]
    [InlineData("""{"\u0074ype":"x","i\u0064":"a\u0062","party":"us","body":{"id":"c"}}""", "ab")]
    [InlineData("""{"type":"x","id":"\ud800","party":"us","body":{}}""", "")]
    [InlineData("""{"type":"x","id":["a"],"party":"us","body":{}}""", "")]
    [InlineData("""["type"]""", "")]
    public void Scan_OddTexts_HaveAnIdentityOnlyWhereItIsPlain(string text, string id)
    {
        var envelope = StatementEnvelope.Scan(Encoding.UTF8.GetBytes(text + "\n"));
        envelope.Id.ShouldBe(id);
        envelope.Identity().HasValue.ShouldBe(id.Length > 0);
    }

    [Fact]
    public void Append_ManyTypes_CountsThemAndWhatIsInertByKeysAlone()
    {
        var record = SignedRecord.Founded();
        var us = TestKeys.Of(Theatre.Us);
        record.Tell(us, Theatre.Us, SignedRecord.Anything);
        record.Say(us, Theatre.Ru, SignedRecord.Anything);
        record.Say(us, SignedRecord.Text(Theatre.Us, "{}", "incidents.allegation", "a"));
        record.Say(us, Encoding.UTF8.GetBytes("hello\n"));
        record.Say(us, Theatre.Us, new Consent(ContentHash.Of([])));
        var state = Light.Empty;
        var inert = new List<Inert?>();
        foreach (var entry in record.Entries)
        {
            var judged = Light.Append(state, entry, Read(record, entry), record.Attachment);
            state = judged.State;
            inert.Add(judged.Inert);
        }

        inert.ShouldBe([
            null, null, null, new("parties.not-its-key", "/party", IsRefused: true), new("record.unknown-type", "/type", IsRefused: false),
            new("json.malformed", "line 1 byte 1", IsRefused: true), null]);
        state.InertCount.ShouldBe(3);
        state.CountsByType().ShouldBe([
            new(StatementTypes.Suspension, 2), new(StatementTypes.Consent, 1), new(StatementTypes.Founding, 1), new(StatementTypes.RecordTime, 1)], ignoreOrder: true);
        state.CountOfUnknownTypes.ShouldBe(2);
        Light.DigestOf(state).Length.ShouldBe(32);
    }

    [Fact]
    public void Counts_OfTypes_HaveRoomForAllAndForUnknownOnes() => KeysState.Counts.Length.ShouldBe(StatementTypes.All.Length + 1);

    private static StatementReading Read(SignedRecord record, SignedEntry entry) => Light.Read(entry, Light.Empty, record.Attachment);

    private static SignedEntry EntryOf(SignedRecord record, (int What, int Signer, int Party, int First, int Second, int Third) saying)
    {
        var party = Parties[saying.Signer % Parties.Length];
        var role = saying.Signer < 10 ? KeyRole.Statement : KeyRole.Recovery;
        // Mostly the newest key of the party, sometimes its first, which it may no longer hold.
        var key = saying.Third < 8 ? Newest(record, party, role) : TestKeys.Of(party, role);
        var author = saying.Party < 8 ? party : Parties[saying.First % Parties.Length];
        var other = Parties[saying.Second % Parties.Length];
        ReadOnlyMemory<byte> text = saying.What switch
        {
            < 5 => record.Text(author, RotationOf(record, author, saying.First, saying.Second)),
            5 or 6 => record.Text(author, TestKeys.Revocation(
                record.Keys,
                other,
                Newest(record, other, (KeyRole)(saying.First % 3)).Verifier,
                Newest(record, Theatre.Ru, KeyRole.Statement),
                Newest(record, Theatre.Third, KeyRole.Statement))),
            7 => record.Text(Theatre.Office, new RecordTime(Theatre.Hour(saying.First - saying.Second))),
            8 => record.Founding(SignedRecord.FoundingText()),
            9 => SignedRecord.Text(author, "{}", "incidents.allegation", FormattableString.Invariant($"u{record.Entries.Count}")),
            10 => SignedRecord.Text(author, """{"key":7}""", StatementTypes.KeyRotation, FormattableString.Invariant($"m{record.Entries.Count}")),
            _ => record.Text(author, SignedRecord.Anything),
        };
        return SignedRecord.Signed(text, key);
    }

    private static KeyRotation RotationOf(SignedRecord record, Id<Party> party, int first, int second)
    {
        var role = first == 0 && party != Theatre.Office ? KeyRole.Witness : first < 3 ? KeyRole.Recovery : KeyRole.Statement;
        var key = TestKeys.Of(Called(party, role, record.Keys.All.Count(held => held.Party == party && held.Role == role)), role);
        SigningKey[] endorsers = second < 6
            ? [Newest(record, party, KeyRole.Recovery)]
            : [.. new[] { Theatre.Us, Theatre.Ru, Theatre.Third }.Where(other => other != party).Select(other => Newest(record, other, KeyRole.Statement))];
        return TestKeys.Rotation(record.Keys, party, key, role, endorsers);
    }

    /// <summary>The last key that a party had for something; its name says which it is.</summary>
    private static SigningKey Newest(SignedRecord record, Id<Party> party, KeyRole role)
    {
        var count = record.Keys.All.Count(held => held.Party == party && held.Role == role);
        return count <= 1 ? TestKeys.Of(party, role) : TestKeys.Of(Called(party, role, count - 1), role);
    }

    private static string Called(Id<Party> party, KeyRole role, int number) => FormattableString.Invariant($"{party}.test/{role}/{number}");
}
