using Tansiq.Geo.Text;
namespace Tansiq.Feeds.Positions;
internal static class DecimalE7
{
    public static Parsed<long> Parse(ReadOnlySpan<byte> t)
    {
        if (!decimal.TryParse(t, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var d) || Math.Abs(d) > 100_000_000_000m)
            return new Refusal("geo.x", "", "", "");
        return (long)Math.Round(d * 10_000_000m, MidpointRounding.ToEven);
    }
}
