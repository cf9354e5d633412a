using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sources;
using Tansiq.Storage.Sqlite;
using Tansiq.Storage.Succession;
using Tansiq.Storage.Tests.Logs;

namespace Tansiq.Storage.Tests.Succession;

/// <summary>
/// The office is lost with its disk. Three centres agree how much of the record stands, a new office writes it from the copy of one of them, all follow it, and
/// what was said beyond comes back.
/// </summary>
[Trait("Requirement", "PTY-2")]
public sealed class SuccessionDrillTests : IDisposable
{
    private const string OldOrigin = "office.example/record";
    private const string NewOrigin = "office-2.example/record";
    private static readonly Id<Party>[] Centres = [new("us"), new("ru"), new("tr")];
    private static readonly Id<Party> OldOffice = new("office");
    private static readonly Id<Party> NewOffice = new("office-2");
    private static readonly StatementsDomain Domain = new();
    private readonly TemporaryFolder _folder = new();
    private readonly StandingClock _clock = new(Instant.FromUtc(2016, 7, 15, 9, 0));
    private readonly List<IDisposable> _open = [];

    [Fact]
    public async Task Succession_FromOneCentresCopy_KeepsWhatWasJointAndBringsBackTheRest()
    {
        // Six statements; the first three become joint, the rest only two of the centres have.
        var old = await FoundedAsync();
        var stores = Centres.Select(party => Store($"{party}-old", OldOrigin)).ToArray();
        var followers = await Task.WhenAll(Centres.Select((party, number) => FollowerAsync(stores[number], Key(OldOrigin), WitnessKey(party))));
        foreach (var number in Enumerable.Range(0, 3)) await SayAsync(old.Log, Centres[number], $"first-{number}");
        var joint = await CosignAsync(old.Store, Key(OldOrigin).Verifier, stores, followers);
        foreach (var number in Enumerable.Range(0, 3)) await SayAsync(old.Log, Centres[number], $"second-{number}");
        foreach (var follower in followers[..2]) (await follower.StepAsync(new StoreSource(old.Store, "office"))).ShouldBeOfType<FollowAnswer.Kept>();
        await old.Log.DisposeAsync();
        old.Store.Dispose();

        // From here on the old office answers nothing. What is joint is told by the copies.
        var state = followers[0].State;
        var last = RecordSuccession.LastJoint(stores[0], Key(OldOrigin).Verifier, Cosigners.Of(state.Situation)).Value;
        var (size, root) = (last.Size, last.Root);
        size.ShouldBe(joint);
        stores[0].Size.ShouldBeGreaterThan(size);
        foreach (var store in stores) RecordSuccession.WhyNotEndorse(store, joint, size, root).ShouldBeNull();
        RecordSuccession.WhyNotEndorse(stores[0], joint, size - 1, root)!.Code.ShouldBe(RecordFaults.RolledBack);
        RecordSuccession.WhyNotEndorse(stores[0], joint, size, MerkleHashing.Empty)!.Code.ShouldBe(RecordFaults.SplitView);
        RecordSuccession.WhyNotEndorse(stores[2], joint, stores[0].Size, root)!.Code.ShouldBe(RecordFaults.Missing);

        // The new office's record, from the third centre's copy: it has the least.
        var created = Store("office-new", NewOrigin);
        var all = Succession(state, size, root, Centres);
        RecordSuccession.Write(stores[2], created, Domain, size, root, Entry(NewOffice, Succession(state, size, root, Centres[..2])), Key(NewOrigin)).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
        created.Size.ShouldBe(0);
        RecordSuccession.Write(stores[2], created, Domain, size, root, Entry(NewOffice, all), Key(NewOrigin)).Value.Checkpoint.Size.ShouldBe(size + 1);
        await using var log = (await RecordLog<RecordedState, StatementReading>.OpenAsync(created, Domain, new(Key(NewOrigin), StatementKey(NewOffice), _clock))).Value;

        // Each centre follows it under the new key, holds it against its own copy, and only then cosigns.
        var newStores = Centres.Select(party => Store($"{party}-new", NewOrigin)).ToArray();
        var newFollowers = await Task.WhenAll(Centres.Select((party, number) => AdoptAsync(stores[number], joint, newStores[number], created, size, party)));
        foreach (var number in Enumerable.Range(0, 3))
        {
            var again = RecordSuccession.ToSubmitAgain(stores[0], size, [StatementKey(Centres[number]).Verifier]).ToList();
            again.Count.ShouldBe(1);
            (await log.AppendAsync(again[0].Note.Bytes)).ShouldBeOfType<AppendAnswer.Accepted>().IsRepeated.ShouldBeFalse();
            (await log.AppendAsync(again[0].Note.Bytes)).ShouldBeOfType<AppendAnswer.Accepted>().IsRepeated.ShouldBeTrue();
        }

        // All of it is joint again, each statement once, the same picture everywhere; and the old office's key opens nothing here.
        (await CosignAsync(created, Key(NewOrigin).Verifier, newStores, newFollowers)).ShouldBe(created.Size);
        string[] ids = [.. created.Entries(0, created.Size).Select(IdOf).Where(id => id.StartsWith("first", StringComparison.Ordinal) || id.StartsWith("second", StringComparison.Ordinal))];
        ids.ShouldBe(["first-0", "first-1", "first-2", "second-0", "second-1", "second-2"]);
        newFollowers.Select(follower => Convert.ToHexString(Domain.DigestOf(follower.State).Span)).Distinct().Count().ShouldBe(1);
        newFollowers[0].State.Situation.Founding!.Office.ShouldBe(NewOffice);
        (await Follower<RecordedState, StatementReading>.OpenAsync(newStores[0], Domain, new(Key(OldOrigin).Verifier, _clock))).Fault!.Code.ShouldBe(RecordFaults.OtherOrigin);
    }

