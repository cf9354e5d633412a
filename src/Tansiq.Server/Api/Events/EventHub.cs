using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Tansiq.Record.Logs;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Api.Events;

/// <summary>
/// Tells all clients what happens: one reader of the node's pictures and one of each source of events write every event once; a client has a bounded
/// queue of frames that all share. A client whose queue is full is cut, and goes on from where it was when it comes back.
/// </summary>
internal sealed class EventHub(INode node, IEnumerable<IEventSource> sources) : BackgroundService
{
    /// <summary>The most streams at once.</summary>
    public const int MaximumClients = 1_000;

    /// <summary>How long entries are gathered before they are told: so many clients are not woken for each of them.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);

    /// <summary>How long it waits where the store can't be read.</summary>
    public static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(1);

    // The most entries of one frame, so that no frame is large.
    private const int MaximumFrameEntries = 256;

    private readonly Lock _publishing = new();

    // Under _publishing: who is told, and up to where all have been.
    private readonly HashSet<EventClient> _clients = [];
    private NodePicture _told = node.Picture;
    private long _toldSize = node.Picture.Size;

    /// <summary>How many clients there are.</summary>
    public int Count
    {
        get
        {
            lock (_publishing) return _clients.Count;
        }
    }

    /// <summary>Begins to tell a client; null where there are as many as may be.</summary>
    public EventClient? Begin()
    {
        lock (_publishing)
        {
            if (_clients.Count >= MaximumClients) return null;
            var client = new EventClient(_told, _toldSize);
            _clients.Add(client);
            return client;
        }
    }

    /// <summary>A client is gone.</summary>
    public void End(EventClient client)
    {
        lock (_publishing) _clients.Remove(client);
        client.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll([TellPicturesAsync(stoppingToken), .. sources.Select(source => TellAsync(source, stoppingToken))]).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node ends.
        }
        finally
        {
            lock (_publishing)
            {
                foreach (var client in _clients) client.End();
            }
        }
    }

    private async Task TellPicturesAsync(CancellationToken stop)
    {
        var before = _told;
        while (true)
        {
            var after = await node.NextAsync(before, stop).ConfigureAwait(false);
            try
            {
                Tell(before, after);
                before = after;
                await Task.Delay(Gathering, stop).ConfigureAwait(false);
            }
            catch (RecordStoreException)
            {
                // The node says what became of its disk; the stream goes on where it stopped once that can be read again.
                await Task.Delay(RetryTime, stop).ConfigureAwait(false);
            }
        }
    }

    private void Tell(NodePicture before, NodePicture after)
    {
        while (after.Size - _toldSize > MaximumFrameEntries) Publish(after, _toldSize + MaximumFrameEntries, before: null);
        Publish(after, after.Size, before);
    }

    private void Publish(NodePicture picture, long until, NodePicture? before)
    {
        var output = new ArrayBufferWriter<byte>();
        PictureEvents.WriteEntries(output, node, picture, _toldSize, until);
        if (before is not null) PictureEvents.WriteChanges(output, before, picture);
        lock (_publishing)
        {
            (_told, _toldSize) = (picture, until);
            if (output.WrittenCount > 0) Send(output.WrittenMemory);
        }
    }

    private async Task TellAsync(IEventSource source, CancellationToken stop)
    {
        await foreach (var told in source.EventsAsync(stop).ConfigureAwait(false))
        {
            var output = new ArrayBufferWriter<byte>(told.Json.Length + 64);
            lock (_publishing)
            {
                EventFrame.Write(output, told.Kind, _toldSize, told.Json.Span);
                Send(output.WrittenMemory);
            }
        }
    }

    private void Send(ReadOnlyMemory<byte> frame)
    {
        foreach (var client in _clients) client.Tell(frame);
    }
}

/// <summary>One client of the stream: what waits for it, and whether it was cut because it took too little.</summary>
/// <param name="picture">The picture when it began.</param>
/// <param name="size">The size from which frames begin: the entries before it are the client's own business.</param>
internal sealed class EventClient(NodePicture picture, long size) : IDisposable
{
    /// <summary>The most frames that wait.</summary>
    public const int MaximumWaitingFrames = 256;

    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MaximumWaitingFrames) { SingleReader = true });
    private readonly CancellationTokenSource _cut = new();

    /// <summary>The picture when it began.</summary>
    public NodePicture Picture => picture;

    /// <summary>The size from which frames begin.</summary>
    public long Size => size;

    /// <summary>What waits.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Frames => _frames.Reader;

    /// <summary>Cancelled when it is cut.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Tells it something; a client that has too much waiting is cut.</summary>
    public void Tell(ReadOnlyMemory<byte> frame)
    {
        if (_frames.Writer.TryWrite(frame) || !_frames.Writer.TryComplete()) return;
        _ = _cut.CancelAsync();
    }

    /// <summary>Ends its stream after what waits.</summary>
    public void End() => _frames.Writer.TryComplete();

    /// <inheritdoc />
    public void Dispose() => _cut.Dispose();
}
