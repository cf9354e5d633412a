using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Record;

namespace Tansiq.Server.Federation;

/// <summary>What a node shows another of itself: checkpoints, the digest of its picture, its clock.</summary>
/// <param name="Notes">
/// The checkpoint that it cosigned last, with all cosignatures that it holds; the one that it holds and the joint one, where they are others; and, where it has
/// found a fork, the two that show it: without them others could see one history only.
/// </param>
/// <param name="Size">The size at which the digest is.</param>
/// <param name="Digest">The digest of its situation at that size (REC-7).</param>
/// <param name="Clock">Its clock as it wrote this.</param>
internal sealed record NodeHead(IReadOnlyList<ReadOnlyMemory<byte>> Notes, long Size, ReadOnlyMemory<byte> Digest, Instant Clock)
{
    /// <summary>The most notes in one.</summary>
    public const int MaximumNotes = 8;

    /// <summary>The most bytes of one.</summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>Its JSON.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("notes");
            foreach (var note in Notes) json.WriteStringValue(note.Span);
            json.WriteEndArray();
            json.WriteNumber("size", Size);
            json.WriteString("digest", Convert.ToHexStringLower(Digest.Span));
            json.WriteString("clock", InstantPattern.ExtendedIso.Format(Clock));
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads it.</summary>
    /// <returns>The head, or <see cref="RecordFaults.MalformedRequest"/>.</returns>
    public static Checked<NodeHead> Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = 4 });
            var root = document.RootElement;
            var clock = InstantPattern.ExtendedIso.Parse(root.GetProperty("clock").GetString()!);
            var size = root.GetProperty("size").GetInt64();
            var notes = root.GetProperty("notes");
            if (!clock.Success || size < 0 || notes.GetArrayLength() > MaximumNotes) return Malformed("another clock, size or number of notes");
            return new NodeHead(
                [.. notes.EnumerateArray().Select(note => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(note.GetString()!))],
                size,
                Convert.FromHexString(root.GetProperty("digest").GetString()!),
                clock.Value);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return Malformed(exception.GetType().Name);
        }
    }

    private static Fault Malformed(string found) => new(RecordFaults.MalformedRequest, "head", found, "a head: notes, size, digest, clock");
}
