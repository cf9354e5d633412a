using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Tests.Drafts;

namespace Tansiq.Server.Tests.Access;

/// <summary>Names, telephones and what nobody released stay in the centre: on the record there are pseudonyms (PTY-1, PTY-4).</summary>
public sealed class PrivateDataTests
{
    private const string Person = "Quillfeather";
    private const string Telephone = "555 0147";

    [Fact, Trait("Requirement", "PTY-1")]
    public async Task PrivateData_AfterAllThatOfficersDo_IsNowhereButInThePrivateDatabase()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("a-1", [], administers: true);
        _ = node.Officer("r-1", [OfficerRole.Release]);
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        _ = node.Officer("l-1", [OfficerRole.Liaison], home: "ru");
        var (administrator, release, watch, liaison) = (await node.LogInAsync("a-1"), await node.LogInAsync("r-1"), await node.LogInAsync("w-1"), await node.LogInAsync("l-1"));
        (await watch.PostAsJsonAsync("/api/v1/drafts", ReleaseTests.Notice(node, "n-1"))).EnsureSuccessStatusCode();
        (await watch.PostAsJsonAsync("/api/v1/drafts", ReleaseTests.Notice(node, "kept-to-ourselves"))).EnsureSuccessStatusCode();
        (await release.PostAsJsonAsync("/api/v1/drafts/n-1/release", new { revision = 1 })).EnsureSuccessStatusCode();

        // What the other parties get: the record, to the last byte.
        var record = Directory.EnumerateFiles(node.Node.Folder, "record.db*").Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).Select(File.ReadAllBytes).ToList();
        record.ShouldContain(bytes => Holds(bytes, "r-1"), "the search finds what is there");
        foreach (var word in new[] { Person, Telephone, StaffedNode.Passphrase, "kept-to-ourselves" }) record.ShouldAllBe(bytes => !Holds(bytes, word), word);

        // What callers get: names go to administrators and nobody else, drafts to no liaison officer.
        var read = 0;
        foreach (var address in ReadableAddresses(node))
        {
            foreach (var caller in new[] { release, watch, liaison, node.Browser() })
            {
                var answer = await (await caller.GetAsync(address)).Content.ReadAsStringAsync();
                answer.ShouldNotContain(Person, Case.Insensitive, address);
                answer.ShouldNotContain(Telephone, Case.Insensitive, address);
                if (caller == liaison) answer.ShouldNotContain("kept-to-ourselves", Case.Insensitive, address);
                read++;
            }
        }

        read.ShouldBeGreaterThan(20);
        (await administrator.GetStringAsync("/api/v1/accounts")).ShouldContain(Person);
        (await watch.GetStringAsync("/api/v1/drafts")).ShouldContain("kept-to-ourselves");
        (await administrator.GetStringAsync("/api/v1/audit?limit=1000")).ShouldNotContain(Person);
    }

    private static IEnumerable<string> ReadableAddresses(StaffedNode node) => node.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        // A stream of events does not end; what it tells of the record is searched above.
        .Where(endpoint => !endpoint.RoutePattern.RawText!.EndsWith("/events", StringComparison.Ordinal))
        .Select(endpoint => endpoint.RoutePattern.RawText!.Replace("{officer}", "w-1", StringComparison.Ordinal).Replace("{id}", "kept-to-ourselves", StringComparison.Ordinal));

    private static bool Holds(byte[] bytes, string word) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
}
