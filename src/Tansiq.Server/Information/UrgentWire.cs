using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Statements;

namespace Tansiq.Server.Information;

/// <summary>
/// Notes between nodes: each a big-endian number of its bytes (16 bits) and its bytes, as entry bundles of tlog-tiles are; the answer one line for each, in order:
/// <c>HASH held</c> or <c>HASH CODE</c>.
/// </summary>
internal static class UrgentWire
{
    /// <summary>Where nodes take urgent messages.</summary>
    public const string Path = "/federation/v1/stops";

    /// <summary>The most bytes of a request.</summary>
    public const int MaximumRequestBytes = UrgentSteps.MaximumBytesOfSending + 2 * UrgentSteps.MaximumNotesOfSending + UrgentNote.MaximumBytes;

    /// <summary>The most bytes of an answer.</summary>
    public const int MaximumAnswerBytes = 16_384;

    /// <summary>The word of a note that is held.</summary>
    public const string HeldWord = "held";

    public static byte[] Write(IReadOnlyList<UrgentNote> notes)
    {
        var bytes = new byte[notes.Sum(note => 2 + note.Bytes.Length)];
        var rest = bytes.AsSpan();
        foreach (var note in notes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)note.Bytes.Length));
            note.Bytes.Span.CopyTo(rest[2..]);
            rest = rest[(2 + note.Bytes.Length)..];
        }

        return bytes;
    }

    /// <summary>Takes a request apart; null where it is cut off, empty, or has more notes than are taken.</summary>
    public static List<ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> request)
    {
        var notes = new List<ReadOnlyMemory<byte>>();
        while (!request.IsEmpty)
        {
            if (request.Length < 2 || notes.Count == UrgentSteps.MaximumNotesOfSending) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(request.Span);
            if (request.Length < 2 + length) return null;
            notes.Add(request.Slice(2, length));
            request = request[(2 + length)..];
        }

        return notes.Count == 0 ? null : notes;
    }

    public static string Line(ContentHash hash, string? code) => string.Create(CultureInfo.InvariantCulture, $"{hash.Hex} {code ?? HeldWord}\n");

    /// <summary>What an answer says of notes, by the hashes of their texts: <see cref="HeldWord"/> or a code.</summary>
    public static Dictionary<string, string> Words(ReadOnlySpan<byte> answer)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var hash, var word]) words[hash] = word;
        }

        return words;
    }
}
