using Tansiq.Record.Checkpoints;

namespace Tansiq.Storage.Logs;

/// <summary>What a log is at one size; all of it is on the disk.</summary>
/// <param name="State">The state after its entries.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Checkpoint">Over them, signed by the log; null before the first.</param>
public sealed record LogHead<TState>(TState State, long Size, SignedCheckpoint? Checkpoint)
    where TState : class;
