using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record.Federation;

namespace Tansiq.Server.Nodes;

/// <summary>Changes of what a picture says of the lines to other nodes.</summary>
internal static class NodeLines
{
    /// <summary>The lines of other nodes that have not been heard yet.</summary>
    public static ImmutableArray<NodeLine> Of(IEnumerable<NodePeer> peers) =>
        [.. peers.Select(peer => new NodeLine(peer.Party, peer.Name, HeardAt: null, Size: null, CosignedSize: null, ClockSkew: null, SkewUncertainty: null))];

    /// <summary>The picture with another line to a party.</summary>
    public static NodePicture WithLine(this NodePicture picture, Id<Party> party, Func<NodeLine, NodeLine> change)
    {
        for (var number = 0; number < picture.Lines.Length; number++)
        {
            if (picture.Lines[number] is not { } line || line.Party != party) continue;
            var changed = change(line);
            return changed == line ? picture : picture with { Lines = picture.Lines.SetItem(number, changed) };
        }

        return picture;
    }

    /// <summary>The line with what was read of the other's clock.</summary>
    public static NodeLine WithClock(this NodeLine line, ClockReading reading) =>
        line with { HeardAt = reading.ReadAt, ClockSkew = reading.Skew, SkewUncertainty = reading.Uncertainty };
}
