using System.Globalization;
using System.Net;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Sources;

/// <summary>
/// A record at an address: any log that serves tlog-tiles over HTTP; attachments under <c>attachment/HEX</c>. Sizes and times are bounded, also of
/// what gzip hides; redirects are not followed. Thread-safe.
/// </summary>
public sealed class HttpSource : IRecordSource, IDisposable
{
    private const int ReadBytes = 64 * 1024;
    private const int MaximumHeaderKilobytes = 16;
    private readonly HttpClient _client;
    private readonly Uri _prefix;
    private readonly HttpSourceSettings _settings;

    private HttpSource(Uri prefix, HttpSourceSettings settings, HttpMessageHandler handler)
    {
        _prefix = prefix;
        _settings = settings;
        _client = new(handler, disposeHandler: settings.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("tansiq");
    }

    /// <inheritdoc/>
    public string Name => _prefix.ToString();

    /// <summary>A source at an address; nothing is asked yet.</summary>
    /// <param name="address">The prefix below which checkpoint and tiles are: <c>http</c> or <c>https</c>, without user, query and fragment.</param>
    /// <param name="settings">How it is asked.</param>
    /// <returns>The source, or <see cref="RecordFaults.MalformedPath"/>.</returns>
    public static Checked<HttpSource> Open(string address, HttpSourceSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var prefix)
            && (prefix.Scheme == Uri.UriSchemeHttp || prefix.Scheme == Uri.UriSchemeHttps)
            && prefix is { UserInfo: "", Query: "", Fragment: "" }
                ? Open(prefix, settings ?? new())
                : new Fault(RecordFaults.MalformedPath, "", address.Length <= 80 ? address : address[..79] + "…", "http://HOST/PREFIX or https://HOST/PREFIX");
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> CheckpointAsync(CancellationToken cancellationToken) =>
        GetAsync(SourceLimits.CheckpointPath, SourceLimits.MaximumCheckpointBytes, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> TileAsync(Tile tile, CancellationToken cancellationToken)
    {
        var bytes = await GetAsync(tile.Path(), SourceLimits.MaximumBytes(tile), cancellationToken).ConfigureAwait(false);
        return bytes is null && tile.IsPartial ? await TileAsync(tile.WithWidth(Tile.FullWidth), cancellationToken).ConfigureAwait(false) : bytes;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> AttachmentAsync(AttachmentHash hash, CancellationToken cancellationToken) =>
        GetAsync(SourceLimits.AttachmentPath(hash), SourceLimits.MaximumAttachmentBytes, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static HttpSource Open(Uri prefix, HttpSourceSettings settings) => new(prefix, settings, settings.Handler ?? OwnHandler(settings));

    private static SocketsHttpHandler OwnHandler(HttpSourceSettings settings) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        MaxConnectionsPerServer = settings.MaximumConnections,
        MaxResponseHeadersLength = MaximumHeaderKilobytes,
    };

    private async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        var delay = _settings.RetryDelay;
        for (var attempt = 1; ; attempt++, delay *= 2)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limited.CancelAfter(_settings.RequestTimeout);
            try
            {
                return await AskAsync(path, maximumBytes, limited.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (IsPassing(failure) && !cancellationToken.IsCancellationRequested)
            {
                if (attempt >= _settings.Attempts)
                    throw new RecordSourceException(new(RecordFaults.SourceFailed, path, Reason(failure), $"an answer from {_prefix.Authority}"), failure);
            }

            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> AskAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_prefix, path))
        {
            // HTTP/2 where TLS agrees on it.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
        if (answer.StatusCode != HttpStatusCode.OK) throw Unexpected(path, answer.StatusCode);
        using var content = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(content, path, maximumBytes, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, string path, int maximumBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(ReadBytes, maximumBytes + 1)];
        var length = 0;
        while (true)
        {
            var read = await content.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0) return buffer.AsMemory(0, length);
            length += read;
            if (length > maximumBytes) throw SourceLimits.TooLarge(path, maximumBytes);
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(2 * buffer.Length, maximumBytes + 1));
        }
    }

    // A server that is busy or restarts is asked again; one that says anything else is not.
    private static Exception Unexpected(string path, HttpStatusCode status) =>
        status == HttpStatusCode.TooManyRequests || (int)status >= 500
            ? new HttpRequestException(Status(status))
            : new RecordSourceException(new(RecordFaults.SourceFailed, path, Status(status), "status 200"));

    private static bool IsPassing(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException or InvalidDataException;

    private static string Reason(Exception failure)
    {
        var text = failure is OperationCanceledException ? "no answer in time" : failure.Message;
        return text.Length <= 80 ? text : text[..79] + "…";
    }

    private static string Status(HttpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"status {(int)status}");
}
