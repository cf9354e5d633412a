using System.Text.Unicode;
using NodaTime;
using Tansiq.Feeds.Positions.Ordering;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Reads positions from comma-separated lines under a header, in bounded memory.</summary>
internal sealed class CsvPositionReader
{
    /// <summary>The longest line in bytes, without its end.</summary>
    public const int MaximumLineBytes = 64 * 1024;

    /// <summary>How far the end of a line that is too long is looked for before the source is given up.</summary>
    public const int MaximumPassedOverBytes = 1024 * 1024;

    private readonly CsvLines _lines;
    private readonly CsvFields _fields = new(MaximumLineBytes);
    private readonly PositionRow _row = new(new IdentifierCache());
    private PositionColumn[] _columns = [];

    public CsvPositionReader(FeedInput input) => _lines = new(input, MaximumLineBytes, MaximumPassedOverBytes);

    /// <summary>Whether the first bytes of an input are those of a header that names at least a latitude.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var fields = new CsvFields(start.Length);
        var header = FeedInput.WithoutPreamble(end < 0 ? start : start[..end]).TrimEnd((byte)'\r');
        if (!fields.Split(header)) return false;
        for (var index = 0; index < fields.Count; index++)
        {
            if (ColumnOf(fields.Of(header, index)) is PositionColumn.Latitude or PositionColumn.StateLatitude) return true;
        }

        return false;
    }

    /// <summary>Gives each line after the header once; blank lines are passed over.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        if (ReadHeader() is { } unusable)
        {
            yield return new(new(RecordKind.Line, 1), unusable);
            yield break;
        }

        while (_lines.Next() is var outcome and not LineOutcome.End)
        {
            var place = new RecordPlace(RecordKind.Line, _lines.Number);
            if (outcome == LineOutcome.TooLong) yield return new(place, TooLong(place));
            else if (!_lines.Current.IsEmpty) yield return new(place, ReadLine(_lines.Current, place));
        }

        if (_lines.Failure is { } failure) yield return new(new(RecordKind.Line, _lines.Number), failure);
    }

    /// <summary>Looks at the times of the lines alone: one quotation mark makes it split a whole line.</summary>
    public TimeSpread? LookThrough()
    {
        var spread = new TimeSpread();
        if (ReadHeader() is not null) return spread;
        var (timestamp, time) = (Array.IndexOf(_columns, PositionColumn.Timestamp), Array.IndexOf(_columns, PositionColumn.Time));
        while (_lines.Next() is var outcome and not LineOutcome.End)
        {
            if (outcome == LineOutcome.TooLong) continue;
            var at = timestamp < 0 ? null : Moment(timestamp, isMilliseconds: true);
            at ??= time < 0 ? null : Moment(time, isMilliseconds: false);
            if (at is { } moment && ReportTime.IsInRange(moment)) spread.Add(TimeSpread.Nanoseconds(moment));
        }

        return spread;
    }

    /// <summary>The time in a column of the current line, or null where it is none or the line is malformed.</summary>
    private Instant? Moment(int column, bool isMilliseconds)
    {
        var rest = _lines.Current;
        for (var index = 0; ; index++)
        {
            var end = rest.IndexOfAny((byte)',', (byte)'"');
            if (end >= 0 && rest[end] == (byte)'"') return MomentOfQuoted(column, isMilliseconds);
            if (index == column) return ReportTime.FromField((end < 0 ? rest : rest[..end]).Trim(" \t"u8), isMilliseconds);
            if (end < 0) return null;
            rest = rest[(end + 1)..];
        }
    }

    private Instant? MomentOfQuoted(int column, bool isMilliseconds) =>
        _fields.Split(_lines.Current) && column < _fields.Count ? ReportTime.FromField(_fields.Of(_lines.Current, column).Trim(" \t"u8), isMilliseconds) : null;

    private Refusal? ReadHeader()
    {
        var isLine = _lines.Next() == LineOutcome.Line;
        var header = FeedInput.WithoutPreamble(_lines.Current);
        if (!isLine || !_fields.Split(header))
            return _lines.Failure ?? new(FeedRefusals.UnknownFormat, "line 1", "no header", "a line of column names");
        _columns = new PositionColumn[_fields.Count];
        var seen = 0;
        for (var index = 0; index < _columns.Length; index++)
        {
            var column = _columns[index] = ColumnOf(_fields.Of(header, index));
            if (column == PositionColumn.None) continue;
            if ((seen & PositionColumns.Bit(column)) != 0)
                return new(FeedRefusals.ContradictoryColumns, "line 1", FeedRefusals.Show(_fields.Of(header, index)), "each column once");
            seen |= PositionColumns.Bit(column);
        }

        return (seen & PositionColumns.StateOnly) != 0 && (seen & PositionColumns.TrafficOnly) != 0
            ? new(FeedRefusals.ContradictoryColumns, "line 1", PositionColumns.BothFamilies, PositionColumns.EitherFamily)
            : null;
    }

    private Parsed<ReportedPosition> ReadLine(ReadOnlySpan<byte> line, RecordPlace place)
    {
        if (!Utf8.IsValid(line)) return new Refusal(FeedRefusals.InvalidUtf8, place.ToString(), FeedRefusals.Show(line), "UTF-8");
        if (!_fields.Split(line) || _fields.Count != _columns.Length)
            return new Refusal(FeedRefusals.MalformedLine, place.ToString(), FeedRefusals.Show(line), FeedRefusals.Invariant($"{_columns.Length} fields"));
        _row.Clear();
        for (var index = 0; index < _columns.Length; index++) _row.Set(_columns[index], ValueForm.Field, _fields.Of(line, index));
        return _row.Finish(place);
    }

    internal static Refusal TooLong(RecordPlace place) =>
        new(FeedRefusals.LineTooLong, place.ToString(), "a longer line", FeedRefusals.Invariant($"at most {MaximumLineBytes} bytes"));

    private static PositionColumn ColumnOf(ReadOnlySpan<byte> name) => PositionColumns.Find(name.Trim(" \t"u8));
}
