using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Server.Record;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sqlite;
using Xunit;

namespace Tansiq.Server.Tests.Record;

/// <summary>A small log in a real database, served on loopback.</summary>
internal sealed class ServedLog : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-server-").FullName;
    private readonly TreeEdge _edge = new();
    private RecordServer? _server;

    public ServedLog()
    {
        LogKey = Key("log.example", SignatureType.Ed25519);
        Store = SqliteRecordStore.Create(Path.Combine(_folder, "record.sqlite"), LogKey.Verifier.Name).Value;
    }

    /// <summary>The log's key.</summary>
    public SigningKey LogKey { get; }

    /// <summary>The log.</summary>
    public SqliteRecordStore Store { get; }

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>A key by name.</summary>
    public static SigningKey Key(string name, SignatureType type) => SigningKey.FromSeed(name, type, SHA256.HashData(Encoding.UTF8.GetBytes(name))).Value;

    /// <summary>An entry of the log.</summary>
    public static byte[] Entry(long index) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry {index} with some words that are the same each time\n"));

    /// <summary>Appends entries and signs a checkpoint.</summary>
    public SignedCheckpoint Append(int count)
    {
        using var transaction = Store.Begin();
        for (var number = 0; number < count; number++)
        {
            var entry = Entry(_edge.Size);
            transaction.Add(entry, identity: null);
            _edge.Add(MerkleHashing.Leaf(entry), transaction.Put);
        }

        foreach (var (level, index, hashes) in _edge.Partial()) transaction.Put(level, index, hashes);
        var checkpoint = SignedCheckpoint.Sign(new(Store.Origin, _edge.Size, _edge.Root()), LogKey);
        transaction.Put(checkpoint.Note.Bytes);
        transaction.Commit();
        return checkpoint;
    }

    /// <summary>Serves it.</summary>
    public async Task ServeAsync(WitnessService? witness = null)
    {
        _server = await RecordServer.StartAsync(Store, witness, new(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        Client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = _server.Address };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        Store.Dispose();
        LogKey.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
