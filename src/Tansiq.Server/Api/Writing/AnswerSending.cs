using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Tansiq.Server.Api.Writing;

/// <summary>Sends an answer that was written whole: with its length, its tag, and by gzip where that is taken and worth it.</summary>
internal static class AnswerSending
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>GeoJSON (RFC 7946).</summary>
    public const string GeoJson = "application/geo+json";

    // What is shorter travels in one packet anyway.
    private const int LeastCompressedBytes = 1_024;

    /// <summary>Sends an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="content">The answer.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="tag">Its tag; null where it has none and is not to be kept.</param>
    public static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> content, string type, string? tag)
    {
        var response = context.Response;
        response.ContentType = type;
        SetCaching(response, tag);
        response.Headers.XContentTypeOptions = "nosniff";
        if (content.Length >= LeastCompressedBytes && AcceptsGzip(context.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            content = Compressed(content);
        }

        response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(content, context.RequestAborted).AsTask();
    }

    /// <summary>Says who may keep an answer: the caller alone, asking each time whether it changed.</summary>
    public static void SetCaching(HttpResponse response, string? tag)
    {
        response.Headers.CacheControl = tag is null ? "no-store" : "private, no-cache";
        response.Headers.Vary = "Accept-Encoding, Authorization, Cookie";
        if (tag is not null) response.Headers.ETag = tag;
    }

    // "gzip;q=0" forbids it; other weights make no difference where there is one coding.
    private static bool AcceptsGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString() is { Length: > 0 } accepted && accepted.Split(',', StringSplitOptions.TrimEntries).Any(coding =>
            coding.StartsWith("gzip", StringComparison.OrdinalIgnoreCase) && !coding.EndsWith("q=0", StringComparison.OrdinalIgnoreCase));

    private static ReadOnlyMemory<byte> Compressed(ReadOnlyMemory<byte> content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content.Span);
        return target.GetBuffer().AsMemory(0, checked((int)target.Length));
    }
}
