using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
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
    // With one statement so many verdicts are decided, some tens of milliseconds; so many in one step of those that wait.
    private const int DecidedAtOnce = 256;
    private const int DecidedInAStep = 128;

    /// <summary>The verdicts of a picture, of which each still has to be decided.</summary>
    public static StandingCourse Opened(NodePicture picture) => new(picture.Situation, StandingVerdicts.Opened(picture.Situation, DecidedAtOnce));

    /// <summary>Decides some of the verdicts that wait.</summary>
    public (StandingCourse Course, ImmutableArray<VerdictChange> Changes) Settled()
    {
        var (verdicts, changes) = Verdicts.Settled(Situation, DecidedInAStep);
        return (this with { Verdicts = verdicts }, changes);
    }

    /// <summary>The notices that stand, by their indices on the record.</summary>
    public HashSet<long> Standing()
    {
        var now = Situation.Time;
        return [.. Situation.Notices.Values.Where(notice => notice.Notice.End > now && !NoticeStanding.HasEnded(notice, now!.Value)).Select(notice => notice.Filed.Index)];
    }

    /// <summary>Whether a later picture of the same node follows this course: in one that does not, what was joint is no longer, as where the record turned out to be forked.</summary>
    public bool LeadsTo(NodePicture picture) => picture.Situation.Size >= Situation.Size && picture.Situation.JointSize >= Situation.JointSize;

    /// <summary>The verdicts of a later picture of the same node, and what changed on the way there.</summary>
    /// <param name="picture">The picture, to which this course leads.</param>
    /// <param name="store">The node's record, which holds the entries of the picture.</param>
    public (StandingCourse Course, ImmutableArray<VerdictChange> Changes) Until(NodePicture picture, IRecordStore store)
    {
        var now = picture.Situation;
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
}
