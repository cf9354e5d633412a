using System.Text;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Tests.Scenarios;

/// <summary>Each limit from both sides: as many are read, one more is refused.</summary>
public class LimitTests
{
    private static readonly Founding Founding = FoundingReader.Read(Bytes(SmallScenario.Founding)).Value;
    private static readonly Agreement Agreement = AgreementReader.Read(Bytes(SmallScenario.Agreement), Founding).Value;

    [Theory]
    [InlineData("parties", "{\"id\": \"x#\", \"name\": {\"en\": \"B\", \"ru\": \"Б\"}, \"centre\": {\"en\": \"B\", \"ru\": \"Б\"}},", "{\"id\": \"b\"", FoundingReader.MaximumParties - 2)]
    [InlineData("observers", "{\"id\": \"x#\", \"name\": {\"en\": \"B\", \"ru\": \"Б\"}},", "{\"id\": \"un\"", FoundingReader.MaximumObservers - 1)]
    [InlineData("actors", "{\"id\": \"x#\", \"name\": {\"en\": \"B\", \"ru\": \"Б\"}, \"kind\": \"air\"},", "{\"id\": \"c-air\"", FoundingReader.MaximumActors - 3)]
    [InlineData("purposes", "{\"id\": \"x#\", \"category\": \"combat\", \"name\": {\"en\": \"B\", \"ru\": \"Б\"}},", "{\"id\": \"escort\"", FoundingReader.MaximumPurposes - 2)]
    public void Founding_AtAndAboveALimit_IsReadAndRefused(string list, string item, string before, int room) =>
        ShouldHold("/" + list, room, count => FoundingReader.Read(Bytes(Insert(SmallScenario.Founding, before, item, count))).Refusal);

    [Theory]
    [InlineData("/chapters", "{\"id\": \"x#\", \"title\": {\"en\": \"B\", \"ru\": \"Б\"}},", "{\"id\": \"1\", \"title\"", AgreementReader.MaximumChapters - 1)]
    [InlineData("/areaClasses", "{\"id\": \"x#\", \"name\": {\"en\": \"B\", \"ru\": \"Б\"}},", "{\"id\": \"mixed\"", AgreementReader.MaximumAreaClasses - 1)]
    [InlineData("/clauses", "{\"id\": \"x#\", \"chapter\": \"1\", \"kind\": \"text\", \"mode\": \"agree\", \"publication\": \"public\", \"text\": {\"en\": \"t\", \"ru\": \"т\"}},", "{\"id\": \"1.8\"", AgreementReader.MaximumClauses - 8)]
    [InlineData("/clauses/0/exemptions", "{\"id\": \"x#\", \"kind\": \"purpose\", \"purposes\": [\"medevac\"]},", "{\"id\": \"gain\"", 97)]
    [InlineData("/clauses/1/periods", "{\"hours\": 1},", "{\"hours\": \"undefined\"}", 98)]
    public void Agreement_AtAndAboveALimit_IsReadAndRefused(string list, string item, string before, int room) =>
        ShouldHold(list, room, count => AgreementReader.Read(Bytes(Insert(SmallScenario.Agreement, before, item, count)), Founding).Refusal);

    [Fact]
    public void Agreement_ThousandExemptionsInAChain_AreReadAndOneMoreIsRefused()
    {
        Refusal? Read(int exemptions)
        {
            var clauses = new StringBuilder();
            for (var index = 0; index < exemptions; index++)
            {
                if (index % 50 == 0) clauses.Append(index == 0 ? "" : "]},").Append(Clause(index / 50));
                clauses.Append(index % 50 == 0 ? "" : ",").Append(index == exemptions - 1
                    ? $"{{\"id\": \"e{index}\", \"kind\": \"purpose\", \"purposes\": [\"medevac\"]}}"
                    : $"{{\"id\": \"e{index}\", \"kind\": \"any-of\", \"exemptions\": [\"c{(index + 1) / 50}/e{index + 1}\"]}}");
            }

            return AgreementReader.Read(Bytes(SmallScenario.Agreement.Replace("{\"id\": \"1.8\"", clauses + "]}, {\"id\": \"1.8\"", StringComparison.Ordinal)), Founding).Refusal;
        }

        // Four stand in the small agreement itself.
        Read(996).ShouldBeNull();
        Read(997).ShouldNotBeNull().Code.ShouldBe("json.too-many");
    }

