using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record.Notes;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Federation.Signing;

/// <summary>A key by which a node signs requests.</summary>
/// <param name="Party">Whose it is.</param>
/// <param name="Key">The key.</param>
public sealed record NodeKey(Id<Party> Party, VerifierKey Key);

/// <summary>The keys by which nodes sign requests, as they are now.</summary>
public interface INodeKeys
{
    /// <summary>The key of a name and ID; null where no party holds such a one now.</summary>
    NodeKey? Find(string name, uint id);
}

/// <summary>The statement keys of the newest picture; before anything is held, those of the founding that is trusted.</summary>
/// <param name="node">The node.</param>
/// <param name="trusted">The founding that the node was set up with; null where its record is its own.</param>
public sealed class RecordedNodeKeys(INode node, FoundingKeys? trusted = null) : INodeKeys
{
    /// <inheritdoc/>
    public NodeKey? Find(string name, uint id)
    {
        var keys = node.Picture.State.Situation.Keys;
        return keys.IsEmpty ? FromFounding(name, id) : Find(keys, name, id);
    }

    private static NodeKey? Find(PartyKeys keys, string name, uint id)
    {
        foreach (var held in keys.All)
        {
            if (held is { Role: KeyRole.Statement, Until: null } && held.Key.Id == id && held.Key.Name == name) return new(held.Party, held.Key);
        }

        return null;
    }

    private NodeKey? FromFounding(string name, uint id)
    {
        if (trusted is null) return null;
        foreach (var (party, keys) in trusted.ByParty)
        {
            if (keys.Statement.Id == id && keys.Statement.Name == name) return new(party, keys.Statement);
        }

        return null;
    }
}
