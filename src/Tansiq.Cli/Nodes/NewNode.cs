using System.Text;
using Tansiq.Cli.Importing;
using Tansiq.Cli.Keys;
using Tansiq.Cli.Nodes.Joining;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Nodes;

namespace Tansiq.Cli.Nodes;

/// <summary>Makes the folder of a node, whole or not at all: keys, settings, the folder of its data, and the invitation that people carry to the office.</summary>
internal static class NewNode
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder.</summary>
    /// <param name="folder">Where; nothing may be in it yet.</param>
    /// <param name="settings">What the node is.</param>
    /// <param name="logOrigin">The office's: the origin of its log; null for others.</param>
    /// <param name="passphrase">Under which its keys lie; null for none.</param>
    /// <returns>The invitation; or why the node can't be made.</returns>
    public static Parsed<Invitation> Make(string folder, NewNodeSettings settings, string? logOrigin, string? passphrase)
    {
        if (NewFolder.WhyNot(folder) is { } occupied) return occupied;
        var config = NodeConfigText.Write(settings);
        if (NodeConfigReader.Read(config, Path.GetFullPath(folder)).Refusal is { } wrong) return wrong;
        using var made = NewFolder.Begin(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(made.TemporaryPath, Owner);
        var node = new NodeFolder(made.TemporaryPath);
        Directory.CreateDirectory(node.Data);
        if (!NewKeys.Write(node.Keys, NewKeys.Of(settings.Name, logOrigin), passphrase).TryGet(out var keys, out var refusal)) return refusal;
        PrivateFile.Create(node.Config, Encoding.UTF8.GetBytes(config));
        var invitation = new Invitation(settings.Party, settings.Role, settings.Name, Key(keys, "statement")!)
        {
            Witness = settings.Role == NodeRole.Office ? null : Key(keys, "witness"),
            Recovery = Key(keys, "recovery"),
            Log = Key(keys, "log"),
        };
        PrivateFile.Create(node.Invitation, invitation.ToJson());
        made.Complete();
        return invitation;
    }

    private static VerifierKey? Key(IReadOnlyList<(string Role, VerifierKey Key)> keys, string role) => keys.FirstOrDefault(each => each.Role == role).Key;
}
