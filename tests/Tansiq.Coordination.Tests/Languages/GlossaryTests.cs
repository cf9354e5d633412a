using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Tansiq.Coordination.Languages;
using Xunit;

namespace Tansiq.Coordination.Tests.Languages;

public sealed partial class GlossaryTests
{
    private const string Glossary = "docs/glossary.md";
    private const string Denials = "boundary.";

    public static TheoryData<string> AllLanguages => [.. Phrasebook.Languages];

    private static readonly string[] WordsOfTheDesign =
    [
        "party", "actor", "bound", "guarantor", "centre", "office", "observer", "officer", "statement", "record", "size", "checkpoint",
        "cosignature", "joint", "inert", "agreement", "clause", "area", "exemption", "purpose", "notice", "operation", "verdict", "reason",
        "report", "audience", "receipt", "position", "track", "alert", "incident", "allegation", "answer", "finding", "site",
        "operational intent", "constraint", "volume", "OVN", "subscription", "manager",
    ];

    private static readonly string[] FamiliesOfRequirements = ["BND", "PTY", "AGR", "FLT", "INF", "MON", "INC", "REC"];

    [Fact]
    public void Glossary_EveryWord_StandsOnceInThreeLanguagesWithAMeaning()
    {
        string[] sections = ["## Words of the record", "## Words between machines", "## Families of requirements"];
        var rows = sections.SelectMany(section => ProductDocuments.Table(Glossary, section)).ToList();
        rows.Select(row => row[0]).ShouldBeUnique();
        WordsOfTheDesign.Except(rows.Select(row => row[0])).ShouldBeEmpty();
        FamiliesOfRequirements.Where(family => !rows.Any(row => row[0].EndsWith($"({family})", StringComparison.Ordinal))).ShouldBeEmpty();
        foreach (var row in rows)
        {
            row.Length.ShouldBe(4, row[0]);
            row[1].ShouldContain(character => character >= '\u0621' && character <= '\u064A', row[0]);
            row[2].ShouldContain(character => character >= '\u0410' && character <= '\u0451', row[0]);
            row[3].ShouldNotBeEmpty(row[0]);
        }
    }

    [Fact]
    public void Glossary_TermsWithAPhrase_ReadAsTheProgramSaysThem()
    {
        var rows = ProductDocuments.Table(Glossary, "## Terms with a phrase of their own");
        rows.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var row in rows)
        {
            string[] said = [.. Phrasebook.Languages.Select(language => Phrasebook.For(language).Value.Text(row[0].Trim('`')))];
            said.ShouldBe(row[1..4], row[0]);
        }
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    [Trait("Requirement", "BND-3")]
    public void Phrases_OutsideTheDenials_UseNoWordToAvoid(string language)
    {
        var phrases = Phrasebook.For(language).Value;
        var avoid = WordsToAvoid(language);
        foreach (var key in phrases.Keys.Where(key => !key.StartsWith(Denials, StringComparison.Ordinal)))
            avoid.Where(word => Uses(phrases.Template(key).FixedText(), word, language)).ShouldBeEmpty(key);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    [Trait("Requirement", "BND-3")]
    public void Denials_OfReceiptVerdictAndObservation_NameTheWordThatTheyDeny(string language)
    {
        var phrases = Phrasebook.For(language).Value;
        var avoid = WordsToAvoid(language);
        string[] denials = ["boundary.verdict", "boundary.receipt"];
        foreach (var key in denials) avoid.ShouldContain(word => Uses(phrases.Text(key), word, language), key);
        phrases.Text("boundary.silence").ShouldNotBeEmpty();
        phrases.Text("boundary.observation").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("en", "This flight is cleared.")]
    [InlineData("en", "Authorised by the office")]
    [InlineData("ru", "Полёт Разрешён.")]
    [InlineData("ru", "утверждено")]
    [InlineData("ar", "الرحلة مُصرَّح بها")]
    [InlineData("ar", "وبالتصريح")]
    public void Phrases_WithAWordToAvoid_AreFound(string language, string text) =>
        WordsToAvoid(language).ShouldContain(word => Uses(text, word, language));

    [Theory]
    [InlineData("en", "unclear")]
    [InlineData("ar", "الموافقة مطلوبة")]
    [InlineData("ru", "требуется согласие")]
    public void Phrases_WithAWordThatMerelyHoldsOne_AreNotFound(string language, string text) =>
        WordsToAvoid(language).ShouldNotContain(word => Uses(text, word, language));

    private static List<string> WordsToAvoid(string language)
    {
        var column = language switch { "en" => 0, "ar" => 1, _ => 2 };
        var words = ProductDocuments.Table(Glossary, "## Words to avoid")
            .SelectMany(row => Quoted().Matches(row[column]).Select(match => match.Groups["word"].Value)).ToList();
        words.Count.ShouldBeGreaterThanOrEqualTo(10);
        return words;
    }

    private static bool Uses(string text, string word, string language)
    {
        var before = string.Equals(language, "ar", StringComparison.Ordinal) ? @"(?<!\p{L})[وف]?[بكل]?(ال|ل)?" : @"(?<!\p{L})";
        return Regex.IsMatch(Plain(text), before + Regex.Escape(Plain(word)), RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    /// <summary>Small letters, without vowel signs, ё as е.</summary>
    private static string Plain(string text) =>
        string.Concat(text.ToLowerInvariant().Replace('ё', 'е')
            .Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark))
            .Normalize(NormalizationForm.FormC);

    [GeneratedRegex("`(?<word>[^`]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Quoted();
}
