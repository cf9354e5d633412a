using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;

namespace Tansiq.Server.Nodes;

/// <summary>What a node has found that must not be, and how the steps of the protocol call nodes.</summary>
internal static class NodeFindings
{
    /// <summary>What the steps call a party's node.</summary>
    public static NodeName NameOf(Id<Party> party) => NodeName.Of(party.Value);

    /// <summary>Whose node a name is.</summary>
    public static Id<Party> PartyOf(NodeName name) => new(name.Value);

    /// <summary>What evidence on the disk says that stays until people have dealt with it.</summary>
    /// <param name="store">The record with its evidence.</param>
    /// <param name="office">Whose doing a fork is.</param>
    /// <param name="now">One's own clock.</param>
    /// <param name="most">The most that are taken.</param>
    public static ImmutableList<Finding> Of(IRecordStore store, NodeName office, Instant now, int most) =>
        [.. store.AllEvidence().Select(evidence => evidence.Fault).Where(fault => fault.Code is RecordFaults.SplitView or RecordFaults.RolledBack or RecordFaults.CosignedBoth)
            .DistinctBy(fault => fault.Code).Take(most).Select(fault => new Finding(fault, office, now))];

    /// <summary>The faults as a picture shows them.</summary>
    public static ImmutableArray<Fault> Faults(this IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Fault)];
}
