using System.Text;
using NodaTime;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Witnessing;

namespace Tansiq.Record.Tests.Witnessing;

/// <summary>A log asks a witness for cosignatures (tlog-witness): what is cosigned, what is refused, and with which status.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-5")]
public class WitnessTests
{
    private const string Origin = "log.example";
    private static readonly Instant Now = Instant.FromUtc(2016, 7, 15, 9, 0);
    private static readonly TestLog Log = new(Origin);
    private static readonly TestLog Fork = new(Origin, "other ");
    private static readonly SigningKey Key = TestKeys.Witness("witness.example");
    private static readonly Dictionary<string, IReadOnlyList<VerifierKey>> Logs = new(StringComparer.Ordinal) { [Origin] = [Log.Key.Verifier] };

    [Fact]
    public void Answer_LogThatGrows_IsCosignedStepByStep()
    {
        ReadOnlyMemory<byte>? remembered = null;
        var last = 0L;
        foreach (var size in new long[] { 0, 0, 1, 5, 5, 256, 1_000 })
        {
            var answer = Answer(last, Log.Consistency(last, size), Log.Signed(size), remembered).ShouldBeOfType<WitnessAnswer.Cosigned>();
            (answer.Status, answer.Checkpoint.Size).ShouldBe((200, size));
            (answer.Expected?.ToArray()).ShouldBe(remembered?.ToArray());
            Encoding.UTF8.GetString(answer.Body.Span).ShouldBe(answer.Line);
            SignedCheckpoint.Open(answer.Remember, Log.Key.Verifier, Key.Verifier).Value.Cosignatures.ShouldHaveSingleItem().Time.ShouldBe(Now);
            CosignedCheckpoint.Add(Log.Signed(size), answer.Body, Key.Verifier).Value.Bytes.ToArray().ShouldBe(answer.Remember.ToArray());
            (remembered, last) = (answer.Remember, size);
        }
    }

    [Fact]
    public void Answer_CheckpointWithForeignSignatures_RemembersTheLogsAndItsOwnAlone()
    {
        using var stranger = TestKeys.Signer("stranger.example");
        var text = Log.At(1).Text();
        var answer = Answer(0, [], SignedNote.Of(text, stranger.Sign(text), Log.Key.Sign(text)), null).ShouldBeOfType<WitnessAnswer.Cosigned>();
        SignedNote.Read(answer.Remember).Value.Signatures.Select(signature => signature.Name).ShouldBe([Origin, "witness.example"]);
    }

    [Fact]
    public void Answer_OriginUnknown_Is404()
    {
        var other = new TestLog("other.example");
        Answer(0, [], other.Signed(1), null).ShouldBeOfType<WitnessAnswer.UnknownOrigin>().Status.ShouldBe(404);
    }

    [Fact]
    public void Answer_NotSignedByTheLogOrBadly_Is403()
    {
        var text = Log.At(1).Text();
        using var namesake = SigningKey.FromSeed(Origin, SignatureType.Ed25519, new byte[32]).Value;
        Answer(0, [], SignedNote.Of(text, namesake.Sign(text)), null).ShouldBeOfType<WitnessAnswer.NotSigned>().Status.ShouldBe(403);
        var forged = new NoteSignature(Encoding.UTF8.GetBytes(Origin), Log.Key.Verifier.Id, namesake.Sign(text).Bytes);
        Answer(0, [], SignedNote.Of(text, forged, Log.Key.Sign(text)), null).ShouldBeOfType<WitnessAnswer.NotSigned>().Fault.Code.ShouldBe(RecordFaults.BadSignature);
    }

