using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Flights;

/// <summary>The verdicts on standing notices from one picture of a node to the next, entry by entry, so that no change between them is passed over.</summary>
/// <param name="Situation">The situation that they follow.</param>
/// <param name="Verdicts">They.</param>
internal sealed record StandingCourse(Situation Situation, StandingVerdicts Verdicts)
{
    /// <summary>The verdicts of a picture, each decided anew.</summary>
    public static StandingCourse Of(NodePicture picture) => new(picture.Situation, StandingVerdicts.Of(picture.Situation));

    /// <summary>The verdicts of a later picture of the same node, and what changed on the way there.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="store">The node's record, which holds the entries of the picture.</param>
    public (StandingCourse Course, ImmutableArray<VerdictChange> Changes) Until(NodePicture picture, IRecordStore store)
    {
        var now = picture.Situation;
        // What was joint is no longer, as where the record turned out to be forked: permissions are gone with it.
        if (now.Size < Situation.Size || now.JointSize < Situation.JointSize) return Anew(picture);
        var (situation, verdicts) = (Situation, Verdicts);
        var changes = ImmutableArray.CreateBuilder<VerdictChange>();
        foreach (var entry in store.Entries(situation.Size, now.Size))
        {
            var size = situation.Size + 1;
            var next = picture.State.KnownAt(size).WithJointSize(Math.Min(situation.JointSize, size));
            if (picture.State.History.AdmissionOf(situation.Size) is Admission.Admitted)
            {
                var statement = StatementsDomain.Read(SignedEntry.Read(entry).Value, store.Attachment, situation.Founding);
                (verdicts, var changed) = verdicts.Next(situation, next, statement);
                changes.AddRange(changed);
            }

            situation = next;
        }

        if (now.JointSize > situation.JointSize)
        {
            (verdicts, var changed) = verdicts.Joint(situation, now);
            changes.AddRange(changed);
        }

        return (new(now, verdicts), changes.ToImmutable());
    }

    private (StandingCourse Course, ImmutableArray<VerdictChange> Changes) Anew(NodePicture picture)
    {
        var next = Of(picture);
        var changes = next.Verdicts.ByIndex
            .Where(each => Verdicts.ByIndex.TryGetValue(each.Key, out var before) && !before.SaysTheSame(each.Value))
            .Select(each => new VerdictChange(next.Situation.Notices[each.Key].Reference, Verdicts.ByIndex[each.Key], each.Value, Cause: null));
        return (next, [.. changes]);
    }
}
