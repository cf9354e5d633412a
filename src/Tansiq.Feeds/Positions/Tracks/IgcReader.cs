using System.Text;
using NodaTime;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>Reads the fixes of a flight recorder of gliders and other light aircraft (IGC).</summary>
/// <remarks>
/// FAI, technical specification for GNSS flight recorders, appendix A: times in UTC, <c>B</c> records of a fix with pressure
/// altitude (ICAO standard atmosphere) and height above the ellipsoid in metres, <c>FXA</c> the accuracy of the fix in metres.
/// </remarks>
internal sealed class IgcReader
{
    /// <summary>The longest line in bytes, without its end.</summary>
    public const int MaximumLineBytes = 4096;

    /// <summary>How far the end of a line that is too long is looked for before the source is given up.</summary>
    public const int MaximumPassedOverBytes = 1024 * 1024;

    private const int IdentityLength = 7;

    private readonly CsvLines _lines;
    private readonly PositionDraft _draft = new(new IdentifierCache());
    private DayResolver? _days;
    private string? _identity;
    private string? _glider;
    private Range _accuracy;

    public IgcReader(FeedInput input) => _lines = new(input, MaximumLineBytes, MaximumPassedOverBytes);

    /// <summary>Whether the first line of an input is that of IGC: the recorder's identity. A second line that is no record shows that it was not.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start)
    {
        var content = FeedInput.WithoutPreamble(start);
        var end = content.IndexOf((byte)'\n');
        if (end < IdentityLength || content[0] != (byte)'A' || content[..end].Contains((byte)',')) return false;
        foreach (var character in content[1..IdentityLength])
        {
            if (!char.IsAsciiLetterUpper((char)character) && !char.IsAsciiDigit((char)character)) return false;
        }

        return true;
    }

    /// <summary>Gives each fix once, and each line that is no record.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        while (_lines.Next() is var outcome and not LineOutcome.End)
        {
            var place = new RecordPlace(RecordKind.Line, _lines.Number);
            if (_lines.Number == 2 && !IsRecord(_lines.Current))
            {
                yield return new(place, new Refusal(FeedRefusals.UnknownFormat, place.ToString(), FeedRefusals.Show(_lines.Current), PositionFormats.Descriptions));
                yield break;
            }

            if (outcome == LineOutcome.TooLong) yield return new(place, new Refusal(FeedRefusals.LineTooLong, place.ToString(), "a longer line", FeedRefusals.Invariant($"at most {MaximumLineBytes} bytes")));
            else if (ReadLine(_lines.Number == 1 ? FeedInput.WithoutPreamble(_lines.Current) : _lines.Current, place) is { } content) yield return new(place, content);
        }

