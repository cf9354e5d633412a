using System.IO.Compression;

namespace Tansiq.Server.Record;

/// <summary>Something that is served as it is, and stays as it is under its path. Immutable and thread-safe.</summary>
internal sealed class ServedFile
{
    // What is shorter travels in one packet anyway.
    private const int LeastCompressedBytes = 1_024;

    private readonly Lazy<ReadOnlyMemory<byte>?> _compressed;

    /// <summary>A file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="compresses">Whether it is worth compressing: statements are, hashes are not.</param>
    public ServedFile(ReadOnlyMemory<byte> content, bool compresses)
    {
        Content = content;
        _compressed = new(() => compresses && content.Length >= LeastCompressedBytes ? Compress(content) : (ReadOnlyMemory<byte>?)null);
    }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Its bytes by gzip, made when they are first asked for; null where it is not compressed.</summary>
    public ReadOnlyMemory<byte>? Compressed => _compressed.Value;

    /// <summary>How many bytes it takes in memory.</summary>
    public long HeldBytes => Content.Length + (_compressed.IsValueCreated ? _compressed.Value?.Length ?? 0 : 0);

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content.Span);
        return target.GetBuffer().AsMemory(0, checked((int)target.Length));
    }
}
