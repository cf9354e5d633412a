using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>Drafts of what parties say, plain until a test changes them with <c>with</c>.</summary>
internal static class Draft
{
    public static readonly Id<AreaClass> Presence = new("presence");

    private static readonly AppliesTo Everyone = new([], [], []);

    /// <summary>A clause of chapter 4 has an identifier such as <c>4.1</c>.</summary>
    public static StandDownClause StandDown(string id, params Exemption[] exemptions) => new()
    {
        Id = new(id), Chapter = ChapterOf(id), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Parties, Text = Theatre.Text(id),
        AppliesTo = Everyone, Exemptions = [.. exemptions], AreaClasses = [Presence],
    };

    public static PriorNoticeClause PriorNotice(string id, Threshold hours) => new()
    {
        Id = new(id), Chapter = ChapterOf(id), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Parties, Text = Theatre.Text(id),
        AppliesTo = Everyone, Periods = [new([], hours)],
    };

    /// <summary>Of every signatory where none is named.</summary>
    public static JointConsentClause JointConsent(string id, params Id<Party>[] consentOf) => new()
    {
        Id = new(id), Chapter = ChapterOf(id), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Parties, Text = Theatre.Text(id),
        AppliesTo = Everyone, ConsentOf = [.. consentOf], AreaClasses = [],
    };

    /// <summary>Between flights of different parties.</summary>
    public static SeparationClause Separation(string id, Threshold lateralMetres, Threshold verticalMetres, Threshold timeSeconds) => new()
    {
        Id = new(id), Chapter = ChapterOf(id), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Parties, Text = Theatre.Text(id),
        AppliesTo = Everyone, Between = SeparationBetween.DifferentParties,
        LateralMetres = lateralMetres, VerticalMetres = verticalMetres, TimeSeconds = timeSeconds,
    };

    /// <summary>5 km, 300 m, 10 minutes.</summary>
    public static SeparationClause Separation(string id) => Separation(id, Threshold.Of(5_000), Threshold.Of(300), Threshold.Of(600));

    public static ProtectionClause Protection(string id, Threshold distanceMetres, params Exemption[] exemptions) => new()
    {
        Id = new(id), Chapter = ChapterOf(id), Mode = ClauseMode.Agree, Survives = false, Publication = Publication.Parties, Text = Theatre.Text(id),
        AppliesTo = Everyone, Categories = [SiteCategory.Hospital], DistanceMetres = distanceMetres, Exemptions = [.. exemptions],
    };

    public static HotlineClause Hotline(string id) => new()
    {
        Id = new(id), Chapter = ChapterOf(id), Mode = ClauseMode.Agree, Survives = true, Publication = Publication.Parties, Text = Theatre.Text(id),
        CheckEveryHours = Threshold.Of(6), AnswerWithinSeconds = Threshold.Undefined,
    };

    public static DurationClause Duration(Moment start, Moment end) => new()
    {
        Id = new("9.1"), Chapter = new("9"), Mode = ClauseMode.Agree, Survives = true, Publication = Publication.Public, Text = Theatre.Text("9.1"),
        Start = start, End = end,
    };

    public static Exemption.ByPurpose ForMedevac(string id = "relief") => new() { Id = new(id), Purposes = [Theatre.Medevac], Categories = [] };

    public static Exemption.ByGainedGround Gain(string id, GainKind gainKind, Threshold mapMaximumAgeHours) => new()
    {
        Id = new(id), Holder = Theatre.Organisation, As = gainKind, MapMaximumAgeHours = mapMaximumAgeHours,
    };

    public static Exemption.AnyOf AnyOf(string id, params string[] exemptions) => new() { Id = new(id), Exemptions = [.. exemptions.Select(Reference)] };

    /// <summary>Written <c>clause/exemption</c>.</summary>
    public static ExemptionReference Reference(string text) => new(new(text.Split('/')[0]), new(text.Split('/')[1]));

    /// <summary>From hour 0, for 30 days, with one area on square (0, 0) at all heights.</summary>
    public static Agreement Agreement(params Clause[] clauses)
    {
        var duration = clauses.OfType<DurationClause>().SingleOrDefault() ?? Duration(new Moment.At(Theatre.Hour(0)), new Moment.AfterStart(30));
        ImmutableArray<Clause> all = [.. clauses.Where(clause => clause is not DurationClause), duration];
        return new()
        {
            Id = new("agreement"), Version = 1, Title = Theatre.Text("Agreement"),
            Chapters = [.. all.Select(clause => clause.Chapter).Distinct().Select(id => new Chapter(id, Theatre.Text("Chapter")))],
            AreaClasses = [new(Presence, Theatre.Text("Presence"))],
            Clauses = all, Duration = duration, Areas = [Area("north", Theatre.Square(0, 0))],
        };
    }

    public static DesignatedArea Area(string id, params Outline[] outlines) => new()
    {
        Id = new(id), Name = Theatre.Text(id), Class = Presence, Outlines = [.. outlines], Heights = HeightBand.All, Validity = new(null, null),
    };

    /// <summary>On a square of the grid at all heights; from hour 100 to hour 102 unless said otherwise.</summary>
    public static Volume On(int column, int row, double fromHour = 100, double untilHour = 102) =>
        new(Theatre.Square(column, row), HeightBand.All, Theatre.Hours(fromHour, untilHour));

    /// <summary>A transport flight of us.</summary>
    public static Notice Flight(params Volume[] volumes) => new()
    {
        Actor = Theatre.UsAir, Class = FlightClass.FixedWing, Purpose = Theatre.Transport, Contact = OfficerRole.Watch, Claims = [], AnswerBy = null,
        Volumes = [.. volumes],
    };

    /// <summary>A transport flight of ru.</summary>
    public static Notice FlightOfRu(params Volume[] volumes) => Flight(volumes) with { Actor = Theatre.RuAir };

    /// <summary>A control map that shows ground gained by the organisation.</summary>
    public static ControlMap Map(string id, double asOfHour, params Outline[] gained) => new(
        new(id), Theatre.Hour(asOfHour), [new(new("ground"), Theatre.Organisation, IsGained: true, [.. gained])]);

    /// <summary>A hospital on record for good.</summary>
    public static Site Hospital(string id, double latitude, double longitude) => new()
    {
        Id = new(id), Name = Theatre.Text(id), Category = SiteCategory.Hospital, Point = GeoPoint.FromDegrees(latitude, longitude), Outlines = [],
        UncertaintyMetres = 0, Verification = Verification.Verified, Validity = new(null, null),
    };

    private static Id<Chapter> ChapterOf(string clause) => new(clause.Split('.')[0]);
}
