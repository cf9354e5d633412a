using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>One time slice of a feature.</summary>
/// <param name="Element">The slice.</param>
/// <param name="Interpretation"><c>BASELINE</c>, <c>SNAPSHOT</c>, <c>TEMPDELTA</c> or <c>PERMDELTA</c>.</param>
/// <param name="Identifier">The identifier of its feature, or null.</param>
internal sealed record AixmSlice(AixmElement Element, string Interpretation, string? Identifier)
{
    /// <summary>The slices of a feature in their order; of corrections of one slice the last correction alone.</summary>
    public static IEnumerable<AixmSlice> Of(AixmElement feature)
    {
        var slices = feature.ChildrenOf("timeSlice").SelectMany(property => property.Children).Where(child => child.Name == feature.Name + "TimeSlice").ToList();
        return slices
            .GroupBy(slice => (Interpretation: slice.TextOf("interpretation") ?? "", slice.TextOf("sequenceNumber")))
            .Select(group => new AixmSlice(group.Key.Item2 is null ? group.First() : group.MaxBy(Correction)!, group.Key.Interpretation, feature.TextOf("identifier")));
    }

    /// <summary>When it is valid; null where neither beginning nor end is given. Not given where a time is none: <paramref name="isTime"/> is false.</summary>
    public Interval? Validity(out bool isTime)
    {
        isTime = true;
        var period = Element.Child("validTime")?.Children is [{ } only, ..] ? only : null;
        var instant = period?.TextOf("timePosition");
        var (start, end) = (Moment(instant ?? period?.TextOf("beginPosition"), ref isTime), Moment(period?.TextOf("endPosition"), ref isTime));
        if (start >= end) isTime = false;
        return isTime && (start is not null || end is not null) ? new Interval(start, end) : null;
    }

    private static int Correction(AixmElement slice) =>
        int.TryParse(slice.TextOf("correctionNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Instant? Moment(string? text, ref bool isTime)
    {
        if (text is null) return null;
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant) return instant.Value;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } moment) return moment.Value.ToInstant();
        isTime = false;
        return null;
    }
}
