using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tansiq.Cli.Tests;

/// <summary>The commands that documents show do what they say beside them.</summary>
public sealed class DocumentExampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-examples-").FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/administrators.md")]
    public void Commands_EndWithTheExitCodesThatTheyName(string document)
    {
        var example = new Regex(@"^\./run (?<arguments>.+?)\s+# exit (?<code>\d)", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        var examples = example.Matches(File.ReadAllText(Repository.Path(document)));
        examples.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (Match match in examples)
        {
            var arguments = match.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(InPlace).ToArray();
            using var output = new StringWriter();
            using var error = new StringWriter();
            CommandLine.Run(arguments, output, error).ToString().ShouldBe(match.Groups["code"].Value, match.Value + "\n" + error);
            output.ToString().ShouldNotBeEmpty(match.Value);
            output.ToString().ShouldNotContain("value.not-stated");
        }
    }

    [Fact]
    public void DocumentLinks_LeadToFiles()
    {
        var link = new Regex(@"\]\((?<target>[^)#:]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var documents = Directory.GetFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.Path("README.md"));
        var broken = documents.SelectMany(document => link.Matches(File.ReadAllText(document))
            .Select(match => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, match.Groups["target"].Value)))
            .Where(target => !Path.Exists(target))
            .Select(target => $"{Path.GetFileName(document)}: {target}"));
        broken.ShouldBeEmpty();
    }

    private string InPlace(string argument) =>
        argument.StartsWith("scenarios/", StringComparison.Ordinal) ? Repository.Path(argument) : (argument + "/").Replace("artifacts/", _folder + "/", StringComparison.Ordinal)[..^1];
}
