using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using NodaTime;
using Tansiq.Cli.Keys;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;
using Tansiq.Server.Record;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record serve DIR --listen 127.0.0.1:PORT</c>: the record over plain HTTP, on this machine alone.</summary>
internal sealed class ServeCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The folder of the record." };
    private readonly Option<string> _listen = new("--listen") { Description = "A loopback address with a port, as 127.0.0.1:8080; port 0 takes a free one.", Required = true };

    private readonly Option<string?> _witnessKey = new("--witness-key") { Description = "Be a witness too, with the cosignature key in this file; no centre's key. What it remembers is kept in DIR, which nobody else may write meanwhile." };
    private readonly Option<string[]> _logKeys = new("--log-key") { Description = "With --witness-key: the keys of the logs that are witnessed.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _passphrase = new("--passphrase-file") { Description = "A file with the passphrase of the key; else it is asked on a terminal." };

    private ServeCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var serve = new ServeCommand();
        var command = new Command("serve", "Serve checkpoint, tiles, entries and attachments over plain HTTP on loopback; before other machines stands a web server with TLS. Ctrl-C ends it.") { serve._folder, serve._listen, serve._witnessKey, serve._logKeys, serve._passphrase };
        command.SetAction(result => RecordCommand.Run(result, result.GetRequiredValue(serve._folder), stop => serve.Run(result, stop)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var error = result.InvocationConfiguration.Error;
        var folder = result.GetRequiredValue(_folder);
        if (!ListenAddress.Parse(result.GetRequiredValue(_listen)).TryGet(out var endpoint, out var refusal)) return ExitCode.Refuse(error, "tansiq record serve", refusal);
        if (!WitnessKey(result).TryGet(out var witness, out refusal)) return ExitCode.Refuse(error, "tansiq record serve", refusal);
        using (witness.Key)
        {
            if (!RecordPlace.OpenStore(folder, isWriting: witness.Key is not null).TryGet(out var store, out refusal)) return ExitCode.Refuse(error, folder, refusal);
            using (store)
            {
                var service = witness.Key is { } key ? new WitnessService(store, witness.Logs, key, SystemClock.Instance) : null;
                return ServeAsync(result.InvocationConfiguration.Output, store, service, endpoint, stop).GetAwaiter().GetResult();
            }
        }
    }

    private Parsed<(SigningKey? Key, IReadOnlyDictionary<string, IReadOnlyList<VerifierKey>> Logs)> WitnessKey(ParseResult result)
    {
        var logs = ImmutableDictionary<string, IReadOnlyList<VerifierKey>>.Empty;
        if (result.GetValue(_witnessKey) is not { } path) return (null, logs);
        if (!TrustedKeys.Read("--log-key", result.GetValue(_logKeys) ?? []).TryGet(out var keys, out var refusal)) return refusal;
        if (keys.IsEmpty) return new Refusal("cli.usage", "--log-key", "nothing", "the keys of the logs that are witnessed");
        foreach (var log in keys.Where(key => key.Type == SignatureType.Ed25519).GroupBy(key => key.Name)) logs = logs.Add(log.Key, [.. log]);
        if (!KeyFiles.Load(path, () => KeyPassphrase.Of(result, _passphrase)).TryGet(out var key, out refusal)) return refusal.Under(path + " ");
        if (key.Verifier.Type == SignatureType.Cosignature) return (key, logs);
        key.Dispose();
        return new Refusal("record.key-malformed", path, "a key of another type", "a key that cosigns, of type 0x04");
    }

    private static async Task<int> ServeAsync(TextWriter output, SqliteRecordStore store, WitnessService? witness, IPEndPoint endpoint, CancellationToken stop)
    {
        var server = await RecordServer.StartAsync(store, witness, endpoint, stop).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            output.WriteLine(ExitCode.OneLine($"{store.Origin}: {server.Address}"));
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCode.Done;
    }
}
