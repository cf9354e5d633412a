using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Logs;

/// <summary>An entry on its way to the record. One verifier fills it in; after that only the writer has it.</summary>
internal sealed class PendingEntry<TReading>(byte[] bytes)
    where TReading : class
{
    private readonly TaskCompletionSource<AppendAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlyMemory<byte> Bytes => bytes;

    public Task<AppendAnswer> Answered => _answer.Task;

    /// <summary>Whether a verifier is done with it. Guarded by the queue.</summary>
    public bool IsRead { get; set; }

    /// <summary>Why it can't come on the record whatever stands before it; null where nothing says so.</summary>
    public Fault? Fault { get; set; }

    /// <summary>A bug that came up as it was read.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The entry; there unless <see cref="Fault"/> or <see cref="Failure"/> is.</summary>
    public SignedEntry? Entry { get; set; }

    public TReading? Reading { get; set; }

    public UInt128? Identity { get; set; }

    /// <summary>The key by which the signature was verified, and whether it did; null where no key was known then.</summary>
    public (VerifierKey Key, bool Verifies)? Verified { get; set; }

    public void Answer(AppendAnswer answer) => _answer.TrySetResult(answer);

    public void Refuse(Fault fault) => _answer.TrySetResult(new AppendAnswer.Refused(fault));

    public void Fail(Exception bug) => _answer.TrySetException(bug);
}
