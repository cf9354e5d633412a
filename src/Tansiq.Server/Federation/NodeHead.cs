using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Record;

namespace Tansiq.Server.Federation;

/// <summary>What a node shows another of itself: the checkpoint that it holds, the digest of its picture, its clock.</summary>
/// <param name="Checkpoint">The newest note that it holds, with cosignatures; null for none.</param>
/// <param name="Size">The size at which the digest is.</param>
/// <param name="Digest">The digest of its situation at that size (REC-7).</param>
/// <param name="Clock">Its clock as it wrote this.</param>
internal sealed record NodeHead(ReadOnlyMemory<byte>? Checkpoint, long Size, ReadOnlyMemory<byte> Digest, Instant Clock)
{
    /// <summary>The most bytes of one.</summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>Its JSON.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (Checkpoint is { } note) json.WriteString("checkpoint", note.Span);
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
            if (!clock.Success || size < 0) return Malformed("a clock or a size that is none");
            return new NodeHead(
                root.TryGetProperty("checkpoint", out var note) ? Encoding.UTF8.GetBytes(note.GetString()!) : null,
                size,
                Convert.FromHexString(root.GetProperty("digest").GetString()!),
                clock.Value);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return Malformed(exception.GetType().Name);
        }
    }

    private static Fault Malformed(string found) => new(RecordFaults.MalformedRequest, "head", found, "a head: checkpoint, size, digest, clock");
}
