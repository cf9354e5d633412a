using System.Text.RegularExpressions;

namespace Tansiq.Coordination.Tests;

/// <summary>Codes are stable because they are written down: what a reader refuses with stands in the list, and the list has nothing else.</summary>
public partial class RefusalCodesTests
{
    [Fact]
    public void Documentation_OfRefusals_ListsEveryCodeOfTheReaders()
    {
        var listed = Codes(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "formats", "refusals.md")), Listed());
        var quoted = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Codes(File.ReadAllText(path), Quoted()))
            .ToHashSet();
        quoted.ShouldContain("agreements.exemption-cycle");
        var reading = quoted.Where(code => ReadingOnly().IsMatch(code)).ToHashSet();
        reading.Except(listed).ShouldBeEmpty();
        // The codes of outlines are put together from two parts, so only the second stands in quotation marks.
        listed.Where(code => !code.StartsWith("geo.outline-", StringComparison.Ordinal)).Except(quoted).ShouldBeEmpty();
    }

    private static HashSet<string> Codes(string text, Regex pattern) => [.. pattern.Matches(text).Select(match => match.Groups["code"].Value)];

    [GeneratedRegex("`(?<code>(geo|geojson|json|text|statement|parties|agreements|flights|scenario)\\.[a-z0-9]+(-[a-z0-9]+)*)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listed();

    [GeneratedRegex("\"(?<code>(geo|geojson|json|text|statement|parties|agreements|flights|scenario)\\.[a-z0-9]+(-[a-z0-9]+)*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Quoted();

    // Codes of whole areas that only readers use; the others are also used by admission.
    [GeneratedRegex("^(json|geojson|statement(?!\\.key$)|scenario(?!\\.json))\\.", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ReadingOnly();
}
