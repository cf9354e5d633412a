using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Figures.Nodes;

/// <summary>
/// The least that an office on HTTP has to do: Kestrel that verifies the entry's signature, writes it to a file and answers when that is on the disk. No caller
/// is asked who it is; no tree, no admission, no index, nobody follows.
/// </summary>
internal sealed class VerifyingServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Channel<(byte[] Entry, TaskCompletionSource Written)> _verified = Channel.CreateUnbounded<(byte[], TaskCompletionSource)>(new() { SingleReader = true });
    private readonly Task _writing;

    private VerifyingServer(WebApplication server, string path)
    {
        _server = server;
        _writing = Task.Run(() => WriteAsync(path));
    }

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<VerifyingServer> StartAsync(string path, Func<SignedEntry, VerifierKey> keyOf)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var server = new VerifyingServer(application, path);
        application.Run(context => server.TakeAsync(context, keyOf));
        await application.StartAsync().ConfigureAwait(false);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _verified.Writer.Complete();
        await _writing.ConfigureAwait(false);
    }

    private async Task TakeAsync(HttpContext context, Func<SignedEntry, VerifierKey> keyOf)
    {
        var body = new byte[context.Request.ContentLength ?? 0];
        await context.Request.Body.ReadExactlyAsync(body).ConfigureAwait(false);
        var entry = SignedEntry.Read(body.AsMemory(2)).Value;
        if (!keyOf(entry).Verifies(entry.Text.Span, entry.Signature.Bytes.Span)) throw new InvalidOperationException("A signature of the workload does not verify.");
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _verified.Writer.WriteAsync((body, written)).ConfigureAwait(false);
        await written.Task.ConfigureAwait(false);
        await context.Response.WriteAsync("[{\"index\":0}]").ConfigureAwait(false);
    }

    private async Task WriteAsync(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20, FileOptions.DeleteOnClose);
        var step = new List<TaskCompletionSource>();
        while (await _verified.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_verified.Reader.TryRead(out var each))
            {
                file.Write(each.Entry);
                step.Add(each.Written);
            }

            file.Flush(flushToDisk: true);
            foreach (var written in step) written.SetResult();
            step.Clear();
        }
    }
}
