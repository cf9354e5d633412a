using System.Reflection;
using System.Text.RegularExpressions;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Tests;

/// <summary>Holds the boundary over every schema: nothing has a member for what is to be attacked, how, or whom.</summary>
public partial class BoundaryVocabularyTests
{
    private static readonly HashSet<string> Forbidden =
    [
        "aim", "aimpoint", "weapon", "weapons", "munition", "munitions", "ordnance", "warhead", "bomb", "damage", "collateral", "yield",
        "priority", "rank", "target", "targets", "person", "persons", "individual", "casualty", "casualties", "kill", "strike",
    ];

    [Fact]
    [Trait("Requirement", "BND-1")]
    public void Types_OfStatements_HaveNoMemberForAnAttack()
    {
        var names = typeof(Statement).Assembly.GetTypes()
            .Where(type => type.IsPublic || type.IsNestedPublic)
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(member => member is PropertyInfo or FieldInfo)
            .Select(member => member.Name)
            .ToHashSet();
        names.ShouldContain("Volumes");
        names.Where(IsForbidden).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "BND-1")]
    public void Texts_ReadAndWritten_HaveNoMemberForAnAttack()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => ReadsOrWrites().IsMatch(Path.GetFileName(path)))
            .Select(File.ReadAllText)
            .ToList();
        var names = sources.SelectMany(text => QuotedWord().Matches(text)).Select(match => match.Groups["word"].Value).ToHashSet();
        // The scan would be worth nothing if it did not see the members that are there.
        names.IsSupersetOf(["volumes", "outline", "radiusMetres", "answerBy", "cites", "uncertaintyMetres", "gained", "consentOf"]).ShouldBeTrue();
        names.Where(IsForbidden).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("aimPoint", true)]
    [InlineData("TargetId", true)]
    [InlineData("weapon", true)]
    [InlineData("claims", false)]
    [InlineData("personnel-recovery", false)]
    public void IsForbidden_TellsWordsApart(string name, bool expected) => IsForbidden(name).ShouldBe(expected);

    private static bool IsForbidden(string name) =>
        WordsOf().Matches(name).Any(word => Forbidden.Contains(word.Value.ToLowerInvariant()));

    [GeneratedRegex("(Reader|Reading|Writer|Recorder|Geometry|Cursor)\\.cs$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ReadsOrWrites();

    [GeneratedRegex("\"(?<word>[A-Za-z][A-Za-z0-9-]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex QuotedWord();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex WordsOf();
}
