using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes the statements that have effect in a situation, each with what the fold took from it.</summary>
/// <remarks>Of the founding, agreements, suspensions and maps only the names: they are few, and are read from the record again.</remarks>
/// <param name="writer">Where to.</param>
/// <param name="situation">The situation.</param>
/// <param name="keepsCells">Whether what the engine reckoned from outlines is kept beside them.</param>
internal sealed class WrittenStatements(SnapshotWriter writer, Situation situation, bool keepsCells)
{
    private readonly WrittenNames<Party> _parties = new(writer);
    private readonly WrittenContent _content = new(writer, keepsCells);
    private int _times;

    /// <summary>Writes the next statement.</summary>
    /// <param name="number">Its number; each once and in order.</param>
    public void Write(int number)
    {
        ref readonly var statement = ref situation.Lineage.Statements[number];
        writer.Byte((byte)statement.Effect);
        _parties.Write(statement.Party);
        writer.Hash(statement.Hash);
        writer.Text(statement.Id.Value);
        switch (statement.Effect)
        {
            case Effect.Time:
                writer.Instant(situation.Lineage.Past.Times[_times++]);
                break;
            case Effect.Notice:
                _content.Write(situation.Notice(statement.Number).Notice);
                break;
            case Effect.Amendment or Effect.Retiming:
                _content.Write(situation.Notice(statement.Number).Notice);
                writer.Number(situation.Notice(statement.Number).ReplacesNumber);
                break;
            case Effect.Site:
                _content.Write(situation.Site(statement.Number).Site);
                break;
            case Effect.OtherDate:
                writer.Number(statement.Number);
                writer.Instant(AnswerAt(situation.Notice(statement.Number), statement.Index).OtherStart!.Value);
                break;
            case Effect.Consent or Effect.Objection or Effect.ConsentWithdrawal or Effect.NoticeWithdrawal or Effect.Lapse or Effect.SiteWithdrawal or Effect.Activation or Effect.Completion:
                writer.Number(statement.Number);
                break;
        }
    }

    private static NoticeAnswer AnswerAt(FiledNotice notice, long index) => notice.Answers.First(answer => answer.Place.Index == index);
}
