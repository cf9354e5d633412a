using System.Globalization;
using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Keys;
using Tansiq.Record.Notes;
using Tansiq.Record.Proofs;
using Tansiq.Record.Tiles;
using Tansiq.Record.Witnessing;

namespace Tansiq.Record.Tests;

/// <summary>Every parser, with chance and with valid bytes that were changed: it never throws, and what it takes it writes back byte for byte.</summary>
[Trait("Requirement", "REC-1")]
public class ParserFuzzTests
{
    private static readonly TestLog Log = new("log.example");
    private static readonly SigningKey Witness = TestKeys.Witness("witness.example");
    private static readonly SignedNote Cosigned = CosignedNote();

    // Bytes that these formats give a meaning to, beside any.
    private static readonly Gen<byte> Telling = Gen.Frequency((3, OneOf("\n +=0129/.xp{}\"\0"u8.ToArray())), (1, Gen.Byte));

    /// <summary>Each parser: valid bytes, and what it takes, written back (null where it refuses).</summary>
    private static readonly Dictionary<string, (byte[][] Valid, Func<byte[], byte[]?> WrittenBack)> Parsers = new(StringComparer.Ordinal)
    {
        ["note"] = ([Cosigned.Bytes.ToArray(), "a\n\nb\n\n— c AAAAAAA=\n"u8.ToArray()], bytes => SignedNote.Read(bytes).TryGet(out var note, out _) ? SignedNote.Of(note.Text.Span, [.. note.Signatures]).Bytes.ToArray() : null),
        ["entry"] = ([Log.Signed(7).Bytes.ToArray()], bytes => SignedEntry.Read(bytes).TryGet(out var entry, out _) ? SignedNote.Of(entry.Text.Span, entry.Signature).Bytes.ToArray() : null),
        ["verifier key"] = ([Encoding.UTF8.GetBytes(Witness.Verifier.ToString())], bytes => Utf8(bytes) is { } text && VerifierKey.Parse(text).TryGet(out var key, out _) ? Encoding.UTF8.GetBytes(key.ToString()) : null),
        ["checkpoint"] = ([Log.At(7).Text(), Log.At(0).Text()], bytes => Checkpoint.Parse(bytes).TryGet(out var checkpoint, out _) ? checkpoint.Text() : null),
        ["tile path"] = (["tile/0/x001/x234/067"u8.ToArray(), "tile/entries/000.p/12"u8.ToArray()], bytes => Utf8(bytes) is { } text && Tile.Parse(text).TryGet(out var tile, out _) ? Encoding.UTF8.GetBytes(tile.Path()) : null),
        ["bundle"] = ([[0, 1, 7, 0, 0, 0, 2, 8, 9]], bytes => EntryBundle.Read(bytes, 3).TryGet(out var entries, out _) ? Bundle(entries) : null),
        ["proof"] = ([RecordProof.Of(3, Log.Inclusion(3, 7), Cosigned, "extra"u8.ToArray()).Write(), RecordProof.Of(0, [], Log.Signed(1)).Write()], bytes => RecordProof.Read(bytes).TryGet(out var proof, out _) ? proof.Write() : null),
        ["add-checkpoint"] = ([AddCheckpointRequest.Of(5, Log.Consistency(5, 7), Cosigned).Value.Write()], bytes => AddCheckpointRequest.Read(bytes).TryGet(out var request, out _) ? request.Write() : null),
        ["conflict size"] = (["20852163\n"u8.ToArray()], bytes => ConflictSize.Read(bytes).TryGet(out var size, out _) ? Encoding.ASCII.GetBytes(size.ToString(CultureInfo.InvariantCulture) + "\n") : null),
        ["attachment hash"] = ([Encoding.ASCII.GetBytes(AttachmentHash.Of([]).Hex)], bytes => Utf8(bytes) is { } text && AttachmentHash.Parse(text) is { } hash ? Encoding.ASCII.GetBytes(hash.Hex) : null),
    };

    public static TheoryData<string> Names => [.. Parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_BytesByChance_NeverThrowsAndWritesBackWhatItTakes(string name) =>
        Gen.OneOf(Telling.Array[0, 200], Gen.Byte.Array[0, 200]).Sample(bytes => WritesBack(name, bytes), iter: 20_000);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_ValidBytesThatWereChanged_NeverThrowsAndWritesBackWhatItTakes(string name)
    {
        var change = Gen.Select(Gen.Int[0, 3], Gen.Double[0, 1], Gen.Double[0, 1], Telling);
        Gen.Select(OneOf(Parsers[name].Valid), change.Array[0, 4]).Sample(
            (valid, changes) => WritesBack(name, changes.Aggregate(valid, (bytes, each) => Changed(bytes, each.Item1, each.Item2, each.Item3, each.Item4))),
            iter: 20_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_ValidBytes_AreTaken(string name)
    {
        foreach (var valid in Parsers[name].Valid) Parsers[name].WrittenBack(valid).ShouldBe(valid);
    }

    [Fact]
    public void KeyFile_ValidBytesThatWereChanged_AreRefusedOrOpenToTheKeyThatTheyName()
    {
        var valid = KeyFile.Write("a", SignatureType.Ed25519, new byte[32]).Value;
        var change = Gen.Select(Gen.Int[0, 3], Gen.Double[0, 1], Gen.Double[0, 1], Telling);
        change.Array[0, 3].Sample(
            changes =>
            {
                var bytes = changes.Aggregate(valid, (each, next) => Changed(each, next.Item1, next.Item2, next.Item3, next.Item4));
                if (!KeyFile.Read(bytes).TryGet(out var file, out _) || !file.Open(null).TryGet(out var key, out _)) return;
                using (key) key.Verifier.ShouldBe(file.Verifier);
            },
            iter: 20_000);
    }

    [Fact]
    public void Verify_SignatureOfAnyLength_NeverThrows() =>
        Gen.Byte.Array[0, 100].Sample(
            bytes =>
            {
                Witness.Verifier.Verifies("a\n"u8, bytes).ShouldBeFalse();
                Log.Key.Verifier.Verifies("a\n"u8, bytes).ShouldBeFalse();
            },
            iter: 5_000);

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(number => values[number]);

    private static void WritesBack(string name, byte[] bytes) => Parsers[name].WrittenBack(bytes)?.ShouldBe(bytes);

    private static byte[] Changed(byte[] bytes, int kind, double from, double until, byte value)
    {
        var (start, end) = ((int)(Math.Min(from, until) * bytes.Length), (int)(Math.Max(from, until) * bytes.Length));
        return kind switch
        {
            0 => start < bytes.Length ? [.. bytes[..start], value, .. bytes[(start + 1)..]] : bytes,
            1 => [.. bytes[..start], value, .. bytes[start..]],
            2 => [.. bytes[..start], .. bytes[end..]],
            _ => [.. bytes[..end], .. bytes[start..]],
        };
    }

    private static string? Utf8(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    private static byte[] Bundle(ReadOnlyMemory<byte>[] entries)
    {
        var bundle = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var entry in entries) EntryBundle.Write(bundle, entry.Span);
        return bundle.WrittenSpan.ToArray();
    }

    private static SignedNote CosignedNote()
    {
        var text = Log.At(7).Text();
        return SignedNote.Of(text, Log.Key.Sign(text), Witness.Cosign(text, Instant.FromUnixTimeSeconds(1_468_573_200)));
    }
}
