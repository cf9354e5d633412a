using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Tansiq.Record.Notes;

/// <summary>
/// A text with its signature lines (C2SP signed-note v1.0.0). Reading it checks form alone; nothing of the text counts before
/// a signature of a trusted key has been verified.
/// </summary>
public sealed class SignedNote
{
    private const byte FirstPrintable = 0x20;
    private static readonly System.Buffers.SearchValues<byte> Controls =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, FirstPrintable).Where(control => control != '\n').Select(control => (byte)control)]);

    private SignedNote(ReadOnlyMemory<byte> bytes, int textLength, NoteSignature[] signatures)
    {
        Bytes = bytes;
        Text = bytes[..textLength];
        Signatures = signatures;
    }

    /// <summary>The whole note.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The text with its last newline, without the empty line after it: what is signed.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The signatures in their order; at least one.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note. The text ends at the last empty line.</summary>
    /// <returns>The note, <see cref="RecordFaults.MalformedNote"/> or <see cref="RecordFaults.TooLarge"/>.</returns>
    public static Checked<SignedNote> Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length > NoteLimits.MaximumBytes) return new Fault(RecordFaults.TooLarge, "", $"{span.Length} bytes", $"a note of at most {NoteLimits.MaximumBytes} bytes");
        if (span.IndexOfAny(Controls) is >= 0 and var control) return Malformed(span, control, $"character 0x{span[control]:x2}", "no control characters but newlines");
        if (!Utf8.IsValid(span)) return Malformed("", "bytes that are not UTF-8", "UTF-8");
        var empty = span.LastIndexOf("\n\n"u8);
        if (empty < 0) return Malformed("", "no empty line", "a text, an empty line and signatures");
        if (span[^1] != (byte)'\n' || empty + 2 == span.Length) return Malformed("", "another end", "signature lines, each with a newline");
        return ReadSignatures(bytes, empty + 1);
    }

    /// <summary>A note of a text and signatures.</summary>
    /// <param name="text">Valid UTF-8 that ends with a newline, without other control characters.</param>
    /// <param name="signatures">At least one.</param>
    /// <exception cref="ArgumentException">It would not be a note.</exception>
    public static SignedNote Of(ReadOnlySpan<byte> text, params ReadOnlySpan<NoteSignature> signatures)
    {
        var lines = new StringBuilder("\n");
        foreach (var signature in signatures) lines.Append(signature.Line());
        byte[] bytes = [.. text, .. Encoding.UTF8.GetBytes(lines.ToString())];
        return Read(bytes).TryGet(out var note, out var fault) && note.Text.Length == text.Length
            ? note
            : throw new ArgumentException("Not a note: " + fault, nameof(text));
    }

    /// <summary>The signatures that verify by some keys; a signature of one of them that does not verify refuses the note.</summary>
    /// <param name="keys">The keys that are trusted here.</param>
    /// <returns>
    /// The keys that have signed, each with the number of its signature; <see cref="RecordFaults.BadSignature"/>; or
    /// <see cref="RecordFaults.UnknownKey"/> where none of them has signed (signed-note, Signatures).
    /// </returns>
    public Checked<IReadOnlyList<(VerifierKey Key, int Signature)>> Verify(params IEnumerable<VerifierKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var verified = new List<(VerifierKey, int)>();
        foreach (var key in keys.Distinct())
        {
            for (var number = 0; number < Signatures.Count; number++)
            {
                if (!key.IsNamedBy(Signatures[number])) continue;
                if (!key.Verifies(Text.Span, Signatures[number].Bytes.Span))
                    return new Fault(RecordFaults.BadSignature, Place(number), $"a signature that {key.Name} did not make", "a signature that verifies");
                verified.Add((key, number));
            }
        }

        if (verified.Count > 0) return verified;
        return new Fault(RecordFaults.UnknownKey, "", "no signature by a key that is known here", "one at least");
    }

    private static Checked<SignedNote> ReadSignatures(ReadOnlyMemory<byte> bytes, int textLength)
    {
        var rest = bytes[(textLength + 1)..];
        var count = rest.Span.Count((byte)'\n');
        if (count > NoteLimits.MaximumSignatures) return new Fault(RecordFaults.TooLarge, "", $"{count} signatures", $"at most {NoteLimits.MaximumSignatures}");
        var signatures = new NoteSignature[count];
        for (var number = 0; number < count; number++)
        {
            var length = rest.Span.IndexOf((byte)'\n');
            if (!TryReadLine(rest[..length], out signatures[number])) return Malformed(Place(number), "another line", "— name base64(key ID and signature)");
            rest = rest[(length + 1)..];
        }

        return new SignedNote(bytes, textLength, signatures);
    }

    private static bool TryReadLine(ReadOnlyMemory<byte> line, out NoteSignature signature)
    {
        signature = default;
        var start = "— "u8;
        if (!line.Span.StartsWith(start)) return false;
        line = line[start.Length..];
        var space = line.Span.IndexOf((byte)' ');
        if (space < 0 || !KeyName.IsValid(line.Span[..space])) return false;
        if (!Base64Text.TryDecode(line.Span[(space + 1)..], out var value)) return false;
        if (value.Length is <= 4 or > 4 + NoteLimits.MaximumSignatureBytes) return false;
        signature = new(line[..space], BinaryPrimitives.ReadUInt32BigEndian(value), value.AsMemory(4));
        return true;
    }

    private static string Place(int signature) => string.Create(CultureInfo.InvariantCulture, $"signature {signature + 1}");

    private static Fault Malformed(ReadOnlySpan<byte> note, int at, string found, string expected) =>
        Malformed(string.Create(CultureInfo.InvariantCulture, $"line {note[..at].Count((byte)'\n') + 1}"), found, expected);

    private static Fault Malformed(string where, string found, string expected) => new(RecordFaults.MalformedNote, where, found, expected);
}
