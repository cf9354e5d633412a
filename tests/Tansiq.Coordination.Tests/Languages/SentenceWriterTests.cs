using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Languages;

[Trait("Requirement", "FLT-2")]
public sealed class SentenceWriterTests
{
    private static readonly Id<Agreement> Amman = new("amman-2016");
    private static readonly Instant Six = Instant.FromUtc(2016, 7, 29, 6, 0);

    private static readonly Reason InArea = new()
    {
        Code = "stand-down.in-area",
        Effect = ReasonEffect.Refuses,
        Agreement = Amman,
        Clause = new("4.1"),
        Area = new("idlib"),
        Volume = 0,
        From = Six,
        Until = Six.Plus(Duration.FromHours(2)),
        Place = GeoPoint.FromE7(362_083_333, 371_500_000),
    };

    private static readonly Reason Short = new()
    {
        Code = "prior-notice.short",
        Effect = ReasonEffect.Asks,
        Agreement = Amman,
        Clause = new("2.1"),
        Parties = [new("ru"), new("us")],
        Numbers = [new(ReasonNumbers.NoticeMinutes, 1_390), new(ReasonNumbers.AgreedNoticeMinutes, 1_440)],
    };

    private static readonly Reason Conflict = new()
    {
        Code = "separation.conflict",
        Effect = ReasonEffect.Asks,
        Agreement = Amman,
        Clause = new("5.1"),
        Flight = new(new("ru"), new("n07"), ContentHash.Of([7])),
        Parties = [new("ru")],
        Certainty = Certainty.Possible,
        Numbers =
        [
            new(ReasonNumbers.DistanceLowerMetres, 6_101), new(ReasonNumbers.DistanceUpperMetres, 6_199),
            new(ReasonNumbers.AgreedDistanceMetres, 10_000),
        ],
    };

    private static readonly Reason TooNear = new()
    {
        Code = "protection.too-near",
        Effect = ReasonEffect.Refuses,
        Agreement = Amman,
        Clause = new("6.1"),
        Site = new("h-3"),
        Numbers =
        [
            new(ReasonNumbers.DistanceLowerMetres, 480), new(ReasonNumbers.DistanceUpperMetres, 521),
            new(ReasonNumbers.AgreedDistanceMetres, 2_000),
        ],
    };

    private static readonly Reason Offer = new()
    {
        Code = "joint-consent.other-date",
        Effect = ReasonEffect.Asks,
        Agreement = Amman,
        Clause = new("3.1"),
        Parties = [new("ru")],
        Numbers =
        [
            new(ReasonNumbers.AnswerByUnixSeconds, Six.Plus(Duration.FromHours(2)).ToUnixTimeSeconds()),
            new(ReasonNumbers.OfferedStartUnixSeconds, Six.ToUnixTimeSeconds()),
        ],
    };

    [Fact]
    public void Sentence_InArea_English() => Sentence("en", InArea).ShouldBe(
        "Under clause 4.1 (chapter 4, “Stand-down”), such flights stay out of area “Idlib” (idlib). This flight meets it in volume 1, "
        + "from 2016-07-29 06:00Z (09:00 Asia/Damascus) until 2016-07-29 08:00Z (11:00 Asia/Damascus), "
        + "for example at 36°12'30.0\"N 037°09'00.0\"E (36.2083333, 37.1500000; 37S CA), and no exemption holds.");

    [Fact]
    public void Sentence_InArea_Russian() => Sentence("ru", InArea with { Volume = null, Place = null }).ShouldBe(
        "Согласно пункту 4.1 (глава 4, «Воздержание от полётов») такие полёты в районе «Идлиб» (idlib) не выполняются. Данный полёт попадает "
        + "в этот район, с 2016-07-29 06:00Z (09:00 Asia/Damascus) до 2016-07-29 08:00Z (11:00 Asia/Damascus), и ни одно изъятие не действует.");

