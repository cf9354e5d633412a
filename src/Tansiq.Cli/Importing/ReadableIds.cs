using System.Globalization;
using System.Text;

namespace Tansiq.Cli.Importing;

/// <summary>Gives identifiers made from names: the same for the same names in the same order, each once.</summary>
internal sealed class ReadableIds
{
    // Leaves room for a dash and a number within the 64 characters of an identifier.
    private const int MaximumSlugLength = 56;

    private readonly HashSet<string> _used = [];
    private readonly Dictionary<string, int> _lastNumbers = [];

    /// <summary>The name in lower case, what is neither a to z nor a digit made to dashes; a number behind it if it was given before.</summary>
    /// <param name="name">The name.</param>
    /// <param name="otherwise">The identifier of a name in which nothing can stand in one.</param>
    public string Next(string name, string otherwise)
    {
        var slug = Slug(name) is { Length: > 0 } readable ? readable : otherwise;
        var (id, number) = (slug, _lastNumbers.GetValueOrDefault(slug, 1));
        while (!_used.Add(id)) id = string.Create(CultureInfo.InvariantCulture, $"{slug}-{++number}");
        _lastNumbers[slug] = number;
        return id;
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in name)
        {
            if (slug.Length == MaximumSlugLength) break;
            if (char.IsAsciiLetterOrDigit(character)) slug.Append(char.ToLowerInvariant(character));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }
}
