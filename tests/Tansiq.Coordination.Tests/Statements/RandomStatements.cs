using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Tests.Statements;

/// <summary>Generators of statements that need no attachment.</summary>
internal static class RandomStatements
{
    public static readonly Gen<string> Identifier = Gen.Char["AZaz09-_.:/"].Array[1, 64].Select(characters => new string(characters));

    public static readonly Gen<Instant> Moment =
        Gen.Long[-2_208_988_800, 7_258_118_399].Select(Gen.Int[0, 999_999_999], (seconds, nanoseconds) => Instant.FromUnixTimeSeconds(seconds).PlusNanoseconds(nanoseconds));

    public static readonly Gen<ContentHash> Hash = Gen.Byte.Array[0, 8].Select(bytes => ContentHash.Of(bytes));

    private static readonly Gen<GeoPoint> Place = Gen.Select(
        Gen.Int[-GeoPoint.MaximumLatitudeE7, GeoPoint.MaximumLatitudeE7],
        Gen.Int[-GeoPoint.HalfTurnE7, GeoPoint.HalfTurnE7],
        (latitude, longitude) => GeoPoint.FromE7(latitude, longitude));

    // A star around a centre, with or without a hole, also across the antimeridian.
    private static readonly Gen<Outline> Shape = Gen.Select(
        Gen.Int[-800_000_000, 800_000_000], Gen.Int[-GeoPoint.HalfTurnE7, GeoPoint.HalfTurnE7], Gen.Int[20, 50_000_000], Gen.Bool, Star);

    private static readonly Gen<Height> Heights =
        Gen.Select(Gen.Long[Height.MinimumUnits, Height.MaximumUnits], Gen.Enum<HeightReference>(), Height.FromUnits);

    private static readonly Gen<HeightBand> Band = Gen.Select(Heights.Nullable(), Heights.Nullable())
        .Select(pair => HeightBand.Create(pair.Item1, pair.Item2) ?? HeightBand.Create(pair.Item2, pair.Item1)!.Value);

    private static readonly Gen<Interval> Time = Gen.Select(Moment, Gen.Long[1, 1_000_000_000_000], (start, nanoseconds) => (start, start.PlusNanoseconds(nanoseconds)))
        .Where(pair => pair.Item2 < Instant.FromUtc(2200, 1, 1, 0, 0)).Select(pair => new Interval(pair.start, pair.Item2));

    private static readonly Gen<Notice> Notices =
        from actor in Identifier
        from flightClass in Gen.Enum<FlightClass>()
        from purpose in Identifier
        from contact in Gen.Enum<OfficerRole>()
        from claims in Gen.Select(Identifier, Identifier.Select(text => text.Replace('/', '-')), (clause, exemption) => new ExemptionReference(new(clause), new(exemption))).Array[0, 3]
        from answerBy in Moment.Nullable()
        from volumes in Gen.Select(Shape, Band, Time, (outline, heights, time) => new Volume(outline, heights, time)).Array[1, 4]
        select new Notice
        {
            Actor = new(actor), Class = flightClass, Purpose = new(purpose), Contact = contact, Claims = [.. claims], AnswerBy = answerBy, Volumes = [.. volumes],
        };

    private static readonly Gen<Site> Sites =
        from id in Identifier
        from name in Gen.Dictionary(OneOf("en", "ar", "ru"), OneOf("Clinic", "عيادة \"١\"", "Клиника\\", "\u0001\u2028<&>", "😀"))[1, 3]
        from category in Gen.Enum<SiteCategory>()
        from point in Place.Nullable()
        from outlines in Shape.Array[1, 2]
        from uncertainty in Gen.Int[0, Site.MaximumUncertaintyMetres]
        from verification in Gen.Enum<Verification>()
        from time in Time
        from bounds in Gen.Select(Gen.Bool, Gen.Bool)
        select new Site
        {
            Id = new(id), Name = new(name.ToImmutableSortedDictionary(StringComparer.Ordinal)), Category = category, Point = point,
            Outlines = point is null ? [.. outlines] : [], UncertaintyMetres = uncertainty, Verification = verification,
            Validity = new(bounds.Item1 ? time.Start : null, bounds.Item2 ? time.End : null),
        };

    private static readonly Gen<SuspensionScope> Scope = Gen.OneOf<SuspensionScope>(
        Gen.Const<SuspensionScope>(new SuspensionScope.All()),
        Identifier.Select(id => (SuspensionScope)new SuspensionScope.OfChapter(new(id))),
        Identifier.Select(id => (SuspensionScope)new SuspensionScope.OfClause(new(id))));

    private static readonly Gen<ImmutableArray<string>> Endorsements =
        Identifier.Select(name => KeyEndorsement.Sign("text"u8, TestKeys.Of(name))).Array[0, 3].Select(lines => lines.ToImmutableArray());

    private static readonly Gen<StatementBody> KeyChange =
        from name in Identifier
        from role in Gen.Enum<KeyRole>()
        from endorsements in Endorsements
        from isRotation in Gen.Bool
        let key = TestKeys.Of(name, role).Verifier
        select isRotation ? new KeyRotation(key, role, endorsements) : (StatementBody)new KeyRevocation(key, endorsements);

    public static readonly Gen<StatementBody> Body = Gen.OneOf(
        KeyChange,
        RandomDesks.Body,
        Moment.Select(now => (StatementBody)new RecordTime(now)),
        Hash.Select(cites => (StatementBody)new AgreementSignature(cites)),
        Scope.Select(scope => (StatementBody)new Suspension(scope)),
        Hash.Select(cites => (StatementBody)new Resumption(cites)),
        Hash.Select(cites => (StatementBody)new ControlMapAcceptance(cites)),
        Sites.Select(site => (StatementBody)new SiteNotification(site)),
        Hash.Select(cites => (StatementBody)new SiteWithdrawal(cites)),
        Notices.Select(notice => (StatementBody)notice),
        Hash.Select(cites => (StatementBody)new Consent(cites)),
        Hash.Select(cites => (StatementBody)new Objection(cites)),
        Gen.Select(Hash, Moment, (cites, from) => (StatementBody)new OtherDate(cites, from)),
        Hash.Select(cites => (StatementBody)new Withdrawal(cites)),
        Hash.Select(cites => (StatementBody)new Lapse(cites)),
        Gen.Select(Hash, Notices, (cites, notice) => (StatementBody)new Amendment(cites, notice)),
        Gen.Select(Hash, Time.Array[1, 4], (cites, times) => (StatementBody)new Retiming(cites, [.. times])),
        Hash.Select(cites => (StatementBody)new Activation(cites)),
        Hash.Select(cites => (StatementBody)new Completion(cites)));

    public static readonly Gen<(Id<Statement> Id, Id<Party> Party, Instant Made, StatementBody Body)> Draft = Gen.Select(
        Identifier, Identifier, Moment, Body, (id, party, made, body) => (new Id<Statement>(id), new Id<Party>(party), made, body));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Outline Star(int latitude, int longitude, int size, bool hasHole)
    {
        GeoPoint At(int x, int y) => new PlanePoint((long)longitude + x, (long)latitude + y).ToGeoPoint();
        var (half, tenth) = (size / 2, size / 10);
        GeoPoint[] shell = [At(size, 0), At(half, half), At(0, size), At(-half, half), At(-size, 0), At(0, -size)];
        GeoPoint[] hole = [At(tenth, 0), At(0, tenth), At(-tenth, 0)];
        return Outline.Create(shell, hasHole ? [hole] : []).Value;
    }
}
