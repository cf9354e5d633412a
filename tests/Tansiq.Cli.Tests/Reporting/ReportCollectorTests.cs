using System.Globalization;
using NodaTime;
using Tansiq.Cli.Reporting;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Tests.Reporting;

public sealed class ReportCollectorTests
{
    private static readonly Instant Start = Instant.FromUtc(2016, 8, 1, 6, 0);
    private static readonly GeoPoint Place = GeoPoint.FromE7(362_000_000, 371_000_000);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Take_EventsAtTheLimit_SaysHowManyAreNotListed(int beyond, long leftOut)
    {
        var collector = new ReportCollector(Duration.FromSeconds(60));
        for (var number = 0; number < ReportCollector.MaximumRows + beyond; number++) collector.Take(Entry("t", number, ReplayEventKind.Enter));
        collector.Events.Count().ShouldBe(ReportCollector.MaximumRows);
        collector.EventsLeftOut.ShouldBe(leftOut);
    }

    [Fact]
    public void Take_MoreTracksThanAreKept_KeepsThoseWithEventsAndTheLast()
    {
        var collector = new ReportCollector(Duration.FromSeconds(60));
        for (var number = 0; number < ReportCollector.MaximumTracks; number++) collector.Take(Seen(number));
        collector.Take(Entry(Name(0), 0, ReplayEventKind.Enter));
        collector.Take(Seen(ReportCollector.MaximumTracks));

        var tracks = collector.Tracks();
        tracks.Length.ShouldBe(ReportCollector.MaximumTracks);
        tracks[0].Track.ShouldBe(Name(0));
        tracks[^1].Track.ShouldBe(Name(ReportCollector.MaximumTracks));
        tracks.ShouldNotContain(shape => shape.Track == Name(1));
        collector.TracksLeftOut.ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "MON-2")]
    public void Take_EntryThatBecomesPossibleAndThenEnds_IsOneStay()
    {
        var collector = new ReportCollector(Duration.FromSeconds(60));
        collector.Take(Entry("t", 0, ReplayEventKind.Enter));
        collector.Take(Entry("t", 30, ReplayEventKind.Leave, Certainty.Possible));
        collector.Take(Entry("t", 40, ReplayEventKind.Enter));
        collector.Take(Entry("t", 90, ReplayEventKind.Leave));
        var stay = collector.Stays.Stays.ShouldHaveSingleItem();
        (stay.Until - stay.From).ShouldBe(Duration.FromSeconds(90));
        var figures = collector.Stays.Figures.ShouldHaveSingleItem();
        (figures.Stays, figures.NotCovered, figures.Tracks, figures.Time).ShouldBe((1, 1, 1, Duration.FromSeconds(90)));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Take_TracksBeyondThoseToldApart_MakeTheFigureALowerBound(int tracks, bool isLowerBound)
    {
        var ledger = new StayLedger(maximumTracks: 2);
        for (var number = 0; number < tracks; number++) ledger.Take(Entry(Name(number), number, ReplayEventKind.Enter));
        var figures = ledger.Figures.ShouldHaveSingleItem();
        (figures.Stays, figures.Tracks, figures.TracksIsLowerBound).ShouldBe((tracks, 2, isLowerBound));
    }

    [Fact]
    public void Occurrences_OfEventsThatDifferInTheirClauseAlone_AreOneEach()
    {
        var entry = Entry("t", 0, ReplayEventKind.Enter);
        var other = entry with { Track = "u" };
        var found = Occurrences.Of<ReplayEvent>([entry, entry with { Clause = new("4.2") }, other, other with { Certainty = Certainty.Possible, Clause = new("4.2") }]).ToList();
        found.Select(occurrence => (occurrence.Event.Track, string.Join(' ', occurrence.Clauses.Select(clause => clause.Value))))
            .ShouldBe([("t", "4.1 4.2"), ("u", "4.1"), ("u", "4.2")]);
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ReportedPosition Seen(int number) =>
        new(Name(number), new(Place, 0, Height: null, Start + Duration.FromMilliseconds(number)), null, null, null);

    private static AreaEvent Entry(string track, int second, ReplayEventKind kind, Certainty certainty = Certainty.Certain) =>
        new()
        {
            Kind = kind,
            Track = track,
            At = Start + Duration.FromSeconds(second),
            Place = Place,
            Height = null,
            Certainty = certainty,
            Attribution = null,
            Area = new("idlib"),
            Clause = new("4.1"),
            Cause = null,
            Covered = Certainty.No,
            Flights = [],
        };
}
