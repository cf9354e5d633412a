using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>A part of a leg, from one parameter to another.</summary>
internal readonly record struct LegSpan(Fraction From, Fraction Until)
{
    public static LegSpan Whole => new(Fraction.Zero, Fraction.One);

    /// <summary>Whether the span lasts: a touch does not.</summary>
    public bool Lasts => From < Until;

    public bool Holds(Fraction parameter) => From <= parameter && parameter <= Until;

    public LegSpan And(LegSpan other) =>
        new(From >= other.From ? From : other.From, Until <= other.Until ? Until : other.Until);
}

/// <summary>Sets of spans. A set is in order of start, its spans last and neither meet nor overlap.</summary>
internal static class LegSpans
{
    /// <summary>Makes a set of any spans: drops those that do not last, joins those that meet.</summary>
    public static List<LegSpan> Join(List<LegSpan> spans)
    {
        spans.RemoveAll(span => !span.Lasts);
        if (spans.Count < 2) return spans;
        spans.Sort((first, second) => first.From.CompareTo(second.From));
        var last = 0;
        for (var index = 1; index < spans.Count; index++)
        {
            if (spans[index].From > spans[last].Until) spans[++last] = spans[index];
            else if (spans[index].Until > spans[last].Until) spans[last] = new(spans[last].From, spans[index].Until);
        }

        spans.RemoveRange(last + 1, spans.Count - last - 1);
        return spans;
    }

    /// <summary>What of a set is not in another.</summary>
    public static List<LegSpan> Without(List<LegSpan> spans, List<LegSpan> others)
    {
        if (others.Count == 0) return spans;
        var left = new List<LegSpan>();
        foreach (var span in spans)
        {
            var from = span.From;
            foreach (var other in others)
            {
                if (other.Until <= from || other.From >= span.Until) continue;
                if (other.From > from) left.Add(new(from, other.From));
                from = other.Until;
            }

            if (from < span.Until) left.Add(new(from, span.Until));
        }

        return left;
    }
}
