using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Bench;

/// <summary>A made-up theatre of 700 km × 600 km from which workloads take what is said. The same on every run.</summary>
internal sealed class MadeUpTheatre
{
    private const int Seed = 20_160_715;
    private const double South = 32;
    private const double West = 35;
    private const double HeightDegrees = 5.4;
    private const double WidthDegrees = 7.6;

    public static readonly Instant Start = Instant.FromUtc(2016, 7, 20, 0, 0);
    public static readonly Id<Party> Us = new("us");
    public static readonly Id<Party> Ru = new("ru");
    public static readonly Id<Party> Office = new("office");
    private static readonly Id<Actor> Organisation = new("organisation");
    private static readonly Id<AreaClass> Presence = new("presence");
    private static readonly ImmutableArray<(Id<Actor> Actor, Id<Party> Party)> Actors = [(new("us-air"), Us), (new("ru-air"), Ru), (new("sy-air"), Ru)];
    private static readonly ImmutableArray<Purpose> Purposes =
    [
        new(new("transport"), PurposeCategory.NonCombat, Text("Transport")), new(new("medevac"), PurposeCategory.NonCombat, Text("Medevac")),
        new(new("observation"), PurposeCategory.NonCombat, Text("Observation")), new(new("strike"), PurposeCategory.Combat, Text("Strike")),
    ];

    private readonly Random _random = new(Seed);

    /// <summary>A number from 0 to below another.</summary>
    public int Next(int below) => _random.Next(below);

    /// <summary>What begins every record: founding, time, an agreement of so many areas in force, a control map accepted by all.</summary>
    public void Begin(Func<Id<Party>, StatementBody, ContentHash> say, int areas)
    {
        say(Office, Founding());
        say(Office, new RecordTime(Start));
        var proposal = say(Us, new AgreementProposal(Agreement(areas)));
        say(Us, new AgreementSignature(proposal));
        say(Ru, new AgreementSignature(proposal));
        var map = say(Us, new ControlMapProposal(new(new("map"), Start, [.. Enumerable.Range(0, 20).Select(Ground)])));
        say(Us, new ControlMapAcceptance(map));
        say(Ru, new ControlMapAcceptance(map));
    }

    private static Words Text(string english) => new(ImmutableSortedDictionary<string, string>.Empty.Add("en", english));

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    /// <summary>A flight that begins at a moment, and who files it.</summary>
    public (Id<Party> Filer, Notice Notice) Flight(Instant from)
    {
        var (actor, party) = Actors[_random.Next(Actors.Length)];
        var (latitude, longitude) = Somewhere();
        var floor = _random.Next(2, 10) * 1_000;
        var volumes = Enumerable.Range(0, _random.Next(1, 4)).Select(leg => new Volume(
            Polygon(latitude + 0.1 * leg, longitude + 0.2 * leg, _random.Next(8, 14), 12),
            HeightBand.Create(Height.FromMetres(floor, HeightReference.SeaLevel), Height.FromMetres(floor + 1_500, HeightReference.SeaLevel))!.Value,
            new(from + Duration.FromMinutes(20 * leg), from + Duration.FromMinutes(20 * leg + 25))));
        return (party, new()
        {
            Actor = actor, Class = FlightClass.FixedWing, Purpose = Purposes[_random.Next(Purposes.Length)].Id, Contact = OfficerRole.Watch,
            Claims = [new(new("4.1"), new("gain"))], AnswerBy = null, Volumes = [.. volumes],
        });
    }

    /// <summary>A hospital somewhere.</summary>
    public Site Site(int number)
    {
        var (latitude, longitude) = Somewhere();
        return new()
        {
            Id = new(Name("site", number)), Name = Text("Hospital"), Category = SiteCategory.Hospital, Point = GeoPoint.FromDegrees(latitude, longitude),
            Outlines = [], UncertaintyMetres = _random.Next(2_000), Verification = Verification.Verified, Validity = new(null, null),
        };
    }

    private HeldGround Ground(int number)
    {
        var (latitude, longitude) = Somewhere();
        return new(new(Name("ground", number)), Organisation, IsGained: true, [Polygon(latitude, longitude, 50, 40)]);
    }

    private DesignatedArea Area(int number)
    {
        var (latitude, longitude) = Somewhere();
        var validFrom = Start + Duration.FromHours(_random.Next(-24, 28 * 24));
        return new()
        {
            Id = new(Name("area", number)), Name = Text("Area"), Class = Presence, Outlines = [Polygon(latitude, longitude, _random.Next(2, 15), 40)],
            Heights = HeightBand.All, Validity = new(validFrom, validFrom + Duration.FromDays(1)),
        };
    }

    private (double Latitude, double Longitude) Somewhere() => (South + _random.NextDouble() * HeightDegrees, West + _random.NextDouble() * WidthDegrees);

