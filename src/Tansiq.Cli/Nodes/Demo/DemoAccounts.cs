using System.Collections.Immutable;
using System.Security.Cryptography;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Record.Keys;
using Tansiq.Server.Access;
using Tansiq.Server.Audit;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Cli.Nodes.Demo;

/// <summary>Accounts of a demonstration: an officer of each role at every centre and one at the office's desk, all under one passphrase of chance that the terminal shows.</summary>
internal static class DemoAccounts
{
    private const int PassphraseBytes = 10;

    // Whoever can read the demonstration's folder needs no passphrase; making a dozen accounts shall not keep anybody waiting.
    private static readonly KeyCost Cost = new(8 * 1024, 1);

    /// <summary>A passphrase for all of them.</summary>
    public static string NewPassphrase() => "demo-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PassphraseBytes));

    /// <summary>Makes the accounts of a node, before it runs.</summary>
    /// <returns>Null, or why they can't be made.</returns>
    public static Refusal? Make(DemoNode node, string passphrase)
    {
        using var database = PrivateDatabase.Open(Path.Combine(node.Folder.Data, NodeRuntime.PrivateName), Accounts.Schemas);
        var accounts = new Accounts(database, new AuditLog(database, SystemClock.Instance), SystemClock.Instance, new() { PassphraseCost = Cost });
        foreach (var (name, role) in Officers(node.Role))
        {
            var account = new OfficerAccount
            {
                Officer = $"{node.Party}-{name}",
                Home = new Id<Party>(node.Party),
                Roles = ImmutableSortedSet.Create(role),
                Administers = role is OfficerRole.Command or OfficerRole.OfficeDesk,
                Person = "-",
                Telephone = "-",
            };
            if (accounts.Add(account, passphrase, isOwn: true, AuditActor.Console).Refusal is { } refusal) return refusal;
        }

        return null;
    }

    /// <summary>The pseudonyms of the accounts of a node.</summary>
    public static IEnumerable<string> Names(DemoNode node) => Officers(node.Role).Select(officer => $"{node.Party}-{officer.Name}");

    private static (string Name, OfficerRole Role)[] Officers(NodeRole role) => role == NodeRole.Office
        ? [("desk", OfficerRole.OfficeDesk)]
        : [("watch", OfficerRole.Watch), ("release", OfficerRole.Release), ("consent", OfficerRole.Consent), ("command", OfficerRole.Command)];
}
