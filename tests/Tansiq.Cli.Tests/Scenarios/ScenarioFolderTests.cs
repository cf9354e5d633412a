using NodaTime;
using NodaTime.Text;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Cli.Tests.Scenarios;

public class ScenarioFolderTests
{
    [Fact]
    public void Check_GoodScenario_CountsWhatItHolds()
    {
        using var scenario = new SmallScenario();
        scenario.Check().ShouldBe((
            0,
            $"{scenario.Folder}: well formed: 8 clauses, 1 areas, 1 sites, 1 control maps, 1 notices, 15 statements, 1 expected verdicts\n",
            ""));
    }

    [Fact]
    public void Load_GoodScenario_MakesARecordInOrder()
    {
        using var folder = new SmallScenario();
        var statements = ScenarioFolder.Load(folder.Folder).Value.Statements();
        statements.Select(entry => $"{entry.EntryId} {entry.Statement.Party} {entry.Statement.Body.GetType().Name}").ShouldBe([
            "founding office Founding",
            "time-1 office RecordTime", "p1 a AgreementProposal", "s1 a AgreementSignature",
            "time-2 office RecordTime", "c1 un SiteNotification",
            "time-3 office RecordTime", "m b ControlMapProposal",
            "time-4 office RecordTime", "n1 a Notice",
            "time-5 office RecordTime", "o1 b OtherDate",
            "time-6 office RecordTime", "x1 b Suspension",
            "t1 office RecordTime",
        ]);
        var hashes = statements.ToDictionary(entry => entry.EntryId, entry => entry.Statement.Hash);
        Body<AgreementSignature>(statements, "s1").Cites.ShouldBe(hashes["p1"]);
        Body<OtherDate>(statements, "o1").ShouldBe(new(hashes["n1"], At("2016-07-30T06:00:00Z")));
        Body<RecordTime>(statements, "time-2").Now.ShouldBe(At("2016-07-16T08:00:00Z"));
        Body<RecordTime>(statements, "t1").Now.ShouldBe(At("2016-07-21T08:00:00Z"));
        Body<Suspension>(statements, "x1").Scope.ShouldBe(new SuspensionScope.OfClause(new("1.1")));
        statements.Select(entry => entry.Statement.Made).ShouldBeInOrder();
    }

