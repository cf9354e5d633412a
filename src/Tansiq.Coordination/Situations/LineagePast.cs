using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Geo.Indexing;

namespace Tansiq.Coordination.Situations;

/// <summary>What was said on a record and what became of it, not indexed yet by space and time.</summary>
/// <param name="Statements">The statements that have effect.</param>
/// <param name="Notices">The notices, with all that they were.</param>
/// <param name="Sites">The sites, with all that they were.</param>
/// <param name="Times">The times of the record.</param>
internal sealed record LineagePast(
    AdmittedStatements Statements, VersionedList<FiledNotice> Notices, VersionedList<RecordedSite> Sites, AppendOnlyList<Instant> Times)
{
    /// <summary>Changes the notice or the site that a statement is about.</summary>
    /// <param name="statement">An answer, a withdrawal or a lapse.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="otherStart">The start that it offers, for <see cref="Effect.OtherDate"/>; else null.</param>
    /// <param name="since">How many statements have effect with it.</param>
    public void Change(in AdmittedStatement statement, RecordPlace place, Instant? otherStart, int since)
    {
        if (statement.Effect == Effect.SiteWithdrawal)
            Sites.Change(statement.Number, Sites.At(statement.Number, since) with { Withdrawn = place }, since);
        else
            Notices.Change(statement.Number, Changed(Notices.At(statement.Number, since), statement, place, otherStart), since);
    }

    /// <summary>The volumes of all notices in order; the key is the notice's number.</summary>
    public IReadOnlyCollection<AddedVolume> VolumesOf(LineageExtent extent)
    {
        var volumes = new List<AddedVolume>(extent.Notices);
        for (var number = 0; number < extent.Notices; number++)
        {
            var since = Notices.AddedSince(number);
            foreach (var volume in Notices.At(number, extent.Admitted).Notice.Volumes) volumes.Add(new(volume, number, since));
        }

        return volumes;
    }

    private static FiledNotice Changed(FiledNotice notice, in AdmittedStatement statement, RecordPlace place, Instant? otherStart) => statement.Effect switch
    {
        Effect.Consent => Answered(notice, AnswerKind.Consent, statement, place, otherStart: null),
        Effect.Objection => Answered(notice, AnswerKind.Objection, statement, place, otherStart: null),
        Effect.OtherDate => Answered(notice, AnswerKind.OtherDate, statement, place, otherStart),
        Effect.ConsentWithdrawal => Answered(notice, AnswerKind.ConsentWithdrawn, statement, place, otherStart: null),
        Effect.NoticeWithdrawal => notice with { Withdrawn = place },
        Effect.Activation => notice with { Activated = place },
        Effect.Completion => notice with { Completed = place },
        Effect.Lapse => notice with { LapseMarked = place },
        _ => throw new InvalidOperationException($"{statement.Effect} changes no notice."),
    };

    private static FiledNotice Answered(FiledNotice notice, AnswerKind kind, in AdmittedStatement statement, RecordPlace place, Instant? otherStart) =>
        notice with { Answers = notice.Answers.Add(new(kind, statement.Hash, statement.Party, place, otherStart)) };
}
