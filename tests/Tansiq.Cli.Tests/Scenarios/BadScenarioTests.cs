using System.Globalization;
using System.Text;
using Tansiq.Cli.Scenarios;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Tests.Scenarios;

/// <summary>Every kind of bad input, one at a time, put into a scenario that is otherwise good.</summary>
public class BadScenarioTests
{
    [Theory]
    // Founding
    [InlineData("scenario.json", "\"tansiq-scenario/1\"", "\"tansiq-scenario/2\"", "/format", "json.unknown-word")]
    [InlineData("scenario.json", "\"kind\": \"exercise\"", "\"kind\": \"drill\"", "/kind", "json.unknown-word")]
    [InlineData("scenario.json", "\"kind\": \"exercise\", ", "", "/kind", "json.missing")]
    [InlineData("scenario.json", "\"kind\": \"exercise\"", "\"kind\": \"exercise\", \"colour\": 1", "/colour", "json.unknown-member")]
    [InlineData("scenario.json", "Asia/Damascus", "Asia/Atlantis", "/zone", "parties.unknown-zone")]
    [InlineData("scenario.json", "\"languages\": [\"en\", \"ru\"]", "\"languages\": [\"en\", \"ru\", \"ar\"]", "/parties/0/name/ar", "json.missing")]
    [InlineData("scenario.json", "\"languages\": [\"en\", \"ru\"]", "\"languages\": [\"en\", \"en\"]", "/languages/1", "json.duplicate-value")]
    [InlineData("scenario.json", "\"id\": \"b\"", "\"id\": \"a\"", "/parties/1/id", "json.duplicate-id")]
    [InlineData("scenario.json", "\"id\": \"un\"", "\"id\": \"office\"", "/observers/0/id", "json.duplicate-id")]
    [InlineData("scenario.json", "\"id\": \"c-air\"", "\"id\": \"a-air\"", "/actors/1/id", "json.duplicate-id")]
    [InlineData("scenario.json", "\"id\": \"escort\"", "\"id\": \"medevac\"", "/purposes/1/id", "json.duplicate-id")]
    [InlineData("scenario.json", "\"guarantor\": \"b\"", "\"guarantor\": \"z\"", "/actors/1/guarantor", "parties.unknown-party")]
    [InlineData("scenario.json", "\"guarantor\": \"b\"", "\"party\": \"a\", \"guarantor\": \"b\"", "/actors/1/guarantor", "parties.party-and-guarantor")]
    [InlineData("scenario.json", "[14, 28]", "[28, 14]", "/heights/geoidMetres", "geo.bounds-reversed")]
    [InlineData("scenario.json", "[14, 28]", "[14]", "/heights/geoidMetres", "json.wrong-type")]
    [InlineData("scenario.json", "Metres\": 5000", "Metres\": 4999", "/operationFloorRadiusMetres", "json.wrong-type")]
    [InlineData("scenario.json", "\"id\": \"small\"", "\"id\": \"sm all\"", "/id", "json.wrong-type")]
    [InlineData("scenario.json", "\"id\": \"small\"", "\"id\": \"small\", \"id\": \"small\"", "line 2 byte 49", "json.duplicate-name")]
    [InlineData("scenario.json", "\"Малый\"", "\"\\ud800\"", "line 2 byte 100", "json.malformed")]
    // Agreement
    [InlineData("agreement.json", "\"chapter\": \"1\", \"kind\": \"text\"", "\"chapter\": \"2\", \"kind\": \"text\"", "/clauses/7/chapter", "agreements.unknown-chapter")]
    [InlineData("agreement.json", "\"actors\": [\"c-air\"]", "\"actors\": [\"d-air\"]", "/clauses/0/appliesTo/actors/0", "parties.unknown-actor")]
    [InlineData("agreement.json", "\"actors\": [\"c-air\"]", "\"actor\": [\"c-air\"]", "/clauses/0/appliesTo/actor", "json.unknown-member")]
    [InlineData("agreement.json", "\"actors\": [\"c-air\"]", "\"actors\": []", "/clauses/0/appliesTo/actors", "json.too-few")]
    [InlineData("agreement.json", "\"actors\": [\"c-air\"]", "\"actors\": [\"c-air\", \"c-air\"]", "/clauses/0/appliesTo/actors/1", "json.duplicate-value")]
    [InlineData("agreement.json", "\"kind\": \"purpose\", \"purposes\": [\"medevac\"]", "\"kind\": \"purpose\", \"purposes\": [\"medevak\"]", "/clauses/0/exemptions/0/purposes/0", "parties.unknown-purpose")]
    [InlineData("agreement.json", "\"kind\": \"purpose\", \"purposes\": [\"medevac\"]", "\"kind\": \"purpose\"", "/clauses/0/exemptions/0/purposes", "json.missing")]
    [InlineData("agreement.json", "\"categories\": [\"combat\"]", "\"categories\": [\"war\"]", "/clauses/2/appliesTo/categories/0", "json.unknown-word")]
    [InlineData("agreement.json", "\"areaClasses\": [\"mixed\"]", "\"areaClasses\": [\"mixt\"]", "/clauses/0/areaClasses/0", "agreements.unknown-area-class")]
    [InlineData("agreement.json", "\"signatories\"", "[\"a\", \"un\"]", "/clauses/2/consentOf/1", "parties.unknown-party")]
    [InlineData("agreement.json", "\"id\": \"1.2\"", "\"id\": \"1.1\"", "/clauses/1/id", "json.duplicate-id")]
    [InlineData("agreement.json", "\"id\": \"gain\"", "\"id\": \"relief\"", "/clauses/0/exemptions/1/id", "json.duplicate-id")]
    [InlineData("agreement.json", "\"id\": \"gain\"", "\"id\": \"ga/in\"", "/clauses/0/exemptions/1/id", "agreements.exemption-id")]
    [InlineData("agreement.json", "\"1.1/relief\", \"1.1/gain\"", "\"1.1/relief\", \"1.9/gain\"", "/clauses/0/exemptions/2/exemptions/1", "agreements.unknown-exemption")]
    [InlineData("agreement.json", "\"1.1/relief\", \"1.1/gain\"", "\"1.1/relief\", \"gain\"", "/clauses/0/exemptions/2/exemptions/1", "json.wrong-type")]
    [InlineData("agreement.json", "\"1.1/relief\", \"1.1/gain\"", "\"1.1/either\"", "/clauses/0/exemptions/2/exemptions", "agreements.exemption-cycle")]
    [InlineData("agreement.json", "\"exemptions\": [\"1.1/relief\"]", "\"exemptions\": [\"1.1/either\"]", "/clauses/0/exemptions/1/kind", "agreements.exemption-without-area")]
    [InlineData("agreement.json", "\"lateralMetres\": 9000", "\"lateralMetres\": -1", "/clauses/3/lateralMetres", "json.wrong-type")]
    [InlineData("agreement.json", "\"lateralMetres\": 9000", "\"lateralMetres\": \"unknown\"", "/clauses/3/lateralMetres", "json.wrong-type")]
    [InlineData("agreement.json", "\"kind\": \"hotline\"", "\"kind\": \"cold-line\"", "/clauses/6/kind", "json.unknown-word")]
    [InlineData("agreement.json", "\"end\": {\"days\": 30}", "\"end\": {\"instant\": \"2016-07-24T21:00:00Z\"}", "/clauses/5/end", "geo.end-before-start")]
    [InlineData("agreement.json", "\"end\": {\"days\": 30}", "\"end\": {\"local\": \"2016-07-25T01:00\", \"zone\": \"Asia/Atlantis\"}", "/clauses/5/end/zone", "parties.unknown-zone")]
    [InlineData("agreement.json", "\"end\": {\"days\": 30}", "\"end\": {\"local\": \"2016-02-30T01:00\", \"zone\": \"Asia/Damascus\"}", "/clauses/5/end/local", "json.wrong-type")]
    [InlineData("agreement.json", "{\"id\": \"1.7\", \"chapter\": \"1\", \"kind\": \"hotline\"", "{\"id\": \"1.7\", \"chapter\": \"1\", \"kind\": \"text\"", "/clauses/6/checkEveryHours", "json.unknown-member")]
    [InlineData("agreement.json", "\"text\": {\"en\": \"t\", \"ru\": \"т\"}}\n", "\"text\": {\"en\": \"t\", \"ru\": \"\"}}\n", "/clauses/7/text/ru", "json.wrong-type")]
    // Areas
    [InlineData("areas.geojson", "\"class\": \"mixed\"", "\"class\": \"open\"", "/features/0/properties/class", "agreements.unknown-area-class")]
    [InlineData("areas.geojson", "\"ceiling\"", "\"cieling\"", "/features/0/properties/cieling", "json.unknown-member")]
    [InlineData("areas.geojson", "{\"flightLevel\": 245}", "{\"metres\": 1000.4999, \"reference\": \"sea-level\"}", "/features/0/properties/floor", "geo.floor-above-ceiling")]
    [InlineData("areas.geojson", "1000.5", "1000.50001", "/features/0/properties/floor/metres", "geo.height-out-of-range")]
    [InlineData("areas.geojson", "1000.5", "1e999", "/features/0/properties/floor/metres", "geo.height-out-of-range")]
    [InlineData("areas.geojson", "1000.5", "NaN", "line 3 byte 26", "json.malformed")]
    [InlineData("areas.geojson", "1000.5", "Infinity", "line 3 byte 26", "json.malformed")]
    [InlineData("areas.geojson", "\"from\": \"2016-07-20T00:00:00Z\"", "\"from\": \"2016-07-20\"", "/features/0/properties/from", "json.wrong-type")]
    [InlineData("areas.geojson", "\"from\": \"2016-07-20T00:00:00Z\"", "\"from\": \"2016-07-20T00:00:00Z\", \"until\": \"2016-07-20T00:00:00Z\"", "/features/0/properties/until", "geo.end-before-start")]
    [InlineData("areas.geojson", "[38, 37], [37, 37]", "[38, 37], [37, 91]", "/features/0/geometry/coordinates/0/3", "geo.latitude-out-of-range")]
    [InlineData("areas.geojson", "[38, 37], [37, 37]", "[38, 37], [181, 37]", "/features/0/geometry/coordinates/0/3", "geo.longitude-out-of-range")]
    [InlineData("areas.geojson", "[38, 37], [37, 37]", "[38, 37], [1e999, 37]", "/features/0/geometry/coordinates/0/3", "geo.longitude-out-of-range")]
    [InlineData("areas.geojson", "[38, 37], [37, 37]", "[38, 37], [37, 37, 1000]", "/features/0/geometry/coordinates/0/3", "geojson.position")]
    [InlineData("areas.geojson", "[38, 37], [37, 37]", "[38, 37], [\"37\", 37]", "/features/0/geometry/coordinates/0/3", "geojson.position")]
    [InlineData("areas.geojson", "[37, 37], [37, 36]]", "[37, 37]]", "/features/0/geometry/coordinates/0", "geojson.ring-not-closed")]
    [InlineData("areas.geojson", "[38, 36], [38, 37], [37, 37], [37, 36]], [[37.4, 36.4], [37.6, 36.4], [37.6, 36.6], [37.4, 36.4]]", "[38, 37], [38, 36], [37, 37], [37, 36]]", "/features/0/geometry/coordinates ring 0 vertex 0", "geo.outline-crosses-itself")]
    [InlineData("areas.geojson", "[38, 36], [38, 37], [37, 37]", "[38, 36], [39, 36], [38.5, 36]", "/features/0/geometry/coordinates ring 0 vertex 0", "geo.outline-zero-area")]
    [InlineData("areas.geojson", "[37.4, 36.4], [37.6, 36.4], [37.6, 36.6], [37.4, 36.4]", "[47.4, 36.4], [47.6, 36.4], [47.6, 36.6], [47.4, 36.4]", "/features/0/geometry/coordinates ring 1 vertex 0", "geo.outline-hole-outside")]
    [InlineData("areas.geojson", "\"type\": \"Polygon\"", "\"type\": \"LineString\"", "/features/0/geometry/type", "json.unknown-word")]
    [InlineData("areas.geojson", "\"id\": \"north\", ", "", "/features/0/id", "json.missing")]
    [InlineData("areas.geojson", "\"FeatureCollection\"", "\"FeatureCollection\", \"crs\": {}", "/crs", "json.unknown-member")]
    // Sites and maps
    [InlineData("sites.geojson", "\"uncertaintyMetres\": 500", "\"uncertaintyMetres\": 50001", "/features/0/properties/uncertaintyMetres", "json.wrong-type")]
    [InlineData("sites.geojson", "\"notifier\": \"un\"", "\"notifier\": \"office\"", "/features/0/properties/notifier", "parties.unknown-party")]
    [InlineData("sites.geojson", "\"category\": \"hospital\"", "\"category\": \"depot\"", "/features/0/properties/category", "json.unknown-word")]
    [InlineData("control/m1.geojson", "\"holder\": \"bands\"", "\"holder\": \"gangs\"", "/features/0/properties/holder", "parties.unknown-actor")]
    [InlineData("control/m1.geojson", "\"gained\": true", "\"gained\": \"yes\"", "/features/0/properties/gained", "json.wrong-type")]
    // Notices
    [InlineData("notices/n1.json", "\"purpose\": \"escort\"", "\"purpose\": \"sightseeing\"", "/purpose", "parties.unknown-purpose")]
    [InlineData("notices/n1.json", "\"actor\": \"a-air\"", "\"actor\": \"x-air\"", "/actor", "parties.unknown-actor")]
    [InlineData("notices/n1.json", "\"claims\": [\"1.1/gain\"]", "\"claims\": [\"9.9/gain\"]", "/claims/0", "agreements.unknown-clause")]
    [InlineData("notices/n1.json", "\"claims\": [\"1.1/gain\"]", "\"claims\": [\"1.1/loss\"]", "/claims/0", "agreements.unknown-exemption")]
    [InlineData("notices/n1.json", "\"claims\": [\"1.1/gain\"]", "\"aimPoint\": [37, 36]", "/aimPoint", "json.unknown-member")]
    [InlineData("notices/n1.json", "\"radiusMetres\": 6000", "\"radiusMetres\": 0", "/volumes/0/outline/circle/radiusMetres", "json.wrong-type")]
    [InlineData("notices/n1.json", "\"centre\": [37.1, 36.2]", "\"centre\": [37.1, 89.99]", "/volumes/0/outline/circle", "geo.circle-reaches-pole")]
    [InlineData("notices/n1.json", "{\"flightLevel\": 240}", "{\"flightLevel\": 199}", "/volumes/0/floor", "geo.floor-above-ceiling")]
    [InlineData("notices/n1.json", "\"until\": \"2016-07-29T09:00:00Z\"", "\"until\": \"2016-07-29T08:00:00Z\"", "/volumes/1/until", "geo.end-before-start")]
    [InlineData("notices/n1.json", "{\"polygon\":", "{\"circle\": {}, \"polygon\":", "/volumes/1/outline", "json.wrong-type")]
    [InlineData("notices/n1.json", "\"volumes\": [", "\"volumes\": 7, \"v\": [", "/v", "json.unknown-member")]
    // Timeline and expected verdicts
    [InlineData("timeline.json", "\"2016-07-20T07:00:00Z\"", "\"2016-07-19T07:00:00Z\"", "/entries/5/at", "scenario.time-goes-back")]
    [InlineData("timeline.json", "\"cites\": \"p1\"", "\"cites\": \"p2\"", "/entries/1/body/cites", "scenario.unknown-entry")]
    [InlineData("timeline.json", "\"notice\": \"n1\"", "\"notice\": \"n2\"", "/entries/4/notice", "scenario.unknown-notice")]
    [InlineData("timeline.json", "\"id\": \"s1\"", "\"id\": \"p1\"", "/entries/1/id", "json.duplicate-id")]
    [InlineData("timeline.json", "\"id\": \"s1\"", "\"id\": \"founding\"", "/entries/1/id", "json.duplicate-id")]
    [InlineData("timeline.json", "\"party\": \"un\"", "\"party\": \"b\"", "/entries/2/body/site", "scenario.not-the-notifier")]
    [InlineData("timeline.json", "\"site\": \"clinic\"", "\"site\": \"ward\"", "/entries/2/body/site", "flights.unknown-site")]
    [InlineData("timeline.json", "\"map\": \"m1\"", "\"map\": \"m2\"", "/entries/3/body/map", "agreements.unknown-map")]
    [InlineData("timeline.json", "{\"clause\": \"1.1\"}", "{\"clause\": \"4.1\"}", "/entries/6/body/scope/clause", "agreements.unknown-clause")]
    [InlineData("timeline.json", "{\"clause\": \"1.1\"}", "{\"all\": true, \"clause\": \"1.1\"}", "/entries/6/body/scope", "json.wrong-type")]
    [InlineData("timeline.json", "\"type\": \"record.time\"", "\"type\": \"record.clock\"", "/entries/7/type", "json.unknown-word")]
    [InlineData("expected.json", "\"areas\": [\"north\"]", "\"areas\": [\"south\"]", "/verdicts/0/areas/0", "agreements.unknown-area")]
    [InlineData("expected.json", "\"knownAt\": \"o1\"", "\"knownAt\": \"o2\"", "/verdicts/0/knownAt", "scenario.unknown-entry")]
    [InlineData("expected.json", "\"verdict\": \"needs-consent\"", "\"verdict\": \"approved\"", "/verdicts/0/verdict", "json.unknown-word")]
    public void Check_OneThingWrong_SaysWhatAndWhere(string file, string good, string bad, string where, string code)
    {
        using var scenario = new SmallScenario();
        scenario.Replace(file, good, bad);
        scenario.ShouldBeRefused($"{file} {where}", code);
    }

