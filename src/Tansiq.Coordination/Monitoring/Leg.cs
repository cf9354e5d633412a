using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>What a replay keeps of a position. Time is in whole ticks of 100 ns since 1970, finer parts dropped.</summary>
internal readonly record struct Fix(GeoPoint Place, int UncertaintyMetres, Height? Height, long Ticks)
{
    // Half of the equator: a disc of that radius is the whole Earth.
    private const int GreatestUncertaintyMetres = 20_037_509;

    public static Fix Of(Position position) =>
        new(
            position.Place,
            Math.Clamp(position.HorizontalUncertaintyMetres, 0, GreatestUncertaintyMetres),
            position.Height,
            position.At.ToUnixTimeTicks());

    /// <summary>When.</summary>
    public Instant Moment => Instant.FromUnixTimeTicks(Ticks);
}

/// <summary>A straight movement between two fixes, or the standing at one; parameter 0 is its start, 1 its end. All exact.</summary>
internal readonly struct Leg
{
    private const long TicksPerMillisecond = NodaConstants.TicksPerMillisecond;

    public Leg(in Fix from, in Fix to)
        : this(from, to, beyondMetres: 0)
    {
    }

    private Leg(in Fix from, in Fix to, int beyondMetres)
    {
        From = from;
        To = to;
        Start = from.Place.ToPlane();
        End = ShortWay(Start, to.Place.ToPlane());
        Reach = Reach.Of(Math.Max(from.UncertaintyMetres, to.UncertaintyMetres) + beyondMetres, Start.Y, End.Y);
        var box = new PlaneBox(Math.Min(Start.X, End.X), Math.Min(Start.Y, End.Y), Math.Max(Start.X, End.X), Math.Max(Start.Y, End.Y));
        Box = Reach.Widen(box);
        WestInTurn = InTurn(Box.West);
        HeightReference = from.Height is { } first && to.Height is { } last && first.Reference == last.Reference ? first.Reference : null;
    }

    public Fix From { get; }

    public Fix To { get; }

    /// <summary>Start, in its own turn.</summary>
    public PlanePoint Start { get; }

    /// <summary>End, by the short way from the start.</summary>
    public PlanePoint End { get; }

    /// <summary>The box around the movement, widened by the reach.</summary>
    public PlaneBox Box { get; }

    /// <summary>The box's west, in 0° to 360°.</summary>
    public long WestInTurn { get; }

    /// <summary>How far from the reported place the true one may be.</summary>
    public Reach Reach { get; }

    /// <summary>The reference in which the height is known all along, or null where it is not known.</summary>
    public HeightReference? HeightReference { get; }

    public long StartUnits => From.Height?.Units ?? 0;

    public long EndUnits => To.Height?.Units ?? 0;

    public long DurationTicks => To.Ticks - From.Ticks;

    public static Leg Standing(in Fix fix) => new(fix, fix);

    /// <summary>The same movement, looked at from a distance: as if the place were so much less certain.</summary>
    public Leg SeenWithin(int metres) => metres == 0 ? this : new(From, To, metres);

    /// <summary>A longitude in 0° to 360°.</summary>
    public static long InTurn(long x)
    {
        if (x is >= 0 and < GeoPoint.TurnE7) return x;
        var turned = x % GeoPoint.TurnE7;
        return turned < 0 ? turned + GeoPoint.TurnE7 : turned;
    }

    /// <summary>The nearest millisecond since 1970, ties to even.</summary>
    public long MillisecondsAt(Fraction parameter) =>
        (long)RoundedQuotient(
            From.Ticks * parameter.Denominator + DurationTicks * parameter.Numerator,
            TicksPerMillisecond * parameter.Denominator);

    /// <summary>The nearest millisecond, ties to even.</summary>
    public Instant MomentAt(Fraction parameter) => Instant.FromUnixTimeMilliseconds(MillisecondsAt(parameter));

    /// <summary>The nearest point of the grid, ties to even.</summary>
    public GeoPoint PlaceAt(Fraction parameter)
    {
        var x = Start.X + (long)RoundedQuotient((End.X - Start.X) * parameter.Numerator, parameter.Denominator, Start.X);
        var y = Start.Y + (long)RoundedQuotient((End.Y - Start.Y) * parameter.Numerator, parameter.Denominator, Start.Y);
        return new PlanePoint(x, y).ToGeoPoint();
    }

    /// <summary>The nearest height in units of 0.1 mm, ties to even, or null where it is not known.</summary>
    public Height? HeightAt(Fraction parameter)
    {
        if (HeightReference is not { } reference) return null;
        var rise = RoundedQuotient((EndUnits - StartUnits) * parameter.Numerator, parameter.Denominator, StartUnits);
        return Height.FromUnits(StartUnits + (long)rise, reference);
    }

    /// <summary>The nearest whole number to a quotient; of two equally near ones that which makes the sum with <paramref name="added"/> even.</summary>
    private static Int128 RoundedQuotient(Int128 numerator, Int128 denominator, long added = 0)
    {
        var quotient = numerator / denominator;
        var rest = numerator - quotient * denominator;
        if (rest < 0)
        {
            quotient -= 1;
            rest += denominator;
        }

        var order = (rest * 2).CompareTo(denominator);
        return order > 0 || (order == 0 && Int128.IsOddInteger(quotient + added)) ? quotient + 1 : quotient;
    }

    // As Outline.CrossingsOf: a difference of exactly half a turn is not turned.
    private static PlanePoint ShortWay(PlanePoint start, PlanePoint end) =>
        (end.X - start.X) switch
        {
            > GeoPoint.HalfTurnE7 => end.Turned(-1),
            < -GeoPoint.HalfTurnE7 => end.Turned(1),
            _ => end,
        };
}

