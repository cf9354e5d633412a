using System.Globalization;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Writing;

/// <summary>Positions as rows of state vectors (docs/formats/feeds.md): metres and metres a second, which are exact.</summary>
/// <remarks>The columns after <c>onground</c> are for other readers; those of feeds pass them over.</remarks>
internal sealed class TrackCsv : TrackWriter
{
    private const string Header = "time,icao24,lat,lon,baroaltitude,geoaltitude,velocity,callsign,onground,sealevelaltitude,groundheight,uncertainty,source";

    private readonly StreamWriter _text;

    public TrackCsv(Stream output)
    {
        _text = CsvText.To(output);
        _text.WriteLine(Header);
    }

    public override void Write(ReportedPosition position)
    {
        var (at, speed) = (position.Position, position.GroundSpeedMetresPerSecond?.ToString("0.#######", CultureInfo.InvariantCulture));
        _text.Write($"{WrittenText.Time(at.At)},{position.Track},{DecimalE7.Format(at.Place.LatitudeE7)},{DecimalE7.Format(at.Place.LongitudeE7)},");
        _text.Write($"{Metres(at, HeightReference.Pressure)},{Metres(at, HeightReference.Ellipsoid)},{speed},{CsvText.Field(position.Callsign)},");
        _text.Write(position.OnGround switch { true => "true,", false => "false,", null => "," });
        _text.Write($"{Metres(at, HeightReference.SeaLevel)},{Metres(at, HeightReference.Ground)},");
        _text.Write(at.HorizontalUncertaintyMetres == 0 ? "," : string.Create(CultureInfo.InvariantCulture, $"{at.HorizontalUncertaintyMetres},"));
        _text.WriteLine(CsvText.Field(position.Source));
    }

    public override void Complete() => _text.Flush();

    protected override void Dispose(bool isDisposing) => _text.Dispose();

    private static string Metres(Position position, HeightReference reference) =>
        position.Height is { } height && height.Reference == reference ? WrittenText.Metres(height) : "";
}