    [Fact]
    public void Areas_AtAndAboveALimit_AreReadAndRefused() => ShouldHold(
        "/features",
        DesignatedAreasReader.MaximumAreas,
        count => DesignatedAreasReader.Read(Collection(count, "{\"name\": {\"en\": \"n\", \"ru\": \"с\"}, \"class\": \"mixed\"}", "{\"type\": \"Polygon\", \"coordinates\": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}"), Agreement, Founding).Refusal);

    [Fact]
    public void Sites_AtAndAboveALimit_AreReadAndRefused() => ShouldHold(
        "/features",
        SiteReader.MaximumSites,
        count => SiteReader.Read(Collection(count, "{\"name\": {\"en\": \"n\", \"ru\": \"с\"}, \"category\": \"camp\", \"notifier\": \"un\", \"uncertaintyMetres\": 50000, \"verification\": \"disputed\"}", "{\"type\": \"Point\", \"coordinates\": [180, 90]}"), Founding).Refusal);

    [Fact]
    public void Volumes_AtAndAboveTheLimit_AreReadAndRefused()
    {
        var (start, volume) = (SmallScenario.Notice.IndexOf("{\"outline\": {\"polygon\"", StringComparison.Ordinal), SmallScenario.Notice.LastIndexOf("]}", StringComparison.Ordinal));
        var item = SmallScenario.Notice[start..volume] + ",";
        ShouldHold("/volumes", Notice.MaximumVolumes - 2, count => NoticeReader.Read(Bytes(Insert(SmallScenario.Notice, "{\"outline\": {\"polygon\"", item, count)), Founding, Agreement).Refusal);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "json.wrong-type")]
    public void Identifier_AtAndAboveTheLimit_IsReadAndRefused(int length, string? code) =>
        (FoundingReader.Read(Bytes(SmallScenario.Founding.Replace("\"id\": \"small\"", $"\"id\": \"{new string('a', length)}\"", StringComparison.Ordinal))).Refusal?.Code).ShouldBe(code);

    [Theory]
    [InlineData(4_000, null)]
    [InlineData(4_001, "json.wrong-type")]
    public void Words_AtAndAboveTheLimit_AreReadAndRefused(int length, string? code) =>
        (FoundingReader.Read(Bytes(SmallScenario.Founding.Replace("\"Малый\"", $"\"{new string('я', length)}\"", StringComparison.Ordinal))).Refusal?.Code).ShouldBe(code);

    private static void ShouldHold(string list, int room, Func<int, Refusal?> read)
    {
        read(room).ShouldBeNull();
        var refusal = read(room + 1).ShouldNotBeNull();
        (refusal.Where, refusal.Code).ShouldBe((list, "json.too-many"));
    }

    private static string Clause(int number) =>
        $"{{\"id\": \"c{number}\", \"chapter\": \"1\", \"kind\": \"stand-down\", \"mode\": \"agree\", \"publication\": \"public\", \"text\": {{\"en\": \"t\", \"ru\": \"т\"}}, \"appliesTo\": {{}}, \"areaClasses\": [\"mixed\"], \"exemptions\": [";

    private static string Insert(string text, string before, string item, int count)
    {
        text.ShouldContain(before);
        var items = string.Concat(Enumerable.Range(0, count).Select(index => item.Replace("#", $"{index}", StringComparison.Ordinal)));
        return text.Insert(text.IndexOf(before, StringComparison.Ordinal), items);
    }

    private static byte[] Collection(int count, string properties, string geometry) => Bytes(
        "{\"type\": \"FeatureCollection\", \"features\": ["
        + string.Join(',', Enumerable.Range(0, count).Select(index => $"{{\"type\": \"Feature\", \"id\": \"f{index}\", \"properties\": {properties}, \"geometry\": {geometry}}}"))
        + "]}");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
