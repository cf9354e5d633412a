namespace Tansiq.Figures.Records;

/// <summary>Percentiles of what was measured.</summary>
internal static class Percentiles
{
    /// <summary>The smallest of some values that a share of them does not exceed.</summary>
    /// <param name="values">The values, at least one; not changed.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static double Of(IReadOnlyCollection<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
