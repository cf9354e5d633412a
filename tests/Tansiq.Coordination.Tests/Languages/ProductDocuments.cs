using System.Text.RegularExpressions;

namespace Tansiq.Coordination.Tests.Languages;

/// <summary>The product's own documents, read where they stand in the repository.</summary>
internal static partial class ProductDocuments
{
    /// <summary>The rows of a table of a document, cell by cell, without its heading.</summary>
    /// <param name="path">Path from the root of the repository.</param>
    /// <param name="section">The heading under which it stands, for example <c>## Reasons</c>.</param>
    public static IReadOnlyList<string[]> Table(string path, string section)
    {
        var lines = File.ReadAllLines(Path.Combine(Root, path));
        return lines
            .SkipWhile(line => !string.Equals(line, section, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
    }

    /// <summary>Every code of a reason that docs/formats/verdicts.md names, in its table and in the text below it.</summary>
    public static IReadOnlyList<string> ReasonCodes()
    {
        var inTable = Table("docs/formats/verdicts.md", "## Reasons").Select(row => row[0].Trim('`'));
        var text = File.ReadAllText(Path.Combine(Root, "docs/formats/verdicts.md"));
        var inText = ReasonCode().Matches(text).Select(match => match.Groups["code"].Value);
        return inTable.Union(inText, StringComparer.Ordinal).ToList();
    }

    private static string Root
    {
        get
        {
            var directory = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(directory, "Tansiq.slnx")))
                directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("Not within the repository.");
            return directory;
        }
    }

    [GeneratedRegex("`(?<code>(stand-down|prior-notice|joint-consent|separation|protection|clause|agreement|flight)\\.[a-z-]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ReasonCode();
}
