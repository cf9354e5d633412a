using System.Globalization;

namespace Tansiq.Record.Tiles;

/// <summary>
/// The name of a tile or entry bundle (tlog-tiles, Merkle Tree and Log entries): up to 256 hashes of one level of a tree of height 8, or
/// up to 256 entries.
/// </summary>
/// <remarks>The default value is no tile.</remarks>
public readonly record struct Tile
{
    /// <summary>How many hashes or entries a full tile has.</summary>
    public const int FullWidth = 256;

    /// <summary>How many levels of the tree a tile spans.</summary>
    public const int Height = 8;

    /// <summary>The highest level that is served.</summary>
    public const int MaximumLevel = 63;

    private const int EntriesLevel = -1;

    // Three digits an element: 2⁶³ has seven such.
    private const int MaximumElements = 7;

    private Tile(int level, long index, int width) => (Level, Index, Width) = (level, index, width);

    /// <summary>The level, from 0; −1 for entries.</summary>
    public int Level { get; }

    /// <summary>The number of the tile in its level, from 0.</summary>
    public long Index { get; }

    /// <summary>How many hashes or entries: 1 to 256.</summary>
    public int Width { get; }

    /// <summary>Whether it holds entries.</summary>
    public bool IsEntries => Level == EntriesLevel;

    /// <summary>Whether it holds less than 256.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>A tile of hashes.</summary>
    public static Tile Hashes(int level, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaximumLevel);
        return Bounded(level, index, width);
    }

    /// <summary>A bundle of entries.</summary>
    public static Tile Entries(long index, int width = FullWidth) => Bounded(EntriesLevel, index, width);

    /// <summary>The same place with another width.</summary>
    public Tile WithWidth(int width) => Bounded(Level, Index, width);

    /// <summary>How many hashes a level has in a tree of a size.</summary>
    public static long HashesOfLevel(int level, long size) => level * Height >= 63 ? 0 : size >> (level * Height);

    /// <summary>The tiles of hashes of a tree of a size, level by level, from left to right (tlog-tiles, Partial Tiles).</summary>
    public static IEnumerable<Tile> Of(long size)
    {
        for (var level = 0; HashesOfLevel(level, size) is > 0 and var hashes; level++)
        {
            for (long index = 0; index * FullWidth < hashes; index++) yield return Hashes(level, index, (int)Math.Min(FullWidth, hashes - index * FullWidth));
        }
    }

    /// <summary>The path below the log's prefix: <c>tile/0/x001/x234/067</c>, <c>tile/entries/000.p/5</c>.</summary>
    public string Path()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Index % 1000:000}");
        for (var rest = Index / 1000; rest > 0; rest /= 1000) name = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{name}");
        var level = IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        return IsPartial ? string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{name}.p/{Width}") : $"tile/{level}/{name}";
    }

    /// <summary>Reads a path.</summary>
    /// <returns>The tile, or <see cref="RecordFaults.MalformedPath"/>.</returns>
    public static Checked<Tile> Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Length <= 128 ? path.Split('/') : [];
        if (parts.Length < 3 || parts[0] != "tile" || !TryLevel(parts[1], out var level)) return Malformed(path);
        var elements = parts.AsSpan(2);
        var width = FullWidth;
        if (elements.Length > 1 && elements[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!TryNumber(elements[^1], 1, FullWidth - 1, out width)) return Malformed(path);
            elements[^2] = elements[^2][..^2];
            elements = elements[..^1];
        }

        return TryIndex(elements, out var index) ? new Tile(level, index, width) : Malformed(path);
    }

    /// <summary>The path.</summary>
    public override string ToString() => Path();

    private static Tile Bounded(int level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return new(level, index, width);
    }

    private static bool TryLevel(string text, out int level)
    {
        level = EntriesLevel;
        return text == "entries" || TryNumber(text, 0, MaximumLevel, out level);
    }

    // One way only to write an index: no leading elements of zeroes.
    private static bool TryIndex(ReadOnlySpan<string> elements, out long index)
    {
        index = 0;
        if (elements.Length is 0 or > MaximumElements) return false;
        for (var number = 0; number < elements.Length; number++)
        {
            var element = elements[number].AsSpan();
            if (number < elements.Length - 1)
            {
                if (element is not ['x', ..]) return false;
                element = element[1..];
            }

            if (element.Length != 3 || element.ContainsAnyExceptInRange('0', '9')) return false;
            var digits = int.Parse(element, NumberStyles.None, CultureInfo.InvariantCulture);
            if (number == 0 && digits == 0 && elements.Length > 1) return false;
            if (index > (long.MaxValue - digits) / 1000) return false;
            index = index * 1000 + digits;
        }

        return true;
    }

    private static bool TryNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (text.Length == 1 || text[0] != '0') && number >= least && number <= most;

    private static Fault Malformed(string path) =>
        new(RecordFaults.MalformedPath, "", path.Length <= 80 ? path : path[..79] + "…", "tile/LEVEL/INDEX[.p/WIDTH] or tile/entries/INDEX[.p/WIDTH]");
}
