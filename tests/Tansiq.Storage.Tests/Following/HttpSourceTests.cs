using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Tansiq.Record;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Tests.Following;

[Trait("Requirement", "REC-3")]
public sealed class HttpSourceTests
{
    private static readonly HttpSourceSettings Quick = new() { RetryDelay = TimeSpan.FromMilliseconds(1), RequestTimeout = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task RunAsync_RecordAtAnAddress_VerifiedThroughGzipAndAServerThatStumbles()
    {
        using var log = ToyLog.WithEntries(600);
        log.Attach("a map"u8.ToArray()).Sign();
        using var folder = new RecordFolder(log.Store);
        var asked = 0;
        using var server = new Server(context =>
        {
            if (Interlocked.Increment(ref asked) % 5 == 0) return 503;
            return Server.Serve(context, folder.Path, zipped: true);
        });
        using var source = HttpSource.Open(server.Address, Quick).Value;

        var findings = await RecordVerification.RunAsync(source, new ToyDomain(), new VerificationSettings(ToyLog.LogKey.Verifier));

        findings.Broken.ShouldBeNull();
        (findings.Counts.Until, findings.Counts.Attachments).ShouldBe((601, 1));
    }

    [Fact]
    public async Task TileAsync_PartialOneGone_FullOneServes()
    {
        using var server = new Server(context => context.Request.Url!.AbsolutePath.EndsWith("/tile/0/000", StringComparison.Ordinal) ? Server.Give(context, new byte[8_192]) : 404);
        using var source = HttpSource.Open(server.Address, Quick).Value;

        (await source.TileAsync(Tile.Hashes(0, 0, 3), default)).ShouldNotBeNull().Length.ShouldBe(8_192);
        (await source.TileAsync(Tile.Hashes(0, 1, 3), default)).ShouldBeNull();
    }

    [Fact]
    public async Task CheckpointAsync_AnswersThatAreNotTaken_NamedAndNotTakenForThoseOfTheRecord()
    {
        foreach (var (answer, code) in new (Func<HttpListenerContext, int>, string)[]
        {
            (_ => 500, RecordFaults.SourceFailed),
            (_ => 403, RecordFaults.SourceFailed),
            (context => Moved(context), RecordFaults.SourceFailed),
            (context => Server.Give(context, new byte[SourceLimits.MaximumCheckpointBytes + 1]), RecordFaults.TooLarge),
            (context => Server.Give(context, new byte[100_000_000], zipped: true), RecordFaults.TooLarge),
        })
        {
            using var server = new Server(answer);
            using var source = HttpSource.Open(server.Address, Quick).Value;

            var findings = await RecordVerification.RunAsync(source, new ToyDomain(), new VerificationSettings(ToyLog.LogKey.Verifier));

            findings.Broken.ShouldNotBeNull().Fault.Code.ShouldBe(code);
            findings.Broken.IsOfSource.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task StepAsync_NobodyAnswers_UnreachableAndNoEvidence()
    {
        using var centre = await Centre.OpenAsync("us.centre.example");
        using var source = HttpSource.Open($"http://127.0.0.1:{Server.FreePort()}/", Quick).Value;

        (await centre.StepAsync(source)).ShouldBeOfType<FollowAnswer.Unreachable>().Fault.Code.ShouldBe(RecordFaults.SourceFailed);

        centre.Store.AllEvidence().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ftp://log.example/")]
    [InlineData("log.example")]
    [InlineData("https://user@log.example/")]
    [InlineData("https://log.example/?x")]
    public void Open_NotAnAddressOfARecord_Refused(string address) => HttpSource.Open(address).Fault.ShouldNotBeNull().Code.ShouldBe(RecordFaults.MalformedPath);

    private static int Moved(HttpListenerContext context)
    {
        context.Response.RedirectLocation = "http://127.0.0.1:1/";
        return 302;
    }

    private sealed class Server : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Server(Func<HttpListenerContext, int> answer)
        {
            Address = $"http://127.0.0.1:{FreePort()}/";
            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = Task.Run(() => AnswerAsync(answer));
        }

        public string Address { get; }

        public static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        public static int Serve(HttpListenerContext context, string folder, bool zipped)
        {
            var file = Path.Combine(folder, context.Request.Url!.AbsolutePath.TrimStart('/'));
            return File.Exists(file) ? Give(context, File.ReadAllBytes(file), zipped) : 404;
        }

        public static int Give(HttpListenerContext context, byte[] content, bool zipped = false)
        {
            if (zipped) context.Response.AddHeader("Content-Encoding", "gzip");
            using Stream output = zipped ? new GZipStream(context.Response.OutputStream, CompressionLevel.Fastest) : context.Response.OutputStream;
            output.Write(content);
            return 200;
        }

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync(Func<HttpListenerContext, int> answer)
        {
            while (_listener.IsListening)
            {
                try
                {
                    var context = await _listener.GetContextAsync();
                    var status = answer(context);
                    if (status != 200) context.Response.StatusCode = status;
                    context.Response.Close();
                }
                catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
                {
                    // The client has enough, or the test is over.
                }
            }
        }
    }
}
