using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq decide NOTICE.json --scenario DIR | --record DIR</c>: whether anything on record objects to a flight, and why.</summary>
internal static class DecideCommand
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var notice = new Argument<string>("NOTICE") { Description = "The file of a notice, filed on the record or not." };
        var basis = new BasisOptions();
        var knownAt = new Option<string?>("--known-at") { Description = "Known at: a size of the record, an instant, or an entry of the timeline." };
        var validAt = new Option<string?>("--valid-at") { Description = "Valid at: an instant; the record's own time if not given." };
        var json = new Option<bool>("--json") { Description = "Write JSON (docs/formats/verdict-json.md)." };
        var language = Options.Language();
        var command = new Command("decide", "Say whether anything on record objects to a flight, and why.") { notice, knownAt, validAt, json, language };
        basis.AddTo(command);
        command.SetAction(result =>
        {
            var configuration = result.InvocationConfiguration;
            var path = result.GetRequiredValue(notice);
            WarmUp.Begin(result.GetValue(json) ? Phrasebook.Languages : [result.GetRequiredValue(language)]);
            if (basis.Open(result, result.GetValue(knownAt), "tansiq decide") is not { } known) return ExitCode.BadInput;
            var loaded = known.Scenario;
            if (!ScenarioFolder.LoadNotice(path, loaded).TryGet(out var draft, out var refusal)) return ExitCode.Refuse(configuration.Error, path, refusal);
            if (!Decide(known.Situation, draft, result.GetValue(validAt)).TryGet(out var verdict, out refusal)) return ExitCode.Refuse(configuration.Error, "tansiq decide", refusal);
            if (result.GetValue(json)) configuration.Output.WriteLine(Json(loaded, draft, verdict));
            else WriteText(configuration.Output, result.GetRequiredValue(language), loaded, draft, verdict);
            return ExitCode.Of(verdict.Kind);
        });
        return command;
    }

    private static Parsed<Verdict> Decide(Situation situation, DraftNotice draft, string? validAt)
    {
        if (!KnownAt.Moment(validAt).TryGet(out var moment, out var refusal)) return refusal;
        var question = ScenarioRecord.InQuestion(situation, draft);
        if (question.Filed is null && Admit.NoticeProblem(situation, draft) is { } inert) return inert;
        return Coordination.Flights.Decide.Flight(situation, question, moment);
    }

    private static void WriteText(TextWriter output, string language, Scenario scenario, DraftNotice draft, Verdict verdict)
    {
        var phrases = Languages.Phrases(language);
        VerdictText.Write(DirectedLines.For(output, phrases.IsRightToLeft), Languages.Sentences(scenario, language), phrases, scenario.Founding, draft, verdict);
    }

    private static string Json(Scenario scenario, DraftNotice draft, Verdict verdict)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            var sentences = Phrasebook.Languages.Select(each => (each, Languages.Sentences(scenario, each))).ToList();
            VerdictWriter.Write(writer, verdict, draft.Id.Value, draft.Party, sentences);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
