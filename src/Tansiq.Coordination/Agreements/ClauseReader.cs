using System.Collections.Immutable;
using System.Text.Json;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads the clauses of one agreement, each kind with its own members.</summary>
internal sealed class ClauseReader(Founding founding, ImmutableHashSet<Id<Chapter>> chapters, ImmutableHashSet<Id<AreaClass>> areaClasses)
{
    /// <summary>The most notice periods of one clause.</summary>
    public const int MaximumPeriods = 100;

    /// <summary>The greatest distance of a threshold, metres.</summary>
    public const int MaximumDistanceMetres = 500_000;

    /// <summary>The greatest time of a threshold in seconds, one week.</summary>
    public const int MaximumSeconds = 7 * 24 * 3_600;

    /// <summary>The greatest time of a threshold in hours, ten years.</summary>
    public const int MaximumHours = 10 * 366 * 24;

    private readonly HashSet<Id<Clause>> _used = [];
    private readonly ExemptionReader _exemptions = new(founding);

    /// <summary>Reads one clause.</summary>
    /// <returns>The clause, or null if refused.</returns>
    public Clause? Read(JsonCursor place)
    {
        var read = place["kind"].OneOf<Func<JsonCursor, CommonMembers, Clause>?>(
            ("stand-down", StandDown),
            ("prior-notice", PriorNotice),
            ("joint-consent", JointConsent),
            ("separation", Separation),
            ("protection", Protection),
            ("duration", Duration),
            ("hotline", Hotline),
            ("text", Text));
        return read?.Invoke(place, Common(place));
    }

    private CommonMembers Common(JsonCursor place) => new(
        place.NewId(_used),
        place["chapter"].KnownId<Chapter>(chapters.Contains, "agreements.unknown-chapter", "a chapter of this agreement"),
        place["mode"].OneOf(("agree", ClauseMode.Agree), ("notify", ClauseMode.Notify)),
        place["survives"].Exists && place["survives"].Boolean(),
        place["publication"].OneOf(("public", Publication.Public), ("parties", Publication.Parties), ("office", Publication.Office)),
        place["text"].Words(founding.Languages));

    private StandDownClause StandDown(JsonCursor place, CommonMembers common)
    {
        Only(place, "appliesTo", "areaClasses", "exemptions");
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
            AppliesTo = AppliesTo(place["appliesTo"]),
            AreaClasses = place["areaClasses"].Set(AreaClass),
            Exemptions = _exemptions.Read(place["exemptions"], hasAreas: true),
        };
    }

    private PriorNoticeClause PriorNotice(JsonCursor place, CommonMembers common)
    {
        Only(place, "appliesTo", "periods");
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
            AppliesTo = AppliesTo(place["appliesTo"]),
            Periods = [.. place["periods"].ItemsAtLeastOne(MaximumPeriods).Select(Period)],
        };
    }

    private JointConsentClause JointConsent(JsonCursor place, CommonMembers common)
    {
        Only(place, "appliesTo", "consentOf", "areaClasses");
        var consentOf = place["consentOf"];
        var isOfAll = consentOf.Kind == JsonValueKind.String && consentOf.Element.ValueEquals("signatories");
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
            AppliesTo = AppliesTo(place["appliesTo"]),
            ConsentOf = isOfAll ? [] : consentOf.Set(item => item.KnownParty(founding)),
            AreaClasses = place["areaClasses"].OptionalSet(AreaClass),
        };
    }

    private SeparationClause Separation(JsonCursor place, CommonMembers common)
    {
        Only(place, "appliesTo", "between", "lateralMetres", "verticalMetres", "timeSeconds");
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
            AppliesTo = AppliesTo(place["appliesTo"]),
            Between = place["between"].OneOf(("different-parties", SeparationBetween.DifferentParties), ("all", SeparationBetween.All)),
            LateralMetres = place["lateralMetres"].Threshold(MaximumDistanceMetres),
            VerticalMetres = place["verticalMetres"].Threshold(MaximumDistanceMetres),
            TimeSeconds = place["timeSeconds"].Threshold(MaximumSeconds),
        };
    }

    private ProtectionClause Protection(JsonCursor place, CommonMembers common)
    {
        Only(place, "appliesTo", "categories", "distanceMetres", "exemptions");
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
            AppliesTo = AppliesTo(place["appliesTo"]),
            Categories = place["categories"].Set(SiteWords.SiteCategory),
            DistanceMetres = place["distanceMetres"].Threshold(MaximumDistanceMetres),
            Exemptions = _exemptions.Read(place["exemptions"], hasAreas: false),
        };
    }

    private static DurationClause Duration(JsonCursor place, CommonMembers common)
    {
        Only(place, "start", "end");
        var (start, end) = (place["start"].StartMoment(), place["end"].EndMoment());
        if (!place.Reading.IsRefused && ThresholdReader.IsEndBeforeStart(start, end)) place["end"].Refuse("geo.end-before-start", "a moment after the start");
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
            Start = start,
            End = end,
        };
    }

    private static HotlineClause Hotline(JsonCursor place, CommonMembers common)
    {
        Only(place, "checkEveryHours", "answerWithinSeconds");
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
            CheckEveryHours = place["checkEveryHours"].Threshold(MaximumHours),
            AnswerWithinSeconds = place["answerWithinSeconds"].Threshold(MaximumSeconds),
        };
    }

    private static TextClause Text(JsonCursor place, CommonMembers common)
    {
        Only(place);
        return new()
        {
            Id = common.Id, Chapter = common.Chapter, Mode = common.Mode, Survives = common.Survives, Publication = common.Publication, Text = common.Text,
        };
    }

    private static void Only(JsonCursor place, params ReadOnlySpan<string> own) =>
        place.Only(["id", "chapter", "kind", "mode", "survives", "publication", "text", .. own]);

    private AppliesTo AppliesTo(JsonCursor place)
    {
        place.Only("actors", "purposes", "categories");
        if (!place.Exists) place.Refuse("json.missing", "an object; empty for every flight");
        return new(
            place["actors"].OptionalSet(item => item.KnownActor(founding)),
            place["purposes"].OptionalSet(item => item.KnownPurpose(founding)),
            place["categories"].OptionalSet(FoundingWords.Category));
    }

    private NoticePeriod Period(JsonCursor place)
    {
        place.Only("purposes", "hours");
        return new(place["purposes"].OptionalSet(item => item.KnownPurpose(founding)), place["hours"].Threshold(MaximumHours));
    }

    private Id<AreaClass> AreaClass(JsonCursor place) =>
        place.KnownId<AreaClass>(areaClasses.Contains, "agreements.unknown-area-class", "a class of areas of this agreement");

    private readonly record struct CommonMembers(
        Id<Clause> Id, Id<Chapter> Chapter, ClauseMode Mode, bool Survives, Publication Publication, Words Text);
}
