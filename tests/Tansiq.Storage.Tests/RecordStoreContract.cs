using CsCheck;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Tests;

/// <summary>What each kind of store has to do. A kind of store derives from it and says how it is made and opened.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-4")]
public abstract class RecordStoreContract : IDisposable
{
    private const string Origin = "log.example";
    private static readonly SigningKey LogKey = ToyDomain.Key(Origin);
    private static readonly Gen<(byte[] Bytes, UInt128? Identity)> AnyEntry =
        Gen.Select(Gen.Byte.Array[1, 600], Gen.ULong, Gen.Bool, (bytes, number, hasIdentity) => (bytes, hasIdentity ? (UInt128?)new UInt128(number, ~number) : null));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Commit_AnyBatches_AllIsThereAfterOpeningAgain() =>
        AnyEntry.Array[0, 300].Array[1, 6].Sample(
            batches =>
            {
                using var folder = new TemporaryFolder();
                using (var store = Make(folder))
                {
                    var growing = new GrowingStore(store, LogKey);
                    foreach (var batch in batches) growing.Append(batch);
                    ShouldHold(store, [.. batches.SelectMany(batch => batch)]);
                }

                using var again = Open(folder);
                ShouldHold(again, [.. batches.SelectMany(batch => batch)]);
            },
            iter: 20);

    [Fact]
    public void Dispose_BeforeCommit_LeavesNoTrace()
    {
        using var store = Make(_folder);
        var growing = new GrowingStore(store, LogKey);
        growing.Append((Bytes(1), 1));
        using (var transaction = store.Begin())
        {
            transaction.Add(Bytes(2), 2);
            transaction.Put(0, 0, new byte[64]);
            transaction.Added().Select(entry => entry.ToArray()).ShouldBe([Bytes(2)]);
            store.Size.ShouldBe(1);
        }

        ShouldHold(store, [(Bytes(1), 1)]);
        growing.Append((Bytes(3), null));
        ShouldHold(store, [(Bytes(1), 1), (Bytes(3), null)]);
    }

    [Fact]
    public void Commit_WithoutCheckpointOverAllEntries_IsABugOfTheCaller()
    {
        using var store = Make(_folder);
        using (var transaction = store.Begin())
        {
            transaction.Add(Bytes(1), 1);
            Should.Throw<InvalidOperationException>(transaction.Commit);
            transaction.Put(SignedCheckpoint.Sign(new(Origin, 2, MerkleHashing.Empty), LogKey).Note.Bytes);
            Should.Throw<InvalidOperationException>(transaction.Commit);
        }

        store.Size.ShouldBe(0);
        store.Checkpoint.ShouldBeNull();
    }

    [Fact]
    public void Add_LargestEntry_IsTakenAndOneByteMoreIsNot()
    {
        using var store = Make(_folder);
        new GrowingStore(store, LogKey).Append((new byte[EntryBundle.MaximumEntryBytes], null));
        store.Entries(0, 1).Single().Length.ShouldBe(EntryBundle.MaximumEntryBytes);
        using var transaction = store.Begin();
        Should.Throw<ArgumentOutOfRangeException>(() => transaction.Add(new byte[EntryBundle.MaximumEntryBytes + 1], null));
    }

