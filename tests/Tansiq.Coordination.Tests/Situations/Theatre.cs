using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>Who takes part in the tests, and the space and time that they act in.</summary>
internal static class Theatre
{
    /// <summary>Width of the squares of <see cref="Square"/>: about 18 km × 22 km, room for the floor of an operation.</summary>
    private const long SquareE7 = GeoPoint.UnitsPerDegree / 5;

    public static readonly Id<Party> Us = new("us");
    public static readonly Id<Party> Ru = new("ru");
    public static readonly Id<Party> Third = new("tr");
    public static readonly Id<Party> Observer = new("un");
    public static readonly Id<Party> Office = new("office");
    public static readonly Id<Party> Stranger = new("stranger");

    public static readonly Id<Actor> UsAir = new("us-air");
    public static readonly Id<Actor> RuAir = new("ru-air");

    /// <summary>Bound, with ru as its guarantor.</summary>
    public static readonly Id<Actor> GuaranteedAir = new("sy-air");

    /// <summary>Not bound by the agreement.</summary>
    public static readonly Id<Actor> UnboundAir = new("third-air");

    /// <summary>The organisation of exemptions by gained ground.</summary>
    public static readonly Id<Actor> Organisation = new("organisation");

    public static readonly Id<Purpose> Transport = new("transport");
    public static readonly Id<Purpose> Medevac = new("medevac");
    public static readonly Id<Purpose> Strike = new("strike");

    private static readonly Instant Midnight = Instant.FromUtc(2016, 7, 20, 0, 0);

    public static HeightConversion Heights { get; } = new()
    {
        GeoidLowMetres = 14,
        GeoidHighMetres = 28,
        GroundLowMetres = -220,
        GroundHighMetres = 2_814,
        PressureSurfaceLowMetres = -220,
        PressureSurfaceHighMetres = 220,
        LayerStretchLowPerMille = -60,
        LayerStretchHighPerMille = 110,
    };

    public static Words Text(string english) => new(ImmutableSortedDictionary<string, string>.Empty.Add("en", english));

    /// <summary>Hours after 20 July 2016, 00:00Z. Agreements of the tests hold from hour 0 to hour 720.</summary>
    public static Instant Hour(double hours) => Midnight + Duration.FromHours(hours);

    public static Interval Hours(double from, double until) => new(Hour(from), Hour(until));

    /// <summary>A square of the grid that begins at 36° N 37° E; neighbours share an edge.</summary>
    public static Outline Square(int column, int row, int size = 1) => Rectangle(
        370_000_000 + column * SquareE7, 360_000_000 + row * SquareE7, size * SquareE7, size * SquareE7);

    public static Outline Rectangle(long westE7, long southE7, long widthE7, long heightE7)
    {
        var (east, north) = (westE7 + widthE7, southE7 + heightE7);
        return Outline.Create(
            [Place(southE7, westE7), Place(southE7, east), Place(north, east), Place(north, westE7)], []).Value;
    }

    public static Outline Circle(double latitude, double longitude, double radiusMetres) =>
        Outline.Create(Densify.Circle(GeoPoint.FromDegrees(latitude, longitude), radiusMetres).Value, []).Value;

    public static HeightBand Metres(int floor, int ceiling) => HeightBand.Create(
        Height.FromMetres(floor, HeightReference.SeaLevel), Height.FromMetres(ceiling, HeightReference.SeaLevel))!.Value;

    public static HeightBand FlightLevels(int floor, int ceiling) =>
        HeightBand.Create(Height.FromFlightLevel(floor), Height.FromFlightLevel(ceiling))!.Value;

    public static Founding Founding(params Id<Party>[] signatories) => new()
    {
        Kind = RecordKind.Exercise,
        Title = Text("Exercise"),
        Languages = ["en"],
        Translations = ImmutableSortedDictionary<string, string>.Empty,
        Zone = "Asia/Damascus",
        Office = Office,
        OfficeName = Text("The office"),
        Parties = signatories.ToImmutableSortedDictionary(id => id, id => new Party(id, Text(id.Value), Text("A centre"))),
        Observers = ImmutableSortedDictionary<Id<Party>, Observer>.Empty.Add(Observer, new(Observer, Text("Observers"))),
        Actors = new[]
        {
            AnActor(UsAir, Binding.Signatory, Us), AnActor(RuAir, Binding.Signatory, Ru), AnActor(GuaranteedAir, Binding.Guaranteed, Ru),
            AnActor(UnboundAir, Binding.Unbound, null), AnActor(Organisation, Binding.Unbound, null),
        }.ToImmutableSortedDictionary(actor => actor.Id, actor => actor),
        Purposes = new[]
        {
            new Purpose(Transport, PurposeCategory.NonCombat, Text("Transport")),
            new Purpose(Medevac, PurposeCategory.NonCombat, Text("Medevac")),
            new Purpose(Strike, PurposeCategory.Combat, Text("Strike")),
        }.ToImmutableSortedDictionary(purpose => purpose.Id, purpose => purpose),
        Heights = Heights,
        OperationFloorRadiusMetres = 5_000,
    };

    private static Actor AnActor(Id<Actor> id, Binding binding, Id<Party>? answerable) => new()
    {
        Id = id, Name = Text(id.Value), Kind = ActorKind.Air, Binding = binding, AnswerableParty = answerable,
    };

    private static GeoPoint Place(long latitudeE7, long longitudeE7)
    {
        var longitude = longitudeE7 % GeoPoint.TurnE7;
        if (longitude > GeoPoint.HalfTurnE7) longitude -= GeoPoint.TurnE7;
        return GeoPoint.FromE7(latitudeE7, longitude);
    }
}
