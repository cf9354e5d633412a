using System.IO.Compression;
using System.Text;
using Tansiq.Feeds.Positions;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>Feeds as a test writes them.</summary>
internal static class Feed
{
    public const string StateHeader = "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,baroaltitude,geoaltitude,lastposupdate,lastcontact";

    public static PositionFile Of(string text, string name = "test") => PositionFile.Of(name, Encoding.UTF8.GetBytes(text));

    public static PositionFile Of(byte[] content, string name = "test") => PositionFile.Of(name, content);

    public static List<PositionRecord> Read(string text) => [.. Of(text).Read()];

    public static List<PositionRecord> Read(byte[] content) => [.. Of(content).Read()];

    /// <summary>The only record, which must have been taken.</summary>
    public static ReportedPosition Taken(string text) => Read(text).ShouldHaveSingleItem().Content.Value;

    /// <summary>The only record, which must have been refused.</summary>
    public static Refusal Refused(string text) => Read(text).ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull();

    /// <summary>One item of a traffic array.</summary>
    public static string Item(string track, long seconds, double latitude = 47, double longitude = 8) => FormattableString.Invariant(
        $"{{\"timestamp\":{seconds * 1000},\"icao24\":\"{track}\",\"latitude\":{latitude},\"longitude\":{longitude}}}");

    public static string Array(params IEnumerable<string> items) => "[" + string.Join(",", items) + "]";

    /// <summary>Codes of the refusals, in order, with their places: <c>item 2 feeds.wrong-type</c>.</summary>
    public static List<string> Refusals(IEnumerable<PositionRecord> records) =>
        [.. records.Select(r => r.Content.Refusal).OfType<Refusal>().Select(r => $"{r.Where} {r.Code}")];

    public static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }
}
