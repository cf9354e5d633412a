using System.Text;
using CsCheck;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Tests.Json;

public class JsonTextTests
{
    private const int Limit = 1 << 20;

    // Implementation-defined in the suite; I-JSON decides: valid UTF-8 and whole characters only, any number is a number.
    private static readonly string[] TakenOfTheUndecided =
    [
        "i_number_double_huge_neg_exp.json", "i_number_huge_exp.json", "i_number_neg_int_huge_exp.json", "i_number_pos_double_huge_exp.json",
        "i_number_real_neg_overflow.json", "i_number_real_pos_overflow.json", "i_number_real_underflow.json", "i_number_too_big_neg_int.json",
        "i_number_too_big_pos_int.json", "i_number_very_big_negative_int.json", "i_structure_UTF-8_BOM_empty_object.json",
    ];

    // Valid JSON that I-JSON forbids: the same name twice.
    private static readonly string[] ForbiddenByIJson = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

    [Fact]
    public void Parse_JsonTestSuite_TakesTheGoodAndRefusesTheBad()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in SuiteFiles())
        {
            var name = Path.GetFileName(file);
            var isTaken = JsonText.Parse(File.ReadAllBytes(file), Limit).Refusal is null;
            var shouldBeTaken = name[0] == 'y' ? !ForbiddenByIJson.Contains(name) : TakenOfTheUndecided.Contains(name);
            count++;
            if (isTaken != shouldBeTaken) wrong.Add(name);
        }

        wrong.ShouldBeEmpty();
        count.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void Features_OfBadGeoJson_AreRefused()
    {
        var folder = SharedFolder("geometry/geojsonhint/bad");
        var refused = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            var parsed = JsonReading.Read(File.ReadAllBytes(file), Limit, refusesUnknownMembers: true, root =>
                root.Features(100).Select(feature => (feature["id"].Identifier(), feature["geometry"].Outlines())).ToList());
            refused[Path.GetFileName(file)] = parsed.Refusal.ShouldNotBeNull(file).Code;
        }

        refused.Count.ShouldBeGreaterThan(20);
        refused["bad-duplicate-properties.geojson"].ShouldBe("json.duplicate-name");
        refused["bad-json.geojson"].ShouldBe("json.malformed");
    }

    [Theory]
    [InlineData("different-first-last.geojson", "geojson.ring-not-closed")]
    [InlineData("short-linearring.geojson", "geojson.ring-not-closed")]
    [InlineData("point-labeled-as-a-multipolygon.geojson", "json.wrong-type")]
    public void Outlines_OfBadGeometry_SayWhatIsWrong(string name, string code)
    {
        var bytes = File.ReadAllBytes(Path.Combine(SharedFolder("geometry/geojsonhint/bad"), name));
        var parsed = JsonReading.Read(bytes, Limit, refusesUnknownMembers: false, root =>
            (root["geometry"].Exists ? root["geometry"] : root["features"].Exists ? root["features"].Items(9)[0]["geometry"] : root).Outlines());
        parsed.Refusal.ShouldNotBeNull().Code.ShouldBe(code, parsed.Refusal.ToString());
    }

    [Fact]
    public void Parse_AnyBytes_NeverThrows() =>
        Gen.OneOf(Gen.Byte, Gen.Char["{}[]\":,\\u0eE-.tfn "].Select(character => (byte)character)).Array[0, 60].Sample(
            bytes => JsonText.Parse(bytes, Limit).Refusal is null or { Code: "json.malformed" or "json.invalid-utf8" or "json.duplicate-name" }, iter: 20_000);

    [Fact]
    public void Parse_DepthAtTheLimit_IsTakenAndOneMoreIsNot()
    {
        byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        JsonText.Parse(Nested(JsonText.MaximumDepth), Limit).Refusal.ShouldBeNull();
        JsonText.Parse(Nested(JsonText.MaximumDepth + 1), Limit).Refusal!.Code.ShouldBe("json.malformed");
    }

    [Theory]
    [InlineData("-262", true)]
    [InlineData("-263", false)]
    [InlineData("3280", true)]
    [InlineData("3281", false)]
    public void Height_OfAFlightLevel_StaysInTheRangeOfHeights(string level, bool isTaken) =>
        (Read($"{{\"flightLevel\":{level}}}", HeightReading.Height).Refusal is null).ShouldBe(isTaken);

    [Theory]
    [InlineData("100000", 1_000_000_000L)]
    [InlineData("-8000.0000", -80_000_000L)]
    [InlineData("1.5e3", 15_000_000L)]
    [InlineData("0.0001", 1L)]
    [InlineData("100000.0001", null)]
    [InlineData("0.00001", null)]
    [InlineData("1e999", null)]
    [InlineData("\"12\"", null)]
    [InlineData("1.00000000000000000000000000000000000001", null)]
    public void Height_InMetres_IsExactOrRefused(string metres, long? units)
    {
        var parsed = Read($"{{\"metres\":{metres},\"reference\":\"ellipsoid\"}}", HeightReading.Height);
        parsed.Refusal?.Code.ShouldBe("geo.height-out-of-range");
        (parsed.Refusal is null ? parsed.Value.Units : (long?)null).ShouldBe(units);
    }

    private static Parsed<T> Read<T>(string text, Func<JsonCursor, T> read) =>
        JsonReading.Read(Encoding.UTF8.GetBytes(text), Limit, refusesUnknownMembers: true, read);

    private static IEnumerable<string> SuiteFiles() => Directory.EnumerateFiles(SharedFolder("crypto/jsontestsuite"), "*.json");

    private static string SharedFolder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("TANSIQ_SHARED");
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); shared is null && directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Tansiq.slnx"))) shared = Path.Combine(directory.FullName, "..", "shared");
        }

        var path = Path.Combine(shared ?? "", "data", name);
        if (!Directory.Exists(path)) Assert.Skip($"{name} of the data folder is not there.");
        return path;
    }
}