    [Fact]
    public void Check_TruncatedAnywhere_IsRefusedInOneLine()
    {
        using var scenario = new SmallScenario();
        foreach (var (name, text) in SmallScenario.Texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var length = 0; length < bytes.Length - 2; length += 97)
            {
                scenario.Write(name, bytes[..length]);
                var (exit, _, error) = scenario.Check();
                exit.ShouldBe(2, $"{name} cut at {length}");
                error.ShouldStartWith($"{scenario.Folder}: {name} ");
                error.Count(character => character == '\n').ShouldBe(1, error);
            }

            scenario.Write(name, text);
        }
    }

    [Fact]
    public void Check_BinaryFile_IsRefused()
    {
        using var scenario = new SmallScenario();
        scenario.Write("areas.geojson", [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 0, 0xff, 0xfe]);
        scenario.ShouldBeRefused("areas.geojson line 1", "json.invalid-utf8");
    }

    [Fact]
    public void Check_InvalidUtf8_NamesTheLine()
    {
        using var scenario = new SmallScenario();
        scenario.Write("sites.geojson", [.. "{\n\"type\": \""u8, 0xc3, 0x28, .. "\"}"u8]);
        scenario.ShouldBeRefused("sites.geojson line 2", "json.invalid-utf8");
    }

    [Fact]
    public void Check_FileAboveTheLimit_IsRefusedUnread()
    {
        using var scenario = new SmallScenario();
        using (var file = File.OpenWrite(Path.Combine(scenario.Folder, "timeline.json"))) file.SetLength(2L << 30);
        scenario.ShouldBeRefused("timeline.json", "json.too-large");
    }

    [Fact]
    public void Check_FileAtTheLimit_IsRead()
    {
        using var scenario = new SmallScenario();
        var text = SmallScenario.Founding.PadRight(ScenarioFile.MaximumBytes - (Encoding.UTF8.GetByteCount(SmallScenario.Founding) - SmallScenario.Founding.Length));
        scenario.Write("scenario.json", text);
        scenario.Check().Exit.ShouldBe(0);
        scenario.Write("scenario.json", text + " ");
        scenario.ShouldBeRefused("scenario.json", "json.too-large");
    }

    [Theory]
    [InlineData(JsonText.MaximumDepth - 4, "/features/0/geometry/coordinates/0/0", "geojson.position")]
    [InlineData(JsonText.MaximumDepth - 3, "line 1 byte 139", "json.malformed")]
    [InlineData(1_000_000, "line 1 byte 139", "json.malformed")]
    public void Check_DeepNesting_IsRefused(int depth, string where, string code)
    {
        using var scenario = new SmallScenario();
        var nested = new string('[', depth) + new string(']', depth);
        scenario.Write("areas.geojson", """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"x","geometry":{"type":"Polygon","coordinates":NESTED},
            "properties":{"name":{"en":"n","ru":"n"},"class":"mixed"}}]}
            """.Replace("NESTED", nested, StringComparison.Ordinal));
        scenario.ShouldBeRefused("areas.geojson " + where, code);
    }

    [Fact]
    public void Check_PolygonOfAMillionVertices_IsRefusedQuickly()
    {
        using var scenario = new SmallScenario();
        var ring = new StringBuilder("[[0,0]");
        for (var index = 0; index < 1_000_000; index++) ring.Append(",[1,1]");
        ring.Append(",[0,0]]");
        scenario.Replace("areas.geojson", "[37.4, 36.4], [37.6, 36.4], [37.6, 36.6], [37.4, 36.4]", ring.ToString()[1..^1]);
        scenario.ShouldBeRefused("areas.geojson /features/0/geometry/coordinates", "geo.outline-too-many-vertices");
    }

    [Fact]
    public void Check_CyclicExemptions_NamesTheCircle()
    {
        using var scenario = new SmallScenario();
        scenario.Write("agreement.json", SmallScenario.Agreement
            .Replace("\"1.1/relief\", \"1.1/gain\"", "\"1.1/gain\", \"1.5/relief\"", StringComparison.Ordinal)
            .Replace("\"exemptions\": [\"1.1/relief\"]", "\"exemptions\": [\"1.1/either\"]", StringComparison.Ordinal));
        scenario.ShouldBeRefused("agreement.json /clauses/4/exemptions/0/exemptions", "agreements.exemption-cycle");
        scenario.Check().Error.ShouldContain("found 1.1/either → 1.5/relief → 1.1/either,");
    }

    [Theory]
    [InlineData("1.8", "1.6", "/clauses/7", "agreements.second-duration")]
    [InlineData("1.6", "1.8", "/clauses", "agreements.no-duration")]
    public void Check_NotOneDuration_IsRefused(string becomes, string like, string where, string code)
    {
        using var scenario = new SmallScenario();
        var members = new Dictionary<string, string>
        {
            ["1.6"] = "\"kind\": \"duration\", \"start\": \"undefined\", \"end\": \"undefined\"",
            ["1.8"] = "\"kind\": \"text\"",
        };
        var lines = SmallScenario.Agreement.Split('\n').Where(line => !line.Contains("\"start\":", StringComparison.Ordinal)).Select(line =>
            line.Contains("\"id\": \"1.6\"", StringComparison.Ordinal)
                ? line.Replace("\"kind\": \"duration\"", becomes == "1.6" ? members[like] : members["1.6"], StringComparison.Ordinal).Replace("\"т\"},", "\"т\"}},", StringComparison.Ordinal)
                : line.Contains("\"id\": \"1.8\"", StringComparison.Ordinal) && becomes == "1.8" ? line.Replace("\"kind\": \"text\"", members[like], StringComparison.Ordinal) : line);
        scenario.Write("agreement.json", string.Join('\n', lines));
        scenario.ShouldBeRefused("agreement.json " + where, code);
    }

    [Theory]
    [InlineData("scenario.json")]
    [InlineData("agreement.json")]
    [InlineData("areas.geojson")]
    [InlineData("timeline.json")]
    public void Check_NeededFileMissing_IsRefused(string name)
    {
        using var scenario = new SmallScenario();
        File.Delete(Path.Combine(scenario.Folder, name));
        scenario.ShouldBeRefused(name, "scenario.missing-file");
        Directory.CreateDirectory(Path.Combine(scenario.Folder, name));
        scenario.ShouldBeRefused(name, "scenario.not-a-file");
        Directory.Delete(Path.Combine(scenario.Folder, name));
        File.CreateSymbolicLink(Path.Combine(scenario.Folder, name), "/dev/zero");
        scenario.ShouldBeRefused(name, "scenario.not-a-file");
    }

    [Fact]
    public void Check_OptionalThingsThatAreLinksOrFiles_AreRefusedNotMissing()
    {
        using var scenario = new SmallScenario();
        File.Delete(Path.Combine(scenario.Folder, "sites.geojson"));
        File.CreateSymbolicLink(Path.Combine(scenario.Folder, "sites.geojson"), "gone.geojson");
        scenario.ShouldBeRefused("sites.geojson", "scenario.not-a-file");
        Directory.Move(Path.Combine(scenario.Folder, "control"), Path.Combine(scenario.Folder, "elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(scenario.Folder, "control"), "elsewhere");
        scenario.ShouldBeRefused("control", "scenario.not-a-folder");
        File.Delete(Path.Combine(scenario.Folder, "control"));
        scenario.Write("control", "not a folder");
        scenario.ShouldBeRefused("control", "scenario.not-a-folder");
    }

    [Fact]
    public void Check_MisspeltFile_IsRefused()
    {
        using var scenario = new SmallScenario();
        File.Move(Path.Combine(scenario.Folder, "sites.geojson"), Path.Combine(scenario.Folder, "sties.geojson"));
        scenario.ShouldBeRefused("sties.geojson", "scenario.unknown-file");
    }

    [Fact]
    public void Check_NoFolder_IsRefused()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        CommandLine.Run(["check", "/nowhere\nat all"], output, error).ShouldBe(2);
        error.ToString().ShouldBe("/nowhere at all: found no folder, expected a folder with scenario.json [scenario.not-a-folder]\n");
    }

    [Theory]
    [InlineData]
    [InlineData("check")]
    [InlineData("check", "a", "b")]
    [InlineData("approve", "a")]
    public void Run_WrongUsage_IsOneLineAndExitTwo(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        CommandLine.Run(arguments, output, error).ShouldBe(2);
        error.ToString().Count(character => character == '\n').ShouldBe(1);
    }

    [Fact]
    public void Check_SameNoticeInTwoFiles_IsRefused()
    {
        using var scenario = new SmallScenario();
        scenario.Write("notices/n2.json", SmallScenario.Notice);
        scenario.ShouldBeRefused("notices/n2.json /id", "json.duplicate-id");
    }

    [Fact]
    public void Check_NoticeTooLargeForAStatement_IsRefusedWhereItIsFiled()
    {
        using var scenario = new SmallScenario();
        var volumes = Enumerable.Range(0, 64).Select(index => string.Create(CultureInfo.InvariantCulture,
            $$$"""{"outline": {"circle": {"centre": [{{{37 + index}}}, 36], "radiusMetres": 400000}}, "from": "2016-07-29T06:00:00Z", "until": "2016-07-29T08:00:00Z"}"""));
        var head = SmallScenario.Notice[..(SmallScenario.Notice.IndexOf("\"volumes\": [", StringComparison.Ordinal) + 12)];
        scenario.Write("notices/n1.json", head + string.Join(',', volumes) + "]}");
        scenario.ShouldBeRefused("timeline.json /entries/4/notice", "statement.too-large");
        scenario.Write("notices/n1.json", head + string.Join(',', volumes.Append(volumes.First())) + "]}");
        scenario.ShouldBeRefused("notices/n1.json /volumes", "json.too-many");
    }
}