    [Fact]
    public void Answer_OldSizeAboveTheCheckpoints_Is400AndBeforeAnyConflict() =>
        Answer(6, [], Log.Signed(5), Cosigned(7)).ShouldBeOfType<WitnessAnswer.OldAboveNew>().Status.ShouldBe(400);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(4, 5)]
    [InlineData(5, 3)]
    [InlineData(2, 7)]
    [InlineData(2, 9)]
    public void Answer_OldSizeThatWasNotCosignedLast_Is409WithTheSizeAsItsOwnType(long oldSize, long remembered)
    {
        var answer = Answer(oldSize, Log.Consistency(oldSize, 7), Log.Signed(7), Cosigned(remembered)).ShouldBeOfType<WitnessAnswer.Conflict>();
        (answer.Status, answer.ContentType, answer.Evidence).ShouldBe((409, "text/x.tlog.size", null));
        ConflictSize.Read(answer.Body.Span).Value.ShouldBe(remembered);
    }

    [Fact]
    public void Answer_OldSizeWhereNothingWasCosigned_Is409WithZero() =>
        Encoding.ASCII.GetString(Answer(3, Log.Consistency(3, 7), Log.Signed(7), null).ShouldBeOfType<WitnessAnswer.Conflict>().Body.Span).ShouldBe("0\n");

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void Answer_SameSizeAndAnotherRoot_IsASplitViewWithBothNotes(long oldSize)
    {
        var answer = Answer(oldSize, [], Fork.Signed(5), Cosigned(5));
        var evidence = answer is WitnessAnswer.Conflict conflict ? conflict.Evidence : answer.ShouldBeOfType<WitnessAnswer.WrongRoot>().Evidence;
        (answer.Status, answer is WitnessAnswer.WrongRoot).ShouldBe((409, oldSize == 5));
        evidence.ShouldNotBeNull().Fault.Code.ShouldBe(RecordFaults.SplitView);
        foreach (var note in evidence.Files.Values) SignedCheckpoint.Open(note, Log.Key.Verifier).Value.Checkpoint.Size.ShouldBe(5);
        evidence.Files.Count.ShouldBe(2);
    }

    [Fact]
    public void Answer_EmptyTreeWithAnotherRoot_Is409()
    {
        var text = new Checkpoint(Origin, 0, MerkleHashing.Leaf([])).Text();
        Answer(0, [], SignedNote.Of(text, Log.Key.Sign(text)), null).ShouldBeOfType<WitnessAnswer.WrongRoot>().Status.ShouldBe(409);
    }

    [Fact]
    public void Answer_ProofThatDoesNotHold_Is422()
    {
        Answer(5, [], Log.Signed(7), Cosigned(5)).ShouldBeOfType<WitnessAnswer.WrongProof>().Status.ShouldBe(422);
        Answer(5, Fork.Consistency(5, 7), Fork.Signed(7), Cosigned(5)).ShouldBeOfType<WitnessAnswer.WrongProof>().Evidence.Files.Count.ShouldBe(2);
        Answer(0, Log.Consistency(5, 7), Log.Signed(7), null).ShouldBeOfType<WitnessAnswer.WrongProof>("the proof from nothing is empty");
        Answer(5, Log.Consistency(5, 7), Log.Signed(5), Cosigned(5)).ShouldBeOfType<WitnessAnswer.WrongProof>("the proof to the same size is empty");
    }

    [Theory]
    [InlineData("")]
    [InlineData("old\n\n")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\n")]
    [InlineData("old 0\0\n\n")]
    [InlineData("old -1\n\n")]
    [InlineData("new 0\n\n")]
    [InlineData("old 0\nCsUY\n\n")]
    [InlineData("old 0\r\n\r\n")]
    public void Answer_WhatIsNoRequest_Is400(string start)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(start), .. Log.Signed(1).Bytes.Span];
        Witness.Answer(body, Logs, _ => null, Key, Now).ShouldBeOfType<WitnessAnswer.Malformed>().Status.ShouldBe(400);
    }

    [Theory]
    [InlineData(63, 422)]
    [InlineData(64, 400)]
    public void Answer_ProofLinesAtTheLimit_AreReadAndOneMoreIsNot(int lines, int status)
    {
        var proof = string.Concat(Enumerable.Repeat("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", lines));
        byte[] body = [.. Encoding.UTF8.GetBytes($"old 0\n{proof}\n"), .. Log.Signed(1).Bytes.Span];
        Witness.Answer(body, Logs, _ => null, Key, Now).Status.ShouldBe(status);
    }

    [Fact]
    public void Answer_ARaceBetweenTwoCheckpoints_CosignsTheSecondOnlyFromWhatTheFirstLeft()
    {
        var first = Answer(1, Log.Consistency(1, 5), Log.Signed(5), Cosigned(1)).ShouldBeOfType<WitnessAnswer.Cosigned>();
        var second = Answer(1, Log.Consistency(1, 3), Log.Signed(3), Cosigned(1)).ShouldBeOfType<WitnessAnswer.Cosigned>();
        second.Expected!.Value.ToArray().ShouldBe(first.Expected!.Value.ToArray(), "both expect what was remembered when they were asked, so one of them loses");
        Answer(1, Log.Consistency(1, 3), Log.Signed(3), first.Remember).ShouldBeOfType<WitnessAnswer.Conflict>().Size.ShouldBe(5);
    }

    [Fact]
    public void Add_LinesOfKnownAndUnknownKeys_TakesTheKnownAndReplacesAnOlderLine()
    {
        using var stranger = TestKeys.Witness("stranger.example");
        using var second = TestKeys.Witness("second.example");
        var text = Log.At(5).Text();
        var older = SignedNote.Of(text, Log.Key.Sign(text), Key.Cosign(text, Now));
        var newer = Key.Cosign(text, Now.Plus(Duration.FromSeconds(60)));
        var lines = Encoding.UTF8.GetBytes(stranger.Cosign(text, Now).Line() + newer.Line() + second.Cosign(text, Now).Line());
        var added = CosignedCheckpoint.Add(older, lines, second.Verifier, Key.Verifier).Value;
        added.Signatures.Select(signature => signature.Name).ShouldBe([Origin, "second.example", "witness.example"]);
        SignedCheckpoint.Open(added.Bytes, Log.Key.Verifier, Key.Verifier).Value.Cosignatures.ShouldHaveSingleItem().Time.ShouldBe(Now.Plus(Duration.FromSeconds(60)));
    }

    [Fact]
    public void Add_WhatIsNoAnswer_IsRefused()
    {
        var checkpoint = Log.Signed(5);
        var ofAnother = Key.Cosign(Log.At(6).Text(), Now).Line();
        using var stranger = TestKeys.Witness("stranger.example");
        Add(checkpoint, "").ShouldBe(RecordFaults.MalformedNote);
        Add(checkpoint, "no line\n").ShouldBe(RecordFaults.MalformedNote);
        Add(checkpoint, "more text\n\n" + ofAnother).ShouldBe(RecordFaults.MalformedNote);
        Add(checkpoint, ofAnother).ShouldBe(RecordFaults.BadSignature);
        Add(checkpoint, stranger.Cosign(checkpoint.Text.Span, Now).Line()).ShouldBe(RecordFaults.UnknownKey);
        static string Add(SignedNote checkpoint, string lines) => CosignedCheckpoint.Add(checkpoint, Encoding.UTF8.GetBytes(lines), Key.Verifier).Fault!.Code;
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("5")]
    [InlineData("05\n")]
    [InlineData("5\n\n")]
    [InlineData("5 \n")]
    public void ConflictSize_AnotherText_IsRefused(string body) => ConflictSize.Read(Encoding.ASCII.GetBytes(body)).Fault!.Code.ShouldBe(RecordFaults.MalformedRequest);

    private static WitnessAnswer Answer(long oldSize, IReadOnlyList<MerkleHash> proof, SignedNote note, ReadOnlyMemory<byte>? remembered) =>
        Witness.Answer(AddCheckpointRequest.Of(oldSize, proof, note).Value.Write(), Logs, origin => origin == Origin ? remembered : null, Key, Now);

    private static ReadOnlyMemory<byte> Cosigned(long size)
    {
        var text = Log.At(size).Text();
        return SignedNote.Of(text, Log.Key.Sign(text), Key.Cosign(text, Now)).Bytes;
    }
}
