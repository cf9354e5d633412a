using Tansiq.Record.Following;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Following;

/// <summary>By what a record is verified.</summary>
/// <param name="LogKey">The log's key, which has signed the checkpoint.</param>
public sealed record VerificationSettings(VerifierKey LogKey)
{
    /// <summary>Keys whose cosignatures are asked for. Which of them are there is in the findings; one that is there and bad refuses the checkpoint.</summary>
    public IReadOnlyList<VerifierKey> Witnesses { get; init; } = [];

    /// <summary>A checkpoint that is known from before: what is shown has to continue it. Null for none.</summary>
    public ReadOnlyMemory<byte>? Earlier { get; init; }

    /// <summary>From which entry on signatures are verified. Those before are hashed, read and folded all the same.</summary>
    public long SignaturesFrom { get; init; }

    /// <summary>Told after each bundle.</summary>
    public IProgress<VerificationProgress>? Progress { get; init; }
}