    [Fact]
    public void Sentence_InArea_Arabic() => Visible(Sentence("ar", InArea with { Place = null })).ShouldBe(
        "بموجب البند <4.1> (الفصل <4>، «~الامتناع عن الطيران>») تمتنع مثل هذه الرحلات عن المنطقة «~إدلب>» (<idlib>). وهذه الرحلة تدخلها "
        + "في الحيّز رقم <1>، من <2016-07-29 06:00Z (09:00 Asia/Damascus)> حتى <2016-07-29 08:00Z (11:00 Asia/Damascus)>، ولا ينطبق أي استثناء.");

    [Fact]
    public void Sentence_ShortNotice_English() => Sentence("en", Short).ShouldBe(
        "Clause 2.1 asks for prior notice, and it was given later than agreed: 23 h 10 min before the start; agreed: at least 24 h. "
        + "Consent is needed of: Russia, United States.");

    [Fact]
    public void Sentence_ShortNotice_Russian() => Sentence("ru", Short).ShouldBe(
        "Пункт 2.1 требует предварительного уведомления; оно подано позже, чем условлено: за 23 ч 10 мин до начала при условленных "
        + "не менее 24 ч. Требуется согласие: Россия, США.");

    [Fact]
    public void Sentence_ShortNotice_Arabic() => Visible(Sentence("ar", Short)).ShouldBe(
        "يشترط البند <2.1> إشعارًا مسبقًا، وقد قُدِّم متأخرًا عمّا اتُّفق عليه: قبل البداية بـ <23> س <10> د، والحد الأدنى المتفق عليه <24> س. "
        + "الموافقة مطلوبة من: ~روسيا>، ~الولايات المتحدة>.");

    [Fact]
    public void Sentence_NoticeFiledAfterTheStart_SaysSo() =>
        Sentence("en", Short with { Numbers = [new(ReasonNumbers.NoticeMinutes, -45), new(ReasonNumbers.AgreedNoticeMinutes, 1_440)] }).ShouldBe(
            "Clause 2.1 asks for prior notice, and it was given after the start: 45 min after it; agreed: at least 24 h before it. "
            + "Consent is needed of: Russia, United States.");

    [Fact]
    public void Sentence_PossibleConflict_English() => Sentence("en", Conflict).ShouldBe(
        "Under clause 5.1, flights keep apart. This flight may come nearer than agreed to flight n07 (filed by: Russia), which is earlier on the record. "
        + "Lateral distance: 6.1–6.2 km; agreed: at least 10 km. Consent is needed of: Russia.");

    [Fact]
    public void Sentence_CertainConflict_Russian() => Sentence("ru", Conflict with { Certainty = Certainty.Certain }).ShouldBe(
        "Согласно пункту 5.1 между полётами выдерживаются интервалы. Данный полёт подходит ближе, чем условлено, к полёту n07 (заявитель: Россия), "
        + "внесённому в журнал раньше. Удаление по горизонтали: 6,1–6,2 км при условленных не менее 10 км. Требуется согласие: Россия.");

    [Fact]
    public void Sentence_TooNear_NamesASiteWithoutARussianNameInEnglish() => Sentence("ru", TooNear).ShouldBe(
        "Пункт 6.1 защищает объект «Hospital 3» (h-3). Данный полёт подходит к нему ближе, чем условлено: 480–521 м при условленных не менее 2 км.");

    [Fact]
    [Trait("Requirement", "FLT-9")]
    public void Sentence_OfAClauseThatOnlyAsksToBeTold_SaysThatItHoldsNothingBack()
    {
        var told = InArea with { Clause = new("4.9"), Effect = ReasonEffect.DoesNotObject };
        Sentence("en", told).ShouldEndWith("This clause asks only to be told; it holds nothing back.");
        Sentence("en", told with { Clause = new("4.1") }).ShouldEndWith("no exemption holds.");
    }

