using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Geo;
using Tansiq.Record.Proofs;
using Tansiq.Server.Tests.Nodes;

namespace Tansiq.Server.Tests.Api;

/// <summary>What everybody reads of a node.</summary>
public sealed class ReadTests(ReadableNode node) : IClassFixture<ReadableNode>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Reads => new()
    {
        { "node", "/node" }, { "founding", "/founding" }, { "parties", "/parties" }, { "actors", "/actors" }, { "purposes", "/purposes" }, { "agreements", "/agreements" },
        { "areas", "/areas" }, { "control-maps", "/control-maps" }, { "sites", "/sites" }, { "notices", "/notices" }, { "notices/us/n01", "/notices/{party}/{id}" },
        { "operations", "/operations" }, { "what-applies?longitude=38.5&latitude=33.6&at=2016-07-26T07:00:00Z", "/what-applies" },
        { "record/entries", "/record/entries" }, { "record/entries/0", "/record/entries/{index}" }, { "record/entries?text=idlib", "/record/entries" },
    };

    [Theory, MemberData(nameof(Reads)), Trait("Requirement", "BND-4")]
    public async Task Answer_OfEveryRead_IsWhatTheDocumentSaysAndSaysWhichRecord(string path, string described)
    {
        var document = await node.GetAsync("openapi.json");
        var schema = document.GetProperty("paths").GetProperty("/api/v1" + described).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Single();
        using var response = await node.Client.GetAsync(path, Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(schema.Name);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement;
        new SchemaCheck(document).Check(answer, schema.Value.GetProperty("schema"));
        answer.GetProperty("record").GetString().ShouldBe("exercise");
        answer.GetProperty("zone").GetString().ShouldBe("Asia/Damascus");
        answer.GetProperty("knownAt").GetProperty("size").GetInt64().ShouldBe(node.Machine.Picture.Size);
    }

    [Fact]
    public async Task Lists_ReadPageByPage_AreWholeAndOfOneSizeWhileTheRecordGrows()
    {
        foreach (var (path, member) in new[] { ("notices", "features"), ("sites", "features"), ("areas", "features"), ("actors", "actors"), ("record/entries", "entries") })
            await PagesAreWholeAsync(path, member);
        (await node.GetAsync("record/entries?type=flights.notice&limit=2")).GetProperty("entries").GetArrayLength().ShouldBe(2);
    }

    private async Task PagesAreWholeAsync(string path, string member)
    {
        var whole = (await node.GetAsync(path + "?limit=1000")).GetProperty(member).EnumerateArray().Select(item => item.GetRawText()).ToList();
        var size = node.Machine.Picture.Size;
        var pages = new List<string>();
        var next = "limit=3";
        while (next is not null)
        {
            var page = await node.GetAsync(path + "?" + next);
            page.GetProperty("knownAt").GetProperty("size").GetInt64().ShouldBe(size);
            pages.AddRange(page.GetProperty(member).EnumerateArray().Select(item => item.GetRawText()));
            next = page.TryGetProperty("next", out var cursor) ? "limit=3&cursor=" + cursor.GetString() : null;
            await node.SayAsync("2016-07-17T09:00:00Z", "us", $"n01-{path.Replace('/', '-')}-{pages.Count}", node.Notice("n01"));
        }

        pages.ShouldBe(whole, path);
    }

    [Fact, Trait("Requirement", "FLT-3")]
    public async Task KnownAtAndValidAt_AreTwoQuestions()
    {
        var picture = node.Machine.Picture;
        var signed = picture.Situation.Agreements[0].Signatures[new("ru")].Index;
        (await node.GetAsync($"agreements?knownAt={signed}")).GetProperty("agreements")[0].GetProperty("state").GetString().ShouldBe("proposed");
        (await node.GetAsync($"agreements?knownAt={signed + 1}")).GetProperty("agreements")[0].GetProperty("state").GetString().ShouldBe("not-begun");
        (await node.GetAsync("agreements?knownAt=2016-07-16T10:00:00Z")).GetProperty("agreements")[0].GetProperty("state").GetString().ShouldBe("proposed");
        (await node.GetAsync("agreements?validAt=2016-07-16T10:00:00Z")).GetProperty("agreements")[0].GetProperty("state").GetString().ShouldBe("proposed");
        (await node.GetAsync("agreements?validAt=2016-07-26T00:00:00Z")).GetProperty("agreements")[0].GetProperty("state").GetString().ShouldBe("in-force");
        (await node.GetAsync("agreements?validAt=2100-01-01T00:00:00Z")).GetProperty("agreements")[0].GetProperty("state").GetString().ShouldBe("lapsed");
        (await node.GetAsync("notices?validAt=2016-07-16T10:00:00Z")).GetProperty("features").GetArrayLength().ShouldBe(0);
    }

    [Fact, Trait("Requirement", "FLT-1")]
    public async Task Notice_WhoseFlightTakesItsCourse_SaysItsStateAndWhatStandsInItsPlace()
    {
        var filed = await node.SayAsync("2016-07-17T08:30:00Z", "us", "course", node.Notice("n01"));
        var amended = await node.SayAsync("2016-07-17T08:40:00Z", "us", "course-amended", new Amendment(filed, node.Notice("n01")));
        await node.SayAsync("2016-07-17T08:50:00Z", "us", "course-active", new Activation(amended));
        var old = (await node.GetAsync("notices/us/course")).GetProperty("notice");
        old.GetProperty("state").GetString().ShouldBe("superseded");
        old.GetProperty("supersededBy").GetProperty("notice").GetString().ShouldBe("course-amended");
        var document = await node.GetAsync("openapi.json");
        var listed = (await node.GetAsync("notices?state=superseded&limit=1000")).GetProperty("features").EnumerateArray().Single().GetProperty("properties");
        new SchemaCheck(document).Check(listed, document.GetProperty("components").GetProperty("schemas").GetProperty("NoticeProperties"));
        var standing = (await node.GetAsync("notices/us/course-amended")).GetProperty("notice");
        (standing.GetProperty("state").GetString(), standing.GetProperty("replaces").GetProperty("hash").GetString()).ShouldBe(("active", filed.Hex));
        (await node.GetAsync("notices?state=active&limit=1000")).GetProperty("features").EnumerateArray().Select(each => each.GetProperty("id").GetString()).ShouldBe(["us/course-amended"]);
        await node.SayAsync("2016-07-17T08:55:00Z", "us", "course-over", new Completion(amended));
        (await node.GetAsync("notices/us/course-amended")).GetProperty("notice").GetProperty("state").GetString().ShouldBe("completed");
    }

    [Fact, Trait("Requirement", "REC-2")]
    public async Task Signatures_NotJointYet_AreShownWithoutEffect()
    {
        var signed = node.Machine.Picture.Situation.Agreements[0].Signatures[new("ru")].Index;
        node.Machine.HoldJointAt(signed);
        try
        {
            var answer = await node.GetAsync("agreements?validAt=2016-07-26T00:00:00Z");
            answer.GetProperty("knownAt").GetProperty("joint").GetBoolean().ShouldBeFalse();
            var agreement = answer.GetProperty("agreements")[0];
            agreement.GetProperty("state").GetString().ShouldBe("proposed");
            agreement.GetProperty("signatures").EnumerateArray().Single(each => each.GetProperty("party").GetString() == "ru").GetProperty("hasEffect").GetBoolean().ShouldBeFalse();
            (await node.GetAsync($"record/entries?limit=1000")).GetProperty("entries")[(int)signed].GetProperty("effect").GetString().ShouldBe("once-joint");
        }
        finally
        {
            node.Machine.HoldJointAt(null);
        }
    }

    [Fact]
    public async Task Answer_ThatTheCallerHolds_IsNotSentAgainUntilTheRecordGrowsOrMoreIsJoint()
    {
        using var first = await node.Client.GetAsync("sites", Stop);
        var tag = first.Headers.ETag!;
        (await StatusAsync(tag)).ShouldBe(HttpStatusCode.NotModified);
        node.Machine.HoldJointAt(1);
        (await StatusAsync(tag)).ShouldBe(HttpStatusCode.OK);
        node.Machine.HoldJointAt(null);
        (await StatusAsync(tag)).ShouldBe(HttpStatusCode.NotModified);
        await node.SayAsync("2016-07-17T09:00:00Z", "us", "n01-tag", node.Notice("n01"));
        (await StatusAsync(tag)).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync(EntityTagHeaderValue held)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "sites") { Headers = { IfNoneMatch = { held } } };
            using var answer = await node.Client.SendAsync(request, Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Answer_WhereGzipIsTaken_IsCompressedAndTheSame()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "areas") { Headers = { { "Accept-Encoding", "br, gzip" } } };
        using var answer = await node.Client.SendAsync(request, Stop);
        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        (await JsonDocument.ParseAsync(unpacked, cancellationToken: Stop)).RootElement.GetProperty("type").GetString().ShouldBe("FeatureCollection");
    }

    [Fact, Trait("Requirement", "REC-3")]
    public async Task Entry_WithItsProof_IsVerifiedWithTheKeysAlone()
    {
        using var logKey = TestKeys.Log();
        foreach (var index in new[] { 0, 3, node.Machine.Picture.Size - 1 })
        {
            var answer = await node.GetAsync($"record/entries/{index}");
            var proof = RecordProof.Read(Encoding.UTF8.GetBytes(answer.GetProperty("proof").GetString()!)).Value;
            proof.Index.ShouldBe(index);
            proof.Verify(Encoding.UTF8.GetBytes(answer.GetProperty("note").GetString()!), logKey.Verifier).Value.Checkpoint.Size.ShouldBeGreaterThan(index);
        }

        (await node.Client.GetAsync($"record/entries/{node.Machine.Picture.Size}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Trait("Requirement", "REC-3")]
    public async Task FilesOfTheRecord_AreThoseOfTheStore()
    {
        (await node.Client.GetByteArrayAsync("record/checkpoint", Stop)).ShouldBe(node.Machine.Store.Checkpoint!.Value.ToArray());
        var width = (int)node.Machine.Picture.Size;
        var path = Tansiq.Record.Tiles.Tile.Entries(0, width).Path();
        (await node.Client.GetByteArrayAsync("record/" + path, Stop)).ShouldBe(node.Machine.Store.Tile(Tansiq.Record.Tiles.Tile.Entries(0, width))!.Value.ToArray());
        var hash = node.Machine.Store.Attachments().First();
        (await node.Client.GetByteArrayAsync("attachments/" + hash.Hex, Stop)).ShouldBe(node.Machine.Attachment(hash)!.Value.ToArray());
    }

    [Fact, Trait("Requirement", "FLT-3")]
    public async Task Verdict_OnADraft_IsWhatIsDecidedAndNothingIsFiled()
    {
        var size = node.Machine.Picture.Size;
        foreach (var file in Directory.GetFiles(Path.Combine(OneMachine.RepositoryRoot(), "scenarios", "syria-2016", "notices"), "n0*.json"))
        {
            var bytes = await File.ReadAllBytesAsync(file, Stop);
            using var response = await node.Client.PostAsync("verdicts?validAt=2016-07-25T12:00:00Z", new ByteArrayContent(bytes), Stop);
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement;
            response.StatusCode.ShouldBe(HttpStatusCode.OK, answer.ToString());
            var draft = NoticeReader.Read(bytes, node.Founding, node.Agreement).Value;
            var expected = Decide.Flight(node.Machine.Picture.Situation, FlightInQuestion.NotFiled(draft.Notice, draft.Party), ReadableNode.At("2016-07-25T12:00:00Z"));
            var verdict = answer.GetProperty("verdict");
            verdict.GetProperty("verdict").GetString().ShouldBe(VerdictWriter.Word(expected.Kind), file);
            verdict.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()).ShouldBe(expected.Reasons.Select(reason => reason.Code));
            verdict.GetProperty("knownAt").GetProperty("size").GetInt64().ShouldBe(size);
        }

        node.Machine.Picture.Size.ShouldBe(size);
    }

    [Fact]
    public async Task WhatApplies_AtEachPlaceOfAGrid_IsWhatLookingAtEverythingGives()
    {
        var at = ReadableNode.At("2016-07-26T07:00:00Z");
        var found = 0;
        for (var longitude = 36.0; longitude < 42; longitude += 1.3)
        {
            for (var latitude = 33.0; latitude < 37; latitude += 0.9)
            {
                var place = GeoPoint.FromDegrees(latitude, longitude);
                var answer = await node.GetAsync(FormattableString.Invariant($"what-applies?longitude={longitude}&latitude={latitude}&at=2016-07-26T07:00:00Z&height=6000:sea-level"));
                var heights = node.Founding.Heights;
                var height = Height.FromMetres(6_000, HeightReference.SeaLevel);
                var areas = node.Agreement.Areas.Where(area => area.Validity.Contains(at) && heights.Contains(area.Heights, height) != Certainty.No && area.Outlines.Any(outline => outline.Contains(place)));
                answer.GetProperty("areas").EnumerateArray().Select(area => area.GetProperty("area").GetString()).ShouldBe(areas.Select(area => area.Id.Value));
                var flights = node.Machine.Picture.Situation.Notices.Values.SelectMany(filed => filed.Notice.Volumes.Select((volume, number) => (filed, volume, number)))
                    .Where(each => each.volume.Time.Contains(at) && heights.Contains(each.volume.Heights, height) != Certainty.No && each.volume.Outline.Contains(place))
                    .Select(each => each.filed.Reference.Id.Value + each.number);
                answer.GetProperty("flights").EnumerateArray().Select(flight => flight.GetProperty("notice").GetString() + flight.GetProperty("volume")).ShouldBe(flights);
                found += answer.GetProperty("areas").GetArrayLength();
            }
        }

        found.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Requests_OfTheIntegratorsPage_AreAnswered()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(OneMachine.RepositoryRoot(), "docs", "integrators.md"), Stop);
        var requests = page.Split("```http\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        requests.Length.ShouldBeGreaterThan(5);
        foreach (var request in requests)
        {
            request.ShouldStartWith("GET /api/v1/");
            _ = await node.GetAsync(request["GET /api/v1/".Length..]);
        }
    }
}
