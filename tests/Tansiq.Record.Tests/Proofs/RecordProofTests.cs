using System.Text;
using NodaTime;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Proofs;

namespace Tansiq.Record.Tests.Proofs;

/// <summary>Proofs as files (tlog-proof): with nothing but the entry and the keys, offline.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-3")]
public class RecordProofTests
{
    private const string Hash = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static readonly TestLog Log = new("log.example");
    private static readonly SigningKey Witness = TestKeys.Witness("witness.example");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 7)]
    [InlineData(6, 7)]
    [InlineData(300, 1_000)]
    public void Verify_ProofThatWasWritten_HoldsForItsEntryAlone(long index, long size)
    {
        var written = Cosigned(index, size).Write();
        var proof = RecordProof.Read(written).Value;
        proof.Write().ShouldBe(written);
        var signed = proof.Verify(Log.Entry(index), Log.Key.Verifier, Witness.Verifier).Value;
        signed.Checkpoint.ShouldBe(Log.At(size));
        signed.IsCosignedBy(Witness.Verifier).ShouldBeTrue();
        proof.Verify(Log.Entry(index), Log.Key.Verifier).Value.IsCosignedBy(Witness.Verifier).ShouldBeFalse();
        proof.Verify(Log.Entry(index + 1), Log.Key.Verifier, Witness.Verifier).Fault!.Code.ShouldBe(RecordFaults.WrongProof);
        RecordProof.Of(index + 1, proof.Hashes, proof.Checkpoint).Verify(Log.Entry(index), Log.Key.Verifier).Fault!.Code.ShouldBe(RecordFaults.WrongProof);
        RecordProof.Of(index, proof.Hashes, Log.Signed(size + 1)).Verify(Log.Entry(index), Log.Key.Verifier).Fault!.Code.ShouldBe(RecordFaults.WrongProof);
    }

    [Fact]
    public void Verify_ByAnotherKeyOrWithAForgedCosignature_IsRefused()
    {
        using var namesake = SigningKey.FromSeed("log.example", SignatureType.Ed25519, new byte[32]).Value;
        using var stranger = TestKeys.Signer("other.example");
        var proof = Cosigned(3, 7);
        proof.Verify(Log.Entry(3), namesake.Verifier).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
        proof.Verify(Log.Entry(3), stranger.Verifier).Fault!.Code.ShouldBe(RecordFaults.OtherOrigin);
        var text = Log.At(7).Text();
        var forged = Witness.Cosign(Log.At(6).Text(), Instant.FromUnixTimeSeconds(0));
        var note = SignedNote.Of(text, Log.Key.Sign(text), forged);
        RecordProof.Of(3, proof.Hashes, note).Verify(Log.Entry(3), Log.Key.Verifier, Witness.Verifier).Fault!.Code.ShouldBe(RecordFaults.BadSignature);
    }

    [Fact]
    public void Read_ExampleOfTheFormat_HasItsParts()
    {
        var text = $"c2sp.org/tlog-proof@v1\nextra YWdl\nindex 73894\n{Hash}\n{Hash}\n\nexample.com/fancylog\n109482\n{Hash}\n\n— example.com/fancylog AAAAAAA=\n";
        var proof = RecordProof.Read(Encoding.UTF8.GetBytes(text)).Value;
        (proof.Index, proof.Hashes.Count, Encoding.UTF8.GetString(proof.Extra.Span)).ShouldBe((73_894, 2, "age"));
        Encoding.UTF8.GetString(proof.Write()).ShouldBe(text);
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra YWdl\nextra YWdl\nindex 0\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra YWd\nindex 0\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nYWdl\n\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n" + Hash + "\n", RecordFaults.MalformedProof)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\nno note\n", RecordFaults.MalformedNote)]
    public void Read_WhatIsNoProof_IsRefused(string text, string code) => RecordProof.Read(Encoding.UTF8.GetBytes(text)).Fault!.Code.ShouldBe(code);

    [Theory]
    [InlineData(InclusionProof.MaximumHashes, null)]
    [InlineData(InclusionProof.MaximumHashes + 1, RecordFaults.TooLarge)]
    public void Read_HashesAtTheLimit_AreTakenAndOneMoreIsNot(int hashes, string? code)
    {
        var text = "c2sp.org/tlog-proof@v1\nindex 0\n" + string.Concat(Enumerable.Repeat(Hash + "\n", hashes)) + "\na\n\n— a AAAAAAA=\n";
        (RecordProof.Read(Encoding.UTF8.GetBytes(text)).Fault?.Code).ShouldBe(code);
    }

    [Theory]
    [InlineData(RecordProof.MaximumExtraBytes, null)]
    [InlineData(RecordProof.MaximumExtraBytes + 1, RecordFaults.MalformedProof)]
    public void Read_ExtraAtTheLimit_IsTakenAndOneByteMoreIsNot(int bytes, string? code)
    {
        var text = $"c2sp.org/tlog-proof@v1\nextra {Convert.ToBase64String(new byte[bytes])}\nindex 0\n\na\n\n— a AAAAAAA=\n";
        (RecordProof.Read(Encoding.UTF8.GetBytes(text)).Fault?.Code).ShouldBe(code);
    }

    [Fact]
    public void Read_MoreBytesThanAnyProofHas_IsRefusedUnread() =>
        RecordProof.Read(new byte[RecordProof.MaximumBytes + 1]).Fault!.Code.ShouldBe(RecordFaults.TooLarge);

    private static RecordProof Cosigned(long index, long size)
    {
        var text = Log.At(size).Text();
        return RecordProof.Of(index, Log.Inclusion(index, size), SignedNote.Of(text, Log.Key.Sign(text), Witness.Cosign(text, Instant.FromUtc(2016, 7, 15, 9, 0))));
    }
}