    [Fact]
    [Trait("Requirement", "FLT-6")]
    public void Sentence_OfAnotherDate_NamesTheOfferAndTheDeadline() =>
        Sentence("en", Offer).ShouldBe(
            "Under clause 3.1, this flight takes place only with the consent of others. Instead of consent another date was offered, "
            + "with a start at 2016-07-29 06:00Z (09:00 Asia/Damascus). Consent is still needed of: Russia. "
            + "The answer is due by 2016-07-29 08:00Z (11:00 Asia/Damascus).");

    [Fact]
    [Trait("Requirement", "FLT-6")]
    public void Sentence_OfAConsentForAnArea_NamesTheArea()
    {
        var sentence = Sentence("en", Offer with { Code = "joint-consent.awaited", Area = new("idlib") });
        sentence.ShouldBe("Under clause 3.1, this flight takes place in area “Idlib” (idlib) only with the consent of others. Still awaited: Russia. "
            + "The answer is due by 2016-07-29 08:00Z (11:00 Asia/Damascus). Silence is not consent.");
    }

    [Fact]
    public void Sentence_OfTheFilersOwnFlightTooNear_AsksNobody() =>
        Sentence("en", Conflict with { Code = "separation.own-flight", Effect = ReasonEffect.Notes, Parties = [], Numbers = [], Certainty = Certainty.Certain }).ShouldBe(
            "Under clause 5.1, flights keep apart. This flight comes nearer than agreed to flight n07 (filed by: Russia) of the same filer. "
            + "This is the filer's own affair and holds nothing back.");

    [Fact]
    public void Sentence_OfPossibleGeometry_SaysSoOnce()
    {
        const string addition = "The geometry makes this possible, not certain.";
        Sentence("en", InArea with { Code = "stand-down.exempt-purpose", Certainty = Certainty.Possible }).ShouldEndWith(addition);
        Sentence("en", InArea with { Code = "stand-down.possibly-in-area", Certainty = Certainty.Possible }).ShouldNotContain(addition);
        Sentence("en", Conflict).ShouldNotContain(addition);
    }

    [Fact]
    public void Sentence_OfAnUnknownCode_NamesTheCode() =>
        Sentence("en", InArea with { Code = "tides.high" }).ShouldBe("Reason tides.high, clause 4.1 (chapter 4, “Stand-down”): this version has no sentence for it.");

    [Fact]
    public void Sentence_OfEveryCodeWithEverything_UsesEveryPlaceholderAndLeavesNoneOpen()
    {
        foreach (var phrases in Phrasebook.Languages.Select(language => Phrasebook.For(language).Value))
        {
            foreach (var code in ProductDocuments.ReasonCodes())
            {
                var sentence = new SentenceWriter(phrases, Names).Sentence(Full(code, ReasonEffect.Notes, Certainty.Certain, 90));
                sentence.ShouldNotContain(phrases.Text("value.not-stated"), Case.Sensitive, code);
                sentence.ShouldNotContain(character => "{}[]".Contains(character), code);
                sentence.ShouldEndWith(".");
            }
        }
    }

    [Fact]
    public void Sentence_InArabic_HoldsLatinLettersAndDigitsOnlyWithinIsolates()
    {
        var arabic = Phrasebook.For("ar").Value;
        var codes = ProductDocuments.ReasonCodes().Append("tides.high").ToArray();
        Gen.Select(
            Drawn(codes), Gen.Enum<ReasonEffect>(), Gen.Enum<Certainty>(), Gen.Long[-10_000, 10_000], Gen.Bool, Gen.String[0, 12],
            (code, effect, certainty, number, named, name) => (Reason: Full(code, effect, certainty, number), named, name))
            .Sample(drawn =>
            {
                var names = drawn.named ? Names with { Parties = new Dictionary<Id<Party>, Words>(Names.Parties) { [new("ru")] = English(drawn.name) } } : RecordNames.None;
                var sentence = new SentenceWriter(arabic, names).Sentence(drawn.Reason);
                OutsideIsolates(sentence).ShouldNotContain(character => char.IsAsciiLetterOrDigit(character));
            });
    }

