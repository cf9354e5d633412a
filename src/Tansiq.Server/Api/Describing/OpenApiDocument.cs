using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Writing;

namespace Tansiq.Server.Api.Describing;

/// <summary>
/// The OpenAPI 3.1 document of a node. Which endpoints there are, whom they answer and what their paths and queries take comes from what is mapped; what
/// they say comes from a part that each capability keeps beside its module, <c>openapi.json</c>: summaries and schemas (docs/formats/api.md).
/// </summary>
public static class OpenApiDocument
{
    private const string PartSuffix = "openapi.json";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document of a node's endpoints.</summary>
    /// <param name="sources">What is mapped.</param>
    public static byte[] Write(IEnumerable<EndpointDataSource> sources)
    {
        var document = Head();
        var parts = Parts();
        foreach (var part in parts) Merge(document["components"]!.AsObject(), part["components"]?.AsObject() ?? []);
        var described = parts.SelectMany(part => part["paths"]?.AsObject() ?? []).ToDictionary(path => path.Key, path => path.Value!.AsObject(), StringComparer.Ordinal);
        var paths = document["paths"]!.AsObject();
        var parameters = document["components"]!["parameters"]!.AsObject();
        foreach (var endpoint in EndpointList.Of(sources))
        {
            if (endpoint.Permission is null) continue;
            if (!paths.ContainsKey(endpoint.Path)) paths.Add(endpoint.Path, new JsonObject());
            var operation = Operation(endpoint, parameters);
            if (described.GetValueOrDefault(endpoint.Path)?[Key(endpoint)]?.AsObject() is { } said) Merge(operation, said);
            if (!operation.ContainsKey("responses")) operation.Add("responses", new JsonObject { ["200"] = new JsonObject { ["description"] = "The answer." } });
            operation["responses"]!.AsObject().TryAdd("default", Reference("responses/Problem"));
            paths[endpoint.Path]!.AsObject().Add(Key(endpoint), operation);
        }

        return JsonSerializer.SerializeToUtf8Bytes(document, Layout);
    }

    /// <summary>Maps <c>GET /api/v1/openapi.json</c>: the document says nothing that is not in the source, so anyone may have it.</summary>
    internal static void Map(IEndpointRouteBuilder endpoints)
    {
        byte[]? document = null;
        endpoints.MapGet(ApiModule.Prefix + "/openapi.json", (HttpContext context) =>
        {
            // All that will be mapped is by then.
            document ??= Write(context.RequestServices.GetServices<EndpointDataSource>());
            return AnswerSending.SendAsync(context, document, AnswerSending.Json, tag: null);
        }).Needs(Permission.Anyone);
    }

    private static string Key(DescribedEndpoint endpoint) => endpoint.Method.ToLowerInvariant();

    private static JsonObject Head() => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject
        {
            ["title"] = "Tansiq",
            ["version"] = "1",
            ["description"] = "What a node of Tansiq answers. Times are RFC 3339 in UTC, places WGS 84, distances metres. A verdict is never a clearance (BND-3).",
        },
        ["paths"] = new JsonObject(),
        ["components"] = new JsonObject { ["parameters"] = new JsonObject(), ["responses"] = new JsonObject(), ["schemas"] = new JsonObject() },
    };

    private static JsonObject Operation(DescribedEndpoint endpoint, JsonObject parameters)
    {
        var operation = new JsonObject
        {
            ["operationId"] = Name(endpoint),
            ["security"] = Security(endpoint.Permission!.Value),
            ["x-tansiq-permission"] = endpoint.Permission.Value.ToString().ToLowerInvariant(),
        };
        var taken = new JsonArray();
        foreach (var name in endpoint.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')))
            taken.Add(new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        foreach (var name in endpoint.QueryParameters)
            taken.Add(parameters.ContainsKey(name) ? Reference("parameters/" + name) : new JsonObject { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } });
        if (taken.Count > 0) operation.Add("parameters", taken);
        return operation;
    }

    /// <summary>A name of its own for every operation, made of method and path: <c>getNoticesPartyId</c>.</summary>
    private static string Name(DescribedEndpoint endpoint)
    {
        var path = endpoint.Path.StartsWith(ApiModule.Prefix, StringComparison.Ordinal) ? endpoint.Path[ApiModule.Prefix.Length..] : endpoint.Path;
        var words = path.Split(['/', '-', '.', '{', '}', ':', '_'], StringSplitOptions.RemoveEmptyEntries);
        return Key(endpoint) + string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static JsonArray Security(Permission permission) => permission switch
    {
        Permission.Anyone => [],
        Permission.Node => [new JsonObject { ["nodeSignature"] = new JsonArray() }],
        Permission.Self => [new JsonObject { ["session"] = new JsonArray() }],
        _ => [new JsonObject { ["session"] = new JsonArray() }, new JsonObject { ["token"] = new JsonArray() }],
    };

    private static JsonObject Reference(string what) => new() { ["$ref"] = "#/components/" + what };

    private static List<JsonObject> Parts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var parts = new List<JsonObject>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(PartSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            parts.Add(JsonNode.Parse(stream)!.AsObject());
        }

        return parts;
    }

    /// <summary>Adds the members of an object to another; objects are merged, anything else takes the place of what was there.</summary>
    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (into[name] is JsonObject existing && value is JsonObject more) Merge(existing, more);
            else into[name] = value?.DeepClone();
        }
    }
}
