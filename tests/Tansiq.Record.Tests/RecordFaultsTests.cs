using System.Reflection;
using System.Text.RegularExpressions;

namespace Tansiq.Record.Tests;

/// <summary>Codes are stable because they are written down: each stands in the list, and the list has nothing else.</summary>
[Trait("Requirement", "REC-3")]
public partial class RecordFaultsTests
{
    [Fact]
    public void Documentation_OfFaults_ListsEveryCodeAndNoOther()
    {
        var codes = typeof(RecordFaults).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var text = File.ReadAllText(Path.Combine(PublishedVectors.RepositoryRoot.FullName, "docs", "formats", "record-faults.md"));
        Listed().Matches(text).Select(match => match.Groups["code"].Value).ShouldBe(codes, ignoreOrder: true);
    }

    [GeneratedRegex(@"^\| `(?<code>record\.[a-z-]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listed();
}
