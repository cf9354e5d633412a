using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Record.Logs;
using Tansiq.Storage.Following;

namespace Tansiq.Server.Record;

/// <summary>
/// Serves a record over plain HTTP on this machine alone: checkpoint, tiles, entry bundles and attachments as tlog-tiles says, and, where
/// there is a witness, <c>add-checkpoint</c> and what the witness remembers as tlog-witness says. It writes no log of requests.
/// </summary>
public sealed class RecordServer : IAsyncDisposable
{
    /// <summary>The most connections at once.</summary>
    public const int MaximumConnections = 1_024;

    /// <summary>The most bytes of a request's first line.</summary>
    public const int MaximumRequestLineBytes = 2_048;

    /// <summary>The most bytes of a request's headers together.</summary>
    public const int MaximumHeadersBytes = 8_192;

    /// <summary>How long a client may take for its headers.</summary>
    public static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may stand idle.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    /// <summary>How long requests that are being answered are waited for at the end.</summary>
    public static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;

    private RecordServer(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where it is served, with the port that was taken.</summary>
    public Uri Address { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="store">The record; it stays the caller's and has to stay open.</param>
    /// <param name="witness">The witness that answers <c>add-checkpoint</c>; null where there is none.</param>
    /// <param name="endpoint">A loopback address; port 0 takes a free one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">The address is not a loopback one.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<RecordServer> StartAsync(IRecordStore store, WitnessService? witness, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!IPAddress.IsLoopback(endpoint.Address)) throw new ArgumentException("Plain HTTP is served on loopback only.", nameof(endpoint));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            Bound(options);
            options.Listen(endpoint, listening => listening.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = EndTime);
        var application = builder.Build();
        application.Run(Answers(store, witness));
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(application, new(address));
    }

    /// <summary>Ends: requests that are being answered are waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static RequestDelegate Answers(IRecordStore store, WitnessService? witness)
    {
        var files = new RecordFiles(store);
        if (witness is null) return files.AnswerAsync;
        var endpoints = new WitnessEndpoints(witness);
        return context => WitnessEndpoints.Takes(context.Request.Path) ? endpoints.AnswerAsync(context) : files.AnswerAsync(context);
    }

    private static void Bound(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = MaximumConnections;
        options.Limits.MaxRequestBodySize = WitnessEndpoints.MaximumRequestBytes;
        options.Limits.MaxRequestLineSize = MaximumRequestLineBytes;
        options.Limits.MaxRequestHeadersTotalSize = MaximumHeadersBytes;
        options.Limits.RequestHeadersTimeout = HeaderTime;
        options.Limits.KeepAliveTimeout = IdleTime;
    }
}
