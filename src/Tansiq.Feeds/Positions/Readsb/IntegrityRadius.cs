using System.Buffers.Text;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Readsb;

/// <summary>The radius of containment of an ADS-B position: as it is said, else by its integrity category.</summary>
/// <remarks>The default is legal: nothing is known.</remarks>
internal struct IntegrityRadius
{
    // RTCA DO-260B, table 2-69, without supplements, rounded up to metres: the largest radius of each category from 0.
    private static readonly int[] MetresByCategory = [0, 37_040, 14_816, 7_408, 3_704, 1_852, 1_112, 371, 186, 75, 25, 8];

    private int _said;
    private int _byCategory;

    /// <summary>Metres, rounded up; 0 where it is not known.</summary>
    public readonly int Metres => _said > 0 ? _said : _byCategory;

    /// <summary>Takes <c>nic</c>; what is no category is passed over.</summary>
    public void TakeCategory(ReadOnlySpan<byte> digits)
    {
        _byCategory = Utf8Parser.TryParse(digits, out int category, out var length) && length == digits.Length && category >= 0 && category < MetresByCategory.Length
            ? MetresByCategory[category]
            : 0;
    }

    /// <summary>Takes <c>rc</c>, metres; 0 is unknown, what is no radius is passed over.</summary>
    public void TakeRadius(ReadOnlySpan<byte> digits)
    {
        _said = 0;
        if (!DecimalE7.Parse(digits).TryGet(out var units, out _) || units <= 0) return;
        _said = (int)Math.Min(PositionDraft.MaximumUncertaintyMetres, (units + GeoPoint.UnitsPerDegree - 1) / GeoPoint.UnitsPerDegree);
    }
}
