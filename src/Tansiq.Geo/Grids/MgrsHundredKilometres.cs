using System.Globalization;

namespace Tansiq.Geo.Grids;

/// <summary>A 100 km square of MGRS: its letters, and where they put it in the UTM grid.</summary>
internal readonly record struct MgrsHundredKilometres
{
    public const int SideMetres = 100_000;

    private const string BandLetters = "CDEFGHJKLMNPQRSTUVWX";
    private const string RowLetters = "ABCDEFGHJKLMNPQRSTUV";
    private const int RowsOfCycle = 20;
    private const double CentralMeridianMetres = UtmCoordinate.FalseEastingMetres;

    // Columns in three sets that repeat from zone to zone; the first column begins at 100 km.
    private static readonly string[] ColumnLetters = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"];

    private MgrsHundredKilometres(int zone, char band, int column, int row)
    {
        Zone = zone;
        Band = band;
        Column = column;
        Row = row;
    }

    public int Zone { get; }

    public char Band { get; }

    public char ColumnLetter => ColumnLetters[Zone % 3][Column];

    public char RowLetter => RowLetters[(Row + RowShift(Zone) + 5 * RowsOfCycle) % RowsOfCycle];

    public double EastingMetres => (Column + 1) * SideMetres;

    /// <summary>Northing of the southern side, metres from the equator, negative south of it.</summary>
    public double SignedNorthingMetres => (double)Row * SideMetres;

    private int Column { get; }

    private int Row { get; }

    /// <summary>The square of the letters, or null where there is none: letters not in use, or not in this band and zone.</summary>
    public static MgrsHundredKilometres? FromLetters(int zone, char band, char columnLetter, char rowLetter)
    {
        var bandIndex = BandLetters.IndexOf(band, StringComparison.Ordinal);
        var column = ColumnLetters[zone % 3].IndexOf(columnLetter, StringComparison.Ordinal);
        var rowOfCycle = RowLetters.IndexOf(rowLetter, StringComparison.Ordinal);
        if (bandIndex < 0 || column < 0 || rowOfCycle < 0 || !TryZoneOfBand(zone, bandIndex, out var west, out var east)) return null;
        rowOfCycle -= RowShift(zone);
        // Rows repeat every 2,000 km; a band is 900 km high, so that at most one of the repetitions meets it.
        for (var cycle = -5; cycle <= 4; cycle++)
        {
            var square = new MgrsHundredKilometres(zone, band, column, rowOfCycle + cycle * RowsOfCycle);
            if (square.Meets(bandIndex, west, east)) return square;
        }

        return null;
    }

    /// <summary>The square that holds a place of the grid.</summary>
    public static MgrsHundredKilometres Holding(int zone, int latitudeE7, double eastingMetres, double signedNorthingMetres)
    {
        var bandIndex = Math.Min(BandLetters.Length - 1, (latitudeE7 - Utm.MinimumLatitudeE7) / (8 * GeoPoint.UnitsPerDegree));
        return new(
            zone,
            BandLetters[bandIndex],
            (int)Math.Floor(eastingMetres / SideMetres) - 1,
            (int)Math.Floor(signedNorthingMetres / SideMetres));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Zone}{Band}{ColumnLetter}{RowLetter}");

    private static int RowShift(int zone) => zone % 2 == 0 ? 5 : 0;

    // Half widths of the grid zone west and east of its central meridian, degrees; the zones that Norway and Svalbard
    // change are wider or narrower, and three do not exist.
    private static bool TryZoneOfBand(int zone, int bandIndex, out int west, out int east)
    {
        (west, east) = (BandLetters[bandIndex], zone) switch
        {
            ('V', 31) => (3, 0),
            ('V', 32) => (6, 3),
            ('X', 31) => (3, 6),
            ('X', 33) => (6, 6),
            ('X', 35) => (6, 6),
            ('X', 37) => (6, 3),
            ('X', 32 or 34 or 36) => (-1, -1),
            _ => (3, 3),
        };
        return west >= 0;
    }

    private bool Meets(int bandIndex, int westDegrees, int eastDegrees)
    {
        var southDegrees = -80 + 8 * bandIndex;
        var northDegrees = bandIndex == BandLetters.Length - 1 ? 84 : southDegrees + 8;
        var (low, high) = (SignedNorthingMetres, SignedNorthingMetres + SideMetres);
        // No latitude is beyond the pole; a quarter of the meridian in grid metres is 9,998 km.
        if (low < -9_300_000 || high > 9_500_000) return false;
        var nearest = Math.Clamp(CentralMeridianMetres, EastingMetres, EastingMetres + SideMetres);
        var farthest = EastingMetres < CentralMeridianMetres ? EastingMetres : EastingMetres + SideMetres;
        // On a grid line that runs east and west, latitude falls towards the equator away from the central meridian.
        var southmost = Utm.ToDegrees(Zone, low < 0 ? nearest : farthest, low).LatitudeDegrees;
        var northmost = Utm.ToDegrees(Zone, high > 0 ? nearest : farthest, high).LatitudeDegrees;
        if (northmost <= southDegrees || southmost >= northDegrees) return false;

        // Of the square the side towards the central meridian and the equator spans the fewest degrees from it.
        var towardsEquator = low >= 0 ? low : Math.Min(0, high);
        var longitude = Utm.ToDegrees(Zone, nearest, towardsEquator).LongitudeDegrees - Utm.CentralMeridianDegrees(Zone);
        if (longitude < -180) longitude += 360;
        if (longitude > 180) longitude -= 360;
        return EastingMetres < CentralMeridianMetres ? longitude > -westDegrees : longitude < eastDegrees;
    }
}
