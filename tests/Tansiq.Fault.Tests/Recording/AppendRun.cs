using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Tansiq.Fault.Tests.Recording;

/// <summary>One run of <c>tansiq record append DIR --stream</c>: entries go in, a line comes back for each, in order.</summary>
internal sealed class AppendRun : IDisposable
{
    private readonly Process _process;
    private readonly Stream _answers;
    private readonly byte[] _buffer = new byte[4096];
    private readonly Task<string> _errors;
    private int _at, _end;

    private AppendRun(Process process)
    {
        _process = process;
        _answers = process.StandardOutput.BaseStream;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the command said on standard error; known when it has ended.</summary>
    public string Errors => _errors.GetAwaiter().GetResult();

    /// <summary>Starts the command on a record.</summary>
    public static AppendRun Start(string record, IReadOnlyDictionary<string, string>? environment = null) =>
        new(TansiqCommand.Start(environment, "record", "append", record, "--stream", "--office-key", RecordTemplate.Founded.OfficeKeys));

    /// <summary>Sends an entry; false when the command reads no more.</summary>
    public bool Send(byte[] entry)
    {
        try
        {
            Span<byte> length = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)entry.Length));
            _process.StandardInput.BaseStream.Write([.. length, .. entry]);
            _process.StandardInput.BaseStream.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>No more entries come.</summary>
    public void EndOfEntries()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command has ended before.
        }
    }

    /// <summary>The next answer; null when there are no more. A line that a kill has cut off is no answer.</summary>
    public string? ReadAnswer()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, _answers.Read(_buffer));
                if (_end == 0) return null;
            }

            var next = (char)_buffer[_at++];
            if (next == '\n') return line.ToString();
            line.Append(next);
        }
    }

    /// <summary>Ends the command at once, as SIGKILL does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the end of the command and gives its exit code.</summary>
    public int ExitCode()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
