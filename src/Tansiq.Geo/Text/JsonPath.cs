using System.Globalization;

namespace Tansiq.Geo.Text;

/// <summary>The way to a place in a JSON document, written out as a JSON pointer (RFC 6901) only where something is refused.</summary>
internal sealed class JsonPath
{
    private readonly JsonPath? _holder;
    private readonly string? _name;
    private readonly int _index;

    /// <summary>Where reading starts.</summary>
    /// <param name="pointer">Its pointer; empty for the root.</param>
    public JsonPath(string pointer) => _name = pointer;

    /// <summary>A member of an object.</summary>
    public JsonPath(JsonPath holder, string name) => (_holder, _name) = (holder, name);

    /// <summary>An item of an array.</summary>
    public JsonPath(JsonPath holder, int index) => (_holder, _index) = (holder, index);

    /// <summary>The pointer; names in it are shortened, because it goes into one line of a refusal.</summary>
    public override string ToString()
    {
        if (_holder is null) return _name!;
        return _name is null ? string.Create(CultureInfo.InvariantCulture, $"{_holder}/{_index}") : $"{_holder}/{Escape(_name)}";
    }

    private static string Escape(string name) =>
        JsonText.Shorten(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
