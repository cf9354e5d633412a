using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Tansiq.Record;
using Tansiq.Record.Federation;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Federation;

/// <summary>What a node says of each of several entries, as JSON: <c>[{"index":12},{"index":3,"repeated":true},{"waiting":true},{"code":…,"where":…,"found":…,"expected":…}]</c>.</summary>
internal static class SubmissionList
{
    /// <summary>The most bytes of an answer to one request.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>Writes the answers in the order of the entries.</summary>
    public static void Write(IBufferWriter<byte> target, IReadOnlyList<Submission> answers)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartArray();
        foreach (var answer in answers) Write(json, answer);
        json.WriteEndArray();
    }

    /// <summary>Reads the answers.</summary>
    /// <returns>They, or <see cref="RecordFaults.SourceFailed"/>.</returns>
    public static Checked<ImmutableArray<EntryAnswer>> Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = 4 });
            return document.RootElement.EnumerateArray().Select(Read).ToImmutableArray();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return new Fault(RecordFaults.SourceFailed, FederationPaths.Entries, exception.GetType().Name, "an answer for each entry");
        }
    }

    private static void Write(Utf8JsonWriter json, Submission answer)
    {
        json.WriteStartObject();
        switch (answer)
        {
            case Submission.Accepted accepted:
                json.WriteNumber("index"u8, accepted.Index);
                if (accepted.IsRepeated) json.WriteBoolean("repeated"u8, true);
                break;
            case Submission.Waiting:
                json.WriteBoolean("waiting"u8, true);
                break;
            case Submission.Refused { Refusal: var refusal }:
                json.WriteString("code"u8, refusal.Code);
                json.WriteString("where"u8, refusal.Where);
                json.WriteString("found"u8, refusal.Found);
                json.WriteString("expected"u8, refusal.Expected);
                break;
            default: throw new InvalidOperationException("An answer of an unknown kind.");
        }

        json.WriteEndObject();
    }

    private static EntryAnswer Read(JsonElement answer)
    {
        if (answer.TryGetProperty("index"u8, out var index)) return new EntryAnswer.Accepted(index.GetInt64());
        return answer.TryGetProperty("code"u8, out _) ? new EntryAnswer.Refused(new(Text(answer, "code"), Text(answer, "where"), Text(answer, "found"), Text(answer, "expected"))) : new EntryAnswer.Busy();
    }

    private static string Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var text) && text.GetString() is { } value ? value[..Math.Min(value.Length, 256)] : "";
}