/// <summary>
/// Half of a rectangle of longitude and latitude that holds the disc in which the true place lies; zero where the place is
/// exact. The rectangle is larger than the disc, so that a place may be called possible that is not, and never missed.
/// </summary>
internal readonly record struct Reach(long LongitudeE7, long LatitudeE7)
{
    // A degree of latitude is at least 110,574 m on WGS 84, one of longitude at least 111,319 m × cos φ.
    private const long LeastMetresPerDegreeOfLatitude = 110_574;
    private const long LeastMetresPerDegreeOfEquator = 111_319;

    public bool IsZero => LatitudeE7 == 0;

    public static Reach Of(int uncertaintyMetres, long firstLatitudeE7, long lastLatitudeE7)
    {
        if (uncertaintyMetres == 0) return default;
        var latitude = Ceiling((long)uncertaintyMetres * GeoPoint.UnitsPerDegree, LeastMetresPerDegreeOfLatitude);
        var northmost = Math.Max(Math.Abs(firstLatitudeE7), Math.Abs(lastLatitudeE7)) + latitude;
        var cosinePerMille = LeastCosinePerMille(Ceiling(northmost, GeoPoint.UnitsPerDegree));
        var longitude = cosinePerMille <= 0
            ? GeoPoint.HalfTurnE7
            : Ceiling((long)uncertaintyMetres * GeoPoint.UnitsPerDegree * 1000, LeastMetresPerDegreeOfEquator * cosinePerMille);
        return new(Math.Min(longitude, GeoPoint.HalfTurnE7), latitude);
    }

    public PlaneBox Widen(PlaneBox box) =>
        new(box.West - LongitudeE7, box.South - LatitudeE7, box.East + LongitudeE7, box.North + LatitudeE7);

    // Bhāskara's rational cosine is wrong by less than 1.7 per mille.
    private static long LeastCosinePerMille(long degrees) =>
        degrees >= 90 ? 0 : 1000 * (32_400 - 4 * degrees * degrees) / (32_400 + degrees * degrees) - 2;

    private static long Ceiling(long numerator, long denominator) => (numerator + denominator - 1) / denominator;
}
