using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tansiq.Figures.Records;

/// <summary>Kestrel with nothing behind it: it answers every request with the same 8,192 bytes.</summary>
internal static class BareServer
{
    /// <summary>Starts on a free port of the loopback address.</summary>
    public static async Task<(WebApplication Server, IPEndPoint Address)> StartAsync(int bytes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        ReadOnlyMemory<byte> body = new byte[bytes];
        server.Run(context =>
        {
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await server.StartAsync().ConfigureAwait(false);
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return (server, new(IPAddress.Loopback, address.Port));
    }
}
