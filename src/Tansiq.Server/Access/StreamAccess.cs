using Microsoft.AspNetCore.Http;
using Tansiq.Server.Hosting;

namespace Tansiq.Server.Access;

/// <summary>An answer without an end of its own ends when its caller's session or token does, or when the caller may no longer have it (PTY-4).</summary>
internal static class StreamAccess
{
    /// <summary>How often it is looked whether a caller still may: so long a stream goes on at most.</summary>
    public static readonly TimeSpan LookTime = TimeSpan.FromSeconds(2);

    private static readonly object Key = new();

    /// <summary>Says how it is found out later who calls: null once a session or token has ended.</summary>
    public static void SetCallerLook(this HttpContext context, Func<Caller?> look) => context.Items[Key] = look;

    /// <summary>Answers; where the answer is a stream, for as long as the caller may have it.</summary>
    public static async Task AnswerAsync(HttpContext context, Endpoint endpoint, Permission permission, RequestDelegate next)
    {
        if (endpoint.Metadata.GetMetadata<EndsWithNode>() is null || !context.Items.TryGetValue(Key, out var found) || found is not Func<Caller?> look)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        context.RequestAborted = either.Token;
        var watch = WatchAsync(() => look()?.May(permission) == true, either, answered.Token);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The stream has ended with what its caller may, as it was meant to.
        }
        finally
        {
            await answered.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }
    }

    private static async Task WatchAsync(Func<bool> may, CancellationTokenSource stream, CancellationToken answered)
    {
        using var looks = new PeriodicTimer(LookTime);
        try
        {
            while (await looks.WaitForNextTickAsync(answered).ConfigureAwait(false))
            {
                if (may()) continue;
                await stream.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The answer has ended by itself.
        }
    }
}
