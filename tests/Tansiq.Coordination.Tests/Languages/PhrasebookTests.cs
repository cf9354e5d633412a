using System.Globalization;
using System.Text;
using CsCheck;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Languages;

public sealed class PhrasebookTests
{
    public static TheoryData<string> AllLanguages => [.. Phrasebook.Languages];

    [Theory]
    [MemberData(nameof(AllLanguages))]
    [Trait("Requirement", "AGR-1")]
    public void For_EachLanguage_HasTheKeysAndPlaceholdersOfEnglish(string language)
    {
        var english = Phrasebook.For("en").Value;
        var phrases = Phrasebook.For(language).Value;
        phrases.Language.ShouldBe(language);
        phrases.Keys.Order().ShouldBe(english.Keys.Order());
        foreach (var key in english.Keys)
        {
            phrases.Template(key).Required.ShouldBe(english.Template(key).Required, key);
            phrases.Template(key).Optional.ShouldBe(english.Template(key).Optional, key);
        }
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    [Trait("Requirement", "FLT-2")]
    public void For_EachLanguage_HasASentenceForEveryReasonOfTheDocument(string language)
    {
        var codes = ProductDocuments.ReasonCodes();
        codes.Count.ShouldBeGreaterThanOrEqualTo(31);
        codes.ShouldContain("prior-notice.consented");
        foreach (var code in codes) Phrasebook.For(language).Value.Has(SentenceWriter.KeyOf(code)).ShouldBeTrue(code);
    }

    [Fact]
    public void Keys_OfReasons_AreCodesOfTheDocumentOrVariantsOfThem()
    {
        var codes = ProductDocuments.ReasonCodes();
        foreach (var key in Phrasebook.For("en").Value.Keys.Where(key => key.StartsWith("reason.", StringComparison.Ordinal)))
        {
            var code = key["reason.".Length..].Replace(".possible", "", StringComparison.Ordinal).Replace(".after-start", "", StringComparison.Ordinal);
            codes.ShouldContain(code);
        }
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Term_EveryValueOfTheDomain_HasANameOfItsOwn(string language)
    {
        var phrases = Phrasebook.For(language).Value;
        ShouldHaveDistinctNames<VerdictKind>(phrases);
        ShouldHaveDistinctNames<ReasonEffect>(phrases);
        ShouldHaveDistinctNames<Certainty>(phrases);
        ShouldHaveDistinctNames<RecordKind>(phrases);
        ShouldHaveDistinctNames<FlightClass>(phrases);
        ShouldHaveDistinctNames<OfficerRole>(phrases);
        ShouldHaveDistinctNames<SiteCategory>(phrases);
        ShouldHaveDistinctNames<Verification>(phrases);
        ShouldHaveDistinctNames<PurposeCategory>(phrases);
    }

    [Fact]
    public void Status_OfArabicAndRussian_SaysThatNoOfficerReviewedThem()
    {
        Phrasebook.For("ar").Value.Status.ShouldBe("machine, not yet reviewed by a native officer");
        Phrasebook.For("ru").Value.Status.ShouldBe("machine, not yet reviewed by a native officer");
        Phrasebook.For("ar").Value.IsRightToLeft.ShouldBeTrue();
        Phrasebook.For("ru").Value.IsRightToLeft.ShouldBeFalse();
    }

    [Fact]
    public void Text_OfArabic_HasNoLatinLettersOrDigitsOfItsOwn()
    {
        var arabic = Phrasebook.For("ar").Value;
        foreach (var key in arabic.Keys) arabic.Template(key).FixedText().ShouldNotContain(character => char.IsAsciiLetterOrDigit(character), key);
    }

    [Fact]
    public void Text_OfRussian_HasNoLatinOrArabicLettersOfItsOwn()
    {
        var russian = Phrasebook.For("ru").Value;
        foreach (var key in russian.Keys)
            russian.Template(key).FixedText().ShouldNotContain(character => char.IsAsciiLetter(character) || (character >= '\u0600' && character <= '\u06FF'), key);
    }

    [Fact]
    public void For_ALanguageThatIsNotSpoken_IsRefused() =>
        Phrasebook.For("xx").Refusal!.Code.ShouldBe("languages.unknown");

    [Theory]
    [InlineData("a {b", "languages.template-brackets")]
    [InlineData("a } b", "languages.template-brackets")]
    [InlineData("a ] b", "languages.template-brackets")]
    [InlineData("a [ {b}", "languages.template-brackets")]
    [InlineData("a [ {b} [ {c} ] ]", "languages.template-brackets")]
    [InlineData("a {}", "languages.template-name")]
    [InlineData("a {b1}", "languages.template-name")]
    [InlineData("a [b] c", "languages.template-part-without-value")]
    public void Parse_AFaultyTemplate_IsRefusedAtItsPointer(string template, string code)
    {
        var refusal = Phrasebook.Parse(File(("greeting", template))).Refusal;
        refusal!.Code.ShouldBe(code);
        refusal.Where.ShouldBe("/phrases/greeting");
    }

    [Fact]
    public void Parse_AtTheLimits_IsTakenOnOneSideAndRefusedOnTheOther()
    {
        Phrasebook.Parse(File(("a", new string('x', PhraseTemplate.MaximumLength)))).Refusal.ShouldBeNull();
        Phrasebook.Parse(File(("a", new string('x', PhraseTemplate.MaximumLength + 1)))).Refusal.ShouldNotBeNull();
        PhraseTemplate.Parse(new string('x', PhraseTemplate.MaximumLength + 1)).Refusal!.Code.ShouldBe("languages.template-too-long");
        Phrasebook.Parse(File(Numbered(Phrasebook.MaximumPhrases))).Refusal.ShouldBeNull();
        Phrasebook.Parse(File(Numbered(Phrasebook.MaximumPhrases + 1))).Refusal!.Where.ShouldBe("/phrases");
        var whole = File(("a", "b"));
        Phrasebook.Parse(Padded(whole, Phrasebook.MaximumBytes)).Refusal.ShouldBeNull();
        Phrasebook.Parse(Padded(whole, Phrasebook.MaximumBytes + 1)).Refusal!.Code.ShouldBe("json.too-large");
    }

    [Fact]
    public void Parse_AnyText_GivesATemplateOrARefusal() =>
        Gen.String[Gen.Char["{}[]ab1 ا"], 0, 30].Sample(text =>
        {
            if (!PhraseTemplate.Parse(text).TryGet(out var template, out _)) return;
            var names = template.Required.Union(template.Optional);
            template.Fill(names.ToDictionary(name => name, name => "{" + name + "}"), "").ShouldBe(text.Replace("[", "").Replace("]", ""));
        });

    [Fact]
    public void Text_OfAKeyThatIsNotThere_Throws() =>
        Should.Throw<KeyNotFoundException>(() => Phrasebook.For("en").Value.Text("reason.none-such"));

    [Fact]
    public void Fill_WithoutAValue_LeavesOutThePartAndNamesTheGap()
    {
        var phrases = Phrasebook.For("en").Value;
        phrases.Fill("decide.known-at", KeyValuePair.Create("size", "7")).ShouldBe("record size 7");
        phrases.Fill("decide.not-yet-joint").ShouldBe("not yet joint: joint up to size (not stated)");
    }

    private static void ShouldHaveDistinctNames<TTerm>(Phrasebook phrases)
        where TTerm : struct, Enum =>
        Enum.GetValues<TTerm>().Select(phrases.Term).ShouldBeUnique(typeof(TTerm).Name);

    private static (string, string)[] Numbered(int count) =>
        [.. Enumerable.Range(0, count).Select(number => (number.ToString(CultureInfo.InvariantCulture), "x"))];

    private static byte[] File(params (string Key, string Text)[] phrases)
    {
        var members = string.Join(",", phrases.Select(phrase => $"\"{phrase.Key}\":\"{phrase.Text}\""));
        return Encoding.UTF8.GetBytes(
            $"{{\"format\":\"tansiq-phrases/1\",\"language\":\"en\",\"status\":\"original\",\"direction\":\"left-to-right\",\"phrases\":{{{members}}}}}");
    }

    private static byte[] Padded(byte[] json, int length) => [.. json, .. Enumerable.Repeat((byte)' ', length - json.Length)];
}
