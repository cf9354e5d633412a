using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tansiq.Server.Hosting;

/// <summary>An endpoint whose answer goes on until the client or the node ends it.</summary>
internal sealed record EndsWithNode;

/// <summary>Answers that have no end of their own end when the node does: their <see cref="HttpContext.RequestAborted"/> is cancelled then.</summary>
public static class StreamEnding
{
    /// <summary>Says that an endpoint's answer goes on until somebody ends it.</summary>
    public static TBuilder EndsWithNode<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new EndsWithNode());

    /// <summary>Ends such answers. Goes after routing.</summary>
    internal static IApplicationBuilder UseStreamEnding(this IApplicationBuilder application)
    {
        var stopping = application.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        return application.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<EndsWithNode>() is null)
            {
                await next(context).ConfigureAwait(false);
                return;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            context.RequestAborted = either.Token;
            try
            {
                await next(context).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The stream has ended with the node, as it was meant to.
            }
        });
    }
}
