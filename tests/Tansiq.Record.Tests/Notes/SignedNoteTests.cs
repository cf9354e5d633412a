using System.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Tests.Notes;

/// <summary>signed-note v1.0.0: the examples that others publish, what is refused, and where the limits are.</summary>
[Trait("Requirement", "REC-1")]
public class SignedNoteTests
{
    // golang.org/x/mod, sumdb/note, and the example of the specification.
    private const string Peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string PeterLine = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private const string EnochLine = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    [Theory]
    [InlineData(Peter, Text + "\n" + PeterLine)]
    [InlineData(Enoch, Text + "\n" + PeterLine + EnochLine)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n")]
    public void Verify_PublishedNote_HoldsAndNoLongerWhenALetterIsAnother(string key, string note)
    {
        var verifier = VerifierKey.Parse(key).Value;
        Read(note).Verify(verifier).Value.ShouldHaveSingleItem().Key.ShouldBe(verifier);
        Read(note.Replace("is", "os", StringComparison.Ordinal)).Verify(verifier).Fault!.Code.ShouldBe(RecordFaults.BadSignature);
    }

    [Fact]
    public void Sign_WithAPublishedSeed_GivesThePublishedBytes()
    {
        // The private key of the same published test: type byte and seed.
        var seed = Convert.FromBase64String("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1..];
        using var key = SigningKey.FromSeed("PeterNeumann", SignatureType.Ed25519, seed).Value;
        key.Verifier.ToString().ShouldBe(Peter);
        Encoding.UTF8.GetString(SignedNote.Of(Encoding.UTF8.GetBytes(Text), key.Sign(Encoding.UTF8.GetBytes(Text))).Bytes.Span).ShouldBe(Text + "\n" + PeterLine);
    }

    [Fact]
    public void Verify_KnownKeyWithABadSignatureBesideAGoodOne_RefusesTheNote()
    {
        var (peter, enoch) = (VerifierKey.Parse(Peter).Value, VerifierKey.Parse(Enoch).Value);
        var forged = EnochLine.Replace("5n2t", "5n3t", StringComparison.Ordinal);
        forged.ShouldNotBe(EnochLine);
        Read(Text + "\n" + PeterLine + forged).Verify(peter, enoch).Fault!.Code.ShouldBe(RecordFaults.BadSignature);
        Read(Text + "\n" + EnochLine + forged).Verify(peter, enoch).Fault!.Code.ShouldBe(RecordFaults.BadSignature);
        Read(Text + "\n" + PeterLine + forged).Verify(peter).Value.ShouldHaveSingleItem().Key.ShouldBe(peter);
    }

    [Fact]
    public void Verify_KeyOfTheSameNameOrTheSameIdButNotBoth_IsIgnored()
    {
        var enoch = VerifierKey.Parse(Enoch).Value;
        using var namesake = TestKeys.Signer("EnochRoot");
        using var stranger = TestKeys.Signer("CarmenSandiego");
        var text = Encoding.UTF8.GetBytes(Text);
        var sameName = namesake.Sign(text);
        var sameId = new NoteSignature("CarmenSandiego"u8.ToArray(), enoch.Id, stranger.Sign(text).Bytes);
        SignedNote.Of(text, sameName, sameId).Verify(enoch).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
        var both = new NoteSignature("EnochRoot"u8.ToArray(), enoch.Id, stranger.Sign(text).Bytes);
        SignedNote.Of(text, both).Verify(enoch).Fault!.Code.ShouldBe(RecordFaults.BadSignature);
    }

    [Fact]
    public void Verify_OneKeyOnSeveralLines_CountsOnce()
    {
        var peter = VerifierKey.Parse(Peter).Value;
        Read(Text + "\n" + EnochLine + PeterLine + PeterLine).Verify(peter, peter).Value.ShouldHaveSingleItem().Signature.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(Text)]
    [InlineData(Text + "\n")]
    [InlineData("\n" + PeterLine)]
    [InlineData(Text + PeterLine)]
    [InlineData("\u0001" + Text + "\n" + PeterLine)]
    [InlineData(Text + "\n" + PeterLine + "\r\n")]
    [InlineData(Text + "\n" + PeterLine + "Unexpected line.\n")]
    [InlineData(Text + "\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")]
    [InlineData(Text + "\n— Bad+Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")]
    [InlineData(Text + "\n— Bad\u00a0Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")]
    [InlineData(Text + "\n—  x08go/ZJ\n")]
    [InlineData(Text + "\n- PeterNeumann x08go/ZJ\n")]
    [InlineData(Text + "\n— PeterNeumann  x08go/ZJ\n")]
    [InlineData(Text + "\n— PeterNeumann x08go/ZJ \n")]
    [InlineData(Text + "\n— PeterNeumann x08gow==\n")]
    [InlineData(Text + "\n— PeterNeumann x08go_ZJ\n")]
    [InlineData(Text + "\n— PeterNeumann x08go/Z=\n")]
    [InlineData(Text + "\n— PeterNeumann x08go/Y\n")]
    public void Read_WhatIsNoNote_IsRefused(string note)
    {
        SignedNote.Read(Encoding.UTF8.GetBytes(note)).Fault!.Code.ShouldBe(RecordFaults.MalformedNote);
        SignedNote.Read(Encoding.UTF8.GetBytes(note.TrimEnd('\n'))).Fault!.Code.ShouldBe(RecordFaults.MalformedNote);
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreRefused() =>
        SignedNote.Read((byte[])[0xff, .. Encoding.UTF8.GetBytes(Text + "\n" + PeterLine)]).Fault!.Code.ShouldBe(RecordFaults.MalformedNote);

    [Fact]
    public void Read_TextWithEmptyLines_EndsAtTheLastOne()
    {
        var note = Read("first\n\nsecond\n\n\n— a AAAAAAA=\n");
        Encoding.UTF8.GetString(note.Text.Span).ShouldBe("first\n\nsecond\n\n");
        note.Signatures.ShouldHaveSingleItem().Bytes.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(NoteLimits.MaximumSignatures, null)]
    [InlineData(NoteLimits.MaximumSignatures + 1, RecordFaults.TooLarge)]
    public void Read_SignaturesAtTheLimit_AreTakenAndOneMoreIsNot(int signatures, string? code) =>
        (SignedNote.Read(Encoding.UTF8.GetBytes("a\n\n" + string.Concat(Enumerable.Repeat("— a AAAAAAA=\n", signatures)))).Fault?.Code).ShouldBe(code);

    [Theory]
    [InlineData(NoteLimits.MaximumNameBytes, null)]
    [InlineData(NoteLimits.MaximumNameBytes + 1, RecordFaults.MalformedNote)]
    public void Read_NameAtTheLimit_IsTakenAndOneByteMoreIsNot(int bytes, string? code)
    {
        // Two bytes for a letter, so that bytes are counted and not letters.
        var name = (bytes % 2 == 0 ? "" : "a") + new string('ж', bytes / 2);
        (SignedNote.Read(Encoding.UTF8.GetBytes($"a\n\n— {name} AAAAAAA=\n")).Fault?.Code).ShouldBe(code);
        KeyName.IsValid(name).ShouldBe(code is null);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(0, RecordFaults.MalformedNote)]
    [InlineData(NoteLimits.MaximumSignatureBytes, null)]
    [InlineData(NoteLimits.MaximumSignatureBytes + 1, RecordFaults.MalformedNote)]
    public void Read_SignatureAtTheLimit_IsTakenAndOneByteBeyondIsNot(int bytes, string? code) =>
        (SignedNote.Read(Encoding.UTF8.GetBytes($"a\n\n— a {Convert.ToBase64String(new byte[4 + bytes])}\n")).Fault?.Code).ShouldBe(code);

    [Theory]
    [InlineData(NoteLimits.MaximumBytes, null)]
    [InlineData(NoteLimits.MaximumBytes + 1, RecordFaults.TooLarge)]
    public void Read_NoteAtTheLimit_IsTakenAndOneByteMoreIsNot(int bytes, string? code)
    {
        var rest = Encoding.UTF8.GetBytes("\n\n— a AAAAAAA=\n");
        byte[] note = [.. Enumerable.Repeat((byte)'a', bytes - rest.Length), .. rest];
        (SignedNote.Read(note).Fault?.Code).ShouldBe(code);
    }

    private static SignedNote Read(string note) => SignedNote.Read(Encoding.UTF8.GetBytes(note)).Value;
}