    [Fact]
    public void Load_GoodScenario_ReadsEveryMember()
    {
        using var folder = new SmallScenario();
        var scenario = ScenarioFolder.Load(folder.Folder).Value;
        scenario.Founding.Actors[new("c-air")].ShouldSatisfyAllConditions(
            actor => actor.Binding.ShouldBe(Binding.Guaranteed), actor => actor.AnswerableParty.ShouldBe(new("b")));
        scenario.Founding.Actors[new("bands")].Binding.ShouldBe(Binding.Unbound);
        scenario.Founding.Heights.GroundHighMetres.ShouldBe(2814);
        scenario.Founding.Translations.ShouldBe([new("ru", "machine")]);
        var area = scenario.Agreement.Areas.ShouldHaveSingleItem();
        area.Heights.ShouldBe(HeightBand.Create(Height.FromUnits(10_005_000, HeightReference.SeaLevel), Height.FromFlightLevel(245)).ShouldNotBeNull());
        area.Validity.ShouldBe(new Interval(At("2016-07-20T00:00:00Z"), null));
        area.Outlines.ShouldHaveSingleItem().Holes.ShouldHaveSingleItem().Length.ShouldBe(3);
        var standDown = scenario.Agreement.Clauses[0].ShouldBeOfType<StandDownClause>();
        standDown.Exemptions[1].ShouldBeOfType<Exemption.ByGainedGround>().MapMaximumAgeHours.ShouldBe(Threshold.Of(48));
        standDown.Exemptions[2].ShouldBeOfType<Exemption.AnyOf>().Exemptions.Select(name => name.ToString()).ShouldBe(["1.1/relief", "1.1/gain"]);
        scenario.Agreement.Clauses[1].ShouldBeOfType<PriorNoticeClause>().ShouldSatisfyAllConditions(
            clause => clause.Mode.ShouldBe(ClauseMode.Notify), clause => clause.Periods[1].Hours.ShouldBe(Threshold.Undefined));
        scenario.Agreement.Clauses[3].Survives.ShouldBeTrue();
        scenario.Agreement.Duration.End.ShouldBe(new Moment.AfterStart(30));
        // 37.12345675 lies half way between two places of the grid: the even one is taken.
        scenario.Sites[new("clinic")].Site.Point.ShouldBe(GeoPoint.FromE7(365_000_000, 371_234_568));
        scenario.ControlMaps[new("m1")].Ground.ShouldHaveSingleItem().IsGained.ShouldBeTrue();
        var notice = scenario.Notices[new("n1")].Notice;
        notice.AnswerBy.ShouldBe(At("2016-07-28T06:00:00Z"));
        notice.Volumes[0].Outline.InscribedRadiusAtLeast(5_990).ShouldBeTrue();
        notice.Volumes[1].Heights.ShouldBe(HeightBand.Create(Height.FromUnits(1_524, HeightReference.Ground), null).ShouldNotBeNull());
        scenario.Expected.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            expected => expected.KnownAtEntry.ShouldBe(new("o1")), expected => expected.Verdict.ShouldBe(VerdictKind.NeedsConsent),
            expected => expected.ConsentOf.ShouldBe([new("b")]), expected => expected.Flights.ShouldBeEmpty());
    }

    [Fact]
    public void Load_NoticeOfTheRecord_IsTheNoticeOfTheFile()
    {
        using var folder = new SmallScenario();
        var scenario = ScenarioFolder.Load(folder.Folder).Value;
        var (filed, recorded) = (scenario.Notices[new("n1")].Notice, Body<Notice>(scenario.Statements(), "n1"));
        recorded.Volumes.ShouldBe(filed.Volumes);
        recorded.Claims.ShouldBe(filed.Claims);
        (recorded with { Volumes = filed.Volumes, Claims = filed.Claims }).ShouldBe(filed);
    }

    [Fact]
    public void LoadNotice_LoneFile_IsReadWithTheNamesOfTheScenario()
    {
        using var folder = new SmallScenario();
        var scenario = ScenarioFolder.Load(folder.Folder).Value;
        var path = Path.Combine(folder.Folder, "notices", "n1.json");
        ScenarioFolder.LoadNotice(path, scenario).Value.Party.ShouldBe(new("a"));
        ScenarioFolder.LoadNotice(path + ".gone", scenario).Refusal!.Code.ShouldBe("scenario.missing-file");
        folder.Replace("notices/n1.json", "a-air", "z-air");
        ScenarioFolder.LoadNotice(path, scenario).Refusal!.ShouldSatisfyAllConditions(
            refusal => refusal.Code.ShouldBe("parties.unknown-actor"), refusal => refusal.Where.ShouldBe("/actor"));
    }

    [Fact]
    public void Load_OnlyWhatIsNeeded_IsEnough()
    {
        using var folder = new SmallScenario();
        File.Delete(Path.Combine(folder.Folder, "sites.geojson"));
        File.Delete(Path.Combine(folder.Folder, "expected.json"));
        Directory.Delete(Path.Combine(folder.Folder, "control"), recursive: true);
        Directory.Delete(Path.Combine(folder.Folder, "notices"), recursive: true);
        folder.Write("timeline.json", """{"format": "tansiq-timeline/1", "entries": [{"at": "2016-07-15T08:00:00Z", "party": "a", "id": "p1", "type": "agreements.proposal"}]}""");
        ScenarioFolder.Load(folder.Folder).Value.Statements().Count.ShouldBe(3);
    }

    [Fact]
    public void Load_ManyNoticesAndAreas_ReadsThemAll()
    {
        using var folder = new SmallScenario();
        var area = string.Join('\n', SmallScenario.Areas.Split('\n')[1..^1]);
        folder.Write("areas.geojson", "{\"type\": \"FeatureCollection\", \"features\": [" + string.Join(',', Enumerable.Range(0, 200)
            .Select(index => area.Replace("\"north\"", $"\"north-{index}\"", StringComparison.Ordinal))) + "]}");
        folder.Write("expected.json", """{"format": "tansiq-expected/1", "verdicts": []}""");
        for (var index = 2; index <= 200; index++)
            folder.Write($"notices/n{index}.json", SmallScenario.Notice.Replace("\"n1\"", $"\"n{index}\"", StringComparison.Ordinal));
        const string first = "{\"at\": \"2016-07-20T06:00:00Z\", \"notice\": \"n1\"},";
        folder.Replace("timeline.json", first, string.Join('\n', Enumerable.Range(1, 200).Select(index => first.Replace("n1", $"n{index}", StringComparison.Ordinal))));
        var scenario = ScenarioFolder.Load(folder.Folder).Value;
        scenario.Agreement.Areas.Length.ShouldBe(200);
        scenario.Statements().Count(entry => entry.Statement.Body is Notice).ShouldBe(200);
        // One time for all that was said at that time.
        scenario.Statements().Count(entry => entry.Statement.Body is RecordTime).ShouldBe(7);
    }

    private static T Body<T>(IReadOnlyList<(string EntryId, Statement Statement)> statements, string id)
        where T : StatementBody =>
        statements.Single(entry => entry.EntryId == id).Statement.Body.ShouldBeOfType<T>();

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
