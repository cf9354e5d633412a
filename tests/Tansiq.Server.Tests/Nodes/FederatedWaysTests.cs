using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Entries;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Tests.Nodes;

/// <summary>What goes between nodes beside short statements: attachments, TLS, an observer that nobody waits for.</summary>
public sealed class FederatedWaysTests
{
    [Fact, Trait("Requirement", "AGR-6"), Trait("Requirement", "REC-2")]
    public async Task Attachments_SaidAtACentre_ReachTheOfficeAndTheOtherCentre()
    {
        await using var nodes = await ThreeNodes.StartAsync();
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize >= 2, "the founding is joint");
        await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.JointSize >= 2, "the founding is joint");
        var (agreement, areas, map) = (Scenario("agreement.json"), Scenario("areas.geojson"), Scenario(Path.Combine("control", "2016-07-14.geojson")));
        await SayAsync(nodes.Us, "agreements.proposal", $$"""{"agreement":"{{AttachmentHash.Of(agreement)}}","areas":"{{AttachmentHash.Of(areas)}}"}""", agreement, areas);
        var mapped = await SayAsync(nodes.Us, "agreements.control-map", $$"""{"map":"{{AttachmentHash.Of(map)}}"}""", map);
        foreach (var node in (ThreeNodes.TestNode[])[nodes.Office, nodes.Us, nodes.Ru])
        {
            var picture = await ThreeNodes.UntilAsync(node.Node, picture => picture.JointSize == picture.Size && picture.Situation.ControlMaps.Count == 1, "the map is joint");
            picture.Situation.Agreements.ShouldHaveSingleItem();
            picture.Findings.ShouldBeEmpty();
            foreach (var attachment in (byte[][])[agreement, areas, map]) node.Node.Attachment(AttachmentHash.Of(attachment))!.Value.ToArray().ShouldBe(attachment);
        }

        (await nodes.Ru.SayAsync("yes", new ControlMapAcceptance(mapped))).ShouldBeOfType<Submission.Accepted>();
        var accepted = await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize == picture.Size && picture.Situation.ControlMaps[0].Acceptances.Count > 0, "ru's acceptance is joint");
        accepted.Situation.ControlMaps[0].Acceptances.Keys.ShouldContain(nodes.Ru.Node.Identity.Party);
    }

    [Fact, Trait("Requirement", "PTY-1"), Trait("Requirement", "REC-2")]
    public async Task Nodes_OverTls_TalkHttp2AndComeToTheSame()
    {
        using var certificate = Certificate();
        await using var nodes = await ThreeNodes.StartAsync((_, _) => [], clocks: null, times: null, certificate);
        var index = (await nodes.Us.SayAsync("first", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>().Index;
        foreach (var node in (ThreeNodes.TestNode[])[nodes.Us, nodes.Ru, nodes.Office]) await ThreeNodes.UntilAsync(node.Node, picture => picture.JointSize > index, "joint");
        nodes.Versions.Distinct().ShouldBe([HttpVersion.Version20]);
    }

    [Fact, Trait("Requirement", "REC-2"), Trait("Requirement", "INF-2")]
    public async Task Observer_FollowsAndVerifiesAndIsNotNeededForWhatIsJoint()
    {
        await using var nodes = await ThreeNodes.StartAsync();
        var first = (await nodes.Us.SayAsync("first", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>().Index;
        var observer = await nodes.StartAsync("un-ocha");
        await ThreeNodes.UntilAsync(observer.Node, picture => picture.JointSize > first, "the observer knows what is joint");
        observer.Node.Store.Witnessed(TestKeys.Origin).ShouldBeNull("an observer cosigns nothing");

        await nodes.StopAsync("un-ocha");
        var second = (await nodes.Ru.SayAsync("second", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>().Index;
        var size = (await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize > second, "joint without the observer")).JointSize;
        observer = await nodes.StartAsync("un-ocha");
        var picture = await ThreeNodes.UntilAsync(observer.Node, picture => picture.JointSize >= size, "the observer follows again");
        picture.Situation.Suspensions.Count.ShouldBe(2);
        picture.Findings.ShouldBeEmpty();
        (await observer.SayAsync("third", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Refused>("an observer suspends nothing");
        nodes.Us.Node.Picture.Situation.Suspensions.Count.ShouldBe(2);
    }

    private static async Task<ContentHash> SayAsync(ThreeNodes.TestNode node, string type, string body, params IReadOnlyList<byte[]> attachments)
    {
        var made = NodaTime.Text.InstantPattern.ExtendedIso.Format(node.Node.Settings.Clock.GetCurrentInstant());
        var text = Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","id":"{{type.Split('.')[1]}}","party":"{{node.Node.Identity.Party}}","made":"{{made}}","body":{{body}}}""" + "\n");
        var answer = await node.Node.SayAsync(text, [.. attachments.Select(attachment => (ReadOnlyMemory<byte>)attachment)], default);
        return answer.ShouldBeOfType<Submission.Accepted>(answer.ToString()).Hash;
    }

    private static byte[] Scenario(string file) => File.ReadAllBytes(Path.Combine(OneMachine.RepositoryRoot(), "scenarios", "syria-2016", file));

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in (string[])["office.localhost", "us.localhost", "ru.localhost"]) names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
