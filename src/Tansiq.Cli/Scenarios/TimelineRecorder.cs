using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Scenarios;

/// <summary>Reads a timeline and makes a record of it, entry by entry: what an entry cites is already there.</summary>
internal sealed class TimelineRecorder
{
    /// <summary>The most entries.</summary>
    public const int MaximumEntries = 100_000;

    /// <summary>The identifier of the founding's statement.</summary>
    public const string FoundingId = "founding";

    private static readonly (string Word, string Value)[] Types = [.. new[]
    {
        StatementTypes.RecordTime, StatementTypes.AgreementProposal, StatementTypes.AgreementSignature, StatementTypes.Suspension,
        StatementTypes.Resumption, StatementTypes.ControlMapProposal, StatementTypes.ControlMapAcceptance, StatementTypes.SiteNotification,
        StatementTypes.SiteWithdrawal, StatementTypes.Consent, StatementTypes.Objection, StatementTypes.OtherDate,
        StatementTypes.Withdrawal, StatementTypes.Lapse,
    }.Select(type => (type, type))];

    private readonly ImmutableArray<(string EntryId, Statement Statement)>.Builder _statements =
        ImmutableArray.CreateBuilder<(string, Statement)>();

    private readonly ImmutableArray<ReadOnlyMemory<byte>>.Builder _texts = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();

    private readonly Dictionary<Id<Statement>, ContentHash> _hashesById = [];
    private readonly ScenarioContent _content;
    private readonly ScenarioHashes _hashes;
    private readonly IReadOnlyDictionary<ContentHash, ReadOnlyMemory<byte>> _attachments;
    private readonly TimelineBodyReader _bodies;
    private Instant? _now;
    private int _timeCount;

    /// <summary>Starts with an empty record.</summary>
    /// <param name="content">What the timeline names by identifier.</param>
    /// <param name="hashes">The hashes of the files that statements name.</param>
    /// <param name="attachments">Those files by hash.</param>
    public TimelineRecorder(
        ScenarioContent content, ScenarioHashes hashes, IReadOnlyDictionary<ContentHash, ReadOnlyMemory<byte>> attachments)
    {
        _content = content;
        _hashes = hashes;
        _attachments = attachments;
        _bodies = new(content, hashes, _hashesById);
    }

    /// <summary>The statements recorded.</summary>
    public ImmutableArray<(string EntryId, Statement Statement)> Statements => _statements.ToImmutable();

    /// <summary>The texts of <see cref="Statements"/>, byte for byte.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Texts => _texts.ToImmutable();

    /// <summary>Reads the timeline.</summary>
    /// <returns>Its entries; or why it was not taken. Unknown members are refused.</returns>
    public Parsed<ImmutableArray<TimelineEntry>> Read(ReadOnlyMemory<byte> utf8) =>
        JsonReading.Read(utf8, ScenarioFile.MaximumBytes, refusesUnknownMembers: true, root =>
        {
            root.Only("format", "entries");
            _ = root["format"].OneOf(("tansiq-timeline/1", 0));
            var entries = ImmutableArray.CreateBuilder<TimelineEntry>();
            foreach (var item in root["entries"].ItemsAtLeastOne(MaximumEntries))
            {
                var entry = Entry(item);
                if (item.Reading.IsRefused) break;
                entries.Add(entry);
            }

            return entries.ToImmutable();
        });

    private TimelineEntry Entry(JsonCursor item)
    {
        var at = item["at"].Instant();
        if (at < _now) item["at"].Refuse("scenario.time-goes-back", $"a moment not before {_now}");
        return item["notice"].Exists ? Notice(item, at) : Statement(item, at);
    }

    private TimelineEntry Notice(JsonCursor item, Instant at)
    {
        item.Only("at", "notice");
        var place = item["notice"];
        var id = place.KnownId<Statement>(_content.Notices.ContainsKey, "scenario.unknown-notice", "a notice of the scenario");
        if (item.Reading.IsRefused) return new(id, at, Id<Party>.None, StatementTypes.Notice);
        var draft = _content.Notices[id];
        Advance(item["at"], at);
        Record(place, id, draft.Party, at, draft.Notice);
        return new(id, at, draft.Party, StatementTypes.Notice);
    }

    private TimelineEntry Statement(JsonCursor item, Instant at)
    {
        item.Only("at", "party", "id", "type", "body");
        var id = item["id"].Id<Statement>();
        var party = item["party"].KnownId<Party>(IsAuthor, "parties.unknown-party", "a party, an observer or the office");
        var type = item["type"].OneOf(Types);
        if (item.Reading.IsRefused) return new(id, at, party, "");
        var (body, attached) = _bodies.Read(item["body"], type, party, at);
        if (item.Reading.IsRefused) return new(id, at, party, type);
        if (type != StatementTypes.RecordTime) Advance(item["at"], at);
        else if (_now is null) Found(item["at"], at);
        _now = at;
        Record(item["id"], id, party, at, body, attached);
        return new(id, at, party, type);
    }

    private bool IsAuthor(Id<Party> id) =>
        id == _content.Founding.Office || _content.Founding.Parties.ContainsKey(id) || _content.Founding.Observers.ContainsKey(id);

    private void Advance(JsonCursor place, Instant at)
    {
        if (_now is null) Found(place, at);
        if (_now is { } now && at <= now) return;
        _now = at;
        _timeCount++;
        Record(place, new(string.Create(CultureInfo.InvariantCulture, $"time-{_timeCount}")), _content.Founding.Office, at, new RecordTime(at));
    }

    private void Found(JsonCursor place, Instant at) => Record(place, new(FoundingId), _content.Founding.Office, at, _content.Founding, _hashes.Founding);

    /// <summary>Writes a statement and reads it again: what is in the record is what its text says, and no more.</summary>
    private void Record(JsonCursor place, Id<Statement> id, Id<Party> party, Instant at, StatementBody body, params ReadOnlySpan<ContentHash> attached)
    {
        var holder = _statements.Count == 0 ? null : _content.Founding;
        if (_hashesById.ContainsKey(id))
            place.Refuse(new Refusal("json.duplicate-id", "", id.Value, "an identifier that no other statement has"));
        else if (!StatementWriter.Write(id, party, at, body, attached).TryGet(out var text, out var refusal)
            || !StatementReader.Read(text, Attachment, holder).TryGet(out var statement, out refusal))
            place.RefuseNamed(refusal);
        else
            Add(statement, text);
    }

    private void Add(Statement statement, ReadOnlyMemory<byte> text)
    {
        _texts.Add(text);
        _hashesById.Add(statement.Id, statement.Hash);
        _statements.Add((statement.Id.Value, statement));
    }

    private ReadOnlyMemory<byte>? Attachment(ContentHash hash) => _attachments.TryGetValue(hash, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null;
}