    public void Dispose()
    {
        _open.Reverse();
        _open.ForEach(each => each.Dispose());
        _folder.Dispose();
    }

    private async Task<(SqliteRecordStore Store, RecordLog<RecordedState, StatementReading> Log)> FoundedAsync()
    {
        var text = FoundingText();
        var store = SqliteRecordStore.Create(_folder["office-old.sqlite"], OldOrigin).Value;
        RecordFounding.Write(store, text, FoundingReader.Read(text).Value, Key(OldOrigin), StatementKey(OldOffice), _clock.Now).Refusal.ShouldBeNull();
        return (store, (await RecordLog<RecordedState, StatementReading>.OpenAsync(store, Domain, new(Key(OldOrigin), StatementKey(OldOffice), _clock))).Value);
    }

    private async Task<Follower<RecordedState, StatementReading>> AdoptAsync(
        SqliteRecordStore copy, long jointSize, SqliteRecordStore followed, SqliteRecordStore created, long size, Id<Party> party)
    {
        using (var unsigned = await FollowerAsync(followed, Key(NewOrigin), cosigningKey: null))
        {
            (await unsigned.StepAsync(new StoreSource(created, "new office"))).ShouldBeOfType<FollowAnswer.Kept>();
            var named = unsigned.State.Situation.Founding!.Keys!.Log;
            RecordSuccession.WhyNotAdopt(copy, jointSize, followed, size, named, Key(NewOrigin).Verifier).ShouldBeNull();
            RecordSuccession.WhyNotAdopt(copy, jointSize, followed, size, named, Key(OldOrigin).Verifier)!.Code.ShouldBe(RecordFaults.UnknownKey);
        }

        return await FollowerAsync(followed, Key(NewOrigin), WitnessKey(party));
    }

    private static async Task<long> CosignAsync(
        SqliteRecordStore office, VerifierKey logKey, SqliteRecordStore[] stores, Follower<RecordedState, StatementReading>[] followers)
    {
        var notes = new List<ReadOnlyMemory<byte>>();
        foreach (var follower in followers) notes.Add((await follower.StepAsync(new StoreSource(office, "office"))).ShouldBeOfType<FollowAnswer.Kept>().Checkpoint);
        foreach (var (store, follower) in stores.Zip(followers))
        {
            var gathering = new CosignatureGathering(store, logKey);
            foreach (var note in notes) gathering.Take(note, Cosigners.Of(follower.State.Situation)).ShouldBeOfType<GatheredNote.Agrees>();
            gathering.JointSize.ShouldBe(store.Size);
        }

        return stores[0].Size;
    }