        if (_lines.Failure is { } failure) yield return new(new(RecordKind.Line, _lines.Number), failure);
    }

    private static bool IsRecord(ReadOnlySpan<byte> line) => line.IsEmpty || line[0] is (>= (byte)'A' and <= (byte)'L') or (byte)'\r' or (byte)'\n';

    private Parsed<ReportedPosition>? ReadLine(ReadOnlySpan<byte> line, RecordPlace place)
    {
        if (line.StartsWith("B"u8)) return ReadFix(line, place);
        if (line.StartsWith("A"u8) && line.Length >= IdentityLength) _identity = Encoding.Latin1.GetString(line[1..IdentityLength]);
        else if (line.StartsWith("HFDTE"u8)) TakeDate(line["HFDTE"u8.Length..]);
        else if (line.StartsWith("HFGID"u8)) _glider = Text(line);
        else if (line.StartsWith("I"u8)) TakeAdditions(line);
        if (IsRecord(line)) return null;
        return new Refusal(FeedRefusals.MalformedLine, place.ToString(), FeedRefusals.Show(line), "a record of IGC");
    }

    /// <summary>The date of the first fix: day, month and year of two digits each, in newer files after <c>DATE:</c>.</summary>
    private void TakeDate(ReadOnlySpan<byte> text)
    {
        const int centuryTurn = 80;
        text = text.TrimStart("DATE: "u8);
        _days = null;
        if (text.Length < 6 || !TryNumber(text[..2], out var day) || !TryNumber(text[2..4], out var month) || !TryNumber(text[4..6], out var year)) return;
        year += year < centuryTurn ? 2000 : 1900;
        if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return;
        _days = new(Instant.FromUtc(year, month, day, 12, 0));
    }

    /// <summary>Where the accuracy stands in a fix: <c>I</c>, how many additions, and of each its first and last byte from 1 and its name.</summary>
    private void TakeAdditions(ReadOnlySpan<byte> line)
    {
        const int entry = 7;
        for (var at = 3; at + entry <= line.Length; at += entry)
        {
            if (!line.Slice(at + 4, 3).SequenceEqual("FXA"u8)) continue;
            if (TryNumber(line.Slice(at, 2), out var first) && TryNumber(line.Slice(at + 2, 2), out var last) && first > 0 && last >= first) _accuracy = (first - 1)..last;
        }
    }

    private Parsed<ReportedPosition> ReadFix(ReadOnlySpan<byte> line, RecordPlace place)
    {
        const int length = 35;
        if (line.Length < length) return Malformed(line, place);
        if (line[24] != (byte)'A') return new Refusal(FeedRefusals.MissingPosition, place.ToString(), FeedRefusals.Show(line[24..25]), "a fix in three dimensions (A)");
        var hasPlace = TryAngle(line[7..14], 2, out var latitudeE7) & TryAngle(line[15..23], 3, out var longitudeE7);
        if (!hasPlace || !TrySign(line[14], 'N', 'S', out var north) || !TrySign(line[23], 'E', 'W', out var east)) return Malformed(line, place);
        _draft.Clear();
        _draft.SetTime(TimeOf(line[1..7]));
        _draft.SetPlace(latitudeE7 * north, longitudeE7 * east);
        _draft.SetHeight(line[25..30], Height.UnitsPerMetre, HeightReference.Pressure);
        _draft.SetHeight(line[30..35], Height.UnitsPerMetre, HeightReference.Ellipsoid);
        if (_accuracy.End.Value > 0 && _accuracy.End.Value <= line.Length) _draft.SetUncertainty(line[_accuracy]);
        if (TrackName.Of(_glider ?? "") is { } glider) _draft.SetTrack(glider);
        else if (TrackName.Of(_identity ?? "") is { } recorder) _draft.SetTrack(recorder);
        if (_glider is { Length: > 0 and <= IdentifierCache.MaximumLength }) _draft.SetCallsign(Encoding.UTF8.GetBytes(_glider));
        return _draft.Finish(place);
    }

    private Instant? TimeOf(ReadOnlySpan<byte> text)
    {
        if (!TryNumber(text[..2], out var hours) || !TryNumber(text[2..4], out var minutes) || !TryNumber(text[4..], out var seconds)) return null;
        return hours > 23 || minutes > 59 || seconds > 60 ? null : _days?.Resolve(Duration.FromSeconds(hours * 3600 + minutes * 60 + seconds));
    }

    /// <summary>Degrees and thousandths of minutes as units of 10⁻⁷ degree, ties to even.</summary>
    private static bool TryAngle(ReadOnlySpan<byte> text, int degreeDigits, out long unitsE7)
    {
        unitsE7 = 0;
        if (!TryNumber(text[..degreeDigits], out var degrees) || !TryNumber(text[degreeDigits..], out var thousandths) || thousandths >= 60_000) return false;
        unitsE7 = degrees * (long)GeoPoint.UnitsPerDegree + (long)Math.Round(thousandths * (decimal)GeoPoint.UnitsPerDegree / 60_000, MidpointRounding.ToEven);
        return true;
    }

    private static bool TrySign(byte letter, char positive, char negative, out int sign)
    {
        sign = letter == positive ? 1 : -1;
        return letter == positive || letter == negative;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            number = number * 10 + (digit - '0');
        }

        return true;
    }

    /// <summary>What follows the colon of a header, or its five letters in older files.</summary>
    private static string Text(ReadOnlySpan<byte> line)
    {
        const int code = 5;
        var colon = line.IndexOf((byte)':');
        return Encoding.Latin1.GetString(line[(colon < 0 ? code : colon + 1)..]).Trim();
    }

    private static Refusal Malformed(ReadOnlySpan<byte> line, RecordPlace place) =>
        new(FeedRefusals.MalformedLine, place.ToString(), FeedRefusals.Show(line), "a fix of IGC (B record)");
}
