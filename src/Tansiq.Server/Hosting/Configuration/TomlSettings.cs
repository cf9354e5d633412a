using System.Globalization;
using Tansiq.Geo.Text;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Tansiq.Server.Hosting.Configuration;

/// <summary>
/// The settings of a TOML file by table and name, each taken once: what is left over at the end was unknown. The first refusal counts, with its line; what is read after
/// it counts for nothing.
/// </summary>
internal sealed class TomlSettings
{
    /// <summary>The most characters of a file.</summary>
    public const int MaximumCharacters = 65_536;

    private const int MaximumSettings = 1_000;
    private readonly Dictionary<string, TomlTable> _tables = new(StringComparer.Ordinal);
    private readonly List<(string Name, TomlTable Table)> _repeated = [];
    private readonly HashSet<string> _repeatedTaken = new(StringComparer.Ordinal);

    private TomlSettings()
    {
    }

    /// <summary>The first refusal.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Reads a file; or <c>config.not-toml</c>, <c>config.too-large</c>.</summary>
    public static Parsed<TomlSettings> Read(string text)
    {
        if (text.Length > MaximumCharacters) return new Refusal("config.too-large", "", "more characters", FormattableString.Invariant($"at most {MaximumCharacters}"));
        var document = SyntaxParser.Parse(text, sourceName: null, validate: true);
        if (document.HasErrors)
        {
            var first = document.Diagnostics.First(message => message.Kind == DiagnosticMessageKind.Error);
            return new Refusal("config.not-toml", Line(first.Span), JsonText.Shorten(first.Message), "TOML");
        }

        var settings = new TomlSettings();
        settings._tables[""] = new(settings, "line 1", document.KeyValues);
        foreach (var table in document.Tables)
        {
            var (name, read) = (Name(table.Name), new TomlTable(settings, Line(table.Span), table.Items));
            if (table is TableArraySyntax) settings._repeated.Add((name, read));
            else settings._tables[name] = read;
        }

        return settings._tables.Values.Sum(each => each.Count) + settings._repeated.Sum(each => each.Table.Count) <= MaximumSettings
            ? settings
            : new Refusal("config.too-large", "", "more settings", FormattableString.Invariant($"at most {MaximumSettings}"));
    }

    /// <summary>A table; an empty one where it is not there.</summary>
    public TomlTable Table(string name) => _tables.TryGetValue(name, out var table) ? table.Taken() : new(this, "", null);

    /// <summary>Whether a table is there.</summary>
    public bool Has(string name) => _tables.ContainsKey(name);

    /// <summary>The tables of a name that may stand more than once (<c>[[peer]]</c>).</summary>
    public IEnumerable<TomlTable> Tables(string name)
    {
        _repeatedTaken.Add(name);
        return _repeated.Where(each => each.Name == name).Select(each => each.Table.Taken());
    }

    /// <summary>Refuses the first setting or table that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var (name, table) in _tables.Select(each => (each.Key, each.Value)).Concat(_repeated.Select(each => (each.Name, each.Table))))
        {
            if (!table.IsTaken && table.Count + name.Length > 0) Refuse(table.Where, "config.unknown-setting", $"[{name}]", "a table of this format");
            table.RefuseUnknown(name);
        }
    }

    /// <summary>Keeps a refusal if it is the first.</summary>
    public void Refuse(string where, string code, string found, string expected) => Refusal ??= new(code, where, JsonText.Shorten(found), expected);

    internal static string Line(SourceSpan span) => string.Create(CultureInfo.InvariantCulture, $"line {span.Start.Line + 1}");

    internal static string Name(KeySyntax? key) => key?.ToString().Trim() ?? "";
}

/// <summary>One table of settings.</summary>
/// <param name="settings">The file.</param>
/// <param name="where">Where it begins.</param>
/// <param name="items">Its settings; null where it is not there.</param>
internal sealed class TomlTable(TomlSettings settings, string where, SyntaxList<KeyValueSyntax>? items)
{
    private readonly Dictionary<string, KeyValueSyntax> _items = (items ?? Enumerable.Empty<KeyValueSyntax>()).ToDictionary(item => TomlSettings.Name(item.Key), StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Where it begins.</summary>
    public string Where => where;

    /// <summary>How many settings it has.</summary>
    public int Count => _items.Count;

    /// <summary>Whether somebody asked for it.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>A text that has to be there.</summary>
    public string Text(string name, string expected) => OptionalText(name, expected) ?? Missing(name, expected);

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name, string expected)
    {
        if (Find(name) is not { } item) return null;
        if (item.Value is StringValueSyntax { Value: { Length: > 0 } text }) return text;
        Refuse(name, item.Value?.ToString() ?? "", expected);
        return null;
    }

    /// <summary>A list of texts; none where it is not there.</summary>
    public IReadOnlyList<string> Texts(string name, int maximum, string expected)
    {
        if (Find(name) is not { } item) return [];
        if (item.Value is ArraySyntax array && array.Items.ChildrenCount <= maximum)
        {
            var texts = array.Items.Select(each => (each.Value as StringValueSyntax)?.Value ?? "").ToList();
            if (texts.TrueForAll(text => text.Length > 0)) return texts;
        }

        Refuse(name, item.Value?.ToString() ?? "", expected);
        return [];
    }

    /// <summary>A whole number within bounds; the default where it is not there.</summary>
    public long Integer(string name, long least, long greatest, long byDefault)
    {
        if (Find(name) is not { } item) return byDefault;
        if (item.Value is IntegerValueSyntax { Value: var number } && number >= least && number <= greatest) return number;
        Refuse(name, item.Value?.ToString() ?? "", FormattableString.Invariant($"a whole number from {least} to {greatest}"));
        return byDefault;
    }

    /// <summary>Refuses the value of a setting.</summary>
    public void Refuse(string name, string found, string expected) => Refuse(name, "config.wrong-value", found, expected);

    /// <summary>Refuses the value of a setting by a code of its own.</summary>
    public void Refuse(string name, string code, string found, string expected) => settings.Refuse($"{WhereIs(name)} {name}", code, found, expected);

    internal TomlTable Taken()
    {
        IsTaken = true;
        return this;
    }

    internal void RefuseUnknown(string table)
    {
        foreach (var (name, _) in _items.Where(item => IsTaken && !_asked.Contains(item.Key)))
            settings.Refuse(WhereIs(name), "config.unknown-setting", name, table.Length == 0 ? "a table first" : $"a setting of [{table}]: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
    }

    private KeyValueSyntax? Find(string name)
    {
        _asked.Add(name);
        return _items.GetValueOrDefault(name);
    }

    private string Missing(string name, string expected)
    {
        if (!_items.ContainsKey(name)) settings.Refuse(where.Length == 0 ? name : $"{where} {name}", "config.missing", "nothing", expected);
        return "";
    }

    private string WhereIs(string name) => _items.TryGetValue(name, out var item) ? TomlSettings.Line(item.Span) : where;
}
