using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tansiq.Record.Entries;
using Tansiq.Server.Access;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;
using Tansiq.Server.Record;

namespace Tansiq.Server.Api.Answers;

/// <summary>What is served byte for byte: the files of the record as tlog-tiles has them, for auditors, and attachments.</summary>
internal static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, INode node)
    {
        var files = new RecordFiles(node.Store, isPrivate: true);
        endpoints.MapGet(ApiModule.Prefix + "/record/checkpoint", context => files.AnswerAsync(context, "/checkpoint")).Needs(Permission.Read);
        endpoints.MapGet(ApiModule.Prefix + "/record/tile/{**path}", context => files.AnswerAsync(context, "/tile/" + context.Request.RouteValues["path"])).Needs(Permission.Read);
        endpoints.MapGet(ApiModule.Prefix + "/attachments/{hash}", context => Attachment(context, node)).Needs(Permission.Read);
    }

    private static Task Attachment(HttpContext context, INode node)
    {
        if (AttachmentHash.Parse(context.Request.RouteValues["hash"]?.ToString() ?? "") is not { } hash || node.Attachment(hash) is not { } content)
            return Problem.WriteAsync(context, ProblemCodes.NotFound);
        var response = context.Response;
        // Whatever it holds, no browser is to show it as a page of ours.
        response.ContentType = "application/octet-stream";
        response.ContentLength = content.Length;
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = $"attachment; filename=\"{hash.Hex}\"";
        return response.BodyWriter.WriteAsync(content, context.RequestAborted).AsTask();
    }
}
