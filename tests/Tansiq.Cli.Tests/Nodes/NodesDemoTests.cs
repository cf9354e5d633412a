using Tansiq.Cli.Tests.Recording;

namespace Tansiq.Cli.Tests.Nodes;

/// <summary><c>tansiq demo</c>: three processes with databases of their own hold one joint record, and none is left behind.</summary>
public sealed class NodesDemoTests : IDisposable
{
    private static readonly string[] Nodes = ["office", "us", "ru"];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tansiq-nodes-" + Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact, Trait("Requirement", "REC-2"), Trait("Requirement", "BND-4")]
    public void Demo_UntilReady_HasOneJointRecordAtEveryNodeAndEndsThemAll()
    {
        var (exit, output, error) = RecordFixture.Run("demo", "--scenario", RecordFixture.Scenario, "--folder", _folder, "--until-ready");
        exit.ShouldBe(0, error);
        output.ShouldStartWith("EXERCISE – EXERCISE – EXERCISE");
        output.ShouldContain("http://us.localhost:");
        var digests = Nodes.Select(party => Digest(Path.Combine(_folder, party, "data"))).ToList();
        digests.Distinct().Count().ShouldBe(1);
        // Nobody writes any more: a second writer would be refused.
        RecordFixture.Run("backup", _folder + "-copy", "--node", Path.Combine(_folder, "us")).Exit.ShouldBe(0);
        Directory.Delete(_folder + "-copy", recursive: true);
        RecordFixture.Run("demo", "--folder", _folder).Error.ShouldContain("[cli.folder-not-empty]");
    }

    [Fact, Trait("Requirement", "REC-2")]
    public void Demo_UntilAMoment_HoldsWhatWasSaidByThen()
    {
        var (exit, _, error) = RecordFixture.Run("demo", "--scenario", RecordFixture.Scenario, "--until", "2016-07-18T08:30:00Z", "--folder", _folder, "--until-ready");
        exit.ShouldBe(0, error);
        var shown = RecordFixture.Run("record", "show", Path.Combine(_folder, "ru", "data"), "--json").Output;
        shown.ShouldContain("\"id\":\"n03\"");
        shown.ShouldNotContain("map-1-us");
        RecordFixture.Run("demo", "--scenario", RecordFixture.Scenario, "--until", "noon").Error.ShouldContain("[cli.not-a-moment]");
    }

    private static string Digest(string data)
    {
        var (exit, output, error) = RecordFixture.Run("record", "verify", data, "--situation");
        exit.ShouldBe(0, error);
        return output.Split('\n').First(line => line.Contains("situation", StringComparison.Ordinal));
    }
}
