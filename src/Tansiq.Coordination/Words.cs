using System.Collections.Immutable;

namespace Tansiq.Coordination;

/// <summary>One text in several languages, by language tag (<c>en</c>, <c>ar</c>, <c>ru</c>); all are equally authentic.</summary>
public sealed class Words
{
    /// <summary>The most characters of one text.</summary>
    public const int MaximumLength = 4_000;

    /// <summary>Creates a text from its languages.</summary>
    /// <param name="byLanguage">The texts by language tag.</param>
    public Words(ImmutableSortedDictionary<string, string> byLanguage) => ByLanguage = byLanguage;

    /// <summary>The texts by language tag.</summary>
    public ImmutableSortedDictionary<string, string> ByLanguage { get; }

    /// <summary>The text in a language; in English, or the first there is, where that language is missing.</summary>
    public string In(string language)
    {
        if (ByLanguage.TryGetValue(language, out var text) || ByLanguage.TryGetValue("en", out text)) return text;
        foreach (var any in ByLanguage.Values) return any;
        return "";
    }
}
