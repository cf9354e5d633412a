using System.Net;
using System.Net.Sockets;
using NodaTime;
using Tansiq.Cli.Nodes;
using Tansiq.Cli.Tests.Recording;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Statements;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Tests.Nodes;

/// <summary>The office is lost while it runs. The centres go on, a new office takes its place by files that people carry, and all that was said is joint again.</summary>
[Trait("Requirement", "PTY-2")]
public sealed class SuccessionTests : IDisposable
{
    private static readonly string[] Observers = ["un-ocha", "un-who", "medical-relief"];
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-succession-").FullName;
    private readonly Dictionary<string, int> _ports = [];

    public SuccessionTests()
    {
        foreach (var name in (string[])["office", "us", "ru", "office-2"]) _ports[name] = FreePort();
        Init("office", "office", "office", "us", "ru");
        Init("us", "centre", "us", "office", "ru");
        Init("ru", "centre", "ru", "office", "us");
        foreach (var observer in Observers) Done("init", In(observer), "--role", "observer", "--party", observer, "--name", observer + ".localhost");
        string[] all = ["office", "us", "ru", .. Observers];
        Done(["join", "found", "--scenario", RecordFixture.Scenario, "--out", In("founding.json"), "--invitation", .. all.Select(each => In(each + "/invitation.json"))]);
        foreach (var party in (string[])["us", "ru"]) Done("join", "sign", In("founding.json"), "--node", In(party), "--out", In(party + ".signature"));
        Done("join", "begin", In("founding.json"), "--node", In("office"), "--signature", In("us.signature"), In("ru.signature"));
        foreach (var party in (string[])["us", "ru"]) Done("join", "trust", In("founding.json"), "--node", In(party));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Office_IsLost_AndAnotherGoesOnWithWhatWasJointAndWhatWasSaidMeanwhile()
    {
        long joint;
        await using (var us = await ServeAsync("us"))
        {
            await using (var office = await ServeAsync("office"))
            {
                await using (var ru = await ServeAsync("ru"))
                {
                    await SayAsync(us, "first");
                    joint = (await UntilAsync(us, picture => Ids(us.Node) is ["first"] && picture.JointSize == picture.Size, "all joint")).JointSize;
                    await UntilAsync(ru, picture => picture.JointSize >= joint, "joint for both");
                }

                // One centre is away: what is said now is on the record and not joint.
                await SayAsync(us, "second");
                var picture = await UntilAsync(us, _ => Ids(us.Node) is ["first", "second"], "the second is held");
                picture.JointSize.ShouldBeLessThan(us.Node.Store.Size);
                joint = picture.JointSize;
            }

            // The office is gone with its disk; the centre goes on and keeps what it says.
            Directory.Delete(In("office"), recursive: true);
            (await SayAsync(us, "third")).ShouldBeOfType<Submission.Waiting>();
            Run("succession", "adopt", In("founding.json"), "--node", In("us"), "--record", In("ru/data")).Exit.ShouldBe(2);
        }

        Succeed();
        foreach (var party in (string[])["us", "ru"]) Redirect(party);
        await using var second = await ServeAsync("office-2");
        await using var usAgain = await ServeAsync("us");
        await using var ruAgain = await ServeAsync("ru");
        foreach (var node in new[] { usAgain, ruAgain })
        {
            var picture = await UntilAsync(node, picture => picture.Size >= joint + 3 && picture.JointSize == picture.Size && picture.Waiting.IsEmpty, "all joint again");
            picture.Findings.ShouldBeEmpty();
            picture.StandsStillSince.ShouldBeNull();
            picture.Situation.Founding!.Keys!.Log.Name.ShouldBe("office-2.localhost/record");
        }

        Ids(usAgain.Node).ShouldBe(["first", "second", "third"]);
        Ids(second.Node).ShouldBe(["first", "second", "third"]);
        Run("succession", "adopt", In("signed.note"), "--node", In("us"), "--record", In("office-2.backup")).Error.ShouldContain("[record.locked]");
    }

    // The way of docs/administrators.md, with what is refused on it.
    private void Succeed()
    {
        Init("office-2", "office", "office", "us", "ru");
        Done("succession", "propose", "--node", In("ru"), "--invitation", In("office-2/invitation.json"), "--out", In("succession.json")).ShouldContain("becomes the office");
        Run("succession", "endorse", In("succession.json"), "--node", In("us"), "--out", In("x"), "--fingerprint", new string('0', 64)).Error.ShouldContain("[succession.other-fingerprint]");
        Run("succession", "endorse", In("succession.json"), "--node", In("office-2"), "--out", In("x")).Exit.ShouldBe(2);
        Done("succession", "endorse", In("succession.json"), "--node", In("us"), "--out", In("us.endorsement"));
        Done("backup", In("ru.backup"), "--node", In("ru"));
        Write("us.endorsement").Error.ShouldContain("no endorsement of ru, expected one of every signatory for this succession [succession.not-endorsed]");
        Done("succession", "endorse", In("succession.json"), "--node", In("ru"), "--out", In("ru.endorsement"));
        var (exit, _, error) = Write("us.endorsement", "ru.endorsement");
        exit.ShouldBe(0, error);
        Write("us.endorsement", "ru.endorsement").Error.ShouldContain("[succession.begun]");
        Done("backup", In("office-2.backup"), "--node", In("office-2"));
        Run("succession", "adopt", In("signed.note"), "--node", In("us"), "--record", In("ru.backup")).Exit.ShouldBe(2);
        Done("succession", "adopt", In("signed.note"), "--node", In("us"), "--record", In("office-2.backup")).ShouldContain("1 of us's statements are submitted again");
        Done("succession", "adopt", In("signed.note"), "--node", In("ru"), "--record", In("office-2.backup")).ShouldContain("0 of ru's");
        // The same again finds it done; the old record stays and opens.
        Done("succession", "adopt", In("signed.note"), "--node", In("ru"), "--record", In("office-2.backup"));
        Directory.GetFiles(In("us/data"), "record-before-*.sqlite").Length.ShouldBe(1);
    }

    private (int Exit, string Output, string Error) Write(params string[] endorsements) =>
        Run(["succession", "write", In("succession.json"), "--node", In("office-2"), "--copy", In("ru.backup"), "--founding", In("founding.json"), "--out", In("signed.note"), "--endorsement", .. endorsements.Select(In)]);

    private void Init(string name, string role, string party, params string[] peers) => Done(
        ["init", In(name), "--role", role, "--party", party, "--name", name + ".localhost", "--listen", FormattableString.Invariant($"http://127.0.0.1:{_ports[name]}"), "--peer", .. peers.Select(peer => peer + "=" + Address(peer))]);

    // What an administrator does in the file of settings.
    private void Redirect(string party)
    {
        var path = In(party + "/node.toml");
        File.WriteAllText(path, File.ReadAllText(path).Replace(Address("office"), Address("office-2"), StringComparison.Ordinal));
    }

    private string Address(string name) => FormattableString.Invariant($"http://{name}.localhost:{_ports[name]}");

    private async Task<NodeRuntime> ServeAsync(string name) =>
        (await NodeRuntime.StartAsync(ServeCommand.Parts(NodeFolder.Read(In(name)).Value).Value, TestContext.Current.CancellationToken)).Value;

    private static Task<Submission> SayAsync(NodeRuntime node, string id) => node.Node.SayAsync(
        StatementWriter.Write(new(id), node.Node.Identity.Party, SystemClock.Instance.GetCurrentInstant(), new Suspension(new SuspensionScope.All())).Value, [], TestContext.Current.CancellationToken);

    private static async Task<NodePicture> UntilAsync(NodeRuntime node, Func<NodePicture, bool> isReached, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var picture = node.Node.Picture;
        try
        {
            while (!isReached(picture)) picture = await node.Node.NextAsync(picture, patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(FormattableString.Invariant($"{node.Node.Identity.Name}: {what}: size {picture.Size}, joint {picture.JointSize}, waiting {string.Join("; ", picture.Waiting)}, findings {string.Join("; ", picture.Findings)}"), late);
        }

        return picture;
    }

    private static List<string> Ids(FederatedNode node) =>
        [.. node.Store.Entries(0, node.Store.Size).Select(entry => System.Text.Json.JsonDocument.Parse(Tansiq.Record.Entries.SignedEntry.Read(entry).Value.Text).RootElement.GetProperty("id").GetString()!)
            .Where(id => id is "first" or "second" or "third")];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static string Done(params string[] arguments)
    {
        var (exit, output, error) = Run(arguments);
        exit.ShouldBe(0, string.Join(' ', arguments) + "\n" + error);
        return output;
    }

    private static (int Exit, string Output, string Error) Run(params string[] arguments) => RecordFixture.Run(arguments);
}
