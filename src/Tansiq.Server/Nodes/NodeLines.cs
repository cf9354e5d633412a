using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;

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
            if (picture.Lines[number] is { } line && line.Party == party) return picture with { Lines = picture.Lines.SetItem(number, change(line)) };
        }

        return picture;
    }

    /// <summary>The line with what was measured of the other's clock, from one question and its answer.</summary>
    /// <param name="line">The line.</param>
    /// <param name="asked">One's own clock at the question.</param>
    /// <param name="answered">One's own clock at the answer.</param>
    /// <param name="other">The other's clock in between.</param>
    public static NodeLine WithClock(this NodeLine line, Instant asked, Instant answered, Instant other)
    {
        var uncertainty = (answered - asked) / 2;
        return line with { HeardAt = answered, ClockSkew = other - (asked + uncertainty), SkewUncertainty = uncertainty };
    }
}
