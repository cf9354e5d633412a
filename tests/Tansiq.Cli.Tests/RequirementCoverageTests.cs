using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tansiq.Cli.Tests;

/// <summary>docs/coverage.md says which tests show which requirement; it is made from the tests themselves.</summary>
public sealed class RequirementCoverageTests
{
    [Fact]
    public void CoverageList_MatchesTheTests()
    {
        var list = Repository.Path("docs/coverage.md");
        var expected = Render();
        if (Environment.GetEnvironmentVariable("TANSIQ_UPDATE_DOCS") == "1") File.WriteAllText(list, expected);
        File.ReadAllText(list).ShouldBe(expected, "docs/coverage.md is stale: run the tests once with TANSIQ_UPDATE_DOCS=1");
    }

    private static string Render()
    {
        var text = new StringBuilder("# Which tests show which requirement\n\nMade from the `Requirement` traits of the tests; a test holds it. What is not listed is not built yet.\n\n| requirement | shown by |\n|---|---|\n");
        foreach (var group in Cited().Distinct().GroupBy(cited => cited.Id).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("| ").Append(group.Key).Append(" | ")
                .AppendJoin(", ", group.Select(cited => cited.Tests).Order(StringComparer.Ordinal).Select(tests => $"`{tests}`")).Append(" |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Id, string Tests)> Cited()
    {
        var cited = new Regex("Trait\\(\"Requirement\", \"(?<id>[A-Z]{3}-[0-9]+)\"\\)", RegexOptions.None, TimeSpan.FromSeconds(1));
        foreach (var file in Directory.GetFiles(Repository.Path("tests"), "*Tests.cs", SearchOption.AllDirectories))
        {
            if (file.Contains("/obj/", StringComparison.Ordinal)) continue;
            foreach (Match match in cited.Matches(File.ReadAllText(file))) yield return (match.Groups["id"].Value, Path.GetFileNameWithoutExtension(file));
        }
    }
}
