using System.Globalization;
using System.Text.RegularExpressions;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using static Tansiq.Coordination.Tests.Monitoring.ReplayWorld;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>Whose aircraft a track is taken to be, on what basis, and how sure.</summary>
[Trait("Requirement", "MON-3")]
public sealed partial class ReplayAttributionTests
{
    private static readonly WatchedArea Everywhere = Area("a", Square(-Side, -Side, 2 * Side));
    private static readonly AttributionRules Rules = new(
    [
        Rule("by-wide-block", blocks: [new(0xae0000, 0xafffff)]),
        Rule("by-block", blocks: [new(0xae0100, 0xae01ff)]),
        Rule("by-start", callsigns: ["RC"]),
        Rule("by-longer-start", callsigns: ["RCH"]),
        Rule("by-track", tracks: ["ae0101"]),
    ]);

    private const long Side = 100_000_000;

    [Theory]
    [InlineData("4b17e5", "CH")]
    [InlineData("100000", "RU")]
    [InlineData("1fffff", "RU")]
    [InlineData("778000", "SY")]
    [InlineData("77ffff", "SY")]
    [InlineData("c95000", "TL")]
    [InlineData("A00001", "US")]
    [InlineData("~4b17e5", null)]
    [InlineData("4b17e", null)]
    [InlineData("ex-air", null)]
    [InlineData("f00001", null)]
    [InlineData("200000", null)]
    [InlineData("000000", null)]
    public void Push_TrackOfAnAddress_NamesTheStateOfRegistrationAndNoActor(string track, string? state)
    {
        var attribution = AttributionOf(AttributionRules.None, Fix(track, 0, 0, 0));

        attribution.ShouldBe(state is null ? null : new(AttributionBasis.AddressBlock, state, null, AttributionConfidence.Moderate));
    }

    [Theory]
    [InlineData("ae0001", null, "by-wide-block")]
    [InlineData("ae0100", null, "by-block")]
    [InlineData("ae01ff", "UAE1", "by-block")]
    [InlineData("ae0100", "RC1", "by-start")]
    [InlineData("ae0100", "RCH415", "by-longer-start")]
    [InlineData("ae0101", "RCH415", "by-track")]
    [InlineData("~ae0100", null, null)]
    public void Push_SeveralRulesHold_TheMostExactCounts(string track, string? callsign, string? actor) =>
        (AttributionOf(Rules, Fix(track, 0, 0, 0) with { Callsign = callsign })?.Actor?.Value).ShouldBe(actor);

    [Fact]
    public void Push_TrackDeclaredToFlyANotice_IsDeclaredOfItsActor()
    {
        var notified = new Volume(Square(0, 0, 100), HeightBand.All, new(null, null));
        var picture = Picture(Rules) with { Notices = [Notice("n", [notified], "ae0101"), NoticeOf("ru", "m", [notified], "two"), Notice("o", [notified], "two")] };
        var replay = new Replay(picture, ReplaySettings.Default);
        replay.Push(Fix("ae0101", 0, 0, 0));
        replay.Push(Fix("two", 0, 0, 0));

        var events = replay.Finish().Events.OfType<AreaEvent>().ToLookup(item => item.Track, item => item.Attribution);

        events["ae0101"].ShouldAllBe(attribution => attribution == new TrackAttribution(AttributionBasis.Declared, "US", new("us-air"), AttributionConfidence.High));
        events["two"].ShouldAllBe(attribution => attribution == null);
    }

    [Fact]
    public void Finish_Totals_CountEachTrackByItsLastAttribution()
    {
        var replay = new Replay(Picture(Rules), ReplaySettings.Default);
        replay.Push(Fix("ae0100", 0, 0, 0));
        replay.Push(Fix("ae0100", 10, 0, 10) with { Callsign = "RCH1" });
        replay.Push(Fix("4b17e5", 20, 0, 0));
        replay.Push(Fix("~", 300, 0, 0));

        var totals = replay.Finish().Summary.Attribution;

        totals.ByBasis.ShouldBe([(AttributionBasis.AddressBlock, 1), (AttributionBasis.Declared, 0), (AttributionBasis.Assessed, 1)]);
        totals.Unattributed.ShouldBe(1);
        totals.ByActor.ShouldBe([(new("by-longer-start"), 1)]);
        totals.ByState.ShouldBe([("CH", 1), ("US", 1)]);
    }

    [Fact]
    public void Push_FirstAndLastAddressOfEveryBlock_NamesItsState()
    {
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "oracles", "address_blocks.py")));
        blocks.Count.ShouldBe(193);
        foreach (Match block in blocks)
        {
            var first = int.Parse(block.Groups["first"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var last = first + int.Parse(block.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            foreach (var address in new[] { first, last })
                AttributionOf(AttributionRules.None, Fix($"{address:x6}", 0, 0, 0)).ShouldNotBeNull().State.ShouldBe(block.Groups["state"].Value);
        }
    }

    [GeneratedRegex("\"(?<state>[A-Z]{2})\": \\(0x(?<first>[0-9a-f]{6}), (?<count>[0-9]+)\\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Block();

    private static TrackAttribution? AttributionOf(AttributionRules rules, ReportedPosition position) =>
        new ReplayWorld(Picture(rules), ReplaySettings.Default, [position]).Run().Events[0].Attribution;

    private static ReplayPicture Picture(AttributionRules rules) =>
        new() { Areas = [Everywhere], Notices = [], Heights = Theatre, Attribution = rules };

    private static AttributionRule Rule(string actor, string[]? tracks = null, string[]? callsigns = null, AddressRange[]? blocks = null) =>
        new()
        {
            Tracks = [.. tracks ?? []],
            Callsigns = [.. callsigns ?? []],
            Blocks = [.. blocks ?? []],
            Actor = new(actor),
            Basis = AttributionBasis.Assessed,
            Confidence = AttributionConfidence.Low,
            Source = "made up",
        };
}
