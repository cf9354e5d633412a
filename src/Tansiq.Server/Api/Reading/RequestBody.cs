using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tansiq.Geo.Text;

namespace Tansiq.Server.Api.Reading;

/// <summary>Reads the body of a request whole, bounded in size and time.</summary>
public static class RequestBody
{
    /// <summary>How long a body may take.</summary>
    public static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(10);

    /// <summary>Reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maximumBytes">The most bytes that are taken.</param>
    /// <returns>The bytes; or <c>api.too-large</c>, or <c>api.bad-body</c> where it came too slowly or broke off.</returns>
    public static async Task<Parsed<ReadOnlyMemory<byte>>> ReadAsync(HttpContext context, int maximumBytes)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        if (request.ContentLength > maximumBytes) return TooLarge(maximumBytes);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = maximumBytes;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(MaximumTime);
        var body = new MemoryStream();
        await using (body.ConfigureAwait(false))
        {
            try
            {
                await request.Body.CopyToAsync(body, time.Token).ConfigureAwait(false);
                return new ReadOnlyMemory<byte>(body.GetBuffer(), 0, checked((int)body.Length));
            }
            catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                return TooLarge(maximumBytes);
            }
            catch (Exception exception) when (exception is BadHttpRequestException or OperationCanceledException or IOException)
            {
                return new Refusal(ApiCodes.BadBody, "", "a body that broke off or came too slowly", $"a whole body within {MaximumTime.TotalSeconds:0} s");
            }
        }
    }

    private static Refusal TooLarge(int maximumBytes) => new(ApiCodes.TooLarge, "", "more", FormattableString.Invariant($"at most {maximumBytes} bytes"));
}