    [Fact]
    public void Sentence_WithNothingKnownButTheCode_IsSaidInEveryLanguage() =>
        Gen.Select(Drawn(ProductDocuments.ReasonCodes()), Drawn(Phrasebook.Languages)).Sample((code, language) =>
            Sentence(language, new() { Code = code, Effect = ReasonEffect.Notes }).ShouldNotBeEmpty());

    [Fact]
    public void Names_OfTwoVersionsOfAnAgreement_AreTheLaterOnes()
    {
        var names = RecordNames.Of(Exercise, [Version(2, "Later"), Version(1, "Earlier")], [], [new(new("m-1"), Six, [])]);
        var text = new NameText(Phrasebook.For("en").Value, names);
        text.Agreement(Amman).ShouldBe("“Later” (amman-2016)");
        text.Clause(Amman, new("7.1")).ShouldBe("7.1 (chapter 7, “Later”)");
        text.Clause(new("other"), new("7.1")).ShouldBe("7.1");
        text.Map(new("m-1")).ShouldBe("m-1, as of 2016-07-29 06:00Z (09:00 Asia/Damascus)");
        text.Map(new("m-2")).ShouldBe("m-2");
    }

    [Fact]
    public void Names_OfADocument_AreTakenFromItsFounding()
    {
        var names = RecordNames.Of(Exercise, [], [], []);
        var text = new NameText(Phrasebook.For("en").Value, names);
        text.Party(new("us")).ShouldBe("United States");
        text.Party(new("office")).ShouldBe("Joint office");
        text.Party(new("un")).ShouldBe("Observers");
        text.Party(new("nobody")).ShouldBe("nobody");
        text.Actor(new("us-air")).ShouldBe("Air force");
        text.Purpose(new("medevac")).ShouldBe("“Medical evacuation” (medevac)");
        names.Zone!.Id.ShouldBe("Asia/Damascus");
    }

    private static readonly RecordNames Names = new()
    {
        Zone = DateTimeZoneProviders.Tzdb["Asia/Damascus"],
        GridReference = _ => "37S CA",
        Parties = Dictionary<Id<Party>>((new("ru"), Of("Russia", "روسيا", "Россия")), (new("us"), Of("United States", "الولايات المتحدة", "США"))),
        Areas = Dictionary<(Id<Agreement>, Id<DesignatedArea>)>(((Amman, new("idlib")), Of("Idlib", "إدلب", "Идлиб"))),
        Sites = Dictionary<Id<Site>>((new("h-3"), English("Hospital 3"))),
        Clauses = ImmutableDictionary.CreateRange(
        [
            KeyValuePair.Create((Amman, new Id<Clause>("4.1")), new ClauseName(new("4"), StandDown, ClauseMode.Agree)),
            KeyValuePair.Create((Amman, new Id<Clause>("4.9")), new ClauseName(new("4"), StandDown, ClauseMode.Notify)),
        ]),
    };

    private static Words StandDown => Of("Stand-down", "الامتناع عن الطيران", "Воздержание от полётов");

    private static Founding Exercise => new()
    {
        Kind = RecordKind.Exercise,
        Title = English("Exercise"),
        Languages = ["en"],
        Translations = ImmutableSortedDictionary<string, string>.Empty,
        Zone = "Asia/Damascus",
        Office = new("office"),
        OfficeName = English("Joint office"),
        Parties = ImmutableSortedDictionary<Id<Party>, Party>.Empty.Add(new("us"), new(new("us"), English("United States"), English("Centre"))),
        Observers = ImmutableSortedDictionary<Id<Party>, Observer>.Empty.Add(new("un"), new(new("un"), English("Observers"))),
        Actors = ImmutableSortedDictionary<Id<Actor>, Actor>.Empty.Add(
            new("us-air"),
            new() { Id = new("us-air"), Name = English("Air force"), Kind = ActorKind.Air, Binding = Binding.Signatory, AnswerableParty = new Id<Party>("us") }),
        Purposes = ImmutableSortedDictionary<Id<Purpose>, Purpose>.Empty.Add(
            new("medevac"), new(new("medevac"), PurposeCategory.NonCombat, English("Medical evacuation"))),
        Heights = default!,
        OperationFloorRadiusMetres = 5_000,
    };

