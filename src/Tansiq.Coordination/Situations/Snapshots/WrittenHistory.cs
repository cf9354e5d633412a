using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes a history: each entry with its effect, or why it is inert; then the digests of whole blocks.</summary>
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
        for (var index = 0; index < latest.Size; index++)
        {
            if (history.InertAt(index) is { } inert) Write(inert);
            else _statements.Write(admitted++);
        }

        for (long size = DigestedBlock.Length; size <= latest.Size; size += DigestedBlock.Length)
        {
            var digest = history.BlockAt(size);
            writer.Bytes(digest);
        }
    }

    private void Write(InertEntry inert)
    {
        writer.Byte(HistoryReader.InertMark);
        writer.Hash(inert.Hash);
        var isKnown = _reasons.TryGetValue(inert.Admission, out var number);
        if (!isKnown) _reasons.Add(inert.Admission, number = _reasons.Count);
        writer.Number(number);
        if (isKnown) return;
        writer.Text(inert.Admission.Code);
        writer.Text(inert.Admission.Where);
    }
}
