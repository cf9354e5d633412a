using System.Text;
using System.Text.Json;

namespace Tansiq.Feeds.Airspaces;

/// <summary>
/// What a feature of GeoJSON or KML says of itself besides its shape. Names count without case, blanks and marks, so that
/// <c>lowerLimit</c>, <c>lower_limit</c> and <c>LOWER LIMIT</c> are one; of names that become one the first counts.
/// </summary>
internal sealed class AirspaceProperties
{
    /// <summary>The most properties of one feature; what comes after them is passed over.</summary>
    public const int MaximumCount = 1_000;

    private readonly Dictionary<string, Value> _values = [];

    /// <summary>The properties of a JSON object; of objects in it those of one level.</summary>
    public static AirspaceProperties Of(JsonElement properties)
    {
        var read = new AirspaceProperties();
        if (properties.ValueKind != JsonValueKind.Object) return read;
        foreach (var property in properties.EnumerateObject()) read.Add(property.Name, property.Value, isNested: false);
        return read;
    }

    /// <summary>Adds a text; an empty one is none.</summary>
    public void Add(string name, string text)
    {
        if (text.Trim() is { Length: > 0 } trimmed) Add(name, new Value(trimmed, null));
    }

    /// <summary>The value of a name, or null.</summary>
    /// <param name="name">The name in lower case without marks.</param>
    public Value? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>The first text among names, control characters made blanks; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is not { } value) continue;
            if (value.Text is { } text) return Printable(text);
            if (value.Members is { } words && words.InALanguage() is { } word) return Printable(word);
        }

        return null;
    }

    /// <summary>A text with control characters made blanks.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var index = 0; index < span.Length; index++) span[index] = char.IsControl(source[index]) ? ' ' : source[index];
    });

    /// <summary>Words by language (docs/formats/scenario.md): the English ones, else the first.</summary>
    private string? InALanguage() => Find("en")?.Text ?? _values.Values.Select(value => value.Text).FirstOrDefault(text => text is not null);

    private void Add(string name, JsonElement value, bool isNested)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Add(name, value.GetString()!);
                break;
            case JsonValueKind.Number:
                Add(name, value.GetRawText());
                break;
            case JsonValueKind.Object when !isNested:
                var members = new AirspaceProperties();
                foreach (var member in value.EnumerateObject()) members.Add(member.Name, member.Value, isNested: true);
                Add(name, new Value(null, members));
                break;
            default:
                break;
        }
    }

    private void Add(string name, Value value)
    {
        if (_values.Count < MaximumCount) _values.TryAdd(Plain(name), value);
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsLetterOrDigit(character)) plain.Append(char.ToLowerInvariant(character));
        }

        return plain.ToString();
    }

    /// <summary>The value of a property: a text (a number as it is written), or an object.</summary>
    internal readonly record struct Value(string? Text, AirspaceProperties? Members);
}
