using System.IO.Compression;
using System.Text;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds;

/// <summary>The decompressed bytes of a file or of standard input; failures are kept as a refusal, not thrown.</summary>
/// <remarks>gzip (RFC 1952) is known by its first two bytes, whatever the file is called.</remarks>
internal sealed class FeedInput : IDisposable
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    private const int PeekBytes = 4096;

    // No line of so few bytes tells a format, and in what is no text 10 is no end of a line.
    private const int ShortestLineBytes = 4;
    private const int BinaryStartBytes = 32;
    private const byte LastControlCharacterOfNoText = 8;
    private const int FileBufferBytes = 128 * 1024;

    private readonly Stream? _stream;
    private readonly long _maximumBytes;
    private readonly byte[] _peeked = new byte[PeekBytes];
    private int _peekedStart;
    private int _peekedEnd;
    private long _bytesRead;

    // Otherwise GZipStream takes a member that ends early for a whole one.
    static FeedInput() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private FeedInput(Stream? stream, long maximumBytes, Refusal? failure)
    {
        _stream = stream;
        _maximumBytes = maximumBytes;
        Failure = failure;
    }

    /// <summary>Why reading ended early, or null. Fatal where it is set.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>Opens a path; where that fails, <see cref="Failure"/> says why and nothing is read.</summary>
    public static FeedInput Open(string path, long maximumBytes, ByteCount? counted = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var raw = path == StandardInput
                ? Console.OpenStandardInput()
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBufferBytes, FileOptions.SequentialScan);
            return Over(raw, maximumBytes, counted, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(null, maximumBytes, CannotRead(unreadable));
        }
    }

    /// <summary>The length in bytes of the file at a path; null for standard input, a pipe, an empty file and what is not there.</summary>
    public static long? LengthOf(string path)
    {
        if (path == StandardInput) return null;
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > 0 and var length } ? length : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Reads a stream, which it then owns.</summary>
    /// <param name="raw">The bytes as they are stored.</param>
    /// <param name="maximumBytes">The most bytes that are read, after decompression.</param>
    /// <param name="counted">Counts the bytes as they are stored, or null.</param>
    /// <param name="cancellationToken">Ends the input where it is; what waits for a pipe stops waiting.</param>
    public static FeedInput Over(Stream raw, long maximumBytes, ByteCount? counted = null, CancellationToken cancellationToken = default)
    {
        raw = new StoredBytes(raw, counted ?? new(), cancellationToken);
        var start = new byte[2];
        var count = 0;
        try
        {
            count = raw.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            raw.Dispose();
            return new(null, maximumBytes, CannotRead(unreadable));
        }

        var whole = new PrefixedStream(start.AsMemory(0, count), raw);
        return new(start is [0x1f, 0x8b] ? new GZipStream(whole, CompressionMode.Decompress) : whole, maximumBytes, null);
    }

    /// <summary>The first bytes, without taking them: up to what tells the format, at most 4 KiB. What is live is not waited for longer.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        while (_peekedEnd < PeekBytes && !TellsFormat(_peeked.AsSpan(0, _peekedEnd)) && ReadStream(_peeked.AsSpan(_peekedEnd)) is > 0 and var count) _peekedEnd += count;
        return _peeked.AsSpan(_peekedStart.._peekedEnd);
    }

    /// <summary>Reads at least one byte; 0 at the end or after a failure.</summary>
    public int Read(Span<byte> destination)
    {
        if (_peekedStart == _peekedEnd) return ReadStream(destination);
        var count = Math.Min(destination.Length, _peekedEnd - _peekedStart);
        _peeked.AsSpan(_peekedStart, count).CopyTo(destination);
        _peekedStart += count;
        return count;
    }

    public void Dispose() => _stream?.Dispose();

    /// <summary>The bytes after a byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutPreamble(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    private static bool TellsFormat(ReadOnlySpan<byte> start)
    {
        var content = WithoutPreamble(start).TrimStart(" \t\r\n\u001e"u8);
        if (!content.IsEmpty && content[0] == (byte)'<') return !XmlStart.RootName(content).IsEmpty;
        return !content.IsEmpty && (content[0] is (byte)'[' or (byte)'{' || HasLine(start));
    }

    private static bool HasLine(ReadOnlySpan<byte> start) =>
        start.Length >= BinaryStartBytes ? start.Contains((byte)'\n')
        : start.Length >= ShortestLineBytes && start.Contains((byte)'\n') && !start.ContainsAnyInRange((byte)0, LastControlCharacterOfNoText);

    // A block of a binary format may hold the byte of a new line by chance, but not without others that no text has.
    private static bool IsText(ReadOnlySpan<byte> start) => start.IndexOfAnyInRange((byte)0, (byte)8) < 0;

    private int ReadStream(Span<byte> destination)
    {
        if (Failure is not null || _stream is null) return 0;
        try
        {
            var count = _stream.Read(destination);
            _bytesRead += count;
            if (_bytesRead <= _maximumBytes) return count;
            Failure = new(FeedRefusals.TooLarge, "", "more bytes", FeedRefusals.Invariant($"at most {_maximumBytes} bytes after decompression"));
        }
        catch (InvalidDataException corrupt)
        {
            Failure = new(FeedRefusals.CorruptGzip, "", JsonText.Shorten(corrupt.Message), "gzip (RFC 1952)");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Failure = CannotRead(unreadable);
        }

        return 0;
    }

    private static Refusal CannotRead(Exception reason) =>
        new(FeedRefusals.Unreadable, "", JsonText.Shorten(reason.Message), "a file that can be read");
}
