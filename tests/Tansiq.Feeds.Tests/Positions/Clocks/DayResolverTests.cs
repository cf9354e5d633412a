using CsCheck;
using NodaTime;
using NodaTime.Text;
using Tansiq.Feeds.Positions.Clocks;

namespace Tansiq.Feeds.Tests.Positions.Clocks;

public sealed class DayResolverTests
{
    [Theory]
    [InlineData(86_399, "2016-07-15T00:00:10Z", "2016-07-14T23:59:59Z")]
    [InlineData(5, "2016-07-14T23:59:50Z", "2016-07-15T00:00:05Z")]
    [InlineData(43_200, "2016-07-15T00:00:00Z", "2016-07-14T12:00:00Z")]
    [InlineData(43_199, "2016-07-15T00:00:00Z", "2016-07-15T11:59:59Z")]
    [InlineData(0, "2016-07-14T12:00:00Z", "2016-07-14T00:00:00Z")]
    [InlineData(86_400, "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z")]
    public void Resolve_TimeOfDay_TakesTheNearestDay(int seconds, string received, string expected) =>
        new DayResolver(default).Resolve(Duration.FromSeconds(seconds), InstantPattern.General.Parse(received).Value)
            .ShouldBe(InstantPattern.General.Parse(expected).Value);

    [Fact]
    public void Resolve_FeedOverSeveralMidnights_GivesTheTimesItWasMadeFrom() =>
        Gen.Select(Gen.Long[0, 4_000_000_000], Gen.Int[0, 43_199].Array[1, 30]).Sample((start, steps) =>
        {
            var at = Instant.FromUnixTimeSeconds(start);
            var days = new DayResolver(at);
            foreach (var step in steps)
            {
                at += Duration.FromSeconds(step);
                days.Resolve(Duration.FromTicks(at.InUtc().TimeOfDay.TickOfDay)).ShouldBe(at);
            }
        });

    [Fact]
    public void Resolve_TimeOutsideADay_GivesNothing()
    {
        var days = new DayResolver(default);
        days.Resolve(Duration.FromMilliseconds(-1)).ShouldBeNull();
        days.Resolve(DayResolver.EndOfTimes).ShouldBeNull();
        days.Resolve(DayResolver.EndOfTimes - Duration.Epsilon).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/data/2015-01-01/cat048_20160715T0900.raw", "2016-07-15T12:00:00Z")]
    [InlineData("radar 2016_07_15.ff", "2016-07-15T12:00:00Z")]
    [InlineData("20161315-2016-02-29.ff", "2016-02-29T12:00:00Z")]
    [InlineData("120160715.ff", null)]
    [InlineData("2016-0715.ff", null)]
    [InlineData("", null)]
    public void ReferenceFor_DateInTheName_IsItsNoon(string name, string? expected) =>
        ClockRule.Default.ReferenceFor(name).ShouldBe(expected is null ? null : InstantPattern.General.Parse(expected).Value);

    [Fact]
    public void ReferenceFor_ReferenceThatWasSaid_GoesBeforeTheName()
    {
        var said = Instant.FromUtc(2020, 1, 1, 0, 0);
        new ClockRule { Reference = said }.ReferenceFor("2016-07-15").ShouldBe(said);
        new ClockRule { AheadOfUtc = Offset.FromHours(3) }.ReferenceFor("2016-07-15").ShouldBe(Instant.FromUtc(2016, 7, 15, 9, 0));
        new ClockRule { AheadOfUtc = Offset.FromHours(3) }.ToInstant(new(2016, 7, 15, 9, 0)).ShouldBe(Instant.FromUtc(2016, 7, 15, 6, 0));
    }
}
