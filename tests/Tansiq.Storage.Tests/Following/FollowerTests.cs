using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Following;

namespace Tansiq.Storage.Tests.Following;

[Trait("Requirement", "REC-5")]
public sealed class FollowerTests
{
    [Fact]
    [Trait("Requirement", "REC-2")]
    public async Task StepAsync_HonestLogGrows_KeptCosignedAndJointOnceAllHaveCosigned()
    {
        using var log = ToyLog.WithEntries(300);
        using var ours = await Centre.OpenAsync("us.centre.example", "ru.centre.example");
        using var theirs = await Centre.OpenAsync("ru.centre.example", "us.centre.example");

        var first = (await ours.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        (first.From, first.Size, first.IsJoint, first.NotCosigned).ShouldBe((0, 300, false, null));
        ours.Store.JointCheckpoint.ShouldBeNull();

        // The office collects the cosignatures; who comes second sees the first one's.
        log.Store.KeepCosigned(first.Checkpoint, isJoint: false);
        var second = (await theirs.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        second.IsJoint.ShouldBeTrue();
        log.Store.KeepCosigned(second.Checkpoint, isJoint: true);
        (await ours.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().IsJoint.ShouldBeTrue();
        ours.Store.JointCheckpoint!.Value.ToArray().ShouldBe(second.Checkpoint.ToArray());

        while (log.Size < 900) log.Say($"{log.Size}");
        var grown = log.Sign();
        (await ours.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().Size.ShouldBe(900);
        ours.ShouldHold(log, grown);
        ours.Store.Entries(0, 900).Select(entry => entry.ToArray()).ShouldBe(log.Store.Entries(0, 900).Select(entry => entry.ToArray()));
        ours.Follower.State.Said.ShouldBe(900);
    }

    [Fact]
    [Trait("Requirement", "PTY-7")]
    public async Task StepAsync_RecordThatBeginsOtherwise_NothingTakenOrCosigned()
    {
        using var other = ToyLog.WithEntries(1_000);
        using var centre = await Centre.OpenAsync("us.centre.example", settings => settings with
        {
            MaximumStagedBytes = 1_000,
            Beginning = (state, _) => state is { Size: 1, Said: 1 } ? new(RecordFaults.OtherFounding, "", "another founding", "the trusted one") : null,
        });
        var refused = (await centre.StepAsync(other.Source)).ShouldBeOfType<FollowAnswer.Refused>();
        (refused.Evidence.Fault.Code, refused.Evidence.Fault.Where).ShouldBe((RecordFaults.OtherFounding, "entry 0"));
        (centre.Follower.Size, centre.Store.Size, centre.Store.Checkpoint).ShouldBe((0, 0, null));
        centre.Store.Witnessed(ToyLog.Origin).ShouldBeNull();
        centre.Store.AllEvidence().ShouldContain(evidence => evidence.Fault.Code == RecordFaults.OtherFounding);
    }

    [Fact]
    public async Task StepAsync_ManyStepsAndBatchesLargerThanMemory_SameTreeAndStateAsAtOnce()
    {
        using var log = new ToyLog().Begin();
        using var stepwise = await Centre.OpenAsync("us.centre.example");
        using var streaming = await Centre.OpenAsync("ru.centre.example", settings => settings with { MaximumStagedBytes = 1_000 });
        for (var step = 1; step <= 12; step++)
        {
            while (log.Size < step * 97) log.Say($"{log.Size}");
            log.Attach([(byte)step]).Sign();
            (await stepwise.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        }

        (await streaming.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().Size.ShouldBe(log.Size);

        foreach (var centre in new[] { stepwise, streaming })
        {
            centre.ShouldHold(log, SignedCheckpoint.Open(log.Store.Checkpoint!.Value, ToyLog.LogKey.Verifier).Value);
            centre.Store.Attachments().Count().ShouldBe(12);
        }

        streaming.Follower.State.Digest.ToArray().ShouldBe(stepwise.Follower.State.Digest.ToArray());
    }

    [Fact]
    public async Task StepAsync_SplitView_RefusedWithBothNotesAndOwnPartGoesOn()
    {
        foreach (var (before, after) in new[] { (300, 300), (300, 700), (256, 1_000), (700, 400) })
        {
            using var log = ToyLog.WithEntries(before);
            using var fork = ToyLog.WithEntries(299 > before ? before - 1 : 299);
            fork.Say("otherwise");
            while (fork.Size < after) fork.Say($"{fork.Size}");
            var other = fork.Sign();
            using var centre = await Centre.OpenAsync("us.centre.example");
            var held = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();

            var refused = (await centre.StepAsync(fork.Source)).ShouldBeOfType<FollowAnswer.Refused>();

            // A fork that begins behind what is held at that size is an earlier checkpoint with another root.
            if (other.Checkpoint.Size <= 255) continue;
            refused.Evidence.Fault.Code.ShouldBe(RecordFaults.SplitView);
            refused.Evidence.Files[EvidenceNames.Checkpoint].ToArray().ShouldBe(fork.Store.Checkpoint!.Value.ToArray());
            SignedCheckpoint.Open(refused.Evidence.Files[EvidenceNames.HeldCheckpoint], ToyLog.LogKey.Verifier).Value.Checkpoint.Size.ShouldBe(before);
            await centre.ShouldGoOnAsync(log, held, RecordFaults.SplitView);
        }
    }

    [Fact]
    public async Task StepAsync_LogShowsLess_RolledBackButACopyMayBeBehind()
    {
        using var log = ToyLog.WithEntries(300);
        using var copy = ToyLog.WithEntries(280);
        using var centre = await Centre.OpenAsync("us.centre.example");
        var held = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();

        (await centre.StepAsync(copy.Source, SourceRole.Copy)).ShouldBe(new FollowAnswer.Behind(280));
        centre.Store.AllEvidence().ShouldBeEmpty();
        (await centre.StepAsync(copy.Source)).ShouldBeOfType<FollowAnswer.Refused>().Evidence.Fault.Code.ShouldBe(RecordFaults.RolledBack);

        await centre.ShouldGoOnAsync(log, held, RecordFaults.RolledBack);
    }

    [Fact]
    public async Task StepAsync_SourceDamaged_RefusedByNameAndTakenFromAnHonestOne()
    {
        using var log = ToyLog.WithEntries(300);
        foreach (var (damage, code) in new (Action<RecordFolder>, string)[]
        {
            (folder => folder.Flip(Tile.Entries(1).Path(), 9_000), RecordFaults.EntryRewritten),
            (folder => folder.Flip(Tile.Hashes(0, 2).Path(), 9), RecordFaults.TileRewritten),
            (folder => folder.Flip(Tile.Hashes(1, 0, 3).Path(), 70), RecordFaults.TileRewritten),
            (folder => folder.Truncate(Tile.Hashes(0, 2).Path(), 8_160), RecordFaults.MalformedTile),
            (folder => folder.Delete(Tile.Entries(3, 132).Path()), RecordFaults.Missing),
            (folder => folder.Flip("checkpoint", 30), RecordFaults.BadSignature),
            (folder => folder.Flip("checkpoint", 1), RecordFaults.OtherOrigin),
            (folder => folder.Delete("attachment/" + AttachmentHash.Of("a map"u8)), RecordFaults.AttachmentMissing),
            (folder => folder.Flip("attachment/" + AttachmentHash.Of("a map"u8), 1), RecordFaults.AttachmentRewritten),
        })
        {
            using var grown = ToyLog.WithEntries(300);
            using var centre = await Centre.OpenAsync("us.centre.example");
            var held = (await centre.StepAsync(grown.Source)).ShouldBeOfType<FollowAnswer.Kept>();
            while (grown.Size < 800) grown.Say($"{grown.Size}");
            grown.Attach("a map"u8.ToArray());
            while (grown.Size < 900) grown.Say($"{grown.Size}");
            grown.Sign();
            using var folder = new RecordFolder(grown.Store);
            damage(folder);

            (await centre.StepAsync(folder.Source)).ShouldBeOfType<FollowAnswer.Refused>().Evidence.Fault.Code.ShouldBe(code);

            await centre.ShouldGoOnAsync(grown, held, code);
            centre.Store.Attachments().Count().ShouldBe(1);
        }
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task StepAsync_EntryThatMustNotBeThere_RefusedWholeAndTheEvidenceIsSigned()
    {
        var text = SignedNote.Read(ToyDomain.Entry(ToyLog.Author, "two", "say it twice")).Value.Text;
        foreach (var (entry, code) in new[]
        {
            (SignedNote.Of(text.Span, ToyLog.Author.Sign(text.Span), ToyLog.Office.Sign(text.Span)).Bytes.ToArray(), RecordFaults.NotOneSignature),
            (SignedNote.Of(text.Span, ToyLog.Author.Sign("another text\n"u8)).Bytes.ToArray(), RecordFaults.BadSignature),
            (ToyDomain.Entry(ToyLog.Author, "5", "say something else"), RecordFaults.IdReused),
        })
        {
            using var log = ToyLog.WithEntries(300);
            using var centre = await Centre.OpenAsync("us.centre.example");
            await centre.StepAsync(log.Source);
            log.Say("good").Add(entry).Sign();

            var refused = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Refused>();

            refused.Evidence.Fault.Code.ShouldBe(code);
            refused.Evidence.Files[EvidenceNames.Entry(301)].ToArray().ShouldBe(entry);
            centre.Store.AllEvidence().Single().Files.Keys.ShouldBe(refused.Evidence.Files.Keys, ignoreOrder: true);
            (centre.Follower.Size, centre.Store.Size, centre.Follower.State.Said).ShouldBe((300, 300, 300));
            SignedCheckpoint.Open(centre.Store.Witnessed(ToyLog.Origin)!.Value, ToyLog.LogKey.Verifier).Value.Checkpoint.Size.ShouldBe(300);
        }
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task StepAsync_InertEntries_KeptAndFollowingGoesOn()
    {
        using var log = ToyLog.WithEntries(5);
        using var centre = await Centre.OpenAsync("us.centre.example");
        log.Add(ToyDomain.Entry(ToyLog.Author, "a", "never mind")).Add(ToyDomain.Entry(ToyLog.Author, "b", "sing along")).Say("after").Sign();

        (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().NotCosigned.ShouldBeNull();

        (centre.Follower.Size, centre.Follower.State.Said).ShouldBe((8, 6));
    }

    [Fact]
    [Trait("Requirement", "REC-6")]
    public async Task StepAsync_TimeOnTheRecordOff_NoCosignatureAndTheFutureIsNotTaken()
    {
        using var log = ToyLog.WithEntries(10);
        using var centre = await Centre.OpenAsync("us.centre.example");
        centre.Clock.Now = ToyLog.Start + Duration.FromSeconds(10);
        var held = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        held.NotCosigned.ShouldBeNull("the limit is within");

        // The record stands still: what comes is kept, not cosigned, until its time is right again.
        centre.Clock.Now += Duration.FromMilliseconds(1);
        log.Say("late").Sign();
        var stale = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        stale.NotCosigned.ShouldNotBeNull().Code.ShouldBe(RecordFaults.WrongClock);
        (stale.Size, centre.Store.Size).ShouldBe((11, 11));
        SignedCheckpoint.Open(stale.Checkpoint, ToyLog.LogKey.Verifier, centre.Key).Value.Cosignatures.ShouldBeEmpty();
        log.Time(centre.Clock.Now).Sign();
        var right = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        right.NotCosigned.ShouldBeNull();

        // A time that has not come is not taken before it has.
        var future = centre.Clock.Now + Duration.FromSeconds(10) + Duration.FromMilliseconds(1);
        log.Time(future).Say("from the future").Sign();
        var refused = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Refused>();
        refused.Evidence.Fault.Code.ShouldBe(RecordFaults.WrongClock);
        refused.Evidence.Files.Keys.ShouldContain(Tile.Entries(0, 14).Path());
        centre.Store.Size.ShouldBe(12);
        centre.Clock.Now += Duration.FromMilliseconds(1);
        (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().Size.ShouldBe(14);
    }

    [Fact]
    public async Task StepAsync_CentresOlderDiskRestored_NothingCosignedBelowWhatWasAndOnFromThere()
    {
        using var log = ToyLog.WithEntries(300);
        using var centre = await Centre.OpenAsync("us.centre.example");
        await centre.StepAsync(log.Source);
        var backup = centre.CopyOfStore();
        while (log.Size < 600) log.Say($"{log.Size}");
        log.Sign();
        var elsewhere = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().Checkpoint;

        using var older = ToyLog.WithEntries(450);
        using var restored = await centre.RestoredAsync(backup, settings => settings with { CosignedElsewhere = [elsewhere] });
        restored.Follower.Restored.ShouldNotBeNull().Code.ShouldBe(RecordFaults.RestoredDisk);
        var below = (await restored.StepAsync(older.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        below.NotCosigned.ShouldNotBeNull().Code.ShouldBe(RecordFaults.RestoredDisk);
        restored.Store.AllEvidence().Any(evidence => evidence.Fault.Code == RecordFaults.RestoredDisk && evidence.Files[EvidenceNames.Checkpoint].Span.SequenceEqual(elsewhere.Span)).ShouldBeTrue();

        (await restored.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().NotCosigned.ShouldBeNull();
    }

    [Fact]
    public async Task StepAsync_RestoredDiskAndAnotherFork_NeverCosignedThoughItContinuesTheBackup()
    {
        using var log = ToyLog.WithEntries(300);
        using var centre = await Centre.OpenAsync("us.centre.example");
        await centre.StepAsync(log.Source);
        var backup = centre.CopyOfStore();
        while (log.Size < 600) log.Say($"{log.Size}");
        log.Sign();
        var elsewhere = (await centre.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().Checkpoint;
        using var fork = ToyLog.WithEntries(300);
        while (fork.Size < 800) fork.Say($"{fork.Size}", "something else");
        fork.Sign();

        using var restored = await centre.RestoredAsync(backup, settings => settings with { CosignedElsewhere = [elsewhere] });
        var answer = (await restored.StepAsync(fork.Source)).ShouldBeOfType<FollowAnswer.Kept>();

        answer.NotCosigned.ShouldNotBeNull().Code.ShouldBe(RecordFaults.SplitView);
        restored.Store.AllEvidence().Any(evidence => evidence.Fault.Code == RecordFaults.SplitView && evidence.Files[EvidenceNames.HeldCheckpoint].Span.SequenceEqual(elsewhere.Span)).ShouldBeTrue();
    }

    [Fact]
    public async Task OpenAsync_AgainAfterRestart_GoesOnFromTheSameState()
    {
        using var log = ToyLog.WithEntries(700);
        using var centre = await Centre.OpenAsync("us.centre.example");
        await centre.StepAsync(log.Source);
        var digest = centre.Follower.State.Digest.ToArray();
        var backup = centre.CopyOfStore();
        using var again = await centre.RestoredAsync(backup);

        again.Follower.State.Digest.ToArray().ShouldBe(digest);
        var before = again.Store.Checkpoint!.Value.ToArray();
        (await again.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().Checkpoint.ToArray().ShouldBe(before, "what is cosigned is not cosigned again");
        log.Add(ToyDomain.Entry(ToyLog.Author, "5", "say the same id")).Sign();
        (await again.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Refused>().Evidence.Fault.Code.ShouldBe(RecordFaults.IdReused);
    }

    [Fact]
    public async Task OpenAsync_OwnDiskGivesBackAnotherBit_NotOpenedAndTheEvidenceIsKept()
    {
        using var log = ToyLog.WithEntries(700);
        using var damaged = new Damaged(log.Store);

        var opened = await Follower<ToyState, ToyReading>.OpenAsync(damaged, new ToyDomain(), new(ToyLog.LogKey.Verifier, new SettableClock(ToyLog.Start)));

        (opened.Fault.ShouldNotBeNull().Code, opened.Fault.Where).ShouldBe((RecordFaults.EntryRewritten, "entry 256"));
        log.Store.AllEvidence().Single().Files.ShouldContainKey(EvidenceNames.Entry(256));
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public async Task CompareSituation_AnotherPictureFromTheSameBytes_KeptAsEvidence()
    {
        using var log = ToyLog.WithEntries(20);
        using var centre = await Centre.OpenAsync("us.centre.example");
        await centre.StepAsync(log.Source);
        var digest = centre.Follower.State.Digest.ToArray();

        centre.Follower.CompareSituation(20, digest, "ru.centre.example").ShouldBe(SituationComparison.Same);
        centre.Follower.CompareSituation(19, digest, "ru.centre.example").ShouldBe(SituationComparison.NotKnown);
        digest[0] ^= 1;
        centre.Follower.CompareSituation(20, digest, "ru.centre.example").ShouldBe(SituationComparison.Other);

        var evidence = centre.Store.AllEvidence().Single();
        evidence.Fault.Code.ShouldBe(RecordFaults.OtherSituation);
        evidence.Files["digest"].ToArray().ShouldBe(digest);
    }

    [Fact]
    public async Task StepAsync_ForksFromSeveralThreads_OneViewIsCosignedAndNoOther()
    {
        for (var round = 0; round < 8; round++)
        {
            using var log = ToyLog.WithEntries(40);
            using var centre = await Centre.OpenAsync("us.centre.example");
            await centre.StepAsync(log.Source);
            var forks = Enumerable.Range(0, 4).Select(number =>
            {
                var fork = ToyLog.WithEntries(40);
                fork.Say($"fork {number}").Sign();
                return fork;
            }).ToList();

            var answers = await Task.WhenAll(forks.Select(fork => Task.Run(() => centre.StepAsync(fork.Source))));

            answers.OfType<FollowAnswer.Kept>().Count().ShouldBe(1);
            answers.OfType<FollowAnswer.Refused>().ShouldAllBe(refused => refused.Evidence.Fault.Code == RecordFaults.SplitView);
            centre.Store.AllEvidence().Count.ShouldBe(3);
            forks.ForEach(fork => fork.Dispose());
        }
    }

    /// <summary>A disk that gives back one bit of the second bundle otherwise.</summary>
    private sealed class Damaged(IRecordStore inner) : Logs.StoreDecorator(inner)
    {
        public override ReadOnlyMemory<byte>? Tile(Tile tile)
        {
            if (base.Tile(tile) is not { } bytes || !tile.IsEntries || tile.Index != 1) return base.Tile(tile);
            var copy = bytes.ToArray();
            copy[20] ^= 1;
            return copy;
        }
    }
}
