using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Threading.Channels;
using Tansiq.Record;
using Tansiq.Storage.Logs;

namespace Tansiq.Cli.Recording;

/// <summary>
/// Appends entries from a stream, each with its length in two bytes, big-endian, before it (as in a tlog-tiles bundle), many at once, and
/// answers each with a line in their order: its index as soon as it is on the disk, or <c>- CODE …</c>.
/// </summary>
/// <param name="append">Appends one entry.</param>
internal sealed class EntryStream(Func<ReadOnlyMemory<byte>, Task<AppendAnswer>> append)
{
    /// <summary>The most entries that wait for their answers; even of the largest ones they are less than a log queues.</summary>
    public const int MaximumWaiting = 1_000;

    private const int LengthBytes = 2;

    /// <summary>How many were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Appends all entries of a stream.</summary>
    /// <param name="input">The entries.</param>
    /// <param name="output">The answers.</param>
    /// <param name="stop">Reads no more; what was read is answered.</param>
    /// <returns>Null at the stream's end; a fault where it ends within an entry.</returns>
    public async Task<Fault?> RunAsync(Stream input, TextWriter output, CancellationToken stop)
    {
        var waiting = Channel.CreateBounded<Task<AppendAnswer>>(new BoundedChannelOptions(MaximumWaiting) { SingleReader = true, SingleWriter = true });
        var answering = AnswerAsync(waiting.Reader, output);
        Fault? fault;
        try
        {
            fault = await ReadAsync(input, waiting.Writer, stop).ConfigureAwait(false);
        }
        finally
        {
            waiting.Writer.Complete();
        }

        await answering.ConfigureAwait(false);
        return fault;
    }

    /// <summary>The line of an answer: the index, or <c>- CODE …</c>.</summary>
    public static string Line(AppendAnswer answer) => answer switch
    {
        AppendAnswer.Accepted accepted => accepted.Index.ToString(CultureInfo.InvariantCulture),
        AppendAnswer.Refused refused => ExitCode.OneLine($"- {refused.Fault.Code} {refused.Fault}"),
        _ => throw new InvalidOperationException($"Unknown answer {answer.GetType().Name}."),
    };

    private async Task<Fault?> ReadAsync(Stream input, ChannelWriter<Task<AppendAnswer>> waiting, CancellationToken stop)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 65_536));
        try
        {
            while (true)
            {
                var start = await reader.ReadAtLeastAsync(LengthBytes, stop).ConfigureAwait(false);
                if (start.Buffer.Length < LengthBytes) return start.Buffer.IsEmpty ? null : CutShort();
                var length = LengthOf(start.Buffer);
                reader.AdvanceTo(start.Buffer.Start);
                var whole = await reader.ReadAtLeastAsync(LengthBytes + length, stop).ConfigureAwait(false);
                if (whole.Buffer.Length < LengthBytes + length) return CutShort();
                var entry = new byte[length];
                System.Buffers.BuffersExtensions.CopyTo(whole.Buffer.Slice(LengthBytes, length), entry);
                reader.AdvanceTo(whole.Buffer.GetPosition(LengthBytes + length));
                await waiting.WriteAsync(append(entry), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static int LengthOf(in System.Buffers.ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        System.Buffers.BuffersExtensions.CopyTo(buffer.Slice(0, LengthBytes), bytes);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    private async Task AnswerAsync(ChannelReader<Task<AppendAnswer>> waiting, TextWriter output)
    {
        await foreach (var answer in waiting.ReadAllAsync().ConfigureAwait(false))
        {
            // What others wait for is not held back while the next answer is awaited.
            if (!answer.IsCompleted) await output.FlushAsync().ConfigureAwait(false);
            var given = await answer.ConfigureAwait(false);
            if (given is AppendAnswer.Refused) Refused++;
            output.Write(Line(given));
            output.Write('\n');
            if (waiting.Count == 0) await output.FlushAsync().ConfigureAwait(false);
        }

        await output.FlushAsync().ConfigureAwait(false);
    }

    private static Fault CutShort() => new(RecordFaults.MalformedNote, "standard input", "its end within an entry", "entries, each with its length in two bytes before it");
}
