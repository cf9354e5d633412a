using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Record.Entries;
using Tansiq.Server.Flights;

namespace Tansiq.Server.Tests.Flights;

/// <summary>Sites whose place stays at the centre are checked all the same, and the objection gives nothing away (FLT-7).</summary>
public sealed class HeldSiteTests
{
    private const string Place = "36.9012345";

    [Fact, Trait("Requirement", "FLT-7")]
    public async Task Notice_TooNearAHeldSite_IsObjectedToWithoutThePlace()
    {
        await using var node = await FlightsNode.StartAsync();
        await node.AgreeAsync();
        var before = await node.FileAsync("n14");
        var added = await node.SendAsync(HttpMethod.Post, "/api/v1/held-sites", Site("h1", "field hospital"), HttpStatusCode.Created);
        added.GetProperty("commitment").GetString()!.Length.ShouldBe(64);
        await UntilObjectedAsync(node, before);
        await node.FileAsync("n15");
        var far = await node.FileAsync("n40");
        await node.FileAsync("n56");
        await Task.Delay(2_500);
        Objections(node, far).ShouldBe(0);
        Objections(node, before).ShouldBe(1, "once");

        var record = Encoding.UTF8.GetString([.. node.Machine.Store.Entries(0, node.Machine.Picture.Size).SelectMany(entry => SignedEntry.Read(entry).Value.Text.ToArray())]);
        record.ShouldNotContain("field hospital");
        record.ShouldNotContain(Place);
        record.ShouldNotContain("369012345");
        node.Machine.Picture.Situation.Notices.Values.Single(notice => notice.Reference.Hash == before).Answers.ShouldHaveSingleItem().Party.Value.ShouldBe("us");
    }

    [Fact, Trait("Requirement", "FLT-7")]
    public async Task Site_IsSeenByWhomItsNotifierAllowsAndGoneWhenItIsWithdrawn()
    {
        await using var node = await FlightsNode.StartAsync();
        _ = await node.SendAsync(HttpMethod.Post, "/api/v1/held-sites", Site("h1", "school"), HttpStatusCode.Created);
        _ = await node.SendAsync(HttpMethod.Post, "/api/v1/held-sites", Site("h1", "again"), HttpStatusCode.UnprocessableEntity);
        _ = await node.SendAsync(HttpMethod.Post, "/api/v1/held-sites", new { id = "h2", aimPoint = 1 }, HttpStatusCode.UnprocessableEntity);
        (await ListAsync(node, "watch-1")).ShouldHaveSingleItem().GetProperty("geometry").GetProperty("coordinates")[0].GetRawText().ShouldBe(Place);
        (await ListAsync(node, "release-2")).ShouldHaveSingleItem();
        (await ListAsync(node, "watch-3")).ShouldBeEmpty();
        using var stranger = node.Client();
        stranger.DefaultRequestHeaders.Authorization = new("Officer", "watch-3");
        (await stranger.DeleteAsync("/api/v1/held-sites/h1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _ = await node.SendAsync(HttpMethod.Delete, "/api/v1/held-sites/h1", expected: HttpStatusCode.NoContent);
        (await ListAsync(node, "watch-1")).ShouldBeEmpty();
    }

    [Fact, Trait("Requirement", "FLT-7")]
    public void Blur_AnyPlaceAndSecret_CoversTheSiteAndIsTheSameForItsNeighbourhood()
    {
        Gen.Select(Gen.Int[-1_799_999_999, 1_799_999_999], Gen.Int[-840_000_000, 840_000_000], Gen.Int[0, HeldSite.MaximumExtentMetres], Gen.Byte.Array[32]).Sample((longitude, latitude, extent, secret) =>
        {
            var held = Held(longitude, latitude, extent);
            var blurred = held.Blurred(secret, 5_000);
            blurred.UncertaintyMetres.ShouldBeLessThanOrEqualTo(Coordination.Flights.Site.MaximumUncertaintyMetres);
            Metres(held.Place, blurred.Point!.Value).ShouldBeLessThanOrEqualTo(blurred.UncertaintyMetres - extent);
        });
        var places = Enumerable.Range(0, 9).Select(metres => Held(369_000_100 + metres * 1_000, 343_000_100, 0)).ToList();
        places.Select(held => held.Blurred(new byte[32], 5_000).Point!.Value.LongitudeE7 - held.Place.LongitudeE7).Distinct().Count().ShouldBe(1);
        places[0].Blurred(new byte[32], 5_000).Point.ShouldNotBe(places[0].Blurred([1, .. new byte[31]], 5_000).Point);
    }

    private static object Site(string id, string name) => new
    {
        id,
        name,
        category = "hospital",
        geometry = new { type = "Point", coordinates = new[] { 36.9012345, 34.3 } },
        extentMetres = 200,
        readers = Readers,
    };

    private static readonly string[] Readers = ["release-2"];

    private static HeldSite Held(int longitudeE7, int latitudeE7, int extentMetres) => new()
    {
        Id = new("h"), Name = "h", Category = SiteCategory.Hospital, Place = GeoPoint.FromE7(latitudeE7, longitudeE7), ExtentMetres = extentMetres,
        Validity = new(null, null), Readers = ImmutableSortedSet<string>.Empty, Salt = new byte[32],
    };

    // On a sphere, some parts in a thousand off.
    private static double Metres(GeoPoint first, GeoPoint second)
    {
        const double Radius = 6_371_000;
        var (a, b) = (first.LatitudeDegrees * Math.PI / 180, second.LatitudeDegrees * Math.PI / 180);
        var longitude = (second.LongitudeDegrees - first.LongitudeDegrees) * Math.PI / 180;
        var haversine = Math.Pow(Math.Sin((b - a) / 2), 2) + Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(longitude / 2), 2);
        return 2 * Radius * Math.Asin(Math.Sqrt(haversine));
    }

    private static int Objections(FlightsNode node, ContentHash notice) =>
        node.Machine.Picture.Situation.FindNotice(notice)!.Answers.Count(answer => answer.Kind == AnswerKind.Objection);

    private static async Task UntilObjectedAsync(FlightsNode node, ContentHash notice)
    {
        for (var tries = 0; tries < 1_500; tries++)
        {
            if (Objections(node, notice) > 0) return;
            await Task.Delay(20);
        }

        throw new TimeoutException("Nobody objected.");
    }

    private static async Task<List<JsonElement>> ListAsync(FlightsNode node, string officer)
    {
        using var client = node.Client();
        client.DefaultRequestHeaders.Authorization = new("Officer", officer);
        return [.. JsonDocument.Parse(await client.GetStringAsync("/api/v1/held-sites")).RootElement.GetProperty("sites").EnumerateArray()];
    }
}
