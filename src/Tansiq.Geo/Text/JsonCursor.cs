using System.Globalization;
using System.Text.Json;

namespace Tansiq.Geo.Text;

/// <summary>Keeps the first refusal met while a document is read; what is read after it counts for nothing.</summary>
public sealed class JsonReading
{
    /// <summary>
    /// Whether <see cref="JsonCursor.Only"/> refuses other members. In a document of a fixed format a misspelt member would
    /// silently change what the document says; statements keep and ignore members that they do not know.
    /// </summary>
    public bool RefusesUnknownMembers { get; init; }

    /// <summary>The first refusal, or null while all is well.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether something was refused.</summary>
    public bool IsRefused => Refusal is not null;

    /// <summary>Notes a refusal; only the first is kept.</summary>
    public void Refuse(Refusal refusal) => Refusal ??= refusal;

    /// <summary>Parses a document and reads it from its root.</summary>
    /// <param name="utf8">The document's bytes.</param>
    /// <param name="maximumBytes">The most bytes that are read.</param>
    /// <param name="refusesUnknownMembers">As <see cref="RefusesUnknownMembers"/>.</param>
    /// <param name="read">Reads the root; what it returns counts only if nothing was refused.</param>
    /// <returns>What was read, or the first refusal.</returns>
    public static Parsed<T> Read<T>(ReadOnlyMemory<byte> utf8, int maximumBytes, bool refusesUnknownMembers, Func<JsonCursor, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!JsonText.Parse(utf8, maximumBytes).TryGet(out var root, out var malformed)) return malformed;
        var reading = new JsonReading { RefusesUnknownMembers = refusesUnknownMembers };
        var value = read(new(root, "", reading));
        return reading.Refusal is { } refusal ? refusal : value;
    }
}

