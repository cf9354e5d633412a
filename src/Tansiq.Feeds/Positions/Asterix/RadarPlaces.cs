using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>Where a radar stands.</summary>
/// <param name="SystemAreaCode">SAC of its data source identifier, 0 to 255.</param>
/// <param name="SystemIdentificationCode">SIC of its data source identifier, 0 to 255.</param>
/// <param name="Place">Its antenna, WGS 84.</param>
/// <param name="HeightMetres">Height of its antenna above the ellipsoid, metres.</param>
public sealed record RadarPlace(byte SystemAreaCode, byte SystemIdentificationCode, GeoPoint Place, double HeightMetres);

/// <summary>The places of radars, by which ranges and azimuths become positions. Immutable and thread-safe.</summary>
public sealed class RadarPlaces
{
    /// <summary>No radar.</summary>
    public static readonly RadarPlaces None = new([]);

    /// <summary>The largest list in bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>The lowest and the greatest height of an antenna above the ellipsoid, metres either way.</summary>
    public const double MaximumHeightMetres = 9_000;

    private const string Expected = "SAC,SIC,latitude,longitude,height: 0 to 255 twice, degrees, metres above the ellipsoid, each radar once";

    private readonly FrozenDictionary<int, RadarPlace> _radars;

    private RadarPlaces(Dictionary<int, RadarPlace> radars) => _radars = radars.ToFrozenDictionary();

    /// <summary>Reads a list in a file.</summary>
    /// <returns>The radars; or <c>asterix.radar-list</c> with its line, or why the file cannot be read.</returns>
    public static Parsed<RadarPlaces> ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var input = FeedInput.Open(path, MaximumBytes);
        using var content = new MemoryStream();
        var block = new byte[16 * 1024];
        while (input.Read(block) is > 0 and var count) content.Write(block, 0, count);
        return input.Failure is { } failure ? failure : Read(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>
    /// Reads a list: a radar a line as <c>25,201,45.1234567,15.7,312.5</c>; blank lines and what follows <c>#</c> are passed over.
    /// </summary>
    /// <returns>The radars; or <c>asterix.radar-list</c> with its line.</returns>
    public static Parsed<RadarPlaces> Read(ReadOnlySpan<byte> utf8)
    {
        var radars = new Dictionary<int, RadarPlace>();
        var number = 0;
        foreach (var range in utf8.Split((byte)'\n'))
        {
            number++;
            var text = Encoding.UTF8.GetString(FeedInput.WithoutPreamble(utf8[range])).AsSpan();
            if (text.IndexOf('#') is >= 0 and var comment) text = text[..comment];
            text = text.Trim();
            if (text.IsEmpty) continue;
            if (Line(text) is not { } radar || !radars.TryAdd(Key(radar.SystemAreaCode, radar.SystemIdentificationCode), radar))
                return new Refusal(AsterixRefusals.RadarList, FeedRefusals.Invariant($"line {number}"), JsonText.Shorten(text.ToString()), Expected);
        }

        return new RadarPlaces(radars);
    }

    /// <summary>The radar of a data source, or null.</summary>
    public RadarPlace? Find(int systemAreaCode, int systemIdentificationCode) =>
        _radars.GetValueOrDefault(Key(systemAreaCode, systemIdentificationCode));

    private static RadarPlace? Line(ReadOnlySpan<char> text)
    {
        Span<Range> fields = stackalloc Range[6];
        if (text.Split(fields, ',', StringSplitOptions.TrimEntries) != 5) return null;
        if (!byte.TryParse(text[fields[0]], NumberStyles.None, CultureInfo.InvariantCulture, out var area)) return null;
        if (!byte.TryParse(text[fields[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var identification)) return null;
        if (Number(text[fields[2]]) is not { } latitude || Number(text[fields[3]]) is not { } longitude) return null;
        if (Number(text[fields[4]]) is not { } height) return null;
        if (Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180 || Math.Abs(height) > MaximumHeightMetres) return null;
        return new(area, identification, GeoPoint.FromDegrees(latitude, longitude), height);
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static int Key(int systemAreaCode, int systemIdentificationCode) => systemAreaCode << 8 | systemIdentificationCode;
}
