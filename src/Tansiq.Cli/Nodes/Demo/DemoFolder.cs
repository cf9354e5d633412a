using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Cli.Recording;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Logs;

namespace Tansiq.Cli.Nodes.Demo;

/// <summary>
/// Makes the nodes of a demonstration as administrators would: keys on the spot, invitations, a founding that every signatory signs, a record that begins with it; then
/// everything of the scenario's timeline, each statement signed by its party.
/// </summary>
/// <param name="folder">The folder in which each node has its own.</param>
/// <param name="scenario">The scenario; an exercise.</param>
internal sealed class DemoFolder(string folder, Scenario scenario)
{
    // The office's clock is ahead of the timeline's end by more than its interval, so that it enters a time as soon as it runs.
    private static readonly Duration Ahead = Duration.FromMinutes(2);

    /// <summary>The nodes that are started: the office, then every centre.</summary>
    public IReadOnlyList<DemoNode> Nodes { get; } = NodesOf(folder, scenario.Founding);

    /// <summary>The passphrase of all accounts.</summary>
    public string Passphrase { get; } = DemoAccounts.NewPassphrase();

    /// <summary>Makes it all.</summary>
    /// <returns>How many entries the record has; or why it can't be made.</returns>
    public async Task<Parsed<long>> MakeAsync(CancellationToken stop)
    {
        if (scenario.Founding.Kind != RecordKind.Exercise) return OfficeClock.NotReal("--scenario");
        if (scenario.Timeline is not [var first, .., var last]) return new Refusal("demo.no-timeline", "timeline.json", "fewer than two entries", "a timeline to play");
        var offset = Duration.FromSeconds(Math.Ceiling((last.At + Ahead - SystemClock.Instance.GetCurrentInstant()).TotalSeconds));
        if (!Found(offset).TryGet(out var founding, out var refusal)) return refusal;
        if (!Begin(founding, first.At).TryGet(out var office, out refusal)) return refusal;
        foreach (var node in Nodes)
        {
            if (DemoAccounts.Make(node, Passphrase) is { } without) return without;
        }

        return await PlayAsync(office, last.At, stop).ConfigureAwait(false);
    }

    private static List<DemoNode> NodesOf(string folder, Founding founding)
    {
        var ports = DemoPorts.Take(1 + founding.Parties.Count);
        var nodes = new List<DemoNode> { Node(founding.Office.Value, NodeRole.Office, ports[0]) };
        nodes.AddRange(founding.Parties.Keys.Select((party, number) => Node(party.Value, NodeRole.Centre, ports[number + 1])));
        return nodes;

        DemoNode Node(string party, NodeRole role, int port) => new(party, role, port, new(Path.Combine(folder, party)));
    }

    private Parsed<TrustedFounding> Found(Duration offset)
    {
        var observers = scenario.Founding.Observers.Keys.Select(party => new DemoNode(party.Value, NodeRole.Observer, 0, new(Path.Combine(folder, party.Value))));
        var invitations = new List<(string, Invitation)>();
        foreach (var node in Nodes.Concat(observers))
        {
            var settings = new NewNodeSettings(node.Role, node.Party, node.Name, [node.Listen])
            {
                Peers = [.. Nodes.Where(peer => peer.Party != node.Party).Select(peer => (peer.Party, peer.Address))],
                ClockOffset = offset,
            };
            if (!NewNode.Make(node.Folder.Path, settings, node.Role == NodeRole.Office ? node.Name + "/record" : null, passphrase: null).TryGet(out var invitation, out var refusal)) return refusal.Under(node.Folder.Path + " ");
            invitations.Add((node.Folder.Invitation, invitation));
        }

        var text = scenario.Attachments.Values.Single(attachment => FoundingReader.Read(attachment).Refusal is null);
        return FoundCommand.Assemble(text, invitations);
    }

    private Parsed<NodeConfig> Begin(TrustedFounding founding, Instant at)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var configs = new List<NodeConfig>();
        foreach (var node in Nodes)
        {
            if (!NodeFolder.Read(node.Folder.Path).TryGet(out var config, out var refusal)) return refusal.Under(node.Folder.Path + " ");
            configs.Add(config);
            if (node.Role == NodeRole.Office) continue;
            if (!SignCommand.Sign(founding, config).TryGet(out var line, out refusal)) return refusal;
            if (TrustCommand.Trust(founding, config) is { } untrusted) return untrusted;
            lines.Add(line);
        }

        if (!OfficeClock.Of(InstantPattern.ExtendedIso.Format(at), founding.Founding.Kind).TryGet(out var clock, out var notAMoment)) return notAMoment;
        return BeginCommand.Begin(founding, configs[0], lines.ToImmutable(), clock).Refusal is { } notBegun ? notBegun : configs[0];
    }

    private async Task<Parsed<long>> PlayAsync(NodeConfig office, Instant until, CancellationToken stop)
    {
        if (!OfficeKeys.Load(office.KeysFolder, () => null).TryGet(out var keys, out var refusal)) return refusal;
        using (keys)
        {
            var opened = await OfficeRecord.OpenAsync(office.DataFolder, keys, kind => OfficeClock.Of(InstantPattern.ExtendedIso.Format(scenario.Timeline[0].At), kind), [], TextWriter.Null, stop).ConfigureAwait(false);
            if (!opened.TryGet(out var record, out refusal)) return refusal;
            await using (record.ConfigureAwait(false))
            {
                using var player = new TimelinePlayer(record, party => Path.Combine(folder, party.Value, NodeFolder.KeysName, OfficeKeys.StatementFile), () => null);
                var played = await player.PlayAsync(scenario, answer => answer is AppendAnswer.Accepted ? 0 : 1, stop).ConfigureAwait(false);
                if (!played.TryGet(out var refused, out refusal)) return refusal;
                return refused == 0 ? record.Log.Size : new Refusal("demo.refused", "timeline.json", FormattableString.Invariant($"{refused} statements that the record refuses"), $"a timeline that plays until {until}");
            }
        }
    }
}
