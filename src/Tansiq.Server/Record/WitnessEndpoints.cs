using Microsoft.AspNetCore.Http;
using Tansiq.Record.Witnessing;
using Tansiq.Storage.Following;

namespace Tansiq.Server.Record;

/// <summary>The two endpoints of tlog-witness: <c>POST /add-checkpoint</c> and <c>GET /&lt;sha256hex(origin)&gt;/checkpoint</c>.</summary>
internal sealed class WitnessEndpoints(WitnessService witness)
{
    /// <summary>The most bytes of a request.</summary>
    public const int MaximumRequestBytes = AddCheckpointRequest.MaximumBytes;

    private const string AddCheckpoint = "/add-checkpoint";
    private const string LatestSuffix = "/checkpoint";
    private const int HashDigits = 64;

    /// <summary>Whether a path is one of the witness's.</summary>
    public static bool Takes(PathString path) => path.Value is { } text && (text == AddCheckpoint || OriginHash(text) is not null);

    /// <summary>Answers a request to a path that it takes.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var isAdding = request.Path.Value == AddCheckpoint;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isAdding != HttpMethods.IsPost(request.Method) || (!isAdding && !isRead)) return Refuse(response, StatusCodes.Status405MethodNotAllowed, isAdding ? "POST" : "GET, HEAD");
        return isAdding ? AddAsync(request, response) : Latest(request, response);
    }

    private static string? OriginHash(string path)
    {
        if (path.Length != 1 + HashDigits + LatestSuffix.Length || !path.EndsWith(LatestSuffix, StringComparison.Ordinal)) return null;
        var digits = path.Substring(1, HashDigits);
        return digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }

    private async Task AddAsync(HttpRequest request, HttpResponse response)
    {
        if (request.ContentLength > MaximumRequestBytes)
        {
            await Refuse(response, StatusCodes.Status413PayloadTooLarge, allow: null).ConfigureAwait(false);
            return;
        }

        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, response.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            await Refuse(response, exception.StatusCode, allow: null).ConfigureAwait(false);
            return;
        }

        var answer = witness.AddCheckpoint(body.GetBuffer().AsMemory(0, checked((int)body.Length)));
        response.StatusCode = answer.Status;
        await Write(response, answer.Body, answer.ContentType, isHead: false).ConfigureAwait(false);
    }

    private Task Latest(HttpRequest request, HttpResponse response) =>
        witness.Checkpoint(OriginHash(request.Path.Value!)!) is { } note
            ? Write(response, note, "text/plain; charset=utf-8", HttpMethods.IsHead(request.Method))
            : Refuse(response, StatusCodes.Status404NotFound, allow: null);

    private static Task Write(HttpResponse response, ReadOnlyMemory<byte> body, string type, bool isHead)
    {
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return isHead ? Task.CompletedTask : response.BodyWriter.WriteAsync(body).AsTask();
    }

    private static Task Refuse(HttpResponse response, int status, string? allow)
    {
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (allow is not null) response.Headers.Allow = allow;
        response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
