using CsCheck;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Following;

namespace Tansiq.Storage.Tests.Following;

[Trait("Requirement", "REC-3")]
public sealed class RecordVerificationTests
{
    private const long HashesAlone = long.MaxValue;
    private static readonly SigningKey Witness = ToyDomain.Key("ru.centre.example", SignatureType.Cosignature);

    [Theory]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_500)]
    public async Task RunAsync_HonestRecord_AllHolds(int size)
    {
        using var log = ToyLog.WithEntries(size);
        using var folder = new RecordFolder(log.Store);

        var findings = await VerifyAsync(folder.Source);

        findings.Broken.ShouldBeNull();
        findings.Counts.Until.ShouldBe(size);
        findings.Counts.SignaturesVerified.ShouldBe(size);
        findings.State.Said.ShouldBe(size);
        findings.LastTime.ShouldBe(ToyLog.Start);
        findings.Digest.ToArray().ShouldBe(findings.State.Digest.ToArray());
    }

    [Fact]
    public async Task RunAsync_TreeOfThreeLevels_EachTileIsLookedAt()
    {
        using var log = ToyLog.WithEntries(66_000);
        using var folder = new RecordFolder(log.Store);
        (await VerifyAsync(folder.Source, HashesAlone)).Holds.ShouldBeTrue();

        // Each level has a full tile or its edge; what stands above names what lies below.
        await ShouldBeRewrittenAsync(folder, Tile.Hashes(0, 17), 17 * 256);
        await ShouldBeRewrittenAsync(folder, Tile.Hashes(1, 0), 0);
        await ShouldBeRewrittenAsync(folder, Tile.Hashes(0, 257, 66_000 % 256), 257 * 256);
        await ShouldBeRewrittenAsync(folder, Tile.Hashes(1, 1, 1), 65_536);
        await ShouldBeRewrittenAsync(folder, Tile.Hashes(2, 0, 1), 0);
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task RunAsync_FlippedBitInAnEntry_NamedWithTheEntryBeforeWhichAllHolds()
    {
        using var log = ToyLog.WithEntries(1_000);
        foreach (var (bundle, index) in new[] { (Tile.Entries(1), 256), (Tile.Entries(3, 1_000 - 768), 768) })
        {
            using var folder = new RecordFolder(log.Store);
            folder.Flip(bundle.Path(), 20);

            var broken = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();

            broken.Fault.Code.ShouldBe(RecordFaults.EntryRewritten);
            broken.Fault.Where.ShouldBe($"entry {index}");
            broken.HoldsUntil.ShouldBe(index);
            broken.Evidence.Files[EvidenceNames.Entry(index)].ToArray().ShouldBe(EntryBundle.Read(File.ReadAllBytes(folder.File(bundle)), bundle.Width).Value[0].ToArray());
            EvidenceLeadsToTheRoot(broken.Evidence, index).ShouldBeTrue();
        }
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task RunAsync_EntryRewrittenWithItsTile_TheTileIsNamed()
    {
        using var log = ToyLog.WithEntries(1_000);
        using var folder = new RecordFolder(log.Store);
        folder.Flip(Tile.Entries(2).Path(), 20);
        var entry = EntryBundle.Read(File.ReadAllBytes(folder.File(Tile.Entries(2))), 256).Value[0];
        var hashes = File.ReadAllBytes(folder.File(Tile.Hashes(0, 2)));
        MerkleHashing.Leaf(entry.Span).CopyTo(hashes);
        File.WriteAllBytes(folder.File(Tile.Hashes(0, 2)), hashes);

        var broken = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();

        broken.Fault.Code.ShouldBe(RecordFaults.TileRewritten);
        broken.HoldsUntil.ShouldBe(512);
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task RunAsync_LastEntryRewrittenWithItsTile_NothingIsCoveredByTheCheckpoint()
    {
        using var log = ToyLog.WithEntries(300);
        using var folder = new RecordFolder(log.Store);
        folder.Flip(Tile.Entries(1, 44).Path(), 20);
        var entries = EntryBundle.Read(File.ReadAllBytes(folder.File(Tile.Entries(1, 44))), 44).Value;
        File.WriteAllBytes(folder.File(Tile.Hashes(0, 1, 44)), [.. entries.SelectMany(entry => MerkleHashing.Leaf(entry.Span).ToBytes())]);

        var broken = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();

        broken.Fault.Code.ShouldBe(RecordFaults.TileRewritten);
        broken.Fault.Where.ShouldBe("checkpoint");
        broken.HoldsUntil.ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task RunAsync_TruncatedOrPartialContentUnderAFullName_Malformed()
    {
        using var log = ToyLog.WithEntries(1_000);
        foreach (var (tile, length) in new[] { (Tile.Hashes(0, 1), 8_191), (Tile.Hashes(0, 1), 32 * 100), (Tile.Entries(1), 5_000), (Tile.Hashes(0, 1), 0), (Tile.Entries(1), 0) })
        {
            using var folder = new RecordFolder(log.Store);
            folder.Truncate(tile.Path(), length);

            var broken = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();

            broken.Fault.Code.ShouldBe(RecordFaults.MalformedTile);
            broken.Fault.Where.ShouldStartWith(tile.Path());
            broken.HoldsUntil.ShouldBe(256);
            broken.Evidence.Files[tile.Path()].Length.ShouldBe(length);
        }
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task RunAsync_TruncatedTileAtTheEdge_MadeAgainFromBelowAndNamed()
    {
        using var log = ToyLog.WithEntries(1_000);
        foreach (var (tile, holdsUntil) in new[] { (Tile.Hashes(0, 3, 232), 768), (Tile.Hashes(1, 0, 3), 0) })
        {
            using var folder = new RecordFolder(log.Store);
            folder.Truncate(tile.Path(), 33);

            var broken = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();

            broken.Fault.Code.ShouldBe(RecordFaults.MalformedTile);
            broken.Fault.Where.ShouldBe(tile.Path());
            broken.HoldsUntil.ShouldBe(holdsUntil);
        }
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task RunAsync_PartialTileMissing_FullOneServesOrItIsNamed()
    {
        using var log = ToyLog.WithEntries(600);
        using var folder = new RecordFolder(log.Store);
        var checkpoint = File.ReadAllBytes(folder.File("checkpoint"));
        while (log.Size < 800) log.Say($"{log.Size}");
        log.Sign();
        RecordExport.Write(log.Store, folder.Path).Fault.ShouldBeNull();
        File.Exists(folder.File(Tile.Entries(2, 88))).ShouldBeFalse("the full one is there");
        File.WriteAllBytes(folder.File("checkpoint"), checkpoint);
        var before = await VerifyAsync(folder.Source);
        before.Broken.ShouldBeNull();
        before.Counts.Until.ShouldBe(600);

        folder.Delete(Tile.Entries(2).Path());
        var broken = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();

        broken.Fault.Code.ShouldBe(RecordFaults.Missing);
        broken.Fault.Where.ShouldBe(Tile.Entries(2, 88).Path());
        broken.HoldsUntil.ShouldBe(512);
    }

    [Fact]
    public async Task RunAsync_CheckpointOfAnotherKey_NothingHolds()
    {
        using var log = ToyLog.WithEntries(10);
        foreach (var (key, code) in new[] { (ToyDomain.Key(ToyLog.Origin, number: 1), RecordFaults.UnknownKey), (ToyDomain.Key("other.example/log"), RecordFaults.OtherOrigin) })
        {
            var findings = await RecordVerification.RunAsync(log.Source, new ToyDomain(), new VerificationSettings(key.Verifier));

            findings.Broken.ShouldNotBeNull().Fault.Code.ShouldBe(code);
            findings.Broken.Evidence.Files[EvidenceNames.Checkpoint].ToArray().ShouldBe(log.Store.Checkpoint!.Value.ToArray());
            findings.Counts.Until.ShouldBe(0);
        }
    }

    [Fact]
    [Trait("Requirement", "REC-2")]
    public async Task RunAsync_Cosignatures_ThoseThatAreAskedForAreToldAndABadOneRefuses()
    {
        using var log = ToyLog.WithEntries(10);
        var note = SignedNote.Read(log.Store.Checkpoint!.Value).Value;
        log.Store.KeepCosigned(SignedNote.Of(note.Text.Span, [.. note.Signatures, Witness.Cosign(note.Text.Span, ToyLog.Start)]).Bytes, isJoint: false);
        var settings = new VerificationSettings(ToyLog.LogKey.Verifier) { Witnesses = [Witness.Verifier] };

        var findings = await RecordVerification.RunAsync(log.Source, new ToyDomain(), settings);

        findings.Checkpoint!.Cosignatures.Single().ShouldBe(new Cosignature(Witness.Verifier, ToyLog.Start));
        using var folder = new RecordFolder(log.Store);
        folder.Flip("checkpoint", -6, 0x04);
        (await RecordVerification.RunAsync(folder.Source, new ToyDomain(), settings)).Broken.ShouldNotBeNull().Fault.Code.ShouldBe(RecordFaults.BadSignature);
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task RunAsync_InertEntries_CountedByCode()
    {
        using var log = ToyLog.WithEntries(5);
        log.Add(ToyDomain.Entry(ToyLog.Author, "a", "never mind")).Add(ToyDomain.Entry(ToyLog.Author, "b", "sing along")).Add(ToyDomain.Entry(ToyLog.Author, "c", "sing again")).Sign();

        var findings = await VerifyAsync(log.Source);

        findings.Broken.ShouldBeNull();
        findings.Counts.Inert.ShouldBe(3);
        findings.Counts.InertByCode[ToyDomain.Refused].ShouldBe(1);
        findings.Counts.InertByCode[ToyDomain.UnknownVerb].ShouldBe(2);
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task RunAsync_EntriesThatMustNotBeThere_EachNamedAtItsPlace()
    {
        var stranger = ToyDomain.Key("stranger.example");
        var good = ToyDomain.Entry(ToyLog.Author, "two", "say it twice");
        var text = SignedNote.Read(good).Value.Text;
        var dropped = ToyDomain.Entry(ToyLog.Author, "dropped", "say it too late");
        foreach (var (entry, code) in new[]
        {
            (SignedNote.Of(text.Span, ToyLog.Author.Sign(text.Span), ToyLog.Office.Sign(text.Span)).Bytes.ToArray(), RecordFaults.NotOneSignature),
            (SignedNote.Of(text.Span, ToyLog.Author.Sign("another text\n"u8)).Bytes.ToArray(), RecordFaults.BadSignature),
            (ToyDomain.Entry(stranger, "hello", "say hello"), RecordFaults.UnknownKey),
            ("no note"u8.ToArray(), RecordFaults.MalformedNote),
            (ToyDomain.Entry(ToyLog.Author, "5", "say something else"), RecordFaults.IdReused),
            (ToyDomain.Entry(ToyLog.Author, "5", "say something"), RecordFaults.IdReused),
        })
        {
            using var log = ToyLog.WithEntries(300);
            log.Add(entry).Say("after").Sign();

            var broken = (await VerifyAsync(log.Source)).Broken.ShouldNotBeNull();

            broken.Fault.Code.ShouldBe(code);
            broken.Fault.Where.ShouldStartWith("entry 300");
            broken.HoldsUntil.ShouldBe(300);
            broken.Evidence.Files[EvidenceNames.Entry(300)].ToArray().ShouldBe(entry);
            EvidenceLeadsToTheRoot(broken.Evidence, 300).ShouldBeTrue();
        }

        using var revoked = ToyLog.WithEntries(300);
        revoked.Add(ToyDomain.Entry(ToyLog.Office, "drop", $"drop {ToyLog.Author.Verifier.Name}")).Add(dropped).Sign();
        var late = (await VerifyAsync(revoked.Source)).Broken.ShouldNotBeNull();
        (late.Fault.Code, late.HoldsUntil).ShouldBe((RecordFaults.UnknownKey, 301));
    }

    [Fact]
    public async Task RunAsync_KeyRotatedAtItsPlace_OldEntriesByTheOldKeyNewOnesByTheNew()
    {
        var rotated = ToyDomain.Key(ToyLog.Author.Verifier.Name, number: 1);
        using var log = ToyLog.WithEntries(2_000);
        log.Add(ToyDomain.Entry(ToyLog.Office, "rotate", $"key {rotated.Verifier}"));
        while (log.Size < 4_000) log.Add(ToyDomain.Entry(rotated, $"{log.Size}", "say it with a new key"));
        log.Sign();
        (await VerifyAsync(log.Source)).Broken.ShouldBeNull();
        log.Say("4000").Sign();

        var broken = (await VerifyAsync(log.Source)).Broken.ShouldNotBeNull();

        (broken.Fault.Code, broken.HoldsUntil).ShouldBe((RecordFaults.UnknownKey, 4_000));
    }

    [Fact]
    public async Task RunAsync_Attachments_MissingAndAlteredOnesNamed()
    {
        using var log = ToyLog.WithEntries(5);
        log.Attach("a map"u8.ToArray()).Attach("another map"u8.ToArray()).Sign();
        using var folder = new RecordFolder(log.Store);
        var findings = await VerifyAsync(folder.Source);
        (findings.Holds, findings.Counts.Attachments, findings.Counts.Inert).ShouldBe((true, 2, 0));
        var name = "attachment/" + AttachmentHash.Of("another map"u8);

        folder.Flip(name, 3);
        var altered = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();
        folder.Delete(name);
        var missing = (await VerifyAsync(folder.Source)).Broken.ShouldNotBeNull();

        (altered.Fault.Code, altered.HoldsUntil).ShouldBe((RecordFaults.AttachmentRewritten, 6));
        altered.Evidence.Files[name].Length.ShouldBe("another map".Length);
        (missing.Fault.Code, missing.HoldsUntil).ShouldBe((RecordFaults.AttachmentMissing, 6));
    }

    [Fact]
    public async Task RunAsync_EarlierCheckpoint_MustBeContinued()
    {
        using var log = ToyLog.WithEntries(300);
        using var fork = ToyLog.WithEntries(299);
        fork.Say("otherwise").Sign();
        var (own, other) = (log.Store.Checkpoint!.Value, fork.Store.Checkpoint!.Value);
        while (log.Size < 700) log.Say($"{log.Size}");
        log.Sign();
        var settings = new VerificationSettings(ToyLog.LogKey.Verifier) { Earlier = own, SignaturesFrom = 300 };

        var findings = await RecordVerification.RunAsync(log.Source, new ToyDomain(), settings);
        var split = await RecordVerification.RunAsync(log.Source, new ToyDomain(), settings with { Earlier = other });

        (findings.Holds, findings.Counts.SignaturesVerified).ShouldBe((true, 400));
        var broken = split.Broken.ShouldNotBeNull();
        broken.Fault.Code.ShouldBe(RecordFaults.SplitView);
        broken.Evidence.Files[EvidenceNames.HeldCheckpoint].ToArray().ShouldBe(other.ToArray());
        broken.Evidence.Files[EvidenceNames.Checkpoint].ToArray().ShouldBe(log.Store.Checkpoint!.Value.ToArray());
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task RunAsync_OneByteChangedAnywhere_ReportedOrNotCovered()
    {
        var entries = Gen.Select(Gen.OneOf(Gen.Const(4), Gen.Const(200), Gen.Const(256), Gen.Const(300), Gen.Const(520), Gen.Const(770)), Gen.Int[0, 3], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Byte[1, 255]);
        await entries.SampleAsync(
            async (size, attachments, file, at, mask) =>
            {
                using var log = ToyLog.WithEntries(size);
                for (var number = 0; number < attachments; number++) log.Attach([(byte)number, 1, 2, 3]);
                log.Sign();
                var note = SignedNote.Read(log.Store.Checkpoint!.Value).Value;
                log.Store.KeepCosigned(SignedNote.Of(note.Text.Span, [.. note.Signatures, Witness.Cosign(note.Text.Span, ToyLog.Start)]).Bytes, isJoint: false);
                using var folder = new RecordFolder(log.Store);
                var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
                var name = Path.GetRelativePath(folder.Path, files[(int)(file * (files.Count - 1))]);
                folder.Flip(name, (int)(at * (new FileInfo(folder.File(name)).Length - 1)), mask);

                var findings = await RecordVerification.RunAsync(folder.Source, new ToyDomain(), new VerificationSettings(ToyLog.LogKey.Verifier) { Witnesses = [Witness.Verifier] });

                // Of a checkpoint its cosignatures are not covered: one that is not there any more is not counted.
                return !findings.Holds || (name == "checkpoint" && findings.Checkpoint!.Cosignatures.IsEmpty);
            },
            iter: 60,
            threads: 2);
    }

    private static Task<RecordFindings<ToyState>> VerifyAsync(IRecordSource source, long signaturesFrom = 0) =>
        RecordVerification.RunAsync(source, new ToyDomain(), new VerificationSettings(ToyLog.LogKey.Verifier) { SignaturesFrom = signaturesFrom });

    private static async Task ShouldBeRewrittenAsync(RecordFolder folder, Tile tile, long holdsUntil)
    {
        folder.Flip(tile.Path(), 7);
        var broken = (await VerifyAsync(folder.Source, HashesAlone)).Broken.ShouldNotBeNull();
        folder.Flip(tile.Path(), 7);
        broken.Fault.Code.ShouldBe(RecordFaults.TileRewritten);
        broken.Fault.Where.ShouldStartWith(tile.Path());
        broken.HoldsUntil.ShouldBe(holdsUntil);
        broken.Evidence.Files.ShouldContainKey(tile.Path());
        broken.Evidence.Files.ShouldContainKey(EvidenceNames.Checkpoint);
    }

    // With nothing but the files of evidence and the log's key.
    private static bool EvidenceLeadsToTheRoot(Evidence evidence, long entry)
    {
        var checkpoint = SignedCheckpoint.Open(evidence.Files[EvidenceNames.Checkpoint], ToyLog.LogKey.Verifier).Value.Checkpoint;
        var hashes = new TileHashes(checkpoint.Size, tile => evidence.Files.TryGetValue(tile.Path(), out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null);
        var leaf = hashes.Hash(new(0, entry)).Value;
        return InclusionProof.Verifies(entry, checkpoint.Size, leaf, InclusionProof.Of(entry, checkpoint.Size, hashes).Value, checkpoint.Root);
    }
}
