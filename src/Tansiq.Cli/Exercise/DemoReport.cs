using Tansiq.Cli.Replaying;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;

namespace Tansiq.Cli.Exercise;

/// <summary>Shows a scenario to a person at a terminal: its verdicts, its exercise traffic, and what to try next.</summary>
internal sealed class DemoReport(TextWriter output, Phrasebook phrases, SentenceWriter sentences)
{
    /// <summary>The most differences that are shown.</summary>
    public const int MaximumDifferences = 25;

    /// <summary>The most changes of verdicts that are shown.</summary>
    public const int MaximumChanges = 3;

    private static readonly VerdictKind[] Kinds =
        [VerdictKind.Refused, VerdictKind.NeedsConsent, VerdictKind.Unclear, VerdictKind.NotCovered, VerdictKind.NoObjection];

    private readonly NameText _names = sentences.Names;

    /// <summary>Writes the whole report.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="folder">Where it was read from.</param>
    /// <param name="program">How the program is called in what to try next.</param>
    /// <returns>Whether every verdict is as it was expected.</returns>
    public bool Write(Scenario scenario, string folder, string program)
    {
        var record = new ScenarioRecord(scenario, followsStandingVerdicts: true);
        var decided = scenario.Expected.Select(expected => (Expected: expected, Verdict: record.Decide(expected))).ToList();
        output.WriteLine(phrases.Text(scenario.Founding.Kind == RecordKind.Exercise ? "banner.exercise" : "banner.real"));
        output.WriteLine(phrases.Fill("demo.heading", KeyValuePair.Create("title", scenario.Founding.Title.In(phrases.Language))));
        Line("demo.loaded", _names.Values.Identifier(ExitCode.OneLine(folder)));
        output.WriteLine();
        var isAsExpected = WriteVerdicts(scenario, decided);
        output.WriteLine();
        WriteChanges(record);
        output.WriteLine();
        WriteTraffic(record);
        output.WriteLine();
        if (decided.FirstOrDefault() is { Expected: { } first }) WriteNext(first.Notice.Value, folder, program);
        if (!string.Equals(phrases.Status, "authentic", StringComparison.Ordinal) && phrases.Language != "en") output.WriteLine(phrases.Text("banner.machine-translation"));
        return isAsExpected;
    }

    private bool WriteVerdicts(Scenario scenario, List<(ExpectedVerdict Expected, Verdict Verdict)> decided)
    {
        var different = decided.Where(pair => ScenarioRecord.Differences(pair.Expected, pair.Verdict).Any()).ToList();
        Line("demo.notices", _names.Values.Count(scenario.Notices.Count));
        Line("demo.as-expected", _names.Values.Count(decided.Count - different.Count));
        Line("demo.different", _names.Values.Count(different.Count));
        foreach (var (expected, verdict) in different.Take(MaximumDifferences)) output.WriteLine("- " + Difference(expected, verdict));
        var counts = Kinds.Select(kind => LabelledLine(phrases.Term(kind), _names.Values.Count(decided.Count(pair => pair.Verdict.Kind == kind))));
        Line("demo.by-verdict", _names.Values.List(counts));
        Heading("demo.examples");
        foreach (var kind in Kinds)
        {
            var alike = decided.Where(pair => pair.Verdict.Kind == kind).OrderBy(pair => MainReason(pair.Verdict) is { Area: not null } ? 0 : 1);
            if (alike.FirstOrDefault() is { Verdict: { } verdict } example) output.WriteLine("- " + Example(example.Expected, verdict));
        }

        output.WriteLine(phrases.Text("boundary.verdict"));
        return different.Count == 0;
    }

    /// <summary>Standing notices whose verdict a later statement changed, not only in its reasons (FLT-2).</summary>
    private void WriteChanges(ScenarioRecord record)
    {
        var changes = record.Changes.Where(change => change is { Before: { } before, Cause: not null } && before.Kind != change.After.Kind).ToList();
        Line("demo.changes", _names.Values.Count(changes.Count));
        foreach (var change in changes.Take(MaximumChanges))
        {
            output.WriteLine("- " + phrases.Fill(
                "demo.change",
                KeyValuePair.Create("notice", _names.Values.Identifier(change.Flight.Id.Value)),
                KeyValuePair.Create("before", phrases.Term(change.Before!.Kind)),
                KeyValuePair.Create("after", phrases.Term(change.After.Kind)),
                KeyValuePair.Create("cause", _names.Values.Identifier(change.Cause!.Id.Value))));
        }
    }

    private string Example(ExpectedVerdict expected, Verdict verdict) => phrases.Fill(
        "demo.example",
        KeyValuePair.Create("notice", _names.Values.Identifier(expected.Notice.Value)),
        KeyValuePair.Create("verdict", phrases.Term(verdict.Kind)),
        KeyValuePair.Create("sentence", MainReason(verdict) is { } reason ? sentences.Sentence(reason) : phrases.Text("decide.no-reasons")));

    /// <summary>A reason that decided the verdict: of those one that names an area, which shows more than another.</summary>
    private static Reason? MainReason(Verdict verdict) =>
        verdict.Reasons.FirstOrDefault(reason => reason.Area is not null && reason.Effect == verdict.Reasons[0].Effect) ?? verdict.Reasons.FirstOrDefault();

    private string Difference(ExpectedVerdict expected, Verdict verdict) => phrases.Fill(
        "demo.difference",
        KeyValuePair.Create("notice", _names.Values.Identifier(expected.Notice.Value)),
        KeyValuePair.Create("expected", Brief(expected.Verdict, expected.Reasons)),
        KeyValuePair.Create("found", Brief(verdict.Kind, verdict.Reasons.Select(reason => reason.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))));

    private string Brief(VerdictKind kind, IEnumerable<string> codes) => _names.Values.List([phrases.Term(kind), .. codes.Select(_names.Values.Identifier)]);

    private void WriteTraffic(ScenarioRecord record)
    {
        if (record.Scenario.Traffic is not { } plan)
        {
            output.WriteLine(phrases.Text("demo.no-traffic"));
            return;
        }

        Heading("demo.traffic");
        var (events, summary) = ExerciseReplay.Run(record, plan);
        var text = new ReplayText(output, phrases, _names);
        foreach (var happened in events.DistinctBy(each => each.Kind)) text.Write(happened);
        text.Write(summary);
    }

    private void WriteNext(string notice, string folder, string program)
    {
        var otherLanguage = phrases.Language == "ru" ? "ar" : "ru";
        Heading("demo.next");
        void Next(string label, string command) => output.WriteLine("- " + LabelledLine(phrases.Text(label), _names.Values.Identifier(ExitCode.OneLine($"{program} {command}"))));
        var file = Path.Combine(folder, "notices", notice + ".json");
        Next("demo.next-decide", $"decide {file} --scenario {folder} --language {otherLanguage}");
        Next("demo.next-known-at", $"decide {file} --scenario {folder} --known-at {notice}");
        Next("demo.next-traffic", $"traffic --scenario {folder} --out traffic.csv.gz");
        Next("demo.next-replay", $"replay traffic.csv.gz --scenario {folder} --json");
    }

    private void Heading(string label) => output.WriteLine(LabelledLine(phrases.Text(label), "").TrimEnd());

    private void Line(string label, string value) => output.WriteLine(LabelledLine(phrases.Text(label), value));

    private string LabelledLine(string label, string value) =>
        phrases.Fill("label.line", KeyValuePair.Create("label", label), KeyValuePair.Create("value", value));
}
