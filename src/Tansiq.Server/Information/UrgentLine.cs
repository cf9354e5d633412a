using System.Net.Http.Headers;
using Tansiq.Coordination;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Information;

/// <summary>
/// The line to another node. Sendings do not wait for one another: a line that swallows what is sent, as a cut one does, must not hold up the one that gets through.
/// </summary>
internal sealed class UrgentLine : IDisposable
{
    /// <summary>The most sendings that are under way at once; what is due meanwhile goes with the next.</summary>
    public const int MaximumUnderWay = 8;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SendingTimeout = TimeSpan.FromSeconds(2);
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly Action<UrgentInput> _take;
    private int _underWay;

    public UrgentLine(Id<Party> self, NodePeer peer, HttpMessageHandler handler, Action<UrgentInput> take)
    {
        Peer = peer.Party;
        // Unlike the connections of the federation one is given up after a second: the first after a line has healed is there within the second.
        if (handler is SocketsHttpHandler sockets) sockets.ConnectTimeout = ConnectTimeout;
        _client = new(handler) { Timeout = SendingTimeout, MaxResponseContentBufferSize = UrgentWire.MaximumAnswerBytes };
        _address = new(peer.Address, UrgentWire.Path + "?from=" + Uri.EscapeDataString(self.Value));
        _take = take;
    }

    public Id<Party> Peer { get; }

    /// <summary>Sends notes and goes on; the other node's answer comes back as inputs. Without an answer they are due again soon.</summary>
    public void Send(IReadOnlyList<UrgentNote> notes)
    {
        if (Interlocked.Increment(ref _underWay) > MaximumUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            return;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                foreach (var input in await SendAsync(notes)) _take(input);
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
            {
                // Not reached: it is offered again in a quarter of a second.
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        });
    }

    public void Dispose() => _client.Dispose();

    private async Task<List<UrgentInput>> SendAsync(IReadOnlyList<UrgentNote> notes)
    {
        using var content = new ByteArrayContent(UrgentWire.Write(notes)) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        using var answer = await _client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) return [];
        var words = UrgentWire.Words(await answer.Content.ReadAsByteArrayAsync());
        var inputs = new List<UrgentInput>();
        foreach (var note in notes)
        {
            if (!words.TryGetValue(note.Hash.Hex, out var word)) continue;
            inputs.Add(word == UrgentWire.HeldWord ? new UrgentInput.Held(Peer, note) : new UrgentInput.NotTaken(Peer, note, word == UrgentCodes.UnknownMessage));
        }

        return inputs;
    }
}
