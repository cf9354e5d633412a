using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tansiq.Server.Api.Events;

/// <summary>Writes events as they go over the wire (server-sent events, WHATWG HTML 9.2): once, the same bytes for every client.</summary>
internal static class EventFrame
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One event.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="size">What a client resumes from that has seen it: the size of the record.</param>
    /// <param name="json">One JSON object without line breaks.</param>
    public static void Write(IBufferWriter<byte> output, string kind, long size, ReadOnlySpan<byte> json)
    {
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: {kind}\nid: {size}\ndata: ")));
        output.Write(json);
        output.Write("\n\n"u8);
    }

    /// <summary>One event whose object is written here.</summary>
    public static void Write(IBufferWriter<byte> output, string kind, long size, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        Write(output, kind, size, buffer.WrittenSpan);
    }
}
