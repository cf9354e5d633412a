using System.Text;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Parties;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Recording;

/// <summary>A record whose entries are signed, as both domains see it. Not thread-safe.</summary>
internal sealed class SignedRecord
{
    public static readonly StatementsDomain Domain = new();

    private readonly Dictionary<AttachmentHash, ReadOnlyMemory<byte>> _attachments = [];
    private int _said;

    private SignedRecord()
    {
    }

    public RecordedState State { get; private set; } = Domain.Empty;

    public PartyKeys Keys => State.Situation.Keys;

    /// <summary>Every entry that was appended.</summary>
    public List<SignedEntry> Entries { get; } = [];

    /// <summary>A founding of us, ru and tr (or of us and ru), with the observer un; with keys of all.</summary>
    public static string FoundingText(bool hasThird = true, bool hasKeys = true)
    {
        string Named(string id) => $$$"""{"id":"{{{id}}}","name":{"en":"{{{id}}}"}}""";
        string Party(string id) => $$$"""{"id":"{{{id}}}","name":{"en":"{{{id}}}"},"centre":{"en":"A centre"}}""";
        var text = $$$"""
            {"format":"tansiq-scenario/1","id":"test","kind":"exercise","title":{"en":"Exercise"},"languages":["en"],"zone":"Asia/Damascus",
            "office":{{{Named("office")}}},"parties":[{{{Party("us")}}},{{{Party("ru")}}}{{{(hasThird ? "," + Party("tr") : "")}}}],"observers":[{{{Named("un")}}}],
            "actors":[{"id":"us-air","name":{"en":"us-air"},"kind":"air","party":"us"},{"id":"ru-air","name":{"en":"ru-air"},"kind":"air","party":"ru"}],
            "purposes":[{"id":"transport","category":"non-combat","name":{"en":"Transport"}}],
            "heights":{"geoidMetres":[14,28],"groundMetres":[-220,2814],"pressureSurfaceMetres":[-220,220],"layerStretchPerMille":[-60,110]},
            "operationFloorRadiusMetres":5000}
            """;
        if (!hasKeys) return text;
        Id<Party>[] holders = [Theatre.Office, Theatre.Us, Theatre.Ru, Theatre.Observer, .. hasThird ? [Theatre.Third] : Array.Empty<Id<Party>>()];
        return Encoding.UTF8.GetString(FoundingKeysWriter.Write(Encoding.UTF8.GetBytes(text), TestKeys.FoundingOf(holders)).Value.Span);
    }

    /// <summary>A record that is founded and has its first time, hour 0.</summary>
    public static SignedRecord Founded(bool hasThird = true)
    {
        var record = NotFounded();
        record.Tell(TestKeys.Of(Theatre.Office), record.Founding(FoundingText(hasThird)));
        record.At(0);
        return record;
    }

    public static SignedRecord NotFounded() => new();

    /// <summary>The text of a founding statement; its attachment is kept.</summary>
    public ReadOnlyMemory<byte> Founding(string founding)
    {
        var hash = Attach(founding);
        return Text(Theatre.Office, $$$"""{"founding":"{{{hash.Hex}}}"}""", StatementTypes.Founding, "founding");
    }

    /// <summary>Us proposes an agreement that holds from one instant to another; its attachments are kept.</summary>
    public ReadOnlyMemory<byte> Agreement(string start, string end)
    {
        const string areas = """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"north","properties":{"name":{"en":"North"},"class":"presence"},
            "geometry":{"type":"Polygon","coordinates":[[[37.0,36.0],[37.2,36.0],[37.2,36.2],[37.0,36.0]]]}}]}
            """;
        var agreement = Attach($$$"""
            {"format":"tansiq-agreement/1","id":"a","version":1,"title":{"en":"Agreement"},"chapters":[{"id":"9","title":{"en":"Time"}}],
            "areaClasses":[{"id":"presence","name":{"en":"Presence"}}],
            "clauses":[{"id":"9.1","chapter":"9","kind":"duration","mode":"agree","survives":false,"publication":"parties","text":{"en":"It holds."},
            "start":{"instant":"{{{start}}}"},"end":{"instant":"{{{end}}}"}}]}
            """);
        var id = FormattableString.Invariant($"s{++_said}");
        return Text(Theatre.Us, $$$"""{"agreement":"{{{agreement.Hex}}}","areas":"{{{Attach(areas).Hex}}}"}""", StatementTypes.AgreementProposal, id);
    }

    public AttachmentHash Attach(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = AttachmentHash.Of(bytes);
        _attachments[hash] = bytes;
        return hash;
    }

    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => _attachments.TryGetValue(hash, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null;

    /// <summary>The office enters its time.</summary>
    public SignedRecord At(double hour)
    {
        Tell(TestKeys.Of(Theatre.Office), Text(Theatre.Office, new RecordTime(Theatre.Hour(hour))));
        return this;
    }

    /// <summary>The text of the next statement of a party.</summary>
    public ReadOnlyMemory<byte> Text(Id<Party> party, StatementBody body) =>
        StatementWriter.Write(new(FormattableString.Invariant($"s{++_said}")), party, Theatre.Hour(0), body).Value;

    public static ReadOnlyMemory<byte> Text(Id<Party> party, string body, string type, string id) => Encoding.UTF8.GetBytes(
        $$$"""{"type":"{{{type}}}","id":"{{{id}}}","party":"{{{party}}}","made":"2016-07-15T09:00:00Z","body":{{{body}}}}""" + "\n");

    public static SignedEntry Signed(ReadOnlyMemory<byte> text, SigningKey key) =>
        SignedEntry.Read(SignedNote.Of(text.Span, [key.Sign(text.Span)]).Bytes).Value;

    /// <summary>The key that an entry would need, by its signature.</summary>
    public Checked<VerifierKey> KeyOf(SignedEntry entry) => Domain.KeyOf(State, Domain.Read(entry, State, Attachment), entry.Signature);

    /// <summary>Appends what may be inert, as a record does: its key first.</summary>
    /// <returns>Why it is inert, or null; or the code of the fault where nobody holds its key.</returns>
    public (Inert? Inert, string? Fault) Say(SigningKey key, ReadOnlyMemory<byte> text) => Append(Signed(text, key));

    public (Inert? Inert, string? Fault) Append(SignedEntry entry)
    {
        var reading = Domain.Read(entry, Domain.Empty, Attachment);
        if (!Domain.KeyOf(State, reading, entry.Signature).TryGet(out var key, out var fault)) return (null, fault.Code);
        if (!key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span)) return (null, RecordFaults.BadSignature);
        (State, var inert) = Domain.Append(State, entry, reading, Attachment);
        Entries.Add(entry);
        return (inert, null);
    }

    public (Inert? Inert, string? Fault) Say(SigningKey key, Id<Party> party, StatementBody body) => Say(key, Text(party, body));

    /// <summary>Says what has to be admitted.</summary>
    public void Tell(SigningKey key, ReadOnlyMemory<byte> text) => Say(key, text).ShouldBe((null, null), Encoding.UTF8.GetString(text.Span));

    public void Tell(SigningKey key, Id<Party> party, StatementBody body) => Tell(key, Text(party, body));

    /// <summary>What a party may always say: a suspension of everything.</summary>
    public static StatementBody Anything => new Suspension(new SuspensionScope.All());
}
