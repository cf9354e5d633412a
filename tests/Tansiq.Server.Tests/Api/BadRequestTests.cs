using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Tansiq.Server.Tests.Api;

/// <summary>What callers send by mistake or on purpose: each gets a problem that says what, where and what was expected, and the node goes on.</summary>
public sealed class BadRequestTests(ReadableNode node) : IClassFixture<ReadableNode>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("notices?knownat=3", "api.unknown-parameter", "?knownat")]
    [InlineData("notices?limit=0", "api.bad-parameter", "?limit")]
    [InlineData("notices?limit=1001", "api.bad-parameter", "?limit")]
    [InlineData("notices?limit=99999999999999999999", "api.bad-parameter", "?limit")]
    [InlineData("notices?limit=1&limit=2", "api.bad-parameter", "?limit")]
    [InlineData("notices?knownAt=1000000", "api.bad-parameter", "?knownAt")]
    [InlineData("notices?knownAt=-1", "api.bad-parameter", "?knownAt")]
    [InlineData("notices?knownAt=0", "api.bad-parameter", "?knownAt")]
    [InlineData("notices?knownAt=1900-01-01T00:00:00Z", "api.bad-parameter", "?knownAt")]
    [InlineData("notices?validAt=yesterday", "api.bad-parameter", "?validAt")]
    [InlineData("notices?validAt=9999-12-31T23:59:59Z", "api.bad-parameter", "?validAt")]
    [InlineData("notices?cursor=AAAA", "api.bad-parameter", "?cursor")]
    [InlineData("notices?cursor=%FF%FE", "api.bad-parameter", "?cursor")]
    [InlineData("notices?cursor=OTk5LjEuMS4x", "api.bad-parameter", "?cursor")]
    [InlineData("notices?party=%D1%8F", "api.bad-parameter", "?party")]
    [InlineData("notices?state=approved", "api.bad-parameter", "?state")]
    [InlineData("what-applies?longitude=181&latitude=0", "api.bad-parameter", "?longitude")]
    [InlineData("what-applies?longitude=NaN&latitude=0", "api.bad-parameter", "?longitude")]
    [InlineData("what-applies?latitude=0", "api.bad-parameter", "?longitude")]
    [InlineData("what-applies?longitude=1&latitude=1&height=5000", "api.bad-parameter", "?height")]
    [InlineData("what-applies?longitude=1&latitude=1&height=9999999:sea-level", "api.bad-parameter", "?height")]
    [InlineData("what-applies?longitude=1&latitude=1&sitesWithinMetres=50001", "api.bad-parameter", "?sitesWithinMetres")]
    [InlineData("events?from=1000000", "api.bad-parameter", "?from")]
    public async Task Query_ThatIsNotTaken_IsNamedWithWhatWasExpected(string path, string code, string where)
    {
        using var answer = await node.Client.GetAsync(path, Stop);
        var problem = await ProblemOf(answer, HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("pointer").GetString().ShouldBe(where);
        problem.GetProperty("expected").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Query_WithAValueOfAThousandCharacters_IsNotTaken()
    {
        using var answer = await node.Client.GetAsync("record/entries?text=" + new string('a', 1_000), Stop);
        (await ProblemOf(answer, HttpStatusCode.BadRequest)).GetProperty("found").GetString()!.Length.ShouldBeLessThanOrEqualTo(80);
    }

    [Theory]
    [InlineData("attachments/..%2f..%2fprivate.db")]
    [InlineData("attachments/0000")]
    [InlineData("record/tile/..%2f..%2fcheckpoint")]
    [InlineData("record/tile/0/../../checkpoint/x")]
    [InlineData("record/entries/-1")]
    [InlineData("record/entries/99999999999999999999999")]
    [InlineData("notices/us/nothing")]
    [InlineData("nothing")]
    [InlineData("nothing.json")]
    public async Task Path_ThatNamesNothing_IsNotFound(string path) => (await node.Client.GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("", "json.malformed")]
    [InlineData("[]", "json.wrong-type")]
    [InlineData("{\"id\":\"x\",\"id\":\"y\"}", "json.duplicate-name")]
    [InlineData("{\"id\":\"x\",\"target\":{}}", "json.unknown-member")]
    public async Task Draft_ThatIsNoNotice_IsNamed(string body, string code)
    {
        using var answer = await node.Client.PostAsync("verdicts", new StringContent(body), Stop);
        (await ProblemOf(answer, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Draft_TooDeepTooLargeOrNotUtf8_IsRefused()
    {
        using var deep = await node.Client.PostAsync("verdicts", new StringContent(new string('[', 100_000)), Stop);
        (await ProblemOf(deep, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString().ShouldBe("json.malformed");
        using var bytes = await node.Client.PostAsync("verdicts", new ByteArrayContent([0x22, 0xC3, 0x28, 0x22]), Stop);
        (await ProblemOf(bytes, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString().ShouldBe("json.invalid-utf8");
        using var large = await node.Client.PostAsync("verdicts", new ByteArrayContent(new byte[1024 * 1024 + 1]), Stop);
        (await ProblemOf(large, HttpStatusCode.RequestEntityTooLarge)).GetProperty("code").GetString().ShouldBe("api.too-large");
        using var unsaid = new HttpRequestMessage(HttpMethod.Post, "verdicts") { Content = new ByteArrayContent(new byte[1024 * 1024 + 1]), Headers = { TransferEncodingChunked = true } };
        using var chunked = await node.Client.SendAsync(unsaid, Stop);
        (await ProblemOf(chunked, HttpStatusCode.RequestEntityTooLarge)).GetProperty("code").GetString().ShouldBe("api.too-large");
    }

    [Fact]
    public async Task Body_ThatBreaksOff_HoldsNobodyUp()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, node.Address.Port, Stop);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/verdicts HTTP/1.1\r\nHost: localhost\r\n{TestCallers.Header}: Read\r\nContent-Length: 100\r\n\r\n{{"), Stop);
        (await node.Client.GetAsync("founding", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        socket.Close();
        (await node.Client.GetAsync("founding", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("ar", "وسيط في الاستعلام لا يُفهم أو خارج حدوده.")]
    [InlineData("ru", "Параметр запроса не читается или выходит за пределы.")]
    public async Task Problem_InALanguage_IsInThatLanguage(string language, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "notices?limit=0") { Headers = { { "Accept-Language", language } } };
        using var answer = await node.Client.SendAsync(request, Stop);
        (await ProblemOf(answer, HttpStatusCode.BadRequest)).GetProperty("title").GetString().ShouldBe(title);
    }

    private static async Task<JsonElement> ProblemOf(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(text).RootElement;
    }
}
