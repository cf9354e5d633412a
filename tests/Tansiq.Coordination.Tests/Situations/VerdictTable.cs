using System.Collections.Frozen;
using System.Globalization;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>The two tables of docs/formats/verdicts.md, read from the page itself.</summary>
internal static class VerdictTable
{
    private static readonly FrozenDictionary<string, ReasonEffect> EffectsByWord = new Dictionary<string, ReasonEffect>
    {
        ["refuses"] = ReasonEffect.Refuses,
        ["leaves unclear"] = ReasonEffect.LeavesUnclear,
        ["unclear"] = ReasonEffect.LeavesUnclear,
        ["asks consent"] = ReasonEffect.Asks,
        ["does not object"] = ReasonEffect.DoesNotObject,
        ["notes"] = ReasonEffect.Notes,
        ["notes, or no reason"] = ReasonEffect.Notes,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, VerdictKind> KindsByWord = new Dictionary<string, VerdictKind>
    {
        ["refused"] = VerdictKind.Refused,
        ["unclear"] = VerdictKind.Unclear,
        ["needs consent"] = VerdictKind.NeedsConsent,
        ["no objection on record"] = VerdictKind.NoObjection,
        ["not covered"] = VerdictKind.NotCovered,
    }.ToFrozenDictionary();

    private static readonly string[][] Rows = [.. TableRows()];

    /// <summary>The verdict by the strongest effect, strongest first, and the exit code of <c>tansiq decide</c>.</summary>
    public static IReadOnlyList<(ReasonEffect Effect, VerdictKind Kind, int ExitCode)> Precedence { get; } =
        [.. Rows.Where(row => row.Length == 3 && EffectsByWord.ContainsKey(row[0]))
            .Select(row => (EffectsByWord[row[0]], KindsByWord[row[1]], int.Parse(row[2], CultureInfo.InvariantCulture)))];

    /// <summary>The effect of each reason by its code.</summary>
    public static FrozenDictionary<string, ReasonEffect> Effects { get; } =
        Rows.Where(row => row.Length == 3 && row[0].StartsWith('`'))
            .ToFrozenDictionary(row => row[0].Trim('`'), row => EffectsByWord[row[1].Split('(')[0].Trim()]);

    /// <summary>Fails where a verdict does not follow the tables.</summary>
    public static void ShouldAllow(Situation situation, Verdict verdict)
    {
        foreach (var reason in verdict.Reasons)
        {
            Effects.ShouldContainKey(reason.Code, "docs/formats/verdicts.md does not know the reason");
            reason.Effect.ShouldBe(IsNotifyOnly(situation, reason) ? Capped(Effects[reason.Code]) : Effects[reason.Code], reason.Code);
        }

        verdict.Kind.ShouldBe(KindOf(verdict.Reasons.Select(reason => reason.Effect)));
        verdict.ConsentOf.SetEquals(verdict.Reasons.Where(reason => reason.Effect == ReasonEffect.Asks).SelectMany(reason => reason.Parties)).ShouldBeTrue();
        verdict.Reasons.Select(reason => reason.Effect).ShouldBeInOrder(SortDirection.Descending);
    }

    /// <summary>What the first table says of some effects.</summary>
    public static VerdictKind KindOf(IEnumerable<ReasonEffect> effects)
    {
        var present = effects.ToHashSet();
        return Precedence.FirstOrDefault(row => present.Contains(row.Effect), Precedence[^1]).Kind;
    }

    private static bool IsNotifyOnly(Situation situation, Reason reason) =>
        situation.Agreements.SelectMany(each => each.Agreement.Clauses).Any(clause => clause.Id == reason.Clause && clause.Mode == ClauseMode.Notify);

    private static ReasonEffect Capped(ReasonEffect effect) => effect > ReasonEffect.DoesNotObject ? ReasonEffect.DoesNotObject : effect;

    private static IEnumerable<string[]> TableRows() =>
        from line in File.ReadLines(Repository.PathOf("docs/formats/verdicts.md"))
        where line.StartsWith('|')
        select line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
}

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    public static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tansiq.slnx"))) return Path.Combine(folder.FullName, relative);
        }

        throw new InvalidOperationException("Tansiq.slnx is not above the tests.");
    }
}
