using System.Collections.Immutable;
using Tansiq.Record;
using Tansiq.Record.Logs;

namespace Tansiq.Server.Nodes;

/// <summary>What a node has found that must not be.</summary>
internal static class NodeFindings
{
    private const int MostShown = 100;

    /// <summary>Whether the record is forked: two checkpoints of its log can't both be true. Until there is another log, nothing goes on from here.</summary>
    public static bool IsForked(ImmutableArray<Fault> findings) => findings.Any(finding => finding.Code == RecordFaults.SplitView);

    /// <summary>What evidence says that stays until people have dealt with it.</summary>
    public static ImmutableArray<Fault> Of(IRecordStore store) =>
        [.. store.AllEvidence().Select(evidence => evidence.Fault).Where(fault => fault.Code is RecordFaults.SplitView or RecordFaults.OtherSituation).DistinctBy(fault => (fault.Code, fault.Where)).Take(MostShown)];

    /// <summary>The findings with one more; the same place again changes nothing.</summary>
    public static ImmutableArray<Fault> With(ImmutableArray<Fault> findings, Fault finding)
    {
        for (var number = 0; number < findings.Length; number++)
        {
            if (findings[number].Code != finding.Code) continue;
            if (findings[number].Where == finding.Where) return findings[number] == finding ? findings : findings.SetItem(number, finding);
        }

        return findings.Length < MostShown ? findings.Add(finding) : findings;
    }

    /// <summary>The findings without those of a code.</summary>
    public static ImmutableArray<Fault> Without(ImmutableArray<Fault> findings, string code) => findings.RemoveAll(finding => finding.Code == code);
}
