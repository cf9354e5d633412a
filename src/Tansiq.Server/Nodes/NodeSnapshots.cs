using Tansiq.Coordination.Recording;
using Tansiq.Record.Logs;
using Tansiq.Storage.Logs;

namespace Tansiq.Server.Nodes;

/// <summary>The snapshots of a node: read as it opens, written now and then and as it ends, one at a time.</summary>
internal sealed class NodeSnapshots
{
    private const int EntriesBetweenWhileRunning = 200_000;
    private readonly SituationSnapshots _snapshots;
    private readonly Action<string> _told;
    private long _writtenSize;
    private Task _writing = Task.CompletedTask;

    private NodeSnapshots(SituationSnapshots snapshots, Action<string> told) => (_snapshots, _told) = (snapshots, told);

    /// <summary>Those in a folder; null without one.</summary>
    public static NodeSnapshots? In(string? folder, IRecordStore store, Action<string>? told = null) => folder is null ? null : new(new(folder, store), told ?? (_ => { }));

    /// <summary>The newest state; null where there is none.</summary>
    public StartingState<RecordedState>? Read()
    {
        var state = _snapshots.Read(_told);
        _writtenSize = state.Situation.Size;
        return _writtenSize == 0 ? null : new(state, _writtenSize);
    }

    /// <summary>Begins to write one where the last lies far behind; called by one task.</summary>
    public void WriteIfDue(RecordedState state)
    {
        if (!_writing.IsCompleted || state.Situation.Size - Interlocked.Read(ref _writtenSize) < EntriesBetweenWhileRunning) return;
        _writing = Task.Run(() => Put(state));
    }

    /// <summary>Writes one as the node ends.</summary>
    public async Task WriteAsync(RecordedState state)
    {
        await _writing.ConfigureAwait(false);
        if (state.Situation.Size > 0) Put(state);
    }

    private void Put(RecordedState state)
    {
        if (_snapshots.Write(state, Interlocked.Read(ref _writtenSize), _told)) Interlocked.Exchange(ref _writtenSize, state.Situation.Size);
    }
}
