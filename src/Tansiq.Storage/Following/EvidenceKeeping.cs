using Tansiq.Record;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Following;

/// <summary>
/// Keeps evidence in a store. What only shows that bytes came damaged can be made by anybody on the way, without end; of that some is kept, so that there
/// is always room for what the log itself has signed.
/// </summary>
internal sealed class EvidenceKeeping(IRecordStore store)
{
    private const int MostWithoutProof = 100;
    private int _withoutProof;

    /// <summary>Whether a fault of an entry is shown by what the log has signed, and not by what came damaged.</summary>
    public static bool IsProof(Fault fault) => fault.Code
        is RecordFaults.BadSignature or RecordFaults.UnknownKey or RecordFaults.NotOneSignature or RecordFaults.IdReused or RecordFaults.SplitView or RecordFaults.WrongClock
        or RecordFaults.OtherFounding or RecordFaults.UnsignedFounding;

    /// <summary>Keeps evidence.</summary>
    public void Keep(Evidence evidence, bool isProof)
    {
        if (isProof || Interlocked.Increment(ref _withoutProof) <= MostWithoutProof) store.KeepEvidence(evidence);
    }
}
