namespace Tansiq.Server.Nodes;

/// <summary>The newest picture of a node, and who waits for the next. Thread-safe.</summary>
internal sealed class NodePictures(NodePicture first)
{
    private readonly Lock _gate = new();
    private volatile NodePicture _current = first;
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The newest.</summary>
    public NodePicture Current => _current;

    /// <summary>Puts another in its place; the same one again wakes nobody.</summary>
    public void Change(Func<NodePicture, NodePicture> change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            var next = change(_current);
            if (ReferenceEquals(next, _current)) return;
            _current = next;
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }

    /// <summary>Waits for another than one that was seen.</summary>
    public async Task<NodePicture> NextAsync(NodePicture seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The order matters: who takes the signal first misses no change after it.
            var changed = _changed.Task;
            if (!ReferenceEquals(_current, seen)) return _current;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
