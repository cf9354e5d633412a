using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tansiq.Geo.Text;

namespace Tansiq.Server.Problems;

/// <summary>Bodies of requests and answers in JSON.</summary>
public static class JsonBody
{
    /// <summary>The most bytes of a body that does not need more.</summary>
    public const int MaximumBytes = 65_536;

    private const string MediaType = "application/json";
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a body: strict JSON, members that are not asked for refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Reads the root.</param>
    /// <param name="maximumBytes">The most bytes.</param>
    /// <returns>What was read; or <see cref="ProblemCodes.NotJson"/>, <c>json.too-large</c> or what <paramref name="read"/> refuses.</returns>
    public static async Task<Parsed<T>> ReadAsync<T>(HttpContext context, Func<JsonCursor, T> read, int maximumBytes = MaximumBytes)
    {
        ArgumentNullException.ThrowIfNull(context);
        var type = context.Request.GetTypedHeaders().ContentType;
        // A form of another site can't say that it is JSON.
        if (type is null || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)) return new Refusal(ProblemCodes.NotJson, "", JsonText.Shorten(type?.MediaType.ToString() ?? "no type"), MediaType);
        if (context.Request.ContentLength > maximumBytes) return TooLarge(maximumBytes);
        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false) is var count and > 0)
        {
            if (bytes.Length + count > maximumBytes) return TooLarge(maximumBytes);
            bytes.Write(buffer, 0, count);
        }

        return JsonReading.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), maximumBytes, refusesUnknownMembers: true, read);
    }

    /// <summary>Answers in JSON; nobody keeps the answer.</summary>
    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(write);
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        var json = new Utf8JsonWriter(context.Response.BodyWriter, Writing);
        await using (json.ConfigureAwait(false)) write(json);
    }

    private static Refusal TooLarge(int maximumBytes) => new("json.too-large", "", "a larger body", FormattableString.Invariant($"at most {maximumBytes} bytes"));
}
