using System.Collections.Immutable;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Languages;

namespace Tansiq.Cli.Reporting;

/// <summary>Says something in one language of a report.</summary>
internal delegate string Wording(ReportLanguage language);

/// <summary>One language of a report.</summary>
/// <param name="Phrases">Its words.</param>
/// <param name="Names">Names, numbers, times and places in it.</param>
internal sealed record ReportLanguage(Phrasebook Phrases, NameText Names)
{
    /// <summary>Its tag, for example <c>ar</c>.</summary>
    public string Tag => Phrases.Language;

    /// <summary>Its direction as HTML names it.</summary>
    public string Direction => Phrases.IsRightToLeft ? "rtl" : "ltr";
}

/// <summary>Every language that a report speaks, the one that it opens in, and all that it says, each text once.</summary>
internal sealed class ReportLanguages
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<ImmutableArray<string>> _texts = [];

    /// <summary>The languages of the program with the names of a scenario.</summary>
    public ReportLanguages(Scenario scenario, string opensIn)
    {
        All = [.. Phrasebook.Languages.Select(tag => new ReportLanguage(Languages.Phrases(tag), Languages.Sentences(scenario, tag).Names))];
        OpensIn = All.Single(language => language.Tag == opensIn);
    }

    /// <summary>All languages, in the order of the switch.</summary>
    public ImmutableArray<ReportLanguage> All { get; }

    /// <summary>The language that is shown where no script runs.</summary>
    public ReportLanguage OpensIn { get; }

    /// <summary>The texts said so far, by number; of each the languages in the order of <see cref="All"/>.</summary>
    public IReadOnlyList<ImmutableArray<string>> Texts => _texts;

    /// <summary>Takes a text, once however often it is said.</summary>
    /// <returns>The text where the report opens; its number, or null where it reads the same in every language.</returns>
    public (string Text, int? Number) Say(Wording wording)
    {
        var texts = All.Select(language => wording(language)).ToImmutableArray();
        var shown = texts[All.IndexOf(OpensIn)];
        if (texts.All(text => text == texts[0])) return (shown, null);
        var key = string.Join('\0', texts);
        if (_numbers.TryGetValue(key, out var number)) return (shown, number);
        number = _texts.Count;
        _numbers.Add(key, number);
        _texts.Add(texts);
        return (shown, number);
    }
}
