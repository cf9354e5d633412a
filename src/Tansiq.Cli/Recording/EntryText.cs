using System.Globalization;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;

namespace Tansiq.Cli.Recording;

/// <summary>Writes an entry of a record for people, in one language: who says what in which role, when, and what became of it.</summary>
/// <param name="output">Where to.</param>
/// <param name="phrases">The language.</param>
/// <param name="names">The names of the record.</param>
internal sealed class EntryText(TextWriter output, Phrasebook phrases, NameText names)
{
    private readonly StatementText _statements = new(phrases, names);

    /// <summary>Says whether the record is an exercise or real, and that nothing is verified here.</summary>
    public void WriteBanner(RecordKind kind)
    {
        output.WriteLine(phrases.Text(kind == RecordKind.Exercise ? "banner.exercise" : "banner.real"));
        output.WriteLine(phrases.Text("record.not-verified"));
        if (!string.Equals(phrases.Status, "authentic", StringComparison.Ordinal) && phrases.Language != "en") output.WriteLine(phrases.Text("banner.machine-translation"));
    }

    /// <summary>Writes what the record is as a whole: its name, size, time, root, keys.</summary>
    public void WriteSummary(RecordPicture picture, Founding founding)
    {
        output.WriteLine();
        Line("label.record", names.Values.Name(founding.Title));
        Line("record.label.origin", names.Values.Identifier(picture.Checkpoint.Origin));
        Line("record.label.size", names.Values.Count(picture.Checkpoint.Size));
        Line("record.label.root", names.Values.Identifier(picture.Checkpoint.Root.ToString()));
        Line("record.label.joint-size", names.Values.Count(picture.JointSize));
        if (picture.State.Situation.Time is { } time) Line("record.label.on-record", names.Values.Time(time));
        Line("record.label.digest", names.Values.Identifier(picture.State.Digest.Hex));
        if (founding.Keys is { } keys) Line("record.label.log-key", Key(keys.Log));
        foreach (var held in picture.State.Situation.Keys.All.Where(key => key.Until is null)) WriteKey(held.Party, held.Role, held.Key);
        output.WriteLine(phrases.Text("boundary.joint"));
    }

    /// <summary>Writes one entry.</summary>
    public void Write(ReadableEntry entry)
    {
        output.WriteLine();
        output.WriteLine(phrases.Fill(
            "record.heading",
            KeyValuePair.Create("index", names.Values.Count(entry.Index)),
            KeyValuePair.Create("title", entry.Founding is { } founding ? names.Values.Name(founding.Title) : phrases.Text("value.not-stated"))));
        Line("record.label.type", _statements.Type(entry.Type));
        if (entry.Statement.Body is not MalformedBody) WriteAuthor(entry);
        foreach (var (label, value) in _statements.Lines(entry.Statement, entry.Before)) Labelled(label, value);
        if (entry.OnRecord is { } time) Line("record.label.on-record", names.Values.Time(time));
        Line("record.label.effect", Effect(entry));
        Line("record.label.joint", phrases.Text(entry.IsJoint ? "record.joint.yes" : "record.joint.no"));
        Line("record.label.index", names.Values.Count(entry.Index));
        Line("record.label.hash", names.Values.Identifier(entry.Statement.Hash.Hex));
        Line("record.label.leaf", names.Values.Identifier(ProofFiles.LeafDigits(entry.Entry.Note.Bytes.Span)));
        Line("record.label.key", entry.Key is { } key ? Key(key) : names.Values.Identifier(string.Create(CultureInfo.InvariantCulture, $"{entry.Entry.Signature.Name} {entry.Entry.Signature.KeyId:x8}")));
        if (entry.Statement.Body is Founding { Keys: { } keys }) WriteKeys(keys);
    }

    private void WriteAuthor(ReadableEntry entry)
    {
        Line("record.label.said-by", names.Party(entry.Statement.Party));
        if (entry.Officer is { } officer) Line("record.label.officer", Officer(officer.Role, officer.Id));
        Line("record.label.made", names.Values.Time(entry.Statement.Made));
        Line("record.label.id", names.Values.Identifier(entry.Statement.Id.Value));
    }

    private void WriteKeys(FoundingKeys keys)
    {
        Line("record.label.log-key", Key(keys.Log));
        foreach (var (party, held) in keys.ByParty)
        {
            foreach (var role in Enum.GetValues<KeyRole>())
            {
                if (held.Of(role) is { } key) WriteKey(party, role, key);
            }
        }
    }

    private void WriteKey(Coordination.Id<Party> party, KeyRole role, VerifierKey key) => Labelled(
        names.Party(party),
        phrases.Fill("record.key", KeyValuePair.Create("role", phrases.Term(role)), KeyValuePair.Create("key", Key(key))));

    private string Key(VerifierKey key) => names.Values.Identifier($"{key.Name} {key.Fingerprint()}");

    private string Officer(OfficerRole role, string id) =>
        phrases.Fill("record.officer", KeyValuePair.Create("role", phrases.Term(role)), KeyValuePair.Create("id", names.Values.Identifier(id)));

    private string Effect(ReadableEntry entry)
    {
        if (entry.Admission is not Admission.Inert inert) return phrases.Text(entry is { IsPermissive: true, IsJoint: false } ? "record.effect.once-joint" : "record.effect.has");
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = names.Values.Identifier(inert.Code) };
        if (inert.Where.Length > 0) facts.Add("where", names.Values.Identifier(inert.Where));
        return phrases.Fill("record.effect.none", facts);
    }

    private void Line(string label, string value) => Labelled(phrases.Text(label), value);

    private void Labelled(string label, string value) =>
        output.WriteLine(phrases.Fill("label.line", KeyValuePair.Create("label", label), KeyValuePair.Create("value", value)));
}
