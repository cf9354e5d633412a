using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Languages;

/// <summary>Everything that a person reads from the program, in one language, by key. Immutable and thread-safe.</summary>
/// <remarks>
/// The keys are the same in every language and a test holds them so. A verdict is never called a clearance, a receipt
/// never an approval, silence never consent, absence of observation never compliance (BND-3; docs/glossary.md lists the
/// words to avoid, and a test reads them there).
/// </remarks>
public sealed class Phrasebook
{
    /// <summary>The most bytes of one file of phrases.</summary>
    public const int MaximumBytes = 262_144;

    /// <summary>The most phrases of one language.</summary>
    public const int MaximumPhrases = 1_000;

    private const string Format = "tansiq-phrases/1";

    private static readonly FrozenDictionary<string, Lazy<Phrasebook>> BuiltIn =
        Languages.ToFrozenDictionary(language => language, language => new Lazy<Phrasebook>(() => ReadBuiltIn(language)));

    private readonly FrozenDictionary<string, PhraseTemplate> _phrases;

    private Phrasebook(string language, string status, bool isRightToLeft, FrozenDictionary<string, PhraseTemplate> phrases)
    {
        Language = language;
        Status = status;
        IsRightToLeft = isRightToLeft;
        _phrases = phrases;
    }

    /// <summary>The languages that the program speaks, by tag: English, Arabic, Russian.</summary>
    public static ImmutableArray<string> Languages => ["en", "ar", "ru"];

    /// <summary>The language's tag (BCP 47), for example <c>ar</c>.</summary>
    public string Language { get; }

    /// <summary>Who stands for the wording, in words, for example that no native officer has reviewed it yet (AGR-1).</summary>
    public string Status { get; }

    /// <summary>Whether the language is written from right to left.</summary>
    public bool IsRightToLeft { get; }

    /// <summary>All keys.</summary>
    public IEnumerable<string> Keys => _phrases.Keys;

    /// <summary>The phrases of a language that the program speaks; or <c>languages.unknown</c>.</summary>
    /// <param name="language">Its tag.</param>
    public static Parsed<Phrasebook> For(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return BuiltIn.TryGetValue(language, out var phrases)
            ? phrases.Value
            : new Refusal("languages.unknown", "", JsonText.Shorten(language), "one of " + string.Join(", ", Languages));
    }

    /// <summary>Reads a file of phrases.</summary>
    /// <returns>The phrases; or a refusal of its JSON, or of a template (<see cref="PhraseTemplate.Parse"/>), with its pointer.</returns>
    public static Parsed<Phrasebook> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!JsonText.Parse(utf8, MaximumBytes).TryGet(out var root, out var malformed)) return malformed;
        var reading = new JsonReading();
        var cursor = new JsonCursor(root, "", reading);
        _ = cursor["format"].OneOf((Format, true));
        var language = cursor["language"].Identifier();
        var status = cursor["status"].Text(PhraseTemplate.MaximumLength);
        var isRightToLeft = cursor["direction"].OneOf(("left-to-right", false), ("right-to-left", true));
        var phrases = new Dictionary<string, PhraseTemplate>(StringComparer.Ordinal);
        foreach (var (key, value) in cursor["phrases"].Members(MaximumPhrases))
        {
            if (PhraseTemplate.Parse(value.Text(PhraseTemplate.MaximumLength)).TryGet(out var template, out var refusal)) phrases.Add(key, template);
            else value.Refuse(refusal);
        }

        return reading.Refusal is { } first ? first : new Phrasebook(language, status, isRightToLeft, phrases.ToFrozenDictionary());
    }

    /// <summary>Whether there is a phrase of that key.</summary>
    public bool Has(string key) => _phrases.ContainsKey(key);

    /// <summary>The template of that key.</summary>
    /// <exception cref="KeyNotFoundException">There is none: a fault of the caller.</exception>
    public PhraseTemplate Template(string key) =>
        _phrases.TryGetValue(key, out var template) ? template : throw new KeyNotFoundException($"No phrase '{key}' in '{Language}'.");

    /// <summary>The phrase of that key, for phrases that take no values (headings, labels, names).</summary>
    /// <exception cref="KeyNotFoundException">There is none: a fault of the caller.</exception>
    public string Text(string key) => Fill(key, []);

    /// <summary>The phrase of that key with its values put in.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Values as <see cref="ValueText"/> writes them.</param>
    /// <exception cref="KeyNotFoundException">There is no such phrase: a fault of the caller.</exception>
    public string Fill(string key, params IEnumerable<KeyValuePair<string, string>> values) =>
        Template(key).Fill(
            values as IReadOnlyDictionary<string, string> ?? new Dictionary<string, string>(values, StringComparer.Ordinal),
            _phrases.TryGetValue("value.not-stated", out var notStated) ? notStated.FixedText() : "–");

    /// <summary>The name of a term of the domain: a kind of verdict, an effect, a class of aircraft, a role, a category.</summary>
    /// <typeparam name="TTerm">The enumeration; its phrases have the keys <c>term.TYPE.VALUE</c> in kebab case.</typeparam>
    /// <exception cref="KeyNotFoundException">The value is not one of the enumeration's: a fault of the caller.</exception>
    public string Term<TTerm>(TTerm value)
        where TTerm : struct, Enum => Text(TermKey(value));

    /// <summary>The key of a term's name.</summary>
    public static string TermKey<TTerm>(TTerm value)
        where TTerm : struct, Enum => $"term.{Kebab(typeof(TTerm).Name)}.{Kebab(value.ToString())}";

    // A capability keeps its phrases in a file of its own, LANGUAGE.PART.json; no key stands in two.
    private static Phrasebook ReadBuiltIn(string language)
    {
        const string Folder = "Tansiq.Coordination.Languages.";
        var assembly = typeof(Phrasebook).Assembly;
        var parts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder + language + ".", StringComparison.Ordinal))
            .OrderBy(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => ReadPart(assembly, name))
            .ToArray();
        if (parts is not [var first, ..]) throw new InvalidOperationException("No phrases are built in for " + language);
        var phrases = parts.SelectMany(part => part._phrases).ToFrozenDictionary(StringComparer.Ordinal);
        if (phrases.Count != parts.Sum(part => part._phrases.Count)) throw new InvalidOperationException("A phrase stands in two files of " + language);
        return new(first.Language, first.Status, first.IsRightToLeft, phrases);
    }

    private static Phrasebook ReadPart(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException("No phrases are built in under " + name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.ToArray()).Value;
    }

    private static string Kebab(string name) =>
        string.Concat(name.Select((letter, index) =>
            char.IsAsciiLetterUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
