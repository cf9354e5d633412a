using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>
/// A volume prepared for legs: when a moving point is in it, certainly or possibly. Where a separation is kept from it, a point
/// that is nearer counts as possibly in it.
/// </summary>
internal sealed class WatchedVolume
{
    private readonly Outline _outline;
    private readonly bool _isAnyHeight;
    private readonly HeightLimits[] _limits;
    private readonly int _lateralMetres;
    private readonly long? _fromTicks;
    private readonly long? _untilTicks;

    public WatchedVolume(Volume volume, HeightConversion conversion)
        : this(volume, conversion, lateralMetres: 0, verticalUnits: 0)
    {
    }

    public WatchedVolume(Volume volume, HeightConversion conversion, int lateralMetres, long verticalUnits)
    {
        _lateralMetres = lateralMetres;
        _outline = volume.Outline;
        _isAnyHeight = volume.Heights.Floor is null && volume.Heights.Ceiling is null;
        _limits = Array.ConvertAll(Enum.GetValues<HeightReference>(), reference => HeightLimits.Of(volume.Heights, reference, conversion, verticalUnits));
        _fromTicks = volume.Time.HasStart ? volume.Time.Start.ToUnixTimeTicks() : null;
        _untilTicks = volume.Time.HasEnd ? volume.Time.End.ToUnixTimeTicks() : null;
        Box = TurningBox.Of(_outline.Box);
    }

    /// <summary>The box of the outline: a leg that does not meet it is not in the volume.</summary>
    public TurningBox Box { get; }

    /// <summary>Whether the point is in the volume at a moment of the leg; edges, bounds and the start of its time belong to it.</summary>
    public Certainty At(in Leg leg, Fraction parameter)
    {
        if (!IsInTime(leg, parameter)) return Certainty.No;
        var seen = leg.SeenWithin(_lateralMetres);
        if (!Box.Meets(seen) || !new PlaceOnLeg(seen, _outline).IsPossible(parameter)) return Certainty.No;
        var isCertain = new PlaceOnLeg(leg, _outline).IsCertain(parameter);
        if (_isAnyHeight) return isCertain ? Certainty.Certain : Certainty.Possible;
        if (leg.HeightReference is not { } reference) return Certainty.Possible;
        var limits = _limits[(int)reference];
        if (isCertain && HeightSpan(leg, limits.CertainFloor, limits.CertainCeiling).Holds(parameter)) return Certainty.Certain;
        return HeightSpan(leg, limits.PossibleFloor, limits.PossibleCeiling).Holds(parameter) ? Certainty.Possible : Certainty.No;
    }

    /// <summary>Adds the spans of a leg in which the point is possibly, and certainly, in the volume. The leg takes time.</summary>
    public void AddSpans(in Leg leg, List<LegSpan> possible, List<LegSpan> certain)
    {
        if (!MayHold(leg)) return;
        var seen = leg.SeenWithin(_lateralMetres);
        if (!Box.Meets(seen)) return;
        var inTime = TimeSpanOf(leg);
        if (!inTime.Lasts) return;
        var (certainHeights, possibleHeights) = HeightSpans(leg);
        var possibly = inTime.And(possibleHeights);
        if (!possibly.Lasts) return;
        var place = new PlaceOnLeg(seen, _outline);
        foreach (var span in place.Possible()) possible.Add(span.And(possibly));
        if (certainHeights is not { } heights) return;
        var certainly = inTime.And(heights);
        if (!certainly.Lasts) return;
        if (_lateralMetres > 0) place = new PlaceOnLeg(leg, _outline);
        foreach (var span in place.Certain()) certain.Add(span.And(certainly));
    }

    // Whole numbers alone, for most legs near a volume pass above it, below it or at another time.
    private bool MayHold(in Leg leg)
    {
        if (_lateralMetres == 0 && !Box.Meets(leg)) return false;
        if (leg.To.Ticks <= _fromTicks || leg.From.Ticks >= _untilTicks) return false;
        return _isAnyHeight || leg.HeightReference is not { } reference || _limits[(int)reference].MayHold(leg.StartUnits, leg.EndUnits);
    }

    private (LegSpan? Certain, LegSpan Possible) HeightSpans(in Leg leg)
    {
        if (_isAnyHeight) return (LegSpan.Whole, LegSpan.Whole);
        if (leg.HeightReference is not { } reference) return (null, LegSpan.Whole);
        var limits = _limits[(int)reference];
        return (HeightSpan(leg, limits.CertainFloor, limits.CertainCeiling), HeightSpan(leg, limits.PossibleFloor, limits.PossibleCeiling));
    }

    private static LegSpan HeightSpan(in Leg leg, Fraction? floor, Fraction? ceiling)
    {
        var span = LegSpan.Whole;
        if (floor is { } low) span = span.And(SpanAbove(leg.StartUnits, leg.EndUnits, low));
        if (ceiling is { } high) span = span.And(SpanAbove(-leg.StartUnits, -leg.EndUnits, Fraction.Create(-high.Numerator, high.Denominator)));
        return span;
    }

    /// <summary>Where a value that goes evenly from start to end is at or above a limit.</summary>
    private static LegSpan SpanAbove(long start, long end, Fraction limit)
    {
        var isStartAbove = start * limit.Denominator >= limit.Numerator;
        var isEndAbove = end * limit.Denominator >= limit.Numerator;
        if (isStartAbove && isEndAbove) return LegSpan.Whole;
        if (!isStartAbove && !isEndAbove) return new(Fraction.One, Fraction.Zero);
        var crossing = Fraction.Create(limit.Numerator - start * limit.Denominator, (end - start) * limit.Denominator);
        return isStartAbove ? new(Fraction.Zero, crossing) : new(crossing, Fraction.One);
    }

    private bool IsInTime(in Leg leg, Fraction parameter)
    {
        var passed = leg.DurationTicks * parameter.Numerator;
        return !((_fromTicks is { } from && passed < (from - leg.From.Ticks) * parameter.Denominator)
            || (_untilTicks is { } until && passed >= (until - leg.From.Ticks) * parameter.Denominator));
    }

    private LegSpan TimeSpanOf(in Leg leg)
    {
        var span = LegSpan.Whole;
        if (_fromTicks is { } from && from > leg.From.Ticks) span = span with { From = Fraction.Create(from - leg.From.Ticks, leg.DurationTicks) };
        if (_untilTicks is { } until && until < leg.To.Ticks) span = span with { Until = Fraction.Create(until - leg.From.Ticks, leg.DurationTicks) };
        return span;
    }
}
