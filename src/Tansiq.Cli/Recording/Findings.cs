using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Record;

namespace Tansiq.Cli.Recording;

/// <summary>What was looked at and came out: what holds, what does not, and what a reader has to know beside it.</summary>
internal sealed class Findings
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Kind, string Text, Fault? Fault)> _found = [];

    /// <summary>Whether nothing was found that does not hold.</summary>
    public bool AllHold => _found.TrueForAll(each => each.Fault is null);

    /// <summary>Something holds.</summary>
    public void Holds(FormattableString text) => _found.Add(("holds", FormattableString.Invariant(text), null));

    /// <summary>Something does not hold.</summary>
    public void Fails(Fault fault) => _found.Add(("does not hold", fault.ToString(), fault));

    /// <summary>Something that a reader has to know.</summary>
    public void Remark(FormattableString text) => _found.Add(("note", FormattableString.Invariant(text), null));

    /// <summary>Writes a line for each finding, or one JSON object (docs/formats/record-verify.md).</summary>
    /// <returns>0, or 3 where something does not hold.</returns>
    public int Write(TextWriter output, bool json)
    {
        if (json) output.WriteLine(Json());
        else
        {
            foreach (var (kind, text, _) in _found) output.WriteLine(ExitCode.OneLine($"{kind}: {text}"));
        }

        return AllHold ? ExitCode.Done : ExitCode.Refused;
    }

    private string Json()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("format", "tansiq-record-verification/1");
            writer.WriteBoolean("holds", AllHold);
            writer.WriteStartArray("findings");
            foreach (var (kind, text, fault) in _found)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", kind.Replace(' ', '-'));
                writer.WriteString("text", text);
                if (fault is not null)
                {
                    writer.WriteString("code", fault.Code);
                    writer.WriteString("where", fault.Where);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
