namespace Tansiq.Cli.Reporting;

/// <summary>A label of a map with the least enlargement at which it stands free.</summary>
/// <param name="Area">The area.</param>
/// <param name="X">Middle, drawing units.</param>
/// <param name="Y">Middle, drawing units.</param>
/// <param name="Enlargement">1, 2, 4 … from which on it is shown.</param>
internal readonly record struct AreaLabel(ReportedArea Area, int X, int Y, int Enlargement);

/// <summary>Places the names of areas so that none covers another: what comes first is seen first, the rest on enlarging.</summary>
internal static class AreaLabels
{
    /// <summary>The most characters of a label.</summary>
    public const int MaximumLength = 24;

    /// <summary>The most labels.</summary>
    public const int MaximumLabels = 600;

    /// <summary>Drawing units of one pixel on the screen and page, about.</summary>
    public const int UnitsPerPixel = 11;

    private const int LetterPixels = 8;
    private const int HeightPixels = 18;
    private const int MaximumEnlargement = 32;

    /// <summary>Places the labels of areas in their order.</summary>
    /// <param name="areas">The areas, each with the middle of its drawing and the length of its longest name.</param>
    public static IEnumerable<AreaLabel> Place(IEnumerable<(ReportedArea Area, int X, int Y, int Length)> areas)
    {
        var placed = new List<(int X, int Y, int HalfWidth, int Enlargement)>();
        foreach (var (area, x, y, length) in areas.Take(MaximumLabels))
        {
            var halfWidth = Math.Min(length, MaximumLength) * LetterPixels * UnitsPerPixel / 2;
            var isWhole = x >= halfWidth && x <= MapProjection.Width - halfWidth;
            for (var enlargement = isWhole ? 1 : 2; enlargement <= MaximumEnlargement; enlargement *= 2)
            {
                if (placed.Exists(other => Overlap(other, x, y, halfWidth, Math.Max(enlargement, other.Enlargement)))) continue;
                placed.Add((x, y, halfWidth, enlargement));
                yield return new(area, x, y, enlargement);
                break;
            }
        }
    }

    private static bool Overlap((int X, int Y, int HalfWidth, int Enlargement) other, int x, int y, int halfWidth, int enlargement) =>
        Math.Abs((long)other.X - x) * enlargement < other.HalfWidth + halfWidth
        && Math.Abs((long)other.Y - y) * enlargement < HeightPixels * UnitsPerPixel;
}