    /// <summary>A rough round outline; its corners lie at 0.8 to 1.2 of the radius.</summary>
    private Outline Polygon(double latitude, double longitude, double radiusKilometres, int corners)
    {
        var (latitudeRadius, longitudeRadius) = (radiusKilometres / 111, radiusKilometres / (111 * Math.Cos(latitude * Math.PI / 180)));
        var ring = Enumerable.Range(0, corners).Select(corner =>
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * corner / corners);
            var stretch = 0.8 + 0.4 * _random.NextDouble();
            return GeoPoint.FromDegrees(latitude + sine * latitudeRadius * stretch, longitude + cosine * longitudeRadius * stretch);
        });
        return Outline.Create([.. ring], []).Value;
    }

    private static Founding Founding() => new()
    {
        Kind = RecordKind.Exercise, Title = Text("Bench"), Languages = ["en"], Translations = ImmutableSortedDictionary<string, string>.Empty,
        Zone = "Asia/Damascus", Office = Office, OfficeName = Text("Office"),
        Parties = new[] { Us, Ru }.ToImmutableSortedDictionary(id => id, id => new Party(id, Text(id.Value), Text("Centre"))),
        Observers = ImmutableSortedDictionary<Id<Party>, Observer>.Empty,
        Actors = Actors.Select(each => AnActor(each.Actor, each.Party)).Append(AnActor(Organisation, null)).ToImmutableSortedDictionary(actor => actor.Id, actor => actor),
        Purposes = Purposes.ToImmutableSortedDictionary(purpose => purpose.Id, purpose => purpose),
        Heights = HeightConversion.Worldwide, OperationFloorRadiusMetres = 5_000,
    };

    private static Actor AnActor(Id<Actor> id, Id<Party>? party) => new()
    {
        Id = id, Name = Text(id.Value), Kind = ActorKind.Air, Binding = party is null ? Binding.Unbound : Binding.Signatory, AnswerableParty = party,
    };

    private Agreement Agreement(int areas)
    {
        var duration = Common(new DurationClause
        {
            Id = new("9.1"), Start = new Moment.At(Start), End = new Moment.AfterStart(30),
            Chapter = new("1"), Mode = default, Survives = true, Publication = default, Text = Text("Duration"),
        });
        return new()
        {
            Id = new("bench"), Version = 1, Title = Text("Agreement"), Chapters = [], AreaClasses = [new(Presence, Text("Presence"))], Duration = duration,
            Areas = [.. Enumerable.Range(0, areas).Select(Area)],
            Clauses =
            [
                Common(new PriorNoticeClause
                {
                    Id = new("2.1"), AppliesTo = new([], [], []), Periods = [new([], Threshold.Of(24))],
                    Chapter = new("1"), Mode = default, Survives = false, Publication = default, Text = Text("Prior notice"),
                }),
                Common(new JointConsentClause
                {
                    Id = new("3.1"), AppliesTo = new([], [], [PurposeCategory.Combat]), ConsentOf = [], AreaClasses = [],
                    Chapter = new("1"), Mode = default, Survives = false, Publication = default, Text = Text("Joint consent"),
                }),
                Common(new StandDownClause
                {
                    Id = new("4.1"), AppliesTo = new([], [], []), AreaClasses = [Presence],
                    Exemptions =
                    [
                        new Exemption.ByPurpose { Id = new("relief"), Purposes = [new("medevac")], Categories = [] },
                        new Exemption.ByGainedGround { Id = new("gain"), Holder = Organisation, As = GainKind.Place, MapMaximumAgeHours = Threshold.Of(100) },
                    ],
                    Chapter = new("1"), Mode = default, Survives = false, Publication = default, Text = Text("Stand down"),
                }),
                Common(new SeparationClause
                {
                    Id = new("5.1"), AppliesTo = new([], [], []), Between = SeparationBetween.DifferentParties,
                    LateralMetres = Threshold.Of(10_000), VerticalMetres = Threshold.Of(600), TimeSeconds = Threshold.Of(600),
                    Chapter = new("1"), Mode = default, Survives = true, Publication = default, Text = Text("Separation"),
                }),
                Common(new ProtectionClause
                {
                    Id = new("6.1"), AppliesTo = new([], [], []), Categories = [SiteCategory.Hospital], DistanceMetres = Threshold.Of(3_000),
                    Chapter = new("1"), Mode = default, Survives = true, Publication = default, Text = Text("Protection"),
                }),
                duration,
            ],
        };
    }

    private static TClause Common<TClause>(TClause clause)
        where TClause : Clause =>
        clause with { Chapter = new(clause.Id.Value.Split('.')[0]), Mode = ClauseMode.Agree, Publication = Publication.Parties };
}
