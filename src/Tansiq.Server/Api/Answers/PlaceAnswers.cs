using System.Globalization;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;
using Tansiq.Geo.Text;
using Tansiq.Server.Api.GeoJson;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;

namespace Tansiq.Server.Api.Answers;

/// <summary>Protected sites on the record, and all that holds at one place.</summary>
internal static class PlaceAnswers
{
    private const int UsualSiteMetres = 5_000;
    private const string HeightForm = "metres and a reference such as 3000:sea-level; references are sea-level, ellipsoid, pressure, ground";

    public static readonly ReadEndpoint Sites = new("/sites", static (request, answer) =>
    {
        var category = request.Query.OneOf("category", "hospital", "school", "water", "convoy", "camp");
        var sites = request.Situation.Sites.Values
            .SkipWhile(site => site.Notified.Index < request.From)
            .TakeWhile(site => Situation.Restricts(site.Notified, request.ValidAt))
            .Where(site => category is null || site.Site.Category.Word() == category)
            .Select(site => (site.Notified.Index, site));
        answer.Json.WriteString("type", "FeatureCollection");
        answer.Page(request, "features", sites, site => WriteFeature(request, answer, site));
        return null;
    })
    {
        IsList = true,
        IsGeoJson = true,
        Parameters = ["category"],
    };

    public static readonly ReadEndpoint WhatAppliesHere = new("/what-applies", static (request, answer) =>
    {
        var query = request.Query;
        var (longitude, latitude) = (query.Degrees("longitude", GeoPoint.HalfTurnE7), query.Degrees("latitude", GeoPoint.MaximumLatitudeE7));
        var at = query.Moment("at") ?? request.ValidAt;
        var height = Height(query);
        var within = (int)query.Number("sitesWithinMetres", 0, Site.MaximumUncertaintyMetres, UsualSiteMetres);
        if (query.Refusal is { } refusal) return refusal;
        var place = GeoPoint.FromE7(latitude, longitude);
        Write(request, answer, WhatApplies.At(request.Situation, place, height, at, within));
        return null;
    })
    {
        Parameters = ["longitude", "latitude", "at", "height", "sitesWithinMetres"],
    };

    /// <summary>A height as <c>3000:sea-level</c>; null where it is not given or refused.</summary>
    private static Height? Height(QueryText query)
    {
        if (query.Text("height") is not { } text) return null;
        var parts = text.Split(':');
        var isNumber = decimal.TryParse(parts[0], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var metres)
            && Math.Abs(metres) <= Geo.Height.MaximumUnits / Geo.Height.UnitsPerMetre;
        var references = Enum.GetValues<HeightReference>();
        var reference = Array.FindIndex(references, each => parts.Length == 2 && HeightReading.Word(each) == parts[1]);
        if (isNumber && reference >= 0 && Geo.Height.IsInRange((long)(metres * Geo.Height.UnitsPerMetre)))
            return Geo.Height.FromUnits((long)(metres * Geo.Height.UnitsPerMetre), references[reference]);
        query.Refuse("height", text, HeightForm);
        return null;
    }

    private static void Write(ReadRequest request, AnswerWriter answer, WhatApplies found)
    {
        var json = answer.Json;
        json.WriteStartArray("areas");
        foreach (var over in found.Areas)
        {
            json.WriteStartObject();
            AgreementAnswers.WriteAreaMembers(answer, over.Agreement, over.Area);
            json.WriteString("certainty", over.Certainty.Word());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("flights");
        foreach (var over in found.Flights)
        {
            json.WriteStartObject();
            json.WriteNumber("volume", over.Volume);
            json.WriteString("certainty", over.Certainty.Word());
            NoticeJson.WriteMembers(request, answer, over.Notice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sites");
        foreach (var near in found.Sites)
        {
            json.WriteStartObject();
            WriteSiteMembers(request, answer, near.Site);
            json.WriteNumber("distanceLowerMetres", (long)Math.Floor(near.Distance.LowerMetres));
            if (double.IsFinite(near.Distance.UpperMetres)) json.WriteNumber("distanceUpperMetres", (long)Math.Ceiling(near.Distance.UpperMetres));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFeature(ReadRequest request, AnswerWriter answer, RecordedSite recorded)
    {
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", recorded.Site.Id.Value + "/" + recorded.Notified.Index.ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject("properties");
        WriteSiteMembers(request, answer, recorded);
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        if (recorded.Site.Point is { } point) GeometryWriter.Write(json, point);
        else GeometryWriter.Write(json, recorded.Site.Outlines);
        json.WriteEndObject();
    }

    private static void WriteSiteMembers(ReadRequest request, AnswerWriter answer, RecordedSite recorded)
    {
        var (json, site) = (answer.Json, recorded.Site);
        var isWithdrawn = recorded.Withdrawn is { } withdrawn && Situation.Restricts(withdrawn, request.ValidAt);
        json.WriteString("site", site.Id.Value);
        answer.Words("name", site.Name);
        json.WriteString("category", site.Category.Word());
        json.WriteString("notifier", recorded.Notifier.Value);
        json.WriteString("hash", recorded.Hash.Hex);
        json.WriteNumber("uncertaintyMetres", site.UncertaintyMetres);
        json.WriteString("verification", site.Verification.Word());
        answer.Interval(site.Validity);
        json.WriteString("state", isWithdrawn ? "withdrawn" : site.Validity.Contains(request.ValidAt) ? "holds" : "expired");
        answer.Place("notified", recorded.Notified);
        answer.Place("withdrawn", recorded.Withdrawn);
    }
}
