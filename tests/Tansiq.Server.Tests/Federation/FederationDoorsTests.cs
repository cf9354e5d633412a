using System.Buffers;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Tiles;
using Tansiq.Server.Federation;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Logs;

namespace Tansiq.Server.Tests.Federation;

/// <summary>
/// The doors of an office and of a centre, over real sockets: what is malformed, too large, too much, another party's or shown twice is refused with a code, and
/// the nodes go on as if nothing had been.
/// </summary>
[Trait("Requirement", "REC-2")]
public sealed class FederationDoorsTests(FederationDoorsTests.Doors doors) : IClassFixture<FederationDoorsTests.Doors>
{
    /// <summary>The nodes at whose doors somebody knocks.</summary>
    public sealed class Doors : IAsyncLifetime
    {
        internal ThreeNodes Nodes { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Nodes = await ThreeNodes.StartAsync();
            foreach (var node in (ThreeNodes.TestNode[])[Nodes.Us, Nodes.Ru]) await ThreeNodes.UntilAsync(node.Node, picture => picture.JointSize >= 2, "the founding is joint");
        }

        public ValueTask DisposeAsync() => Nodes.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "part")]
    [InlineData("GET", "stream")]
    [InlineData("GET", "clock")]
    [InlineData("GET", "record/checkpoint")]
    [InlineData("POST", "entries")]
    [InlineData("POST", "heads")]
    [InlineData("POST", "unanswered")]
    [InlineData("PUT", "attachments/0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Door_WithoutASignature_OrWithOneThatWasShownBefore_StaysShut(string method, string path)
    {
        foreach (var to in (string[])["office", "us"])
        {
            using var signed = await doors.Nodes.RequestAsync(to, "ru", new(method), path, method == "GET" ? null : []);
            using var unsigned = Copy(signed, withHeaders: false);
            (await CodeAsync(unsigned)).ShouldBe(SigningCodes.Unsigned);
            using var first = Copy(signed, withHeaders: true);
            (await CodeAsync(first)).ShouldNotBe(SigningCodes.Replayed);
            (await CodeAsync(signed)).ShouldBe(SigningCodes.Replayed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("from=1")]
    [InlineData("from=-1&joint=0&wait=0")]
    [InlineData("from=1&joint=0&wait=soon")]
    [InlineData("from=1&from=2&joint=0&wait=0")]
    [InlineData("from=99999999999999999999&joint=0&wait=0")]
    public async Task Part_AskedForWithAnotherQuery_IsRefused(string query)
    {
        foreach (var to in (string[])["office", "us"]) (await CodeAsync(to, HttpMethod.Get, "part?" + query)).ShouldBe(RecordFaults.MalformedRequest);
    }

    [Fact]
    public async Task Part_OfMoreThanThereIs_ComesAtOnceOrNotAtAll()
    {
        (await CodeAsync("us", HttpMethod.Get, $"part?from={long.MaxValue}&joint={long.MaxValue}&wait=0")).ShouldBe("204");
        (await CodeAsync("office", HttpMethod.Get, $"part?from={long.MaxValue}&joint={long.MaxValue}&wait=0")).ShouldBe("200", "who has more than the office is shown what the office has");
    }

    [Fact]
    public async Task Entries_MalformedTooLargeOrTooMany_AreRefusedWhole()
    {
        foreach (var to in (string[])["office", "us"])
        {
            (await CodeAsync(to, HttpMethod.Post, "entries", [0])).ShouldBe(RecordFaults.MalformedRequest);
            (await CodeAsync(to, HttpMethod.Post, "entries", [0, 9, 1])).ShouldBe(RecordFaults.MalformedRequest);
            (await CodeAsync(to, HttpMethod.Post, "entries", new byte[2 * (FederationPaths.MaximumEntries + 1)])).ShouldBe(RecordFaults.TooLarge);
            (await CodeAsync(to, HttpMethod.Post, "entries", new byte[FederationPaths.MaximumEntriesBytes + 1])).ShouldBe(RecordFaults.TooLarge);
            (await CodeAsync(to, HttpMethod.Post, "entries", new byte[16 * 1024 * 1024 + 1])).ShouldBe(SigningCodes.TooLarge);
        }
    }

    [Fact]
    public async Task Entries_ThatAreNoneOrAnothers_AreEachRefusedAndTheRightOneBetweenIsTaken()
    {
        using var strange = Tansiq.Record.Notes.SigningKey.FromSeed("ru.localhost", Tansiq.Record.Notes.SignatureType.Ed25519, new byte[32]).Value;
        var (own, stolen) = (Said("ru", "doors-own"), Said("ru", "doors-stolen"));
        using var ru = TestKeys.Statement(new("ru"));
        using var us = TestKeys.Statement(new("us"));
        ReadOnlyMemory<byte>[] entries = [new byte[100], StatementSigning.Sign(stolen, strange).Value, StatementSigning.Sign(stolen, us).Value, StatementSigning.Sign(own, ru).Value];
        using var answer = await SendAsync("office", HttpMethod.Post, "entries", Listed(entries));
        var answers = (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().ToList();
        answers.Take(3).Select(each => each.TryGetProperty("code", out _)).ShouldBe([true, true, true]);
        var index = answers[3].GetProperty("index").GetInt64();
        using var again = await SendAsync("office", HttpMethod.Post, "entries", Listed([entries[3]]));
        var repeated = (await again.Content.ReadFromJsonAsync<JsonElement>())[0];
        repeated.GetProperty("index").GetInt64().ShouldBe(index);
        repeated.GetProperty("repeated").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"notes":["a","b","c","d","e","f","g","h","i"],"size":1,"digest":"00","clock":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"notes":[],"size":-1,"digest":"00","clock":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"notes":[],"size":1e99,"digest":"00","clock":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"notes":[],"size":1,"digest":"0","clock":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"notes":[],"size":1,"digest":null,"clock":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"notes":[null],"size":1,"digest":"00","clock":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"notes":["\ud800"],"size":1,"digest":"00","clock":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"notes":[],"size":1,"digest":"00","clock":"yesterday"}""")]
    [InlineData("""{"notes":[],"size":1,"digest":"00","clock":null}""")]
    [InlineData("""{"notes":[[[[[[]]]]]],"size":1,"digest":"00","clock":"2026-01-01T00:00:00Z"}""")]
    public async Task Head_InAnotherForm_IsRefused(string head)
    {
        foreach (var to in (string[])["office", "us"]) (await CodeAsync(to, HttpMethod.Post, "heads", Encoding.UTF8.GetBytes(head))).ShouldBe(RecordFaults.MalformedRequest);
    }

    [Fact]
    public async Task Head_TooLargeOrOfNotesThatAreNone_IsRefusedAndNothingIsFound()
    {
        foreach (var to in (string[])["office", "us"])
        {
            (await CodeAsync(to, HttpMethod.Post, "heads", new byte[NodeHead.MaximumBytes + 1])).ShouldBe(RecordFaults.TooLarge);
            (await CodeAsync(to, HttpMethod.Post, "heads", Encoding.UTF8.GetBytes("""{"notes":["no note"],"size":9223372036854775807,"digest":"","clock":"2026-01-01T00:00:00Z"}"""))).ShouldStartWith("record.");
        }

        doors.Nodes.Us.Node.Picture.Findings.ShouldBeEmpty();
        doors.Nodes.Office.Node.Picture.Findings.ShouldBeEmpty();
    }

    [Fact, Trait("Requirement", "PTY-2")]
    public async Task Unanswered_MalformedTooManyOrForged_IsRefusedAndNothingIsKept()
    {
        using var strange = Tansiq.Record.Notes.SigningKey.FromSeed("ru.localhost", Tansiq.Record.Notes.SignatureType.Ed25519, new byte[32]).Value;
        foreach (var to in (string[])["office", "us"])
        {
            (await CodeAsync(to, HttpMethod.Post, "unanswered", [1, 2, 3])).ShouldBe(RecordFaults.MalformedRequest);
            (await CodeAsync(to, HttpMethod.Post, "unanswered", [255, 0, 0, 0, 0, 0, 0, 0])).ShouldBe(RecordFaults.MalformedRequest);
            (await CodeAsync(to, HttpMethod.Post, "unanswered", [0, 0, 0, 0, 0, 0, 0, 0, 0, 9])).ShouldBe(RecordFaults.MalformedRequest);
            (await CodeAsync(to, HttpMethod.Post, "unanswered", new byte[sizeof(long) + 2 * (FederationPaths.MaximumEntries + 1)])).ShouldBe(RecordFaults.TooLarge);
        }

        (await CodeAsync("us", HttpMethod.Post, "unanswered", [.. new byte[sizeof(long)], .. Listed([StatementSigning.Sign(Said("ru", "doors-forged"), strange).Value])])).ShouldBe(RecordFaults.UnknownKey);
        var size = doors.Nodes.Office.Node.Picture.Size;
        doors.Nodes.Us.Node.Picture.Waiting.ShouldBeEmpty();
        doors.Nodes.Us.Node.Picture.Size.ShouldBeLessThanOrEqualTo(size);
    }

    [Fact]
    public async Task Attachment_OfAnotherHashOrName_IsRefusedAndNotKept()
    {
        var content = "some content"u8.ToArray();
        var other = AttachmentHash.Of("other content"u8);
        (await CodeAsync("office", HttpMethod.Put, "attachments/" + other.Hex, content)).ShouldBe(RecordFaults.AttachmentRewritten);
        doors.Nodes.Office.Node.Attachment(other).ShouldBeNull();
        (await CodeAsync("office", HttpMethod.Put, "attachments/" + AttachmentHash.Of(content).Hex, content)).ShouldBe("204");
        foreach (var name in (string[])["1", "%2e%2e%2fcheckpoint", new string('0', 63), new string('g', 64), new string('0', 4_000)])
            (await CodeAsync("office", HttpMethod.Put, "attachments/" + name, content)).ShouldNotBe("204", name);
        (await CodeAsync("office", HttpMethod.Put, "attachments/" + other.Hex, new byte[16 * 1024 * 1024 + 1])).ShouldBe(SigningCodes.TooLarge);
    }

    [Theory]
    [InlineData("record/../clock")]
    [InlineData("record/%2e%2e/%2e%2e/record.db")]
    [InlineData("record/tile/64/000")]
    [InlineData("record/tile/0/x999999999999999999999/000")]
    [InlineData("record/tile/entries/000.p/0")]
    [InlineData("record/private.db")]
    public async Task File_ThatIsNoneOfTheRecords_IsNotGiven(string path)
    {
        foreach (var to in (string[])["office", "us"])
        {
            using var answer = await SendAsync(to, HttpMethod.Get, path, body: null);
            // An address that a client itself makes shorter asks for the clock; there is no other way out of the record.
            if (path.EndsWith("clock", StringComparison.Ordinal)) (await answer.Content.ReadAsStringAsync()).Length.ShouldBeLessThan(64);
            else answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Nodes_AfterAllOfThat_StillComeToTheSame()
    {
        await Entries_MalformedTooLargeOrTooMany_AreRefusedWhole();
        await Unanswered_MalformedTooManyOrForged_IsRefusedAndNothingIsKept();
        var index = (await doors.Nodes.Ru.SayAsync("doors-after", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>().Index;
        foreach (var node in (ThreeNodes.TestNode[])[doors.Nodes.Us, doors.Nodes.Ru, doors.Nodes.Office])
            (await ThreeNodes.UntilAsync(node.Node, picture => picture.JointSize > index, "joint")).Findings.ShouldBeEmpty();
    }

    private ReadOnlyMemory<byte> Said(string party, string id) =>
        StatementWriter.Write(new(id), new(party), doors.Nodes.Ru.Node.Settings.Clock.GetCurrentInstant(), new Suspension(new SuspensionScope.All())).Value;

    private static byte[] Listed(IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        var body = new ArrayBufferWriter<byte>();
        foreach (var entry in entries) EntryBundle.Write(body, entry.Span);
        return body.WrittenSpan.ToArray();
    }

    private async Task<HttpResponseMessage> SendAsync(string to, HttpMethod method, string path, byte[]? body)
    {
        using var request = await doors.Nodes.RequestAsync(to, "ru", method, path, body);
        using var client = Client();
        return await client.SendAsync(request);
    }

    private async Task<string> CodeAsync(string to, HttpMethod method, string path, byte[]? body = null)
    {
        using var request = await doors.Nodes.RequestAsync(to, "ru", method, path, body);
        return await CodeAsync(request);
    }

    private static async Task<string> CodeAsync(HttpRequestMessage request)
    {
        // What is refused by its length alone is refused before it is sent.
        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > FederationPaths.MaximumEntriesBytes;
        using var client = Client();
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    private static HttpClient Client() => new(NodeConnections.Handler());

    private static HttpRequestMessage Copy(HttpRequestMessage request, bool withHeaders)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content is null ? null : new ByteArrayContent([]) };
        if (!withHeaders) return copy;
        foreach (var (name, values) in request.Headers) copy.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }
}
