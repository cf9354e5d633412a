using System.Collections.Immutable;
using System.Globalization;

namespace Tansiq.Geo.Grids;

/// <summary>A square of the Military Grid Reference System on WGS 84 (NGA.STND.0037): an area, not a point.</summary>
/// <remarks>
/// Its size is the precision with which it was named; nothing here makes it smaller. Made by <see cref="Mgrs"/> alone. The
/// default value is not legal. Immutable and thread-safe.
/// </remarks>
public readonly record struct MgrsSquare
{
    // The longest straight edge, in longitude and latitude, that stays within 1 m of a grid line up to 84° of latitude.
    private const int OutlineStepMetres = 2_000;

    internal MgrsSquare(MgrsHundredKilometres hundredKilometres, int digits, int easting, int northing)
    {
        HundredKilometres = hundredKilometres;
        Digits = digits;
        EastingDigits = easting;
        NorthingDigits = northing;
    }

    /// <summary>UTM zone, 1 to 60.</summary>
    public int Zone => HundredKilometres.Zone;

    /// <summary>Latitude band, <c>C</c> to <c>X</c> without <c>I</c> and <c>O</c>.</summary>
    public char Band => HundredKilometres.Band;

    /// <summary>Column letter of the 100 km square.</summary>
    public char ColumnLetter => HundredKilometres.ColumnLetter;

    /// <summary>Row letter of the 100 km square.</summary>
    public char RowLetter => HundredKilometres.RowLetter;

    /// <summary>Digits of easting and of northing that the name has, 0 (100 km) to 5 (1 m).</summary>
    public int Digits { get; }

    /// <summary>Easting within the 100 km square in units of <see cref="SizeMetres"/>.</summary>
    public int EastingDigits { get; }

    /// <summary>Northing within the 100 km square in units of <see cref="SizeMetres"/>.</summary>
    public int NorthingDigits { get; }

    /// <summary>Length of a side in grid metres: 1, 10, 100, 1,000, 10,000 or 100,000.</summary>
    public int SizeMetres => Mgrs.SizeOf(Digits);

    /// <summary>The south-west corner.</summary>
    public GeoPoint SouthWest => At(0, 0);

    /// <summary>The south-east corner.</summary>
    public GeoPoint SouthEast => At(SizeMetres, 0);

    /// <summary>The north-east corner.</summary>
    public GeoPoint NorthEast => At(SizeMetres, SizeMetres);

    /// <summary>The north-west corner.</summary>
    public GeoPoint NorthWest => At(0, SizeMetres);

    /// <summary>The middle of the square; how far off the named place may be is half of <see cref="SizeMetres"/> each way.</summary>
    public GeoPoint Centre => At(SizeMetres / 2.0, SizeMetres / 2.0);

    internal MgrsHundredKilometres HundredKilometres { get; }

    private double EastingMetres => HundredKilometres.EastingMetres + (double)EastingDigits * SizeMetres;

    private double SignedNorthingMetres => HundredKilometres.SignedNorthingMetres + (double)NorthingDigits * SizeMetres;

    /// <summary>
    /// The edge as a ring of points, counter-clockwise from the south-west corner, the first not repeated; straight edges
    /// between them, in longitude and latitude, stay within 1 m of the grid lines.
    /// </summary>
    public ImmutableArray<GeoPoint> OutlineRing()
    {
        var steps = (SizeMetres + OutlineStepMetres - 1) / OutlineStepMetres;
        var ring = ImmutableArray.CreateBuilder<GeoPoint>(4 * steps);
        double size = SizeMetres;
        for (var i = 0; i < steps; i++) ring.Add(At(size * i / steps, 0));
        for (var i = 0; i < steps; i++) ring.Add(At(size, size * i / steps));
        for (var i = 0; i < steps; i++) ring.Add(At(size - size * i / steps, size));
        for (var i = 0; i < steps; i++) ring.Add(At(0, size - size * i / steps));
        return ring.MoveToImmutable();
    }

    /// <summary>The name without spaces, for example <c>37SCV1234567890</c>, with the digits that it was read with.</summary>
    public override string ToString() => string.Concat(HundredKilometres.ToString(), Text(EastingDigits), Text(NorthingDigits));

    /// <summary>The name with spaces, for example <c>37S CV 12345 67890</c>, with the digits that it was read with.</summary>
    public string ToSpacedString()
    {
        var letters = string.Create(CultureInfo.InvariantCulture, $"{Zone}{Band} {ColumnLetter}{RowLetter}");
        return Digits == 0 ? letters : $"{letters} {Text(EastingDigits)} {Text(NorthingDigits)}";
    }

    private string Text(int value) => Digits == 0 ? "" : value.ToString("D" + Digits, CultureInfo.InvariantCulture);

    private GeoPoint At(double eastMetres, double northMetres)
    {
        var (latitude, longitude) = Utm.ToDegrees(Zone, EastingMetres + eastMetres, SignedNorthingMetres + northMetres);
        return GeoPoint.FromDegrees(latitude, longitude);
    }
}
