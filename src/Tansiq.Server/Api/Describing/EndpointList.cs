using Microsoft.AspNetCore.Routing;
using Tansiq.Server.Access;

namespace Tansiq.Server.Api.Describing;

/// <summary>An endpoint of a node, as its metadata says.</summary>
/// <param name="Method">The method of HTTP.</param>
/// <param name="Path">Its path, parts that vary in braces.</param>
/// <param name="Permission">Whom it answers; null where it says nobody, and so answers nobody.</param>
/// <param name="QueryParameters">The parameters of its query, as far as it says.</param>
public sealed record DescribedEndpoint(string Method, string Path, Permission? Permission, IReadOnlyList<string> QueryParameters);

/// <summary>The parameters of the query that an endpoint takes, as its metadata.</summary>
/// <param name="Names">Their names.</param>
public sealed record TakenParameters(IReadOnlyList<string> Names);

/// <summary>All endpoints of a node, from what is mapped: nobody keeps a list by hand.</summary>
public static class EndpointList
{
    /// <summary>The endpoints, by path and method.</summary>
    /// <param name="sources">What is mapped.</param>
    public static IReadOnlyList<DescribedEndpoint> Of(IEnumerable<EndpointDataSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var described =
            from endpoint in sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods
            where methods is not null
            from method in methods
            select new DescribedEndpoint(
                method,
                PathOf(endpoint.RoutePattern),
                endpoint.Metadata.GetMetadata<NeededPermission>()?.Permission,
                endpoint.Metadata.GetMetadata<TakenParameters>()?.Names ?? []);
        return [.. described.OrderBy(each => each.Path, StringComparer.Ordinal).ThenBy(each => each.Method, StringComparer.Ordinal)];
    }

    private static string PathOf(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => "{" + parameter.Name + "}",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException("A part of a route of an unknown kind."),
    }))));
}
