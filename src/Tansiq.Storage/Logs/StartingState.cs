namespace Tansiq.Storage.Logs;

/// <summary>A state that is known already, so that entries before it need not be folded again: a snapshot of one's own making.</summary>
/// <param name="State">The state.</param>
/// <param name="Size">After how many entries.</param>
public sealed record StartingState<TState>(TState State, long Size)
    where TState : class;
