using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CsCheck;
using NodaTime;
using NodaTime.Text;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Writing;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Writing;

/// <summary>Tracks as they are written: CSV that feeds read back, GeoJSON and KML with a time for every place.</summary>
public sealed class TrackWriterTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 7, 20, 6, 0);
    private static readonly XNamespace Kml = "http://www.opengis.net/kml/2.2";
    private static readonly XNamespace Gx = "http://www.google.com/kml/ext/2.2";

    private static readonly Gen<Height?> Heights = Gen.Select(Gen.Int[-1, 3], Gen.Long[-1_000_000, 200_000_000], (reference, units) =>
        reference < 0 ? (Height?)null : Height.FromUnits(units, (HeightReference)reference));

    private static readonly Gen<ReportedPosition> Positions = Gen.Select(
        Gen.Int[0, 3].Select(number => FormattableString.Invariant($"~4b17f{number}")),
        Gen.Select(Gen.Int[-900_000_000, 900_000_000], Gen.Int[-1_800_000_000, 1_799_999_999], (latitude, longitude) => GeoPoint.FromE7(latitude, longitude)),
        Heights,
        Gen.Select(Gen.Int[-1, 4_999], Gen.Int[0, 9_999_999], (whole, fraction) => whole < 0 ? (double?)null : (whole * 10_000_000L + fraction) / 1e7),
        Gen.Int[0, 2].Select(ground => ground == 2 ? (bool?)null : ground == 1),
        Gen.Int[0, 3].Select(number => number switch { 0 => null, 1 => "SWR 1,2", 2 => "\"Q\"", _ => "UN01" }),
        (track, place, height, speed, ground, callsign) => new ReportedPosition(track, new(place, 0, height, default), speed, ground, callsign));

    private static readonly Gen<ReportedPosition[]> Feeds = Gen.Select(Positions, Gen.Long[0, 700_000_000_000]).Array[1, 40].Select(steps =>
    {
        var at = Start;
        return steps.Select(step => step.Item1 with { Position = step.Item1.Position with { At = at = at.PlusNanoseconds(step.Item2) } }).ToArray();
    });

    [Fact]
    public void Write_Csv_IsReadBackAsTheSamePositions() => Feeds.Sample(
        positions =>
        {
            var read = PositionFile.Of("tracks.csv", Written(WrittenFormat.Csv, positions)).Read().Select(record => record.Content.Value with { Source = "" }).ToList();
            read.ShouldBe(positions.Select(position => WithReadableHeight(position)));
        },
        iter: 300);

    [Fact]
    public void Write_GeoJson_GivesEveryPositionOnceWithItsTimeAndHeight() => Feeds.Sample(
        positions => FromGeoJson(JsonDocument.Parse(Written(WrittenFormat.GeoJson, positions)).RootElement).Order(StringComparer.Ordinal)
            .ShouldBe(positions.Select(Line).Order(StringComparer.Ordinal)),
        iter: 300);

    [Fact]
    public void Write_GeoJson_IsReadBackAsTheSamePlaces() => Feeds.Sample(
        positions =>
        {
            var read = PositionFile.Of("tracks.geojson", Written(WrittenFormat.GeoJson, positions)).Read().Select(record => record.Content.Value);
            read.Select(OfALine).Order(StringComparer.Ordinal).ShouldBe(positions.Select(OfALine).Order(StringComparer.Ordinal));
        },
        iter: 300);

    [Fact]
    public void Write_Kml_GivesEveryPositionOnceWithItsTimeAndHeight() => Feeds.Sample(
        positions => FromKml(XDocument.Parse(Encoding.UTF8.GetString(Written(WrittenFormat.Kml, positions)))).Order(StringComparer.Ordinal)
            .ShouldBe(positions.Select(Line).Order(StringComparer.Ordinal)),
        iter: 300);

    [Fact]
    public void Write_CallsignLikeAFormula_IsNoFormula()
    {
        var csv = Encoding.UTF8.GetString(Written(WrittenFormat.Csv, [At(0) with { Callsign = "=1+1" }]));
        csv.Split('\n')[1].ShouldBe("2026-07-20T06:00:00Z,4b17f0,46,8,,,,'=1+1,,,,,");
    }

    [Theory]
    [InlineData(600, 1)]
    [InlineData(601, 2)]
    public void Write_GapAtTheLimit_GoesOnAndALongerOneBeginsAPiece(int seconds, int pieces) =>
        Features([At(0), At(1), At(1 + seconds), At(2 + seconds)]).Count.ShouldBe(pieces);

    [Fact]
    public void Write_TrackAcrossTheAntimeridian_BeginsAPieceThere()
    {
        var places = new[] { 179.8, 179.9, -179.9, -179.8 }.Select(longitude => GeoPoint.FromDegrees(10, longitude));
        var positions = places.Select((place, second) => At(second) with { Position = At(second).Position with { Place = place } }).ToArray();
        Features(positions).Select(feature => feature.GetProperty("geometry").GetProperty("coordinates").GetArrayLength()).ShouldBe([2, 2]);
    }

    [Theory]
    [InlineData(TrackPieces.MaximumPositions, 1)]
    [InlineData(TrackPieces.MaximumPositions + 1, 2)]
    public void Write_PositionsOfAPieceAtTheLimit_GoOnAndMoreBeginAnother(int count, int pieces) =>
        Features([.. Enumerable.Range(0, count).Select(At)]).Count.ShouldBe(pieces);

    [Theory]
    [InlineData(TrackPieces.MaximumHeld - 1, 0)]
    [InlineData(TrackPieces.MaximumHeld, TrackPieces.MaximumHeld)]
    public void Take_PositionsHeldAtTheLimit_AreGiven(int count, int given)
    {
        var counted = 0;
        var pieces = new TrackPieces(piece => counted += piece.Positions.Count);
        var position = At(0);
        for (var number = 0; number < count; number++) pieces.Take(position with { Track = number.ToString(CultureInfo.InvariantCulture) });
        counted.ShouldBe(given);
    }

    [Fact]
    public void Take_TracksThatHaveEnded_AreNotHeld()
    {
        var given = new List<string>();
        var pieces = new TrackPieces(piece => given.Add(piece.First.Track));
        pieces.Take(At(0) with { Track = "first" });
        pieces.Take(At(400) with { Track = "second" });
        pieces.Take(At(800) with { Track = "third" });
        given.ShouldBe(["first"]);
        pieces.GiveAll();
        given.ShouldBe(["first", "second", "third"]);
    }

    [Fact]
    public void Write_RecordedTraffic_IsTheSameToOgr2Ogr()
    {
        var positions = new OrderedPositions([PositionFile.At(SharedData.PathOf("tracks/opensky/switzerland.json.gz"))]).Read()
            .Where(read => read.Refusal is null).Select(read => read.Value).Take(20_000).ToList();
        positions.Count.ShouldBe(20_000);
        var places = positions.Select(position => (position.Position.Place.LongitudeE7, position.Position.Place.LatitudeE7)).Order().ToList();
        Places(Ogr.Features(Written(WrittenFormat.GeoJson, positions), "tracks.geojson")).ShouldBe(places);
        Places(Ogr.Features(Written(WrittenFormat.Kml, positions), "tracks.kml")).ShouldBe(places);
        Places(Ogr.Features(Written(WrittenFormat.Csv, positions), "tracks.csv", "-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat")).ShouldBe(places);
    }

    private static List<(int, int)> Places(IEnumerable<JsonElement> features) => [.. features.SelectMany(feature => Positioned(feature.GetProperty("geometry")))
        .Select(place => ((int)Ogr.UnitsE7(place[0]), (int)Ogr.UnitsE7(place[1]))).Order()];

    private static IEnumerable<JsonElement> Positioned(JsonElement geometry) => geometry.GetProperty("type").GetString() switch
    {
        "Point" => [geometry.GetProperty("coordinates")],
        "LineString" => geometry.GetProperty("coordinates").EnumerateArray(),
        var other => throw new InvalidOperationException(other),
    };

    private static List<string> FromGeoJson(JsonElement collection)
    {
        var lines = new List<string>();
        foreach (var feature in collection.GetProperty("features").EnumerateArray())
        {
            var (properties, geometry) = (feature.GetProperty("properties"), feature.GetProperty("geometry"));
            var isPoint = geometry.GetProperty("type").GetString() == "Point";
            var times = isPoint ? [properties.GetProperty("time")] : properties.GetProperty("coordTimes").EnumerateArray().ToList();
            var places = Positioned(geometry).ToList();
            places.Count.ShouldBe(times.Count);
            var reference = properties.TryGetProperty("heightReference", out var word) ? word.GetString() : null;
            for (var index = 0; index < times.Count; index++)
            {
                var height = reference switch
                {
                    null => null,
                    "ellipsoid" => places[index][2].GetRawText(),
                    _ => (isPoint ? properties.GetProperty("height") : properties.GetProperty("heights")[index]).GetRawText(),
                };
                lines.Add($"{properties.GetProperty("icao24").GetString()} {times[index].GetString()} {places[index][0].GetRawText()} {places[index][1].GetRawText()} {height} {reference}");
            }
        }

        return lines;
    }

    private static List<string> FromKml(XDocument document)
    {
        var lines = new List<string>();
        foreach (var placemark in document.Descendants(Kml + "Placemark"))
        {
            var data = placemark.Element(Kml + "ExtendedData")!.Elements().ToDictionary(datum => datum.Attribute("name")!.Value, datum => datum.Value);
            var track = placemark.Element(Gx + "Track")!;
            var reference = data.GetValueOrDefault("heightReference");
            var mode = track.Element(Kml + "altitudeMode")!.Value;
            mode.ShouldBe(reference switch { "sea-level" => "absolute", "ground" => "relativeToGround", _ => "clampToGround" });
            var heights = track.Descendants(Gx + "value").Select(value => value.Value).ToList();
            var places = track.Elements(Gx + "coord").Select(coordinate => coordinate.Value.Split(' ')).ToList();
            var times = track.Elements(Kml + "when").ToList();
            times.Count.ShouldBe(places.Count);
            for (var index = 0; index < times.Count; index++)
            {
                var height = reference is null ? null : mode == "clampToGround" ? heights[index] : places[index][2];
                lines.Add($"{data["icao24"]} {times[index].Value} {places[index][0]} {places[index][1]} {height} {reference}");
            }
        }

        return lines;
    }

    private static string Line(ReportedPosition position)
    {
        var reference = position.Position.Height?.Reference switch
        {
            null => null,
            HeightReference.SeaLevel => "sea-level",
            HeightReference.Ellipsoid => "ellipsoid",
            HeightReference.Pressure => "pressure",
            _ => "ground",
        };
        var place = position.Position.Place.ToString().Split(' ');
        var metres = position.Position.Height is { } height ? (height.Units / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) : null;
        return $"{position.Track} {InstantPattern.ExtendedIso.Format(position.Position.At)} {place[1]} {place[0]} {metres} {reference}";
    }

    /// <summary>What lines of GeoJSON carry to other readers: heights above the ellipsoid, no speeds.</summary>
    private static string OfALine(ReportedPosition position) =>
        (position.Position.Height?.Reference == HeightReference.Ellipsoid ? Line(position) : Line(position with { Position = position.Position with { Height = null } })) + position.Callsign;

    /// <summary>Rows of state vectors have no columns for heights above sea level and ground.</summary>
    private static ReportedPosition WithReadableHeight(ReportedPosition position) =>
        position.Position.Height?.Reference is HeightReference.SeaLevel or HeightReference.Ground
            ? position with { Position = position.Position with { Height = null } }
            : position;

    private static ReportedPosition At(int seconds) =>
        new("4b17f0", new(GeoPoint.FromDegrees(46, 8), 0, null, Start + Duration.FromSeconds(seconds)), null, null, null);

    private static List<JsonElement> Features(ReportedPosition[] positions) =>
        [.. JsonDocument.Parse(Written(WrittenFormat.GeoJson, positions)).RootElement.GetProperty("features").EnumerateArray()];

    private static byte[] Written(WrittenFormat format, IReadOnlyList<ReportedPosition> positions)
    {
        using var output = new MemoryStream();
        using (var writer = TrackWriter.To(output, format))
        {
            foreach (var position in positions) writer.Write(position);
            writer.Complete();
        }

        return output.ToArray();
    }
}
