namespace Tansiq.Feeds.Positions;

/// <summary>Orders names with their digits by value, the rest by character codes: <c>history_2</c> before <c>history_10</c>.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The only one.</summary>
    public static readonly NaturalOrder Instance = new();

    private NaturalOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (leftDigits, rightDigits) = (Digits(left), Digits(right));
            var order = leftDigits > 0 && rightDigits > 0
                ? CompareNumbers(left[..leftDigits].TrimStart('0'), right[..rightDigits].TrimStart('0'))
                : left[0].CompareTo(right[0]);
            if (order != 0) return order;
            left = left[Math.Max(1, leftDigits)..];
            right = right[Math.Max(1, rightDigits)..];
        }

        // Names that differ in leading zeros alone are still different.
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(x, y);
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
