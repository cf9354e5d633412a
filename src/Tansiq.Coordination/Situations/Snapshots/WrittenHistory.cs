using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes a history: each entry with its effect, or why it is inert, and the digest after it.</summary>
/// <param name="writer">Where to.</param>
/// <param name="history">The history.</param>
/// <param name="latest">Its situation at the size that is written.</param>
internal sealed class WrittenHistory(SnapshotWriter writer, SituationHistory history, Situation latest)
{
    private readonly WrittenStatements _statements = new(writer, latest, keepsCells: true);
    private readonly Dictionary<Admission.Inert, int> _reasons = [];

    public void Write()
    {
        writer.Number(latest.Size);
        var admitted = 0;
        for (var index = 0L; index < latest.Size; index++)
        {
            if (history.AdmissionOf(index) is Admission.Inert inert) Write(inert);
            else _statements.Write(admitted++);
            var digest = history.BytesOfDigestAt(index + 1);
            writer.Bytes(digest);
        }
    }

    private void Write(Admission.Inert inert)
    {
        writer.Byte(HistoryReader.InertMark);
        var isKnown = _reasons.TryGetValue(inert, out var number);
        if (!isKnown) _reasons.Add(inert, number = _reasons.Count);
        writer.Number(number);
        if (isKnown) return;
        writer.Text(inert.Code);
        writer.Text(inert.Where);
    }
}
