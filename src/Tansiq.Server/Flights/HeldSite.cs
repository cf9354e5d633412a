using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Server.Flights;

/// <summary>A protected site whose exact place stays at this node (FLT-7).</summary>
internal sealed record HeldSite
{
    /// <summary>The greatest extent, metres; with the blur it stays within what a site may be uncertain by.</summary>
    public const int MaximumExtentMetres = 20_000;

    public required Id<Site> Id { get; init; }

    public required string Name { get; init; }

    public required SiteCategory Category { get; init; }

    /// <summary>The exact place.</summary>
    public required GeoPoint Place { get; init; }

    /// <summary>The site lies within so many metres of it.</summary>
    public required int ExtentMetres { get; init; }

    public required Interval Validity { get; init; }

    /// <summary>Who made it known here, and who else may see its place: pseudonyms of officers.</summary>
    public required ImmutableSortedSet<string> Readers { get; init; }

    /// <summary>32 bytes of chance, so that the commitment can't be guessed.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>What may go on the record: a hash of salt and site that says nothing, and by which the holder can show later what it held.</summary>
    public ContentHash Commitment => ContentHash.Of([.. Salt.Span, .. Encoding.UTF8.GetBytes(Text())]);

    /// <summary>
    /// The site as the check knows it: somewhere within the floor's radius of a place that chance chose once for this neighbourhood. However many notices are filed to
    /// find it, they find that circle, and the site is anywhere in it.
    /// </summary>
    /// <param name="secret">A secret of this node.</param>
    /// <param name="floorMetres">The radius that the parties agreed operations are never smaller than (BND-1).</param>
    public Site Blurred(ReadOnlySpan<byte> secret, int floorMetres)
    {
        var (east, north) = Offset(secret, floorMetres);
        var latitude = Math.Clamp(Place.LatitudeE7 + (int)Math.Round(north / MetresOfUnit), -GeoPoint.MaximumLatitudeE7, GeoPoint.MaximumLatitudeE7);
        var scale = Math.Max(0.01, Math.Cos(Place.LatitudeE7 / (double)GeoPoint.UnitsPerDegree * Math.PI / 180));
        var longitude = Place.LongitudeE7 + (long)Math.Round(east / (MetresOfUnit * scale));
        if (longitude >= GeoPoint.HalfTurnE7) longitude -= GeoPoint.TurnE7;
        if (longitude < -GeoPoint.HalfTurnE7) longitude += GeoPoint.TurnE7;
        return new()
        {
            Id = Id,
            Name = new(ImmutableSortedDictionary<string, string>.Empty),
            Category = Category,
            Point = GeoPoint.FromE7(latitude, longitude),
            Outlines = [],
            // A unit of degree is not everywhere the same length: two in a hundred more than covers it.
            UncertaintyMetres = floorMetres + floorMetres / 50 + ExtentMetres,
            Verification = Verification.Unverified,
            Validity = Validity,
        };
    }

    private const double MetresOfUnit = 111_320.0 / GeoPoint.UnitsPerDegree;
    private const int NeighbourhoodE7 = 10_000;

    // The same for all sites of a neighbourhood of some hundred metres: who notifies a site anew draws no second circle around it.
    private (double East, double North) Offset(ReadOnlySpan<byte> secret, int floorMetres)
    {
        Span<byte> neighbourhood = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(neighbourhood, Place.LongitudeE7 / NeighbourhoodE7);
        BinaryPrimitives.WriteInt32BigEndian(neighbourhood[4..], Place.LatitudeE7 / NeighbourhoodE7);
        Span<byte> chance = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, neighbourhood, chance);
        var distance = floorMetres * Math.Sqrt(Fraction(chance));
        var direction = 2 * Math.PI * Fraction(chance[8..]);
        return (distance * Math.Sin(direction), distance * Math.Cos(direction));
    }

    private static double Fraction(ReadOnlySpan<byte> chance) => (BinaryPrimitives.ReadUInt64BigEndian(chance) >> 11) / (double)(1L << 53);

    private string Text() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"tansiq-held-site/1\n{Id.Value}\n{(int)Category}\n{Place.LongitudeE7} {Place.LatitudeE7}\n{ExtentMetres}\n{Moment(Validity.HasStart, Validity)}\n");

    private static string Moment(bool hasStart, Interval validity) =>
        (hasStart ? InstantPattern.ExtendedIso.Format(validity.Start) : "-") + " " + (validity.HasEnd ? InstantPattern.ExtendedIso.Format(validity.End) : "-");
}
