using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tansiq.Figures.Records;

/// <summary>Asks an HTTP server for one thing after the other over some connections, as cheaply as sockets allow: the server's rate is meant.</summary>
internal static class LoadClient
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Answers a second.</summary>
    /// <param name="server">Where it listens.</param>
    /// <param name="paths">What is asked for, in turn, on each connection.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="seconds">For how long.</param>
    public static async Task<double> RunAsync(IPEndPoint server, IReadOnlyList<string> paths, int connections, double seconds)
    {
        var requests = paths.Select(path => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).ToArray();
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(number => AskAsync(server, requests, number, start, seconds))).ConfigureAwait(false);
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<long> AskAsync(IPEndPoint server, byte[][] requests, int number, long start, double seconds)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server).ConfigureAwait(false);
        var buffer = new byte[BufferBytes];
        long answered = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            await socket.SendAsync(requests[(number + answered) % requests.Length]).ConfigureAwait(false);
            await ReadAnswerAsync(socket, buffer).ConfigureAwait(false);
            answered++;
        }

        return answered;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var (filled, whole) = (0, -1);
        while (whole < 0 || filled < whole)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled)).ConfigureAwait(false);
            if (read == 0) throw new InvalidOperationException("The server closed the connection.");
            filled += read;
            if (whole < 0) whole = LengthOf(buffer.AsSpan(0, filled));
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return -1;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException("Another answer: " + Encoding.ASCII.GetString(answer[..Math.Min(40, end)]));
        var name = "Content-Length: "u8;
        var at = answer[..end].IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(answer[(at + name.Length)..end], out int length, out _)) throw new InvalidOperationException("An answer without a length.");
        return end + 4 + length;
    }
}
