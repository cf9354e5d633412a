using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Makes a history of the entries of a snapshot: what the fold did, without asking admission again.</summary>
/// <param name="entries">How many entries there are.</param>
/// <param name="statementAt">Gives a statement of the record again, by its index and the record's founding; null where it cannot.</param>
internal sealed class HistoryReader(int entries, Func<long, Founding?, Statement?> statementAt)
{
    /// <summary>What stands in place of an effect where an entry is inert.</summary>
    public const byte InertMark = byte.MaxValue;

    /// <summary>The least bytes of an entry: of an inert one.</summary>
    public const int LeastEntryBytes = 2 + ContentHash.ByteCount;

    private const int LongestReason = 256;

    private readonly LineagePast _past = new(new(entries), new(), new(), new());
    private readonly SituationHistory _history = new();
    private readonly ReadNames<Party> _parties = new();
    private readonly ReadContent _content = new();
    private readonly List<Admission.Inert> _reasons = [];
    private Situation _terms = Situation.Empty;
    private LineageExtent _extent;
    private Instant _time = Instant.MinValue;
    private int _volumes;

    /// <summary>The index of a statement that the record could not give again, or null.</summary>
    public long? Missing { get; private set; }

    /// <summary>Reads all entries.</summary>
    /// <returns>The history; null where the cursor breaks or a statement is missing.</returns>
    public SituationHistory? Read(ref SnapshotCursor cursor)
    {
        for (var index = 0; index < entries && !cursor.IsBroken; index++)
        {
            var mark = cursor.Byte();
            var inert = mark == InertMark ? Inert(ref cursor) : null;
            if (inert is null) Admitted(ref cursor, mark, index);
            _history.Add(_terms, _extent, inert);
        }

        for (var left = entries / DigestedBlock.Length; left > 0 && !cursor.IsBroken; left--)
        {
            DigestBytes digest = default;
            cursor.Take(SituationDigest.ByteCount).CopyTo(digest);
            _history.AddBlock(digest);
        }

        cursor.Require(cursor.IsAtEnd);
        if (cursor.IsBroken) return null;
        var lineage = new Lineage(_past, _extent, _terms.Founding?.Heights ?? HeightConversion.Worldwide);
        _history.Publish(_terms.KnownAt(entries, lineage, _extent));
        return _history;
    }

    private InertEntry Inert(ref SnapshotCursor cursor)
    {
        var hash = ContentHash.FromBytes(cursor.Take(ContentHash.ByteCount));
        var number = cursor.Number(_reasons.Count);
        if (number == _reasons.Count) _reasons.Add(new(cursor.Text(LongestReason), cursor.Text(LongestReason)));
        return new(hash, _reasons[number]);
    }

    private void Admitted(ref SnapshotCursor cursor, byte mark, int index)
    {
        var effect = (Effect)mark;
        cursor.Require(effect <= Effect.Stop && effect == Effect.Founding == _terms.Founding is null);
        var party = _parties.Read(ref cursor);
        var hash = ContentHash.FromBytes(cursor.Take(ContentHash.ByteCount));
        var id = SnapshotNames.Identifier<Statement>(ref cursor);
        var number = Number(ref cursor, effect);
        if (cursor.IsBroken) return;
        var statement = new AdmittedStatement(hash, party, id, index, effect, number);
        _past.Statements.Add(statement);
        _extent = _extent.With(effect);
        Apply(ref cursor, statement, new(index, _time));
    }

    private int Number(ref SnapshotCursor cursor, Effect effect) => effect switch
    {
        Effect.Notice or Effect.Amendment or Effect.Retiming => _extent.Notices,
        Effect.Site => _extent.Sites,
        Effect.SiteWithdrawal => cursor.NumberBelow(_extent.Sites),
        >= Effect.Consent and <= Effect.Lapse or Effect.Activation or Effect.Completion => cursor.NumberBelow(_extent.Notices),
        _ => -1,
    };

    private void Apply(ref SnapshotCursor cursor, in AdmittedStatement statement, RecordPlace place)
    {
        switch (statement.Effect)
        {
            case Effect.Time:
                _time = cursor.Instant();
                _past.Times.Add(_time);
                break;
            case Effect.Notice or Effect.Amendment or Effect.Retiming:
                File(ref cursor, statement, place);
                break;
            case Effect.Site:
                _past.Sites.Add(new(ReadContent.Site(ref cursor), statement.Hash, statement.Party, place, Withdrawn: null), _extent.Admitted);
                break;
            case >= Effect.Consent and <= Effect.Lapse or Effect.SiteWithdrawal or Effect.Activation or Effect.Completion:
                Instant? otherStart = statement.Effect == Effect.OtherDate ? cursor.Instant() : null;
                _past.Change(statement, place, otherStart, _extent.Admitted);
                break;
            default:
                OfTheTerms(ref cursor, statement, place);
                break;
        }
    }

    private void File(ref SnapshotCursor cursor, in AdmittedStatement statement, RecordPlace place)
    {
        var notice = _content.Notice(ref cursor);
        var filed = FiledNotice.Of(notice, statement, place, _volumes);
        _volumes += notice.Volumes.Length;
        if (statement.Effect != Effect.Notice)
        {
            // The extent counts this one already.
            var old = cursor.NumberBelow(statement.Number);
            if (cursor.IsBroken) return;
            filed = FlightCourse.InPlaceOf(filed, _past.Notices.At(old, _extent.Admitted));
        }

        _past.Notices.Add(filed, _extent.Admitted);
        if (filed.ReplacesNumber >= 0) FlightCourse.Supersede(_past, filed, _extent.Admitted);
    }

    private void OfTheTerms(ref SnapshotCursor cursor, in AdmittedStatement admitted, RecordPlace place)
    {
        var statement = statementAt(admitted.Index, _terms.Founding);
        if (statement is not null && statement.Hash == admitted.Hash && Fold.TermsEffectOf(statement.Body) == admitted.Effect)
        {
            _terms = Fold.OfTheTerms(_terms, statement, place);
            return;
        }

        Missing = admitted.Index;
        cursor.Break();
    }
}
