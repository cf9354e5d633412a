namespace Tansiq.Geo.Indexing;

/// <summary>
/// A closed box of place, height and time in whole numbers of 32 bits, never smaller than what it stands for: longitude
/// (−180° to 180°) and latitude in 10⁻⁷ degree, centimetres above sea level, units of eight seconds. A height band whose
/// bounds do not compare may have its low above its high.
/// </summary>
internal readonly record struct SearchBox
{
    public int West { get; init; }

    public int South { get; init; }

    public int East { get; init; }

    public int North { get; init; }

    public int Low { get; init; }

    public int High { get; init; }

    public int From { get; init; }

    public int Until { get; init; }

    /// <summary>Whether it is of every height and time, so that these need not be compared.</summary>
    public bool IsOfPlaceAlone => Low == int.MinValue && High == int.MaxValue && From == int.MinValue && Until == int.MaxValue;

    /// <summary>The smallest box that holds both.</summary>
    public SearchBox With(in SearchBox other) => new()
    {
        West = Math.Min(West, other.West),
        South = Math.Min(South, other.South),
        East = Math.Max(East, other.East),
        North = Math.Max(North, other.North),
        Low = Math.Min(Low, other.Low),
        High = Math.Max(High, other.High),
        From = Math.Min(From, other.From),
        Until = Math.Max(Until, other.Until),
    };

    /// <summary>The box with other heights and times.</summary>
    public SearchBox With((int Low, int High) heights, (int From, int Until) times) =>
        this with { Low = heights.Low, High = heights.High, From = times.From, Until = times.Until };

    /// <summary>The box of a place, at every height and time.</summary>
    public static SearchBox Of(GeoPoint place) => new()
    {
        West = place.LongitudeE7,
        South = place.LatitudeE7,
        East = place.LongitudeE7,
        North = place.LatitudeE7,
        Low = int.MinValue,
        High = int.MaxValue,
        From = int.MinValue,
        Until = int.MaxValue,
    };

    /// <summary>Adds the pieces of a box, at every height and time, that lie between −180° and 180°, one for each turn that brings some there.</summary>
    /// <remarks>A box that only touches 180° touches −180° too, so that touching boxes and places are never missed.</remarks>
    /// <param name="box">The box, in any turn; 360° and wider means every longitude.</param>
    /// <param name="pieces">Room for two; a box less than 360° wide never has more.</param>
    /// <returns>How many there are.</returns>
    public static int Pieces(PlaneBox box, Span<SearchBox> pieces)
    {
        var whole = Of(default(GeoPoint)) with { South = ToInt(box.South), North = ToInt(box.North) };
        if (box.East - box.West >= GeoPoint.TurnE7)
        {
            pieces[0] = whole with { West = -GeoPoint.HalfTurnE7, East = GeoPoint.HalfTurnE7 };
            return 1;
        }
        var turns = Outlines.Turns.Bringing(box, World);
        var count = 0;
        for (var turn = turns.First; turn <= turns.Last; turn++)
        {
            var moved = box.Turned(turn);
            pieces[count++] = whole with
            {
                West = (int)Math.Max(moved.West, World.West),
                East = (int)Math.Min(moved.East, World.East),
            };
        }
        return count;
    }

    /// <summary>The nearest whole number of 32 bits.</summary>
    public static int ToInt(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    private static readonly PlaneBox World =
        new(-GeoPoint.HalfTurnE7, -GeoPoint.MaximumLatitudeE7, GeoPoint.HalfTurnE7, GeoPoint.MaximumLatitudeE7);
}
