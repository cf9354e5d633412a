using System.Buffers;
using System.Text;
using Tansiq.Coordination.Monitoring;

namespace Tansiq.Cli.Replaying;

/// <summary>Writes events and the summary as JSON Lines (docs/formats/replay.md) to standard output or a file.</summary>
internal sealed class EventLines : IDisposable
{
    private const int FlushBytes = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes * 2);
    private readonly TextWriter? _text;
    private readonly AtomicFile? _file;

    private EventLines(TextWriter? text, AtomicFile? file)
    {
        _text = text;
        _file = file;
    }

    /// <summary>Lines to standard output.</summary>
    public static EventLines To(TextWriter output) => new(output, file: null);

    /// <summary>Lines to a file, which is there only once all are written.</summary>
    public static EventLines To(AtomicFile file) => new(text: null, file);

    /// <summary>Writes an event.</summary>
    public void Write(ReplayEvent happened)
    {
        ReplayEventWriter.Write(_buffer, happened);
        if (_buffer.WrittenCount >= FlushBytes) Flush();
    }

    /// <summary>Writes the summary, the last line.</summary>
    public void Write(ReplaySummary summary)
    {
        ReplayEventWriter.Write(_buffer, summary);
        Flush();
    }

    /// <summary>Puts the file in its place.</summary>
    public void Complete() => _file?.Complete();

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private void Flush()
    {
        _text?.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        _file?.Stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
