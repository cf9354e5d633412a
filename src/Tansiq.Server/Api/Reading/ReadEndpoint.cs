using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Describing;
using Tansiq.Server.Api.Writing;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Api.Reading;

/// <summary>Writes the members of an answer after those that every answer has.</summary>
/// <returns>Null, or why there is no answer; what was written is then thrown away.</returns>
internal delegate Refusal? WriteAnswer(ReadRequest request, AnswerWriter answer);

/// <summary>What an endpoint that reads the picture is.</summary>
/// <param name="Path">Its path below <see cref="ApiModule.Prefix"/>.</param>
/// <param name="Write">Writes its answer.</param>
internal sealed record ReadEndpoint(string Path, WriteAnswer Write)
{
    private static readonly string[] OfEveryRead = ["knownAt", "validAt", "language"];
    private static readonly string[] OfLists = ["limit", "cursor"];

    /// <summary>Its own parameters.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Whether it is a list, read page by page.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether it is a FeatureCollection (RFC 7946).</summary>
    public bool IsGeoJson { get; init; }

    /// <summary>Whether it says more than the record does, so that no size of the record tells whether it changed.</summary>
    public bool IsOfTheMoment { get; init; }

    /// <summary>All parameters that it takes.</summary>
    public IEnumerable<string> AllParameters => [.. OfEveryRead, .. IsList ? OfLists : [], .. Parameters];

    /// <summary>Maps it for whoever may read.</summary>
    public void Map(IEndpointRouteBuilder endpoints, INode node)
    {
        var known = AllParameters.ToFrozenSet(StringComparer.Ordinal);
        endpoints.MapGet(ApiModule.Prefix + Path, context => AnswerAsync(context, node, known)).Needs(Permission.Read).WithMetadata(new TakenParameters([.. AllParameters]));
    }

    private Task AnswerAsync(HttpContext context, INode node, FrozenSet<string> known)
    {
        var query = new QueryText(context.Request.Query, known);
        if (query.Refusal is { } bad) return Problem.WriteAsync(context, bad);
        if (!ReadRequest.Of(context, node.Picture, query, IsList).TryGet(out var request, out var refusal)) return Problem.WriteAsync(context, refusal);
        var tag = IsOfTheMoment ? null : EntityTag.Of(request);
        if (tag is not null && EntityTag.IsHeld(context.Request, tag)) return EntityTag.WriteNotModified(context.Response, tag);
        var answer = new AnswerWriter();
        answer.Begin(request);
        if ((Write(request, answer) ?? query.Refusal) is { } refused) return Problem.WriteAsync(context, refused);
        answer.End(request);
        return AnswerSending.SendAsync(context, answer.Bytes, IsGeoJson ? AnswerSending.GeoJson : AnswerSending.Json, tag);
    }
}
