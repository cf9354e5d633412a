using System.Text;
using System.Text.Unicode;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>Reads tables of tracks whose columns have other names than those of <see cref="CsvPositionReader"/>.</summary>
internal sealed class CsvTrackReader
{
    private readonly CsvLines _lines;
    private readonly CsvFields _fields = new(CsvPositionReader.MaximumLineBytes);
    private readonly PositionDraft _draft = new(new IdentifierCache());
    private readonly ClockRule _clock;

    public CsvTrackReader(FeedInput input, PositionContext context)
    {
        _lines = new(input, CsvPositionReader.MaximumLineBytes, CsvPositionReader.MaximumPassedOverBytes);
        _clock = context.Clock;
    }

    /// <summary>Whether the first bytes of an input are those of a header with a track, a time and a place.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        return CsvTrackColumns.Find(Header(end < 0 ? start : start[..end])) is not null;
    }

    /// <summary>Gives each line after the header once; blank lines are passed over.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        var columns = _lines.Next() == LineOutcome.Line ? CsvTrackColumns.Find(Header(_lines.Current)) : null;
        while (columns is not null && _lines.Next() is var outcome and not LineOutcome.End)
        {
            var place = new RecordPlace(RecordKind.Line, _lines.Number);
            if (outcome == LineOutcome.TooLong) yield return new(place, CsvPositionReader.TooLong(place));
            else if (!_lines.Current.IsEmpty) yield return new(place, ReadLine(columns, _lines.Current, place));
        }

        if (_lines.Failure is { } failure) yield return new(new(RecordKind.Line, _lines.Number), failure);
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> line) => FeedInput.WithoutPreamble(line).TrimEnd((byte)'\r');

    private Parsed<ReportedPosition> ReadLine(CsvTrackColumns columns, ReadOnlySpan<byte> line, RecordPlace place)
    {
        if (!Utf8.IsValid(line)) return new Refusal(FeedRefusals.InvalidUtf8, place.ToString(), FeedRefusals.Show(line), "UTF-8");
        if (!_fields.Split(line) || _fields.Count != columns.Count)
            return new Refusal(FeedRefusals.MalformedLine, place.ToString(), FeedRefusals.Show(line), FeedRefusals.Invariant($"{columns.Count} fields"));
        _draft.Clear();
        foreach (var (column, index) in columns.Columns)
        {
            var field = _fields.Of(line, index).Trim(" \t"u8);
            if (!PositionRow.MeansNothing(field)) Take(column, field);
        }

        return _draft.Finish(place);
    }

    private void Take(CsvTrackColumn column, ReadOnlySpan<byte> field)
    {
        switch (column)
        {
            case CsvTrackColumn.Track:
                if (TrackName.Of(Encoding.UTF8.GetString(field)) is { } track) _draft.SetTrack(track);
                break;
            case CsvTrackColumn.Callsign:
                _draft.SetCallsign(field);
                break;
            case CsvTrackColumn.Time:
                _draft.SetTime(field, _clock);
                break;
            case CsvTrackColumn.Latitude:
                _draft.SetLatitude(field);
                break;
            case CsvTrackColumn.Longitude:
                _draft.SetLongitude(field);
                break;
            case CsvTrackColumn.OnGround:
                TakeOnGround(field);
                break;
            case CsvTrackColumn.RadiusMetres:
                _draft.SetUncertainty(field);
                break;
            case CsvTrackColumn.SpeedKnots:
                _draft.SetSpeed(field, PositionDraft.MetresPerSecondPerKnot);
                break;
            case CsvTrackColumn.SpeedMetresPerSecond:
                _draft.SetSpeed(field, 1);
                break;
            default:
                TakeHeight(column, field);
                break;
        }
    }

    private void TakeHeight(CsvTrackColumn column, ReadOnlySpan<byte> field)
    {
        if (Ascii.EqualsIgnoreCase(field, "ground"u8))
        {
            _draft.OnGround = true;
            return;
        }

        var unit = column is CsvTrackColumn.PressureFeet or CsvTrackColumn.EllipsoidFeet ? Height.UnitsPerFoot : Height.UnitsPerMetre;
        var reference = column switch
        {
            CsvTrackColumn.PressureFeet or CsvTrackColumn.PressureMetres => HeightReference.Pressure,
            CsvTrackColumn.SeaLevelMetres => HeightReference.SeaLevel,
            _ => HeightReference.Ellipsoid,
        };
        _draft.SetHeight(field, unit, reference);
    }

    private void TakeOnGround(ReadOnlySpan<byte> field)
    {
        if (Ascii.EqualsIgnoreCase(field, "true"u8) || field.SequenceEqual("1"u8)) _draft.OnGround = true;
        else if (Ascii.EqualsIgnoreCase(field, "false"u8) || field.SequenceEqual("0"u8)) _draft.OnGround = false;
        else _draft.Refuse(FeedRefusals.WrongType, field, "true or false");
    }
}
