using System.Globalization;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Notams;

/// <summary>One NOTAM as an airspace.</summary>
/// <param name="identifier">Its series, number and year.</param>
/// <param name="fields">Its fields.</param>
internal sealed class NotamArea(string identifier, NotamFields fields)
{
    private const double MetresPerNauticalMile = 1852;
    private const int MaximumHeightLength = 40;

    // Two digits of a year from here on are of the last century.
    private const int FirstYearOfLastCentury = 70;

    // Restrictions of airspace, warnings, its organisation, and what has no code.
    private static readonly string[] Subjects = ["QR", "QW", "QA", "QX"];

    private readonly DrawnParts _parts = new();

    /// <summary>The airspace, or why there is none.</summary>
    public Parsed<Airspace> Read()
    {
        if (NotamQualifier.Read(fields['Q']) is not { } qualifier) return Refused(AirspaceRefusals.Missing, JsonText.Shorten(fields['Q']), "a Q line");
        if (!Subjects.Any(subject => qualifier.Code.StartsWith(subject, StringComparison.Ordinal)))
            return Refused(AirspaceRefusals.NotAnArea, qualifier.Code, "a subject of airspace: " + string.Join(", ", Subjects));
        if (!Validity().TryGet(out var validity, out var refusal)) return refusal;
        var heights = Heights(qualifier);
        if (Draw(qualifier) is { } why) return why;
        if (fields['D'].Length > 0) _parts.Remark(AirspaceRemarkKind.ScheduleNotApplied, identifier);
        return _parts.Finish(identifier).TryGet(out var outlines, out refusal)
            ? new Airspace(identifier, identifier, qualifier.Code[1..3], heights, outlines) { Type = qualifier.Code, Validity = validity, Remarks = [.. _parts.Remarks] }
            : refusal;
    }

    /// <summary>Draws what field E says, with geodesic edges; else the circle of the Q line.</summary>
    private Refusal? Draw(NotamQualifier qualifier)
    {
        // That it is one part of several stands behind the place of A.
        var shape = NotamShape.Read((fields['A'] + "\n" + fields['E']).ToUpperInvariant());
        if (shape.Circle is { } circle) return DrawCircle(circle.Centre, circle.RadiusMetres);
        foreach (var polygon in shape.Polygons)
        {
            var corners = polygon[0] == polygon[^1] ? polygon.Take(polygon.Count - 1).ToList() : polygon;
            if (!Densify.GeodesicEdges(corners, closed: true).TryGet(out var drawn, out var refusal)) return refusal with { Where = identifier };
            if (_parts.Add([drawn], identifier, mustClose: false) is { } why) return why;
        }

        if (shape.Polygons.Count > 0) return null;
        if (qualifier.Centre is not { } centre || qualifier.RadiusNauticalMiles == NotamQualifier.WholeRegion)
            return new(AirspaceRefusals.NotAnArea, identifier, "no area that is understood, and none in the Q line", "a polygon, a circle, or a circle in the Q line");
        _parts.Remark(AirspaceRemarkKind.QualifierTaken, identifier);
        return DrawCircle(centre, qualifier.RadiusNauticalMiles * MetresPerNauticalMile);
    }

    private Refusal? DrawCircle(GeoPoint centre, double radiusMetres) =>
        Densify.Circle(centre, radiusMetres).TryGet(out var circle, out var refusal)
            ? _parts.Add([circle], identifier, mustClose: false)
            : refusal with { Where = identifier };

    /// <summary>Fields F and G where both are heights with their reference; else the levels of the Q line, which hold them.</summary>
    private HeightBand Heights(NotamQualifier qualifier)
    {
        if (Bound(fields['F']) is { } floor && Bound(fields['G']) is { } ceiling
            && floor.Bound != OpenAirHeight.Bound.Unlimited
            && ceiling.Bound != OpenAirHeight.Bound.Surface
            && HeightBand.Create(
                floor.Bound == OpenAirHeight.Bound.At ? floor.Height : null,
                ceiling.Bound == OpenAirHeight.Bound.At ? ceiling.Height : null) is { } band)
        {
            return band;
        }

        _parts.Remark(AirspaceRemarkKind.QualifierTaken, identifier);
        return qualifier.Heights;
    }

    private static (OpenAirHeight.Bound Bound, Height Height)? Bound(string text)
    {
        text = text.TrimEnd(')', '.', '"', ',').Trim().ToUpperInvariant();
        if (text.Length is 0 or > MaximumHeightLength) return null;
        string[] references = ["FL", "MSL", "AGL", "SFC", "GND", "UNL"];
        if (!references.Any(reference => text.Contains(reference, StringComparison.Ordinal))) return null;
        var read = OpenAirHeight.Read(text);
        return read.Bound == OpenAirHeight.Bound.Unreadable ? null : read;
    }

    private Parsed<Interval?> Validity()
    {
        var (from, until) = (fields['B'], fields['C']);
        if (Moment(from) is not { } start) return Refused(AirspaceRefusals.Time, JsonText.Shorten(from), "B) as yymmddhhmm");
        if (until.StartsWith("PERM", StringComparison.Ordinal)) return (Interval?)new Interval(start, null);
        if (Moment(until) is not { } end || end <= start) return Refused(AirspaceRefusals.Time, JsonText.Shorten(until), "C) as yymmddhhmm after B), or PERM");
        if (!until.Contains("EST", StringComparison.Ordinal)) return (Interval?)new Interval(start, end);
        _parts.Remark(AirspaceRemarkKind.EndEstimated, identifier);
        return (Interval?)new Interval(start, null);
    }

    private static Instant? Moment(string text)
    {
        if (text.Length < 10 || text.AsSpan(0, 10).ContainsAnyExceptInRange('0', '9')) return null;
        int Part(int index) => int.Parse(text.AsSpan(index, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var (year, month, day, hour, minute) = (Part(0), Part(2), Part(4), Part(6), Part(8));
        year += year >= FirstYearOfLastCentury ? 1900 : 2000;
        if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month) || minute > 59) return null;

        // 2400 is the end of the day.
        if (hour > 23 && !(hour == 24 && minute == 0)) return null;
        return Instant.FromUtc(year, month, day, 0, 0) + Duration.FromHours(hour) + Duration.FromMinutes(minute);
    }

    private Refusal Refused(string code, string found, string expected) => new(code, identifier, found.Length == 0 ? "nothing" : found, expected);
}
