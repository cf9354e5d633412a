using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Flights;

/// <summary>A notice with the identifier and the party of the statement that files it.</summary>
/// <param name="Id">The statement's identifier.</param>
/// <param name="Party">Who files it.</param>
/// <param name="Notice">The notice.</param>
public sealed record DraftNotice(Id<Statement> Id, Id<Party> Party, Notice Notice);

/// <summary>Reads notices of flights (notices/*.json of docs/formats/scenario.md).</summary>
public static class NoticeReader
{
    /// <summary>The most bytes of a notice's text.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most exemptions that a notice claims.</summary>
    public const int MaximumClaims = 100;

    /// <summary>The greatest radius of a circle, metres.</summary>
    public const int MaximumRadiusMetres = 500_000;

    /// <summary>Reads a notice as people write it: degrees, circles, metres, feet and flight levels.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="founding">Whose parties, actors and purposes it names.</param>
    /// <param name="agreement">Whose exemptions it claims; null where there is none.</param>
    /// <returns>The notice, circles drawn as outlines; or why it was not taken. Unknown members are refused.</returns>
    public static Parsed<DraftNotice> Read(ReadOnlyMemory<byte> utf8, Founding founding, Agreement? agreement)
    {
        ArgumentNullException.ThrowIfNull(founding);
        return JsonReading.Read(utf8, MaximumBytes, refusesUnknownMembers: true, root => Read(root, founding, agreement));
    }

    /// <summary>Reads a notice as a statement holds it: whole units, outlines only.</summary>
    internal static Notice ReadRecord(JsonCursor body) => Body(body, RecordVolume);

    private static DraftNotice Read(JsonCursor root, Founding founding, Agreement? agreement)
    {
        root.Only("id", "party", "actor", "class", "purpose", "contact", "claims", "operation", "volumes");
        root["operation"].Only("answerBy");
        var (id, party) = (root["id"].Id<Statement>(), root["party"].KnownParty(founding));
        var notice = Body(root, Volume);
        _ = root["actor"].KnownActor(founding);
        _ = root["purpose"].KnownPurpose(founding);
        if (root["claims"].Exists && !root.Reading.IsRefused) CheckClaims(root["claims"], notice.Claims, agreement);
        return new(id, party, notice);
    }

    private static Notice Body(JsonCursor place, Func<JsonCursor, Volume?> volume)
    {
        var (claims, operation) = (place["claims"], place["operation"]);
        return new()
        {
            Actor = place["actor"].Id<Actor>(),
            Class = place["class"].FlightClass(),
            Purpose = place["purpose"].Id<Purpose>(),
            Contact = place["contact"].OfficerRole(),
            Claims = claims.Exists ? [.. claims.Items(MaximumClaims).Select(ExemptionReader.Reference).OfType<ExemptionReference>()] : [],
            AnswerBy = operation.Exists ? operation["answerBy"].Instant() : null,
            Volumes = [.. place["volumes"].ItemsAtLeastOne(Notice.MaximumVolumes).Select(volume).OfType<Volume>()],
        };
    }

    private static void CheckClaims(JsonCursor place, ImmutableArray<ExemptionReference> claims, Agreement? agreement)
    {
        for (var index = 0; index < claims.Length; index++)
        {
            var item = place.Items(MaximumClaims)[index];
            var clause = agreement?.Clauses.FirstOrDefault(candidate => candidate.Id == claims[index].Clause);
            var exemptions = clause is FlightClause flightClause ? flightClause.Exemptions : [];
            if (clause is null)
                item.Refuse("agreements.unknown-clause", "an exemption of a clause of the agreement");
            else if (!exemptions.Any(exemption => exemption.Id == claims[index].Exemption))
                item.Refuse("agreements.unknown-exemption", $"an exemption of clause {clause.Id}");
        }
    }

    private static Volume? Volume(JsonCursor place)
    {
        place.Only("outline", "floor", "ceiling", "from", "until");
        return WithOutline(place, DrawnOutline(place["outline"]), HeightReading.Height);
    }

    private static Volume? RecordVolume(JsonCursor place) => WithOutline(place, RecordGeometry.OutlineOrNull(place["outline"]), HeightReading.RecordHeight);

    private static Volume? WithOutline(JsonCursor place, Outline? outline, Func<JsonCursor, Height> height)
    {
        var (heights, time) = (place.HeightBand(height), place.ClosedInterval());
        return outline is null || place.Reading.IsRefused ? null : new(outline, heights, time);
    }

    private static Outline? DrawnOutline(JsonCursor place)
    {
        place.Only("circle", "polygon");
        if (place["circle"].Exists == place["polygon"].Exists)
        {
            place.Refuse(place.Exists ? "json.wrong-type" : "json.missing", "{\"circle\": …} or {\"polygon\": …}");
            return null;
        }

        return place["polygon"].Exists ? place["polygon"].PolygonOutline() : Circle(place["circle"]);
    }

    private static Outline? Circle(JsonCursor place)
    {
        place.Only("centre", "radiusMetres");
        var centre = place["centre"].LongitudeLatitude();
        var radiusMetres = place["radiusMetres"].Integer(1, MaximumRadiusMetres);
        if (place.Reading.IsRefused) return null;
        if (Densify.Circle(centre, radiusMetres).TryGet(out var ring, out var refusal) && Outline.Create(ring, []).TryGet(out var outline, out refusal))
            return outline;
        place.Refuse(refusal);
        return null;
    }
}

/// <summary>Words of notices, read and written.</summary>
public static class NoticeWords
{
    private static readonly (string Word, FlightClass Value)[] Classes =
        [("fixed-wing", Flights.FlightClass.FixedWing), ("rotary", Flights.FlightClass.Rotary), ("unmanned", Flights.FlightClass.Unmanned)];

    private static readonly (string Word, OfficerRole Value)[] Roles =
    [
        ("watch", Flights.OfficerRole.Watch), ("release", Flights.OfficerRole.Release), ("consent", Flights.OfficerRole.Consent),
        ("command", Flights.OfficerRole.Command), ("liaison", Flights.OfficerRole.Liaison), ("office-desk", Flights.OfficerRole.OfficeDesk),
    ];

    /// <summary>The class of an aircraft.</summary>
    public static FlightClass FlightClass(this JsonCursor place) => place.OneOf(Classes);

    /// <summary>A role.</summary>
    public static OfficerRole OfficerRole(this JsonCursor place) => place.OneOf(Roles);

    /// <summary>The word of a class.</summary>
    public static string Word(FlightClass flightClass) => Array.Find(Classes, entry => entry.Value == flightClass).Word;

    /// <summary>The word of a role.</summary>
    public static string Word(OfficerRole role) => Array.Find(Roles, entry => entry.Value == role).Word;
}
