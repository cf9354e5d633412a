using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Describing;
using Tansiq.Server.Tests.Nodes;

namespace Tansiq.Server.Tests.Api;

/// <summary>Every endpoint of a node with every capability: whom it answers, and that it is described.</summary>
public sealed class EndpointTests(AllEndpoints nodes) : IClassFixture<AllEndpoints>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Requirement", "PTY-1")]
    public async Task Endpoint_CalledAsEveryone_AnswersWhomTheListSaysAndNobodyElse()
    {
        var wrong = new List<string>();
        // Of those who may do the same, one.
        var everyone = AllEndpoints.Callers.DistinctBy(each => (each.Value.Kind, string.Join(',', each.Value.Permissions))).ToList();
        foreach (var node in new[] { nodes.Office, nodes.Centre })
        {
            using var client = new HttpClient { BaseAddress = node.Address };
            foreach (var endpoint in AllEndpoints.Of(node))
            {
                foreach (var (name, caller) in everyone)
                {
                    var (status, code) = await CallAsync(client, endpoint, name);
                    var isAllowed = endpoint.Permission is { } permission && caller.May(permission);
                    var isDenied = endpoint.Permission is null
                        ? status == 404
                        : endpoint.Permission == Permission.Node
                        ? status is 401 or 403
                        : name == "nobody" ? status == 401 && code == "access.unknown-caller" : status == 403 && code == "access.not-permitted";
                    if (isAllowed == isDenied) wrong.Add($"{endpoint.Method} {endpoint.Path} as {name}: {status} {code}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact, Trait("Requirement", "PTY-1")]
    public void List_OfEndpoints_IsTheCommittedOneAndLeavesNobodyOut()
    {
        AllEndpoints.Of(nodes.Office).Concat(AllEndpoints.Of(nodes.Centre)).Where(endpoint => endpoint.Permission is null).ShouldBeEmpty();
        Committed("endpoints.md", Encoding.UTF8.GetBytes(ListText()));
    }

    [Fact]
    public async Task OpenApiDocument_OfANode_IsTheCommittedOneAndDescribesEveryReference()
    {
        using var client = new HttpClient { BaseAddress = nodes.Centre.Address };
        var served = await client.GetByteArrayAsync("/api/v1/openapi.json", Stop);
        Committed("openapi.json", [.. served, (byte)'\n']);
        var document = JsonDocument.Parse(served).RootElement;
        foreach (var reference in References(document))
        {
            var target = document;
            foreach (var part in reference.Split('/').Skip(1)) target.TryGetProperty(part, out target).ShouldBeTrue(reference);
        }

        var names = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();
        names.ShouldBeUnique();
    }

    [Fact, Trait("Requirement", "BND-1")]
    public void OpenApiDocument_HasNoMemberForWhatTheBoundaryLeavesOut()
    {
        var document = JsonDocument.Parse(File.ReadAllBytes(PathOf("openapi.json"))).RootElement;
        var forbidden = new[] { "target", "aimpoint", "weapon", "munition", "damage", "strike" };
        var members = document.GetProperty("components").GetProperty("schemas").EnumerateObject().SelectMany(schema => MemberNames(schema.Value));
        members.Where(name => forbidden.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    private static async Task<(int Status, string Code)> CallAsync(HttpClient client, DescribedEndpoint endpoint, string caller)
    {
        var path = string.Join('/', endpoint.Path.Split('/').Select(part => part.StartsWith('{') ? "0" : part));
        using var request = new HttpRequestMessage(new(endpoint.Method), path) { Headers = { { AllEndpoints.Header, caller } } };
        if (endpoint.Method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return ((int)answer.StatusCode, "");
        // The answer to HEAD has no body to say the code in.
        if (endpoint.Method == "HEAD") return ((int)answer.StatusCode, answer.StatusCode == HttpStatusCode.Unauthorized ? "access.unknown-caller" : "access.not-permitted");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Stop)).RootElement;
        return ((int)answer.StatusCode, problem.GetProperty("code").GetString()!);
    }

    private string ListText()
    {
        var text = new StringBuilder();
        text.Append("# Who may call what\n\nEvery endpoint of a node with every capability, as its metadata says; a test compares this page with what is mapped, and calls each endpoint as\n");
        text.Append("everyone. What is not on it is answered with 404. Made by `TANSIQ_UPDATE_DOCS=1`.\n\n| endpoint | asks for | at |\n|---|---|---|\n");
        var (office, centre) = (AllEndpoints.Of(nodes.Office), AllEndpoints.Of(nodes.Centre));
        foreach (var (method, path, permission) in office.Concat(centre).Select(each => (each.Method, each.Path, each.Permission)).Distinct().OrderBy(each => each.Path, StringComparer.Ordinal).ThenBy(each => each.Method, StringComparer.Ordinal))
        {
            var (atOffice, atCentre) = (office.Any(each => (each.Method, each.Path, each.Permission) == (method, path, permission)), centre.Any(each => (each.Method, each.Path, each.Permission) == (method, path, permission)));
            text.Append(CultureInfo.InvariantCulture, $"| `{method} {path}` | {PermissionWords.Of(permission!.Value)} | {(atOffice && atCentre ? "every node" : atOffice ? "office" : "centre")} |\n");
        }

        text.Append("\n## Who has what at a centre\n\nUnder the authority matrix that a founding has where it says nothing else.\n\n| caller | may |\n|---|---|\n");
        foreach (var (name, caller) in AllEndpoints.Callers)
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(", ", caller.Permissions.Select(PermissionWords.Of))} |\n");
        return text.ToString();
    }

    private static void Committed(string name, byte[] expected)
    {
        if (Environment.GetEnvironmentVariable("TANSIQ_UPDATE_DOCS") == "1") File.WriteAllBytes(PathOf(name), expected);
        File.ReadAllText(PathOf(name)).ShouldBe(Encoding.UTF8.GetString(expected), $"docs/api/{name} is stale: run the tests once with TANSIQ_UPDATE_DOCS=1");
    }

    private static string PathOf(string name) => Path.Combine(OneMachine.RepositoryRoot(), "docs", "api", name);

    private static IEnumerable<string> References(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static IEnumerable<string> MemberNames(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(member =>
            member.NameEquals("properties") ? member.Value.EnumerateObject().SelectMany(property => MemberNames(property.Value).Prepend(property.Name)) : MemberNames(member.Value)),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(MemberNames),
        _ => [],
    };
}
