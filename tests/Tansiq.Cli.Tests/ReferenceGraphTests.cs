using System.Reflection;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Tansiq.Cli.Tests;

/// <summary>The house stays as docs/architecture.md draws it: who may know whom, and what the pure core may not touch.</summary>
public sealed class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Tansiq.Geo"] = [],
        ["Tansiq.Record"] = [],
        ["Tansiq.Coordination"] = ["Tansiq.Geo", "Tansiq.Record"],
        ["Tansiq.Storage"] = ["Tansiq.Coordination", "Tansiq.Geo", "Tansiq.Record"],
        ["Tansiq.Feeds"] = ["Tansiq.Geo"],
        ["Tansiq.Server"] = ["Tansiq.Coordination", "Tansiq.Geo", "Tansiq.Record", "Tansiq.Storage"],
        ["Tansiq.Cli"] = ["Tansiq.Coordination", "Tansiq.Feeds", "Tansiq.Geo", "Tansiq.Record", "Tansiq.Server", "Tansiq.Storage", "Tansiq.Figures"],
    };

    [Fact]
    public void Projects_ReferenceWhatTheDesignAllows()
    {
        var projects = Directory.GetFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories);
        projects.Select(path => Path.GetFileNameWithoutExtension(path)!).Order().ShouldBe(Allowed.Keys.Order());
        foreach (var project in projects)
        {
            XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .ShouldBeSubsetOf(Allowed[Path.GetFileNameWithoutExtension(project)], project);
        }
    }

    [Theory]
    [InlineData("Tansiq.Geo")]
    [InlineData("Tansiq.Record")]
    [InlineData("Tansiq.Coordination")]
    public void PureCore_CompiledAssembly_ReferencesNoInputOutputNoThreadsNoNetwork(string name)
    {
        var forbidden = new[] { "System.Net.", "System.IO.FileSystem", "System.Diagnostics.Process", "System.Console", "System.Threading.Thread", "Microsoft.Data", "Npgsql" };
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!).ToList();
        references.ShouldContain("System.Runtime");
        references.Where(reference => forbidden.Any(start => reference.StartsWith(start, StringComparison.Ordinal))).ShouldBeEmpty();
        references.Where(reference => reference.StartsWith("Tansiq", StringComparison.Ordinal)).ShouldBeSubsetOf(Allowed[name]);
    }

    [Fact]
    public void PureCore_IsBuiltWithTheBannedSymbols()
    {
        var properties = File.ReadAllText(Repository.Path("Directory.Build.props"));
        properties.ShouldContain("'$(MSBuildProjectName)' == 'Tansiq.Geo' Or '$(MSBuildProjectName)' == 'Tansiq.Record' Or '$(MSBuildProjectName)' == 'Tansiq.Coordination'");
        var banned = File.ReadAllText(Repository.Path("BannedSymbols.txt"));
        foreach (var symbol in new[] { "DateTime.UtcNow", "T:System.Random;", "T:System.IO.File;", "Math.Sin(", "T:NodaTime.SystemClock" }) banned.ShouldContain(symbol);
    }

    [Theory]
    [InlineData("Common")]
    [InlineData("Utils")]
    [InlineData("Helpers")]
    [InlineData("Shared")]
    [InlineData("Manager")]
    public void NoFile_IsNamedAfterNothing(string word) =>
        Directory.GetFiles(Repository.Path("src"), $"*{word}*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).ShouldBeEmpty();
}
