using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Tiles;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Sources;

namespace Tansiq.Server.Federation;

/// <summary>What a node asks of another over HTTP. What fails gives <see cref="RecordFaults.SourceFailed"/>; nothing that comes is trusted. Thread-safe.</summary>
internal sealed class FederationClient : IDisposable
{
    private const int MaximumClockBytes = 64;
    private readonly HttpMessageHandler _handler;
    private readonly HttpClient _client;
    private readonly TimeSpan _answerTime;

    /// <summary>A client of one node.</summary>
    /// <param name="peer">The node.</param>
    /// <param name="signing">Puts what signs requests before what sends them; null where nothing is signed.</param>
    /// <param name="answerTime">How long an answer may take.</param>
    public FederationClient(NodePeer peer, Func<HttpMessageHandler, HttpMessageHandler>? signing, TimeSpan answerTime)
    {
        Peer = peer;
        _answerTime = answerTime;
        var sending = NodeConnections.Handler();
        _handler = signing?.Invoke(sending) ?? sending;
        _client = new(_handler, disposeHandler: false)
        {
            BaseAddress = new(peer.Address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = peer.Address.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        Record = HttpSource.Open(new Uri(_client.BaseAddress, FederationPaths.Record).AbsoluteUri, new() { Handler = _handler, Attempts = 2, RequestTimeout = answerTime }).Value;
    }

    /// <summary>The node.</summary>
    public NodePeer Peer { get; }

    /// <summary>The node's copy of the record, file by file.</summary>
    public HttpSource Record { get; }

    /// <summary>Asks for the part of the record that one has not.</summary>
    /// <returns>The part; null where the node had none in that time.</returns>
    public async Task<Checked<RecordPart?>> PartAsync(long from, long joint, TimeSpan wait, CancellationToken cancellationToken)
    {
        var path = FormattableString.Invariant($"{FederationPaths.Part}?from={from}&joint={joint}&wait={(long)wait.TotalMilliseconds}");
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (!(await SendAsync(request, RecordPart.MaximumBytes, wait + _answerTime, cancellationToken).ConfigureAwait(false)).TryGet(out var bytes, out var fault)) return fault;
        if (bytes.IsEmpty) return (RecordPart?)null;
        return RecordPart.Read(bytes).TryGet(out var part, out fault) ? part : fault;
    }

    /// <summary>Submits entries, in order.</summary>
    public async Task<Checked<ImmutableArray<EntryAnswer>>> SubmitAsync(IEnumerable<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        using var request = Post(FederationPaths.Entries, EntryList.ContentType, Listed([], entries));
        return (await SendAsync(request, SubmissionList.MaximumBytes, _answerTime, cancellationToken).ConfigureAwait(false)).TryGet(out var bytes, out var fault) ? SubmissionList.Read(bytes) : fault;
    }

    /// <summary>Gives an attachment before an entry that names it.</summary>
    public async Task<Fault?> PutAttachmentAsync(AttachmentHash hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, FederationPaths.Attachments + hash.Hex) { Content = new ReadOnlyMemoryContent(content) };
        return (await SendAsync(request, 0, _answerTime, cancellationToken).ConfigureAwait(false)).Fault;
    }

    /// <summary>Shows one's head.</summary>
    public async Task<Fault?> ShowHeadAsync(NodeHead head, CancellationToken cancellationToken)
    {
        using var request = Post(FederationPaths.Heads, "application/json", head.Write());
        return (await SendAsync(request, 0, _answerTime, cancellationToken).ConfigureAwait(false)).Fault;
    }

    /// <summary>Shows entries that the office has not answered.</summary>
    /// <param name="lookedThrough">Up to this size they are not on the record that one holds.</param>
    /// <param name="entries">They, in order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Fault?> ShowUnansweredAsync(long lookedThrough, IEnumerable<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        var place = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, lookedThrough);
        using var request = Post(FederationPaths.Unanswered, EntryList.ContentType, Listed(place, entries));
        return (await SendAsync(request, 0, _answerTime, cancellationToken).ConfigureAwait(false)).Fault;
    }

    /// <summary>Reads the node's clock; null where it can't be read.</summary>
    public async Task<ClockReading?> ClockAsync(IClock own, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, FederationPaths.Clock);
        var asked = own.GetCurrentInstant();
        if (!(await SendAsync(request, MaximumClockBytes, _answerTime, cancellationToken).ConfigureAwait(false)).TryGet(out var bytes, out _)) return null;
        var answered = own.GetCurrentInstant();
        return InstantPattern.ExtendedIso.Parse(Encoding.ASCII.GetString(bytes.Span)).TryGetValue(default, out var told) ? ClockReading.Of(asked, told, answered) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Record.Dispose();
        _client.Dispose();
        _handler.Dispose();
    }

    private static byte[] Listed(ReadOnlySpan<byte> before, IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write(before);
        foreach (var entry in entries) EntryBundle.Write(body, entry.Span);
        return body.WrittenSpan.ToArray();
    }

    private static HttpRequestMessage Post(string path, string type, byte[] body) =>
        new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };

    private async Task<Checked<ReadOnlyMemory<byte>>> SendAsync(HttpRequestMessage request, int maximumBytes, TimeSpan time, CancellationToken cancellationToken)
    {
        // Signed as a whole address, before the client would make one of it.
        request.RequestUri = new(_client.BaseAddress!, request.RequestUri!);
        request.Version = _client.DefaultRequestVersion;
        request.VersionPolicy = _client.DefaultVersionPolicy;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(time);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) return Failed(request, FormattableString.Invariant($"status {(int)answer.StatusCode}"));
            using var content = await answer.Content.ReadAsStreamAsync(limited.Token).ConfigureAwait(false);
            return await ReadAsync(content, maximumBytes, limited.Token).ConfigureAwait(false) is { } bytes ? bytes : Failed(request, FormattableString.Invariant($"more than {maximumBytes} bytes"));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return Failed(request, failure is OperationCanceledException ? "no answer in time" : failure.GetType().Name);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream content, int maximumBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (bytes.Length + read > maximumBytes) return maximumBytes == 0 ? ReadOnlyMemory<byte>.Empty : null;
                bytes.Write(buffer, 0, read);
            }

            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Fault Failed(HttpRequestMessage request, string found) =>
        new(RecordFaults.SourceFailed, request.RequestUri!.AbsolutePath, found, $"an answer of {Peer.Name}");
}
