using System.Globalization;
using System.Text;

namespace Tansiq.Feeds.Positions.Merging;

/// <summary>Short names by which positions say which source they are from, each once.</summary>
internal static class SourceNames
{
    /// <summary>The most characters of a name.</summary>
    public const int MaximumLength = 24;

    /// <summary>
    /// The last part of each path, up to its first point, in lower case, what is neither letter nor digit as <c>-</c>; a
    /// number is put after a name that was given to a source before.
    /// </summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> paths)
    {
        var names = new List<string>();
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var plain = Plain(path);
            var name = plain;
            for (var number = 2; !given.Add(name); number++)
            {
                var ending = "-" + number.ToString(CultureInfo.InvariantCulture);
                name = plain[..Math.Min(plain.Length, MaximumLength - ending.Length)] + ending;
            }

            names.Add(name);
        }

        return names;
    }

    private static string Plain(string path)
    {
        var file = path.TrimEnd('/', '\\');
        file = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        var point = file.IndexOf('.', StringComparison.Ordinal);
        if (point > 0) file = file[..point];
        var plain = new StringBuilder();
        foreach (var character in file)
        {
            if (plain.Length == MaximumLength) break;
            plain.Append(char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-');
        }

        return plain.Length == 0 ? "source" : plain.ToString();
    }
}
