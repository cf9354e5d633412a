using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;

namespace Tansiq.Cli;

/// <summary>Writes a verdict for a person at a terminal, in one language.</summary>
internal static class VerdictText
{

    /// <summary>Writes the whole verdict.</summary>
    public static void Write(TextWriter output, SentenceWriter sentences, Phrasebook phrases, Founding founding, DraftNotice draft, Verdict verdict)
    {
        var names = sentences.Names;
        void Line(string label, string value) =>
            output.WriteLine(phrases.Fill("label.line", KeyValuePair.Create("label", phrases.Text(label)), KeyValuePair.Create("value", value)));

        output.WriteLine(phrases.Text(founding.Kind == RecordKind.Exercise ? "banner.exercise" : "banner.real"));
        output.WriteLine(phrases.Fill(
            "decide.heading",
            KeyValuePair.Create("notice", names.Values.Identifier(draft.Id.Value)),
            KeyValuePair.Create("verdict", phrases.Term(verdict.Kind))));
        Line("label.filed-by", names.Party(draft.Party));
        Line("label.actor", names.Actor(draft.Notice.Actor));
        Line("label.purpose", names.Purpose(draft.Notice.Purpose));
        Line("label.known-at", KnownAtText(phrases, names, verdict));
        Line("label.valid-at", names.Values.Time(verdict.ValidAt));
        Line("label.rules-version", names.Values.Count(verdict.RulesVersion));
        if (!verdict.ConsentOf.IsEmpty) Line("label.consent-of", names.Parties(verdict.ConsentOf));
        output.WriteLine();
        if (verdict.Reasons.IsEmpty) output.WriteLine(phrases.Text("decide.no-reasons"));
        else output.WriteLine(phrases.Text("label.reasons") + ":");
        foreach (var reason in verdict.Reasons)
        {
            output.WriteLine($"- [{phrases.Term(reason.Effect)}] {sentences.Sentence(reason)} {names.Values.Identifier($"({reason.Code})")}");
        }

        output.WriteLine();
        output.WriteLine(phrases.Text("boundary.verdict"));
        if (!string.Equals(phrases.Status, "authentic", StringComparison.Ordinal) && phrases.Language != "en") output.WriteLine(phrases.Text("banner.machine-translation"));
    }

    private static string KnownAtText(Phrasebook phrases, NameText names, Verdict verdict)
    {
        var size = phrases.Fill("decide.known-at", KeyValuePair.Create("size", names.Values.Count(verdict.KnownAtSize)));
        var joint = verdict.IsJoint
            ? phrases.Text("decide.joint")
            : phrases.Fill("decide.not-yet-joint", KeyValuePair.Create("size", names.Values.Count(verdict.JointSize)));
        return names.Values.List([size, joint]);
    }
}
