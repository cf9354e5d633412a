using System.Text;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Tansiq.Coordination.Languages;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Parties.StandingPicture;

/// <summary><c>GET /api/v1/standing-picture</c>: a page to print, in the caller's language.</summary>
/// <param name="node">The node.</param>
/// <param name="clock">Its clock.</param>
internal sealed class StandingPictureEndpoint(INode node, IClock clock)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var picture = node.Picture;
        if (picture.Situation.Founding is not { } founding)
        {
            await Problem.WriteAsync(context, ProblemCodes.NotFound).ConfigureAwait(false);
            return;
        }

        if (!DeskRequests.At(context, clock).TryGet(out var at, out var refusal))
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var phrases = Phrasebook.For(RequestLanguage.Of(context)).Value;
        var (html, policy) = StandingSheet.Write(node.Identity, picture, founding, at, phrases);
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = phrases.Language;
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(html, Encoding.UTF8, context.RequestAborted).ConfigureAwait(false);
    }
}