    [Fact]
    public void Tile_BeyondTheRecord_IsNotThere()
    {
        using var store = Make(_folder);
        new GrowingStore(store, LogKey).Append([.. Enumerable.Range(0, 300).Select(number => (Bytes(number), (UInt128?)null))]);
        store.Tile(Tile.Hashes(0, 1, 44)).ShouldNotBeNull();
        store.Tile(Tile.Hashes(0, 1, 45)).ShouldBeNull();
        store.Tile(Tile.Hashes(1, 0, 1)).ShouldNotBeNull();
        store.Tile(Tile.Hashes(1, 0, 2)).ShouldBeNull();
        store.Tile(Tile.Entries(1, 44)).ShouldNotBeNull();
        store.Tile(Tile.Entries(1, 45)).ShouldBeNull();
        store.Tile(Tile.Entries(long.MaxValue / 256, 256)).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => store.Entries(0, 301));
    }

    [Fact]
    [Trait("Requirement", "REC-2")]
    public void KeepCosigned_NewestAndEarlier_EachStaysWhereItBelongs()
    {
        using var store = Make(_folder);
        var growing = new GrowingStore(store, LogKey);
        var first = Cosigned(growing.Append((Bytes(1), 1)));
        var secondSigned = growing.Append((Bytes(2), 2));
        store.KeepCosigned(first, isJoint: true);
        ShouldBeBytes(store.JointCheckpoint, first);
        ShouldBeBytes(store.Checkpoint, secondSigned.Note.Bytes);
        var second = Cosigned(secondSigned);
        store.KeepCosigned(second, isJoint: false);
        ShouldBeBytes(store.Checkpoint, second);
        ShouldBeBytes(store.JointCheckpoint, first);
        store.KeepCosigned(second, isJoint: true);
        store.KeepCosigned(first, isJoint: true);
        ShouldBeBytes(store.JointCheckpoint, second);
        var third = growing.Append((Bytes(3), 3));
        ShouldBeBytes(store.Checkpoint, third.Note.Bytes);
        store.Dispose();
        using var again = Open(_folder);
        ShouldBeBytes(again.Checkpoint, third.Note.Bytes);
        ShouldBeBytes(again.JointCheckpoint, second);
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public void Witness_WithEntries_RememberedWithThemOrNotAtAll()
    {
        using var store = Make(_folder);
        var growing = new GrowingStore(store, LogKey);
        var note = growing.Append((Bytes(1), 1)).Note.Bytes;
        using (var given = store.Begin())
        {
            given.Add(Bytes(2), 2);
            given.Witness(Origin, note);
        }

        store.Witnessed(Origin).ShouldBeNull();
        using (var kept = store.Begin())
        {
            kept.Witness(Origin, note);
            kept.Put(note);
            store.Witnessed(Origin).ShouldBeNull();
            kept.Commit();
        }

        ShouldBeBytes(store.Witnessed(Origin), note);
        store.TryWitness(Origin, Bytes(9), Bytes(3)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task TryWitness_ManyAtOnceFromOneMemory_OneIsKept()
    {
        using var store = Make(_folder);
        store.TryWitness(Origin, Bytes(9), Bytes(1)).ShouldBeFalse();
        for (var round = 0; round < 10; round++)
        {
            var expected = store.Witnessed(Origin);
            var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(racer => Task.Run(() => store.TryWitness(Origin, expected, Bytes(10 * round + racer)))));
            kept.Count(isKept => isKept).ShouldBe(1);
            ShouldBeBytes(store.Witnessed(Origin), Bytes(10 * round + Array.IndexOf(kept, value: true)));
        }

        store.Witnessed("other.example").ShouldBeNull();
    }

    [Fact]
    public void AddAttachment_SameAgain_IsThereOnceAndInOrder()
    {
        using var store = Make(_folder);
        var hashes = Enumerable.Range(0, 20).Select(number => store.AddAttachment(Bytes(number))).ToArray();
        store.AddAttachment(Bytes(3)).ShouldBe(hashes[3]);
        store.AddAttachment(ReadOnlyMemory<byte>.Empty).ShouldBe(AttachmentHash.Of([]));
        store.Attachments().Select(hash => hash.Hex).ShouldBe(hashes.Append(AttachmentHash.Of([])).Select(hash => hash.Hex).Order(StringComparer.Ordinal));
        ShouldBeBytes(store.Attachment(hashes[3]), Bytes(3));
        store.Attachment(AttachmentHash.Of([])).ShouldNotBeNull().Length.ShouldBe(0);
        store.Attachment(AttachmentHash.Of("nothing"u8)).ShouldBeNull();
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public void KeepEvidence_SameAgain_IsThereOnceAndWhole()
    {
        using var store = Make(_folder);
        var forked = new Evidence(new(RecordFaults.SplitView, "size 3", "root a", "root b"), new Dictionary<string, ReadOnlyMemory<byte>> { ["ours"] = Bytes(1), ["theirs"] = Bytes(2) });
        var flipped = new Evidence(forked.Fault with { Code = RecordFaults.EntryRewritten }, new Dictionary<string, ReadOnlyMemory<byte>> { ["entry"] = Bytes(3) });
        foreach (var evidence in (Evidence[])[forked, flipped, forked]) store.KeepEvidence(evidence);
        store.Dispose();
        using var again = Open(_folder);
        again.AllEvidence().Select(each => each.Fault).ShouldBe([forked.Fault, flipped.Fault]);
        again.AllEvidence()[0].Files.ToDictionary(file => file.Key, file => Convert.ToHexString(file.Value.Span))
            .ShouldBe(forked.Files.ToDictionary(file => file.Key, file => Convert.ToHexString(file.Value.Span)), ignoreOrder: true);
    }

    [Fact]
    public async Task Reading_WhileOneWrites_SeesCommittedStatesOnly()
    {
        using var store = Make(_folder);
        using var reading = OpenReading(_folder);
        var writing = Task.Run(() =>
        {
            var growing = new GrowingStore(store, LogKey);
            for (var batch = 0; batch < 40; batch++) growing.Append([.. Enumerable.Range(0, 13).Select(number => (Bytes(13 * batch + number), (UInt128?)null))]);
        });
        while (!writing.IsCompleted)
        {
            if (reading.Checkpoint is not { } note) continue;
            var seen = SignedCheckpoint.Open(note, LogKey.Verifier).Value.Checkpoint;
            NaiveTree.Root(reading.Entries(0, seen.Size)).ShouldBe(seen.Root);
            TreeEdge.Load(seen.Size, reading.Tile).Value.Root().ShouldBe(seen.Root);
        }

        await writing;
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string TheOrigin => Origin;

    protected abstract IRecordStore Make(TemporaryFolder folder);

    protected abstract IRecordStore Open(TemporaryFolder folder);

    protected abstract IRecordStore OpenReading(TemporaryFolder folder);

    private static void ShouldHold(IRecordStore store, (byte[] Bytes, UInt128? Identity)[] entries)
    {
        store.Origin.ShouldBe(Origin);
        store.Size.ShouldBe(entries.Length);
        store.Entries(0, entries.Length).Select(entry => Convert.ToHexString(entry.Span)).ShouldBe(entries.Select(entry => Convert.ToHexString(entry.Bytes)));
        store.Identities(0, entries.Length).ShouldBe(entries.Select(entry => entry.Identity));
        var checkpoint = SignedCheckpoint.Open(store.Checkpoint.ShouldNotBeNull(), LogKey.Verifier).Value.Checkpoint;
        checkpoint.ShouldBe(new(Origin, entries.Length, NaiveTree.Root(entries.Select(entry => (ReadOnlyMemory<byte>)entry.Bytes))));

        // Also the tree of each smaller size comes out of the tiles of this one.
        for (var size = 1; size <= entries.Length; size += Math.Max(1, entries.Length / 7))
        {
            TreeEdge.Load(size, store.Tile).Value.Root().ShouldBe(NaiveTree.Root(entries.Take(size).Select(entry => (ReadOnlyMemory<byte>)entry.Bytes)));
            var (index, width) = ((size - 1) / Tile.FullWidth, (size - 1) % Tile.FullWidth + 1);
            var bundle = EntryBundle.Read(store.Tile(Tile.Entries(index, width)).ShouldNotBeNull(), width).Value;
            Convert.ToHexString(bundle[^1].Span).ShouldBe(Convert.ToHexString(entries[size - 1].Bytes));
        }
    }

    private static ReadOnlyMemory<byte> Cosigned(SignedCheckpoint signed)
    {
        var witness = ToyDomain.Key("witness.example", SignatureType.Cosignature);
        var text = signed.Note.Text.Span;
        return SignedNote.Of(text, signed.Note.Signatures[0], witness.Cosign(text, Instant.FromUnixTimeSeconds(1_468_575_000))).Bytes;
    }

    private static void ShouldBeBytes(ReadOnlyMemory<byte>? actual, ReadOnlyMemory<byte> expected) =>
        Convert.ToHexString(actual.ShouldNotBeNull().Span).ShouldBe(Convert.ToHexString(expected.Span));

    private static byte[] Bytes(int number) => [.. BitConverter.GetBytes(number), .. Enumerable.Repeat((byte)(number % 251), number % 50)];
}
