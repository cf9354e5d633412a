using System.IO.Compression;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Reads airspaces from KMZ: the KML file of a ZIP archive. Nothing else of the archive is opened, nothing is unpacked to disk.</summary>
internal static class KmzAirspaceReader
{
    /// <summary>The most entries of an archive.</summary>
    public const int MaximumEntries = 10_000;

    /// <summary>How many times larger the KML may be than its compressed bytes, beyond the first MiB.</summary>
    public const int MaximumRatio = 200;

    private const int FreeBytes = 1024 * 1024;

    /// <summary>Whether content begins as a ZIP archive does.</summary>
    public static bool IsFormatOf(ReadOnlyMemory<byte> content) => content.Span.StartsWith("PK\u0003\u0004"u8) || content.Span.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Reads content.</summary>
    /// <returns>As <see cref="KmlAirspaceReader"/> gives them; places are those of the KML file.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content) =>
        Kml(content).TryGet(out var kml, out var refusal) ? KmlAirspaceReader.Read(kml) : [refusal];

    private static Parsed<ReadOnlyMemory<byte>> Kml(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            if (archive.Entries.Count > MaximumEntries)
                return Refuse(FeedRefusals.Invariant($"{archive.Entries.Count} entries"), FeedRefusals.Invariant($"at most {MaximumEntries}"));
            if (archive.Entries.FirstOrDefault(entry => LeadsOut(entry.FullName)) is { } outside)
                return Refuse(outside.FullName, "names of entries inside of the archive");
            var files = archive.Entries.Where(entry => entry.FullName.EndsWith(".kml", StringComparison.OrdinalIgnoreCase)).ToList();
            var main = files.Find(entry => !entry.FullName.Contains('/', StringComparison.Ordinal)) ?? files.FirstOrDefault();
            return main is null ? Refuse("no .kml", "an archive with a KML file") : Content(main);
        }
        catch (Exception corrupt) when (corrupt is InvalidDataException or IOException or NotSupportedException)
        {
            return Refuse(corrupt.Message, "a ZIP archive that is whole and not encrypted");
        }
    }

    /// <summary>What an entry holds; bytes are counted as they come, whatever the archive says of their number.</summary>
    private static Parsed<ReadOnlyMemory<byte>> Content(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted) return Refuse("an encrypted entry", "a ZIP archive that is whole and not encrypted");
        var most = Math.Min(AirspaceFile.MaximumBytes, FreeBytes + MaximumRatio * entry.CompressedLength);
        using var unpacked = entry.Open();
        using var content = new MemoryStream();
        var block = new byte[64 * 1024];
        while (unpacked.Read(block) is > 0 and var count)
        {
            content.Write(block, 0, count);
            if (content.Length <= most) continue;
            var expected = FeedRefusals.Invariant($"a KML file of at most {AirspaceFile.MaximumBytes} bytes, and {MaximumRatio} times its compressed size");
            return Refuse("more bytes", expected);
        }

        return (ReadOnlyMemory<byte>)content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static bool LeadsOut(string name) =>
        name.StartsWith('/') || name.StartsWith('\\') || name.Split('/', '\\').Contains("..") || name.Contains(':', StringComparison.Ordinal);

    private static Refusal Refuse(string found, string expected) => new(AirspaceRefusals.Archive, "", JsonText.Shorten(found), expected);
}