/// <summary>
/// A place in a JSON document with its pointer (RFC 6901). Each reading method gives the value, or notes a refusal in the
/// <see cref="JsonReading"/> and gives a stand-in, so that a reader is written straight down and asks once at its end.
/// </summary>
public readonly struct JsonCursor
{
    /// <summary>The most characters of an identifier.</summary>
    public const int MaximumIdentifierLength = 64;

    private readonly JsonElement? _element;
    private readonly JsonReading _reading;
    private readonly JsonPath _path;

    /// <summary>Starts at an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="pointer">Its pointer; empty for the root.</param>
    /// <param name="reading">Where refusals are noted.</param>
    public JsonCursor(JsonElement element, string pointer, JsonReading reading)
        : this((JsonElement?)element, new JsonPath(pointer), reading)
    {
    }

    private JsonCursor(JsonElement? element, JsonPath path, JsonReading reading)
    {
        _element = element;
        _path = path;
        _reading = reading;
    }

    /// <summary>The JSON pointer of this place.</summary>
    public string Pointer => _path.ToString();

    /// <summary>Whether something stands here that is not <c>null</c>.</summary>
    public bool Exists => _element is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined };

    /// <summary>The element; undefined where nothing stands.</summary>
    public JsonElement Element => _element ?? default;

    /// <summary>Where refusals are noted.</summary>
    public JsonReading Reading => _reading;

    /// <summary>The kind of value that stands here.</summary>
    public JsonValueKind Kind => _element?.ValueKind ?? JsonValueKind.Undefined;

    /// <summary>The member of that name; refused later if it is read and does not exist.</summary>
    public JsonCursor this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            var path = new JsonPath(_path, name);
            if (Kind == JsonValueKind.Object && Element.TryGetProperty(name, out var member)) return new(member, path, _reading);
            if (Exists && Kind != JsonValueKind.Object) Refuse("json.wrong-type", "an object");
            return new((JsonElement?)null, path, _reading);
        }
    }

    /// <summary>Notes a refusal at this place, quoting what stands here.</summary>
    public void Refuse(string code, string expected) =>
        _reading.Refuse(new(code, Pointer, Exists ? JsonText.Shorten(Element.GetRawText()) : "nothing", expected));

    /// <summary>Notes a refusal that something read at this place gave.</summary>
    public void Refuse(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        _reading.Refuse(refusal.Where.Length == 0 || refusal.Where.StartsWith('/') ? refusal.Under(Pointer) : refusal.Under(Pointer + " "));
    }

    /// <summary>Notes a refusal that a document named at this place gave; its own place follows this one.</summary>
    public void RefuseNamed(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        _reading.Refuse(refusal.Where.Length == 0 ? refusal.Under(Pointer) : refusal.Under(Pointer + " "));
    }

    /// <summary>Refuses an object that has other members than these, where the reading says so.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        if (!_reading.RefusesUnknownMembers || Kind != JsonValueKind.Object) return;
        foreach (var member in Element.EnumerateObject())
        {
            if (names.Contains(member.Name)) continue;
            this[member.Name].Refuse("json.unknown-member", "only " + string.Join(", ", names.ToArray()));
            return;
        }
    }

    /// <summary>A text of at most <paramref name="maximumLength"/> characters and not empty; "" if refused.</summary>
    public string Text(int maximumLength)
    {
        if (Kind == JsonValueKind.String && Element.GetString() is { Length: > 0 } text && text.Length <= maximumLength) return text;
        Refuse(Exists ? "json.wrong-type" : "json.missing", Invariant($"a text of 1 to {maximumLength} characters"));
        return "";
    }

    /// <summary>An identifier: 1 to 64 of letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c>, <c>/</c>; "" if refused.</summary>
    public string Identifier()
    {
        if (Kind == JsonValueKind.String && Element.GetString() is { } text && IsIdentifier(text)) return text;
        Refuse(Exists ? "json.wrong-type" : "json.missing", "an identifier (1 to 64 of A-Z a-z 0-9 - _ . : /)");
        return "";
    }

    /// <summary>A whole number in a range; the range's start if refused.</summary>
    public long Integer(long minimum, long maximum)
    {
        if (Kind == JsonValueKind.Number && Element.TryGetInt64(out var value) && value >= minimum && value <= maximum) return value;
        Refuse(Exists ? "json.wrong-type" : "json.missing", Invariant($"a whole number from {minimum} to {maximum}"));
        return minimum;
    }

    /// <summary>True or false; false if refused.</summary>
    public bool Boolean()
    {
        if (Kind is JsonValueKind.True or JsonValueKind.False) return Element.GetBoolean();
        Refuse(Exists ? "json.wrong-type" : "json.missing", "true or false");
        return false;
    }

    /// <summary>One of a closed list of words; the default of <typeparamref name="T"/> if refused.</summary>
    public T OneOf<T>(params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (Kind == JsonValueKind.String)
        {
            foreach (var (word, value) in words)
            {
                if (Element.ValueEquals(word)) return value;
            }
        }

        var list = new List<string>();
        foreach (var (word, _) in words) list.Add(word);
        Refuse(Exists ? "json.unknown-word" : "json.missing", "one of " + string.Join(", ", list));
        return default!;
    }

    /// <summary>The items of an array of at most <paramref name="maximumCount"/>; none if refused.</summary>
    public IReadOnlyList<JsonCursor> Items(int maximumCount)
    {
        if (Kind != JsonValueKind.Array || Element.GetArrayLength() > maximumCount)
        {
            Refuse(Exists ? Kind == JsonValueKind.Array ? "json.too-many" : "json.wrong-type" : "json.missing", Invariant($"an array of at most {maximumCount}"));
            return [];
        }

        var items = new List<JsonCursor>(Element.GetArrayLength());
        foreach (var item in Element.EnumerateArray()) items.Add(new(item, new JsonPath(_path, items.Count), _reading));
        return items;
    }

    /// <summary>The items of an array of 1 to <paramref name="maximumCount"/>; none if refused.</summary>
    public IReadOnlyList<JsonCursor> ItemsAtLeastOne(int maximumCount)
    {
        var items = Items(maximumCount);
        if (items.Count == 0) Refuse("json.too-few", Invariant($"an array of 1 to {maximumCount}"));
        return items;
    }

    /// <summary>The members of an object of at most <paramref name="maximumCount"/>, in order; none if refused.</summary>
    public IReadOnlyList<(string Name, JsonCursor Value)> Members(int maximumCount)
    {
        if (Kind != JsonValueKind.Object || Element.GetPropertyCount() > maximumCount)
        {
            Refuse(Exists ? "json.wrong-type" : "json.missing", Invariant($"an object of at most {maximumCount} members"));
            return [];
        }

        var members = new List<(string, JsonCursor)>();
        foreach (var member in Element.EnumerateObject()) members.Add((member.Name, this[member.Name]));
        return members;
    }

    /// <summary>Whether a text is an identifier: 1 to 64 of letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c>, <c>/</c>.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaximumIdentifierLength) return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.' or ':' or '/')) return false;
        }

        return true;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
