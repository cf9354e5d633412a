using System.CommandLine;
using System.Net;
using Tansiq.Server.Record;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record serve DIR --listen 127.0.0.1:PORT</c>: the record over plain HTTP, on this machine alone.</summary>
internal sealed class ServeCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The folder of the record." };
    private readonly Option<string> _listen = new("--listen") { Description = "A loopback address with a port, as 127.0.0.1:8080; port 0 takes a free one.", Required = true };

    private ServeCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var serve = new ServeCommand();
        var command = new Command("serve", "Serve checkpoint, tiles, entries and attachments over plain HTTP on loopback; before other machines stands a web server with TLS. Ctrl-C ends it.") { serve._folder, serve._listen };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(serve._folder), stop => serve.Run(result, stop)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        var folder = result.GetRequiredValue(_folder);
        if (!ListenAddress.Parse(result.GetRequiredValue(_listen)).TryGet(out var endpoint, out var refusal)) return ExitCode.Refuse(error, "tansiq record serve", refusal);
        if (!RecordPlace.OpenStore(folder, isWriting: false).TryGet(out var store, out refusal)) return ExitCode.Refuse(error, folder, refusal);
        using (store) return ServeAsync(result.InvocationConfiguration.Output, store, endpoint, stop).GetAwaiter().GetResult();
    }

    private static async Task<int> ServeAsync(TextWriter output, SqliteRecordStore store, IPEndPoint endpoint, CancellationToken stop)
    {
        var server = await RecordServer.StartAsync(store, witness: null, endpoint, stop).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            output.WriteLine(ExitCode.OneLine($"{store.Origin}: {server.Address}"));
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCode.Done;
    }
}