    private async Task<Follower<RecordedState, StatementReading>> FollowerAsync(SqliteRecordStore store, SigningKey logKey, SigningKey? cosigningKey)
    {
        var settings = new FollowerSettings<RecordedState>(logKey.Verifier, _clock) { CosigningKey = cosigningKey, Cosigners = state => Cosigners.Of(state.Situation) };
        var follower = (await Follower<RecordedState, StatementReading>.OpenAsync(store, Domain, settings)).Value;
        _open.Add(follower);
        return follower;
    }

    private SqliteRecordStore Store(string name, string origin)
    {
        var store = SqliteRecordStore.Create(_folder[name + ".sqlite"], origin).Value;
        _open.Add(store);
        return store;
    }

    private async Task SayAsync(RecordLog<RecordedState, StatementReading> log, Id<Party> party, string id)
    {
        _clock.Now += Duration.FromSeconds(2);
        (await log.AppendAsync(Entry(party, new Suspension(new SuspensionScope.All()), id))).ShouldBeOfType<AppendAnswer.Accepted>();
    }

    private static Tansiq.Coordination.Parties.Succession Succession(RecordedState state, long size, MerkleHash root, Id<Party>[] endorsers)
    {
        var draft = new Tansiq.Coordination.Parties.Succession(
            Key(NewOrigin).Verifier, NewOffice, state.Situation.Founding!.OfficeName, StatementKey(NewOffice).Verifier, RecoveryKey(NewOffice).Verifier, size, HashOf(root), []);
        return draft with { Endorsements = [.. endorsers.Select(party => SuccessionText.Endorse(state.Situation.Keys.Record, draft, StatementKey(party)))] };
    }

    private static ContentHash HashOf(MerkleHash root)
    {
        var bytes = new byte[MerkleHash.Length];
        root.CopyTo(bytes);
        return ContentHash.Parse(Convert.ToHexStringLower(bytes))!;
    }

    private ReadOnlyMemory<byte> Entry(Id<Party> party, StatementBody body, string id = "succession") =>
        StatementSigning.Sign(StatementWriter.Write(new(id), party, _clock.Now, body).Value, StatementKey(party)).Value;

    private static string IdOf(ReadOnlyMemory<byte> entry)
    {
        using var json = System.Text.Json.JsonDocument.Parse(SignedEntry.Read(entry).Value.Text);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private static byte[] FoundingText()
    {
        static string Party(Id<Party> id) => $$$"""{"id":"{{{id}}}","name":{"en":"{{{id}}}"},"centre":{"en":"A centre"}}""";
        var text = Encoding.UTF8.GetBytes($$$"""
            {"format":"tansiq-scenario/1","id":"drill","kind":"exercise","title":{"en":"Exercise"},"languages":["en"],"zone":"Asia/Damascus",
            "office":{"id":"office","name":{"en":"The office"}},"parties":[{{{string.Join(',', Centres.Select(Party))}}}],
            "actors":[{"id":"us-air","name":{"en":"us-air"},"kind":"air","party":"us"}],"purposes":[{"id":"transport","category":"non-combat","name":{"en":"Transport"}}],
            "heights":{"geoidMetres":[14,28],"groundMetres":[-220,2814],"pressureSurfaceMetres":[-220,220],"layerStretchPerMille":[-60,110]},
            "operationFloorRadiusMetres":5000}
            """);
        var holders = Centres.ToDictionary(party => party, party => new StartingKeys(StatementKey(party).Verifier, WitnessKey(party).Verifier, RecoveryKey(party).Verifier));
        holders[OldOffice] = new(StatementKey(OldOffice).Verifier, Witness: null, RecoveryKey(OldOffice).Verifier);
        var keys = new FoundingKeys(Key(OldOrigin).Verifier, System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(holders));
        return FoundingKeysWriter.Write(text, keys).Value.ToArray();
    }

    private static SigningKey StatementKey(Id<Party> party) => Key(party + ".example");

    private static SigningKey RecoveryKey(Id<Party> party) => Key(party + ".example/recovery");

    private static SigningKey WitnessKey(Id<Party> party) => Key(party + ".example/witness", SignatureType.Cosignature);

    private static SigningKey Key(string name, SignatureType type = SignatureType.Ed25519) => SigningKey.FromSeed(name, type, SHA256.HashData(Encoding.UTF8.GetBytes(name))).Value;
}
