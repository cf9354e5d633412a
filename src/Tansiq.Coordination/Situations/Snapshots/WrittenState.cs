using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes all that a situation holds in one form (docs/formats/situation-digest.md).</summary>
/// <param name="writer">Where to.</param>
/// <param name="situation">The situation.</param>
internal sealed class WrittenState(SnapshotWriter writer, Situation situation)
{
    private readonly WrittenStatements _statements = new(writer, situation, keepsCells: false);

    public void Write()
    {
        writer.Text("tansiq/situation-state/2");
        writer.Int32(Admit.RulesVersion);
        writer.Int64(situation.Size);
        writer.Number(situation.Extent.Admitted);
        for (var number = 0; number < situation.Extent.Admitted; number++)
        {
            writer.Int64(situation.Lineage.Statements[number].Index);
            _statements.Write(number);
        }

        foreach (var notice in situation.Notices.Values) Write(notice);
        foreach (var site in situation.Sites.Values) Write(site.Notified, site.Withdrawn);
        WriteTerms();
    }

    private void Write(FiledNotice notice)
    {
        Write(notice.Filed, notice.Withdrawn);
        Write(notice.LapseMarked);
        Write(notice.Activated);
        Write(notice.Completed);
        Write(notice.Superseded);
        writer.Number(notice.Answers.Length);
        foreach (var answer in notice.Answers)
        {
            writer.Byte((byte)answer.Kind);
            writer.Hash(answer.Hash);
            writer.Text(answer.Party.Value);
            Write(answer.Place);
        }
    }

    private void WriteTerms()
    {
        writer.Number(situation.Agreements.Count);
        foreach (var agreement in situation.Agreements)
        {
            writer.Hash(agreement.Hash);
            Write(agreement.Signatures);
            WrittenDesks.Write(writer, agreement.Renewals);
        }

        writer.Number(situation.Suspensions.Count);
        foreach (var suspension in situation.Suspensions)
        {
            writer.Hash(suspension.Hash);
            Write(suspension.Since, suspension.Resumed);
        }

        writer.Number(situation.ControlMaps.Count);
        foreach (var map in situation.ControlMaps)
        {
            writer.Hash(map.Hash);
            Write(map.Acceptances);
        }

        WrittenDesks.Write(writer, situation);
    }

    private void Write(ImmutableSortedDictionary<Id<Party>, RecordPlace> places)
    {
        writer.Number(places.Count);
        foreach (var (party, place) in places)
        {
            writer.Text(party.Value);
            Write(place);
        }
    }

    private void Write(RecordPlace first, RecordPlace? last)
    {
        Write(first);
        Write(last);
    }

    private void Write(RecordPlace? place)
    {
        writer.Byte((byte)(place is null ? 0 : 1));
        if (place is null) return;
        writer.Int64(place.Index);
        writer.Instant(place.At);
    }
}
