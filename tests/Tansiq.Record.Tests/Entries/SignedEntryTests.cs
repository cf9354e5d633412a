using System.Text;
using Tansiq.Record.Entries;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Tests.Entries;

/// <summary>An entry is a note with exactly one signature, small enough for a bundle.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-7")]
public class SignedEntryTests
{
    [Fact]
    public void Read_OneSignature_IsAnEntryAndTwoAreNot()
    {
        using var first = TestKeys.Signer("first.example");
        using var second = TestKeys.Signer("second.example");
        var text = "{}\n"u8.ToArray();
        var entry = SignedEntry.Read(SignedNote.Of(text, first.Sign(text)).Bytes).Value;
        entry.Text.ToArray().ShouldBe(text);
        entry.Leaf.ShouldBe(MerkleHashing.Leaf(entry.Note.Bytes.Span));
        first.Verifier.Verifies(entry.Text.Span, entry.Signature.Bytes.Span).ShouldBeTrue();
        SignedEntry.Read(SignedNote.Of(text, first.Sign(text), second.Sign(text)).Bytes).Fault!.Code.ShouldBe(RecordFaults.NotOneSignature);
        SignedEntry.Read(text).Fault!.Code.ShouldBe(RecordFaults.MalformedNote);
    }

    [Theory]
    [InlineData(EntryBundle.MaximumEntryBytes, null)]
    [InlineData(EntryBundle.MaximumEntryBytes + 1, RecordFaults.TooLarge)]
    public void Read_EntryAtTheLimit_IsTakenAndOneByteMoreIsNot(int bytes, string? code)
    {
        var rest = Encoding.UTF8.GetBytes("\n\n— a AAAAAAA=\n");
        byte[] entry = [.. Enumerable.Repeat((byte)'a', bytes - rest.Length), .. rest];
        (SignedEntry.Read(entry).Fault?.Code).ShouldBe(code);
    }
}
