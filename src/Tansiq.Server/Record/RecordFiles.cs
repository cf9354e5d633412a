using Microsoft.AspNetCore.Http;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;

namespace Tansiq.Server.Record;

/// <summary>
/// Answers for the files of a record (tlog-tiles: checkpoint, tiles, entry bundles) and its attachments, as a static folder would. Tiles,
/// bundles and attachments never change under their path, so they are kept in memory and may be kept by anyone.
/// </summary>
/// <param name="store">The record.</param>
/// <param name="isPrivate">Whether only the caller itself may keep them, because not everybody may read them here.</param>
internal sealed class RecordFiles(IRecordStore store, bool isPrivate = false)
{
    /// <summary>The most bytes that are kept in memory: two generations of it.</summary>
    public const long GenerationBytes = 64 * 1024 * 1024;

    // Beyond it the last entry of a tile would have no number.
    private const long GreatestIndex = long.MaxValue / Tile.FullWidth - 1;

    private const string CheckpointPath = "/checkpoint";
    private const string TilePrefix = "/tile/";
    private const string AttachmentPrefix = "/attachment/";
    private const string Fresh = "no-store";
    private const string Bytes = "application/octet-stream";
    private const string Text = "text/plain; charset=utf-8";

    private readonly string _unchanging = (isPrivate ? "private" : "public") + ", max-age=31536000, immutable";
    private readonly RecentFiles _recent = new(GenerationBytes);

    /// <summary>Answers a request for a file; anything that is no file of the record is not found.</summary>
    public Task AnswerAsync(HttpContext context) => AnswerAsync(context, context.Request.Path.Value ?? "");

    /// <summary>The same for a record that lies below another path.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The file's path in the record, with a slash before it.</param>
    public Task AnswerAsync(HttpContext context, string path)
    {
        var (request, response) = (context.Request, context.Response);
        var isHead = HttpMethods.IsHead(request.Method);
        if (!isHead && !HttpMethods.IsGet(request.Method)) return Plain(response, StatusCodes.Status405MethodNotAllowed, "GET");
        if (path == CheckpointPath) return Checkpoint(response, isHead);
        if (!_recent.TryGet(path, out var file))
        {
            file = Find(path);
            if (file is null) return Plain(response, StatusCodes.Status404NotFound, allow: null);
            _recent.Keep(path, file);
        }

        return Send(request, response, file, isHead);
    }

    private Task Checkpoint(HttpResponse response, bool isHead)
    {
        if (store.Checkpoint is not { } checkpoint) return Plain(response, StatusCodes.Status404NotFound, allow: null);
        return Write(response, checkpoint, Text, Fresh, isHead);
    }

    private ServedFile? Find(string path)
    {
        if (path.StartsWith(TilePrefix, StringComparison.Ordinal))
        {
            return Tile.Parse(path[1..]).TryGet(out var tile, out _) && tile.Index <= GreatestIndex && store.Tile(tile) is { } bytes ? new(bytes, compresses: tile.IsEntries) : null;
        }

        return path.StartsWith(AttachmentPrefix, StringComparison.Ordinal) && AttachmentHash.Parse(path[AttachmentPrefix.Length..]) is { } hash && store.Attachment(hash) is { } content
            ? new(content, compresses: true)
            : null;
    }

    private Task Send(HttpRequest request, HttpResponse response, ServedFile file, bool isHead)
    {
        var headers = request.Headers.AcceptEncoding;
        if (headers.Count > 0 && file.Compressed is { } compressed)
        {
            response.Headers.Vary = "Accept-Encoding";
            if (AcceptsGzip(headers.ToString()))
            {
                response.Headers.ContentEncoding = "gzip";
                return Write(response, compressed, Bytes, _unchanging, isHead);
            }
        }

        return Write(response, file.Content, Bytes, _unchanging, isHead);
    }

    // "gzip;q=0" forbids it; other weights make no difference where there is one coding.
    private static bool AcceptsGzip(string accepted) =>
        accepted.Split(',', StringSplitOptions.TrimEntries).Any(coding =>
            coding.StartsWith("gzip", StringComparison.OrdinalIgnoreCase) && !coding.EndsWith("q=0", StringComparison.OrdinalIgnoreCase));

    private static Task Write(HttpResponse response, ReadOnlyMemory<byte> content, string type, string caching, bool isHead)
    {
        response.ContentType = type;
        response.ContentLength = content.Length;
        response.Headers.CacheControl = caching;
        response.Headers.XContentTypeOptions = "nosniff";
        return isHead ? Task.CompletedTask : response.BodyWriter.WriteAsync(content).AsTask();
    }

    private static Task Plain(HttpResponse response, int status, string? allow)
    {
        response.StatusCode = status;
        response.Headers.CacheControl = Fresh;
        if (allow is not null) response.Headers.Allow = "GET, HEAD";
        response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
