using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Cli;

/// <summary>
/// Decides a flight of a made-up record. At a cold start nearly all of a verdict's time is the runtime's, which compiles
/// what it has not run yet: this lets the second core do so while the first still reads the scenario.
/// </summary>
internal static class WarmUp
{
    private static readonly Instant Start = Instant.FromUtc(2000, 1, 1, 0, 0);
    private static readonly Words Nothing = new(ImmutableSortedDictionary<string, string>.Empty.Add("en", "-"));
    private static readonly Id<Party> One = new("one");
    private static readonly Id<Party> Other = new("other");
    private static readonly Id<Party> Office = new("office");

    /// <summary>Begins beside other work; whatever becomes of it changes nothing.</summary>
    /// <param name="languages">The languages whose sentences will be needed.</param>
    public static void Begin(IReadOnlyList<string> languages) => _ = Task.Run(() => Run(languages));

    /// <summary>The sentences of the verdict on the made-up flight, reason by reason in each language.</summary>
    public static IReadOnlyList<string> Run(IReadOnlyList<string> languages)
    {
        var record = new StatementList();
        var proposal = Said(One, new AgreementProposal(Agreement()));
        foreach (var statement in new[]
                 {
                     Said(Office, Founding()), Said(Office, new RecordTime(Start)), proposal,
                     Said(One, new AgreementSignature(proposal.Hash)), Said(Other, new AgreementSignature(proposal.Hash)),
                     Said(One, new SiteNotification(Site())), Said(Other, Notice()),
                 })
        {
            record.Append(statement);
        }

        var verdict = Decide.Flight(record.Latest, FlightInQuestion.NotFiled(Notice(), One));
        var names = RecordNames.Of(Founding(), [Agreement()], [Site()], []);
        return [.. languages.SelectMany(language => verdict.Reasons.Select(new SentenceWriter(Languages.Phrases(language), names).Sentence))];
    }

    private static Statement Said(Id<Party> party, StatementBody body) =>
        new(new(body.GetType().Name), party, Start, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(party.Value + body.GetType().Name)), body);

    private static Founding Founding() => new()
    {
        Kind = RecordKind.Exercise,
        Title = Nothing,
        Languages = ["en"],
        Translations = ImmutableSortedDictionary<string, string>.Empty,
        Zone = "UTC",
        Office = Office,
        OfficeName = Nothing,
        Parties = ImmutableSortedDictionary<Id<Party>, Party>.Empty.Add(One, new(One, Nothing, Nothing)).Add(Other, new(Other, Nothing, Nothing)),
        Observers = ImmutableSortedDictionary<Id<Party>, Observer>.Empty,
        Actors = ImmutableSortedDictionary<Id<Actor>, Actor>.Empty.Add(
            new("actor"), new() { Id = new("actor"), Name = Nothing, Kind = ActorKind.Air, Binding = Binding.Unbound, AnswerableParty = null }),
        Purposes = ImmutableSortedDictionary<Id<Purpose>, Purpose>.Empty.Add(new("purpose"), new(new("purpose"), PurposeCategory.NonCombat, Nothing)),
        Heights = HeightConversion.Worldwide,
        OperationFloorRadiusMetres = 5_000,
    };

    private static Agreement Agreement()
    {
        var all = new AppliesTo([], [], []);
        var duration = new DurationClause
        {
            Id = new("0"), Chapter = new("1"), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Public, Text = Nothing,
            Start = new Moment.At(Start), End = new Moment.AfterStart(100),
        };
        return new()
        {
            Id = new("agreement"), Version = 1, Title = Nothing, Chapters = [new(new("1"), Nothing)],
            AreaClasses = [new(new("class"), Nothing)], Duration = duration,
            Areas = [new() { Id = new("area"), Name = Nothing, Class = new("class"), Outlines = [Square()], Heights = HeightBand.All, Validity = new(null, null) }],
            Clauses =
            [
                duration,
                new StandDownClause
                {
                    Id = new("1"), Chapter = new("1"), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Public, Text = Nothing,
                    AppliesTo = all, AreaClasses = [new("class")],
                },
                new PriorNoticeClause
                {
                    Id = new("2"), Chapter = new("1"), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Public, Text = Nothing,
                    AppliesTo = all, Periods = [new([], Threshold.Of(48))],
                },
                new JointConsentClause
                {
                    Id = new("3"), Chapter = new("1"), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Public, Text = Nothing,
                    AppliesTo = all, ConsentOf = [], AreaClasses = [],
                },
                new SeparationClause
                {
                    Id = new("4"), Chapter = new("1"), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Public, Text = Nothing, AppliesTo = all,
                    Between = SeparationBetween.All, LateralMetres = Threshold.Of(9_000), VerticalMetres = Threshold.Of(300), TimeSeconds = Threshold.Of(60),
                },
                new ProtectionClause
                {
                    Id = new("5"), Chapter = new("1"), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Public, Text = Nothing,
                    AppliesTo = all, Categories = [SiteCategory.Hospital], DistanceMetres = Threshold.Of(500),
                },
            ],
        };
    }

    private static Notice Notice() => new()
    {
        Actor = new("actor"), Class = FlightClass.FixedWing, Purpose = new("purpose"), Contact = OfficerRole.Watch, Claims = [], AnswerBy = null,
        Volumes = [new(Square(), HeightBand.All, new(Start + Duration.FromDays(1), Start + Duration.FromDays(2)))],
    };

    private static Site Site() => new()
    {
        Id = new("site"), Name = Nothing, Category = SiteCategory.Hospital, Point = GeoPoint.FromE7(5_000_000, 5_000_000), Outlines = [],
        UncertaintyMetres = 100, Verification = Verification.Verified, Validity = new(null, null),
    };

    private static Outline Square() => Outline.Create(
        [GeoPoint.FromE7(0, 0), GeoPoint.FromE7(0, 10_000_000), GeoPoint.FromE7(10_000_000, 10_000_000), GeoPoint.FromE7(10_000_000, 0)], []).Value;
}
