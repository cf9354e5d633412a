using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NodaTime;
using Shouldly;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Record.Witnessing;
using Tansiq.Server.Record;
using Tansiq.Storage.Following;
using Xunit;

namespace Tansiq.Server.Tests.Record;

/// <summary>A record as other programs read it over HTTP.</summary>
[Trait("Requirement", "REC-3")]
public sealed class RecordServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tile_EveryOneOfTheTree_IsServedAsTheStoreHasItAndNeverChanges()
    {
        await using var log = new ServedLog();
        log.Append(600);
        await log.ServeAsync();
        foreach (var tile in Tile.Of(600).Concat([Tile.Entries(0), Tile.Entries(1), Tile.Entries(2, 88), Tile.Hashes(0, 2, 5), Tile.Entries(2, 17)]))
        {
            // Twice: from the store, then from memory.
            for (var time = 0; time < 2; time++)
            {
                using var answer = await log.Client.GetAsync(tile.Path(), Stop);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, tile.Path());
                answer.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
                answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
                (await answer.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(log.Store.Tile(tile)!.Value.ToArray(), tile.Path());
            }
        }
    }

    [Fact]
    public async Task Checkpoint_AfterTheLogGrew_IsTheNewOneAndNotKept()
    {
        await using var log = new ServedLog();
        log.Append(3);
        await log.ServeAsync();
        (await log.Client.GetByteArrayAsync("checkpoint", Stop)).ShouldBe(log.Store.Checkpoint!.Value.ToArray());
        (await log.Client.GetAsync("tile/entries/000.p/5", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var grown = log.Append(2);
        using var answer = await log.Client.GetAsync("checkpoint", Stop);
        (await answer.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(grown.Note.Bytes.ToArray());
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        // What was not there yet must not be remembered as missing.
        (await log.Client.GetAsync("tile/entries/000.p/5", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Entries_WhereGzipIsTaken_AreCompressedAndTheSame()
    {
        await using var log = new ServedLog();
        log.Append(256);
        await log.ServeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "tile/entries/000");
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        using var answer = await log.Client.SendAsync(request, Stop);
        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        using var content = new GZipStream(await answer.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await content.CopyToAsync(plain, Stop);
        plain.ToArray().ShouldBe(log.Store.Tile(Tile.Entries(0))!.Value.ToArray());
    }

    [Fact]
    public async Task Attachment_ByItsHash_IsServed()
    {
        await using var log = new ServedLog();
        log.Append(1);
        var hash = log.Store.AddAttachment("a map"u8.ToArray());
        await log.ServeAsync();
        (await log.Client.GetStringAsync("attachment/" + hash, Stop)).ShouldBe("a map");
        (await log.Client.GetAsync("attachment/" + new string('0', 64), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("index.html")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/64/000")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/807")]
    [InlineData("tile/entries/x009/x223/x372/x036/x854/x775/807")]
    [InlineData("tile/0/../0/000")]
    [InlineData("attachment/..%2f..%2frecord.sqlite")]
    [InlineData("add-checkpoint")]
    public async Task Path_ThatIsNoFileOfTheRecord_IsNotFound(string path)
    {
        await using var log = new ServedLog();
        log.Append(10);
        await log.ServeAsync();
        (await log.Client.GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Method_OtherThanReading_IsNotAllowed()
    {
        await using var log = new ServedLog();
        log.Append(1);
        await log.ServeAsync();
        (await log.Client.PutAsync("checkpoint", new StringContent("x"), Stop)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using var head = await log.Client.SendAsync(new(HttpMethod.Head, "checkpoint"), Stop);
        head.Content.Headers.ContentLength.ShouldBe(log.Store.Checkpoint!.Value.Length);
    }

    [Fact]
    public async Task Request_WithHeadersBeyondTheLimit_IsRefusedAndOthersGoOn()
    {
        await using var log = new ServedLog();
        log.Append(1);
        await log.ServeAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, log.Client.BaseAddress!.Port, Stop);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /checkpoint HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', RecordServer.MaximumHeadersBytes)}\r\n\r\n"), Stop);
        using var reader = new StreamReader(socket.GetStream());
        (await reader.ReadLineAsync(Stop)).ShouldBe("HTTP/1.1 431 Request Header Fields Too Large");
        (await log.Client.GetAsync("checkpoint", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Start_OnAnAddressThatOthersReach_IsRefused()
    {
        await using var log = new ServedLog();
        await Should.ThrowAsync<ArgumentException>(() => RecordServer.StartAsync(log.Store, null, new(IPAddress.Any, 0), Stop));
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task Witness_AskedForACheckpoint_CosignsWhatContinuesAndShowsWhatItRemembers()
    {
        await using var log = new ServedLog();
        using var key = ServedLog.Key("witness.example", SignatureType.Cosignature);
        var first = log.Append(3);
        await log.ServeAsync(new(log.Store, new Dictionary<string, IReadOnlyList<VerifierKey>> { [log.Store.Origin] = [log.LogKey.Verifier] }, key, SystemClock.Instance));
        var originHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(log.Store.Origin)));
        (await log.Client.GetAsync(originHash + "/checkpoint", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var (status, type, line) = await AddAsync(log, AddCheckpointRequest.Of(0, [], first.Note).Value);
        status.ShouldBe(HttpStatusCode.OK, line);
        var cosigned = CosignedCheckpoint.Add(first.Note, Encoding.UTF8.GetBytes(line), key.Verifier).Value;
        SignedCheckpoint.Open(cosigned.Bytes, log.LogKey.Verifier, key.Verifier).Value.Cosignatures.ShouldHaveSingleItem().Key.ShouldBe(key.Verifier);

        var second = log.Append(2);
        (status, type, line) = await AddAsync(log, AddCheckpointRequest.Of(0, [], second.Note).Value);
        (status, type, line).ShouldBe((HttpStatusCode.Conflict, "text/x.tlog.size", "3\n"));
        var proof = ConsistencyProof.Of(3, 5, new TileHashes(5, log.Store.Tile)).Value;
        (await AddAsync(log, AddCheckpointRequest.Of(3, proof, second.Note).Value)).Status.ShouldBe(HttpStatusCode.OK);
        var remembered = await log.Client.GetByteArrayAsync(originHash + "/checkpoint", Stop);
        SignedCheckpoint.Open(remembered, log.LogKey.Verifier, key.Verifier).Value.Checkpoint.Size.ShouldBe(5);
    }

    [Fact]
    public async Task Witness_AskedWithABodyBeyondTheLimit_RefusesIt()
    {
        await using var log = new ServedLog();
        using var key = ServedLog.Key("witness.example", SignatureType.Cosignature);
        log.Append(1);
        await log.ServeAsync(new(log.Store, new Dictionary<string, IReadOnlyList<VerifierKey>>(), key, SystemClock.Instance));
        using var request = new HttpRequestMessage(HttpMethod.Post, "add-checkpoint") { Content = new ByteArrayContent(new byte[AddCheckpointRequest.MaximumBytes + 1]) };
        request.Headers.ExpectContinue = true;
        (await log.Client.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await log.Client.PostAsync("add-checkpoint", new ByteArrayContent(new byte[100]), Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await log.Client.GetAsync("add-checkpoint", Stop)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    private static async Task<(HttpStatusCode Status, string? Type, string Body)> AddAsync(ServedLog log, AddCheckpointRequest request)
    {
        using var answer = await log.Client.PostAsync("add-checkpoint", new ByteArrayContent(request.Write()), Stop);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync(Stop));
    }
}