    private static Agreement Version(int version, string title) => new()
    {
        Id = Amman,
        Version = version,
        Title = English(title),
        Chapters = [new(new("7"), English(title))],
        AreaClasses = [],
        Clauses = [],
        Areas = [],
        Duration = new()
        {
            Id = new("7.1"),
            Chapter = new("7"),
            Mode = ClauseMode.Agree,
            Survives = false,
            Publication = Publication.Public,
            Text = English(title),
            Start = new Moment.Undefined(),
            End = new Moment.Undefined(),
        },
    };

    private static Reason Full(string code, ReasonEffect effect, Certainty certainty, long number) => InArea with
    {
        Code = code,
        Effect = effect,
        Certainty = certainty,
        Clause = new("4.9"),
        Exemption = new Id<Exemption>("relief"),
        Site = new Id<Site>("h-3"),
        Map = new Id<ControlMap>("m-2"),
        Flight = Conflict.Flight,
        Parties = [new("ru"), new("us")],
        Numbers =
        [
            new(ReasonNumbers.DistanceLowerMetres, Math.Abs(number)), new(ReasonNumbers.DistanceUpperMetres, Math.Abs(number) + 70),
            new(ReasonNumbers.AgreedDistanceMetres, 10_000), new(ReasonNumbers.VerticalLowerMetres, 0), new(ReasonNumbers.VerticalUpperMetres, 90),
            new(ReasonNumbers.AgreedVerticalMetres, 600), new(ReasonNumbers.TimeGapMinutes, 5),
            new(ReasonNumbers.NoticeMinutes, number), new(ReasonNumbers.AgreedNoticeMinutes, 1_440), new(ReasonNumbers.MapAgeMinutes, 4_000),
            new(ReasonNumbers.AgreedMapAgeMinutes, 2_880), new(ReasonNumbers.AgreedTimeMinutes, 15),
            new(ReasonNumbers.AnswerByUnixSeconds, 1_469_772_000), new(ReasonNumbers.OfferedStartUnixSeconds, 1_469_858_400),
        ],
    };

    /// <summary>What stands outside isolates; every isolate closes and nothing closes that was not opened.</summary>
    private static string OutsideIsolates(string text)
    {
        var kept = new List<char>();
        var depth = 0;
        foreach (var character in text)
        {
            if (character is '\u2066' or '\u2068') depth++;
            else if (character == '\u2069') depth--;
            else if (depth == 0) kept.Add(character);
            depth.ShouldBeInRange(0, 1);
        }

        depth.ShouldBe(0);
        return string.Concat(kept);
    }

    private static Gen<string> Drawn(IReadOnlyList<string> texts) => Gen.Int[0, texts.Count - 1].Select(index => texts[index]);

    private static string Visible(string text) => text.Replace('\u2066', '<').Replace('\u2068', '~').Replace('\u2069', '>');

    private static string Sentence(string language, Reason reason) => new SentenceWriter(Phrasebook.For(language).Value, Names).Sentence(reason);

    private static Words English(string text) => new(ImmutableSortedDictionary<string, string>.Empty.Add("en", text));

    private static Words Of(string english, string arabic, string russian) =>
        new(ImmutableSortedDictionary<string, string>.Empty.Add("en", english).Add("ar", arabic).Add("ru", russian));

    private static ImmutableDictionary<TKey, Words> Dictionary<TKey>(params (TKey Key, Words Name)[] names)
        where TKey : notnull => names.ToImmutableDictionary(name => name.Key, name => name.Name);
}
