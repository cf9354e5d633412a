namespace Tansiq.Geo.Text;

/// <summary>Shows outside text in a refusal.</summary>
internal static class Quotation
{
    // With quotation marks and an ellipsis within the 80 characters that a refusal may show.
    private const int MaximumShown = 60;

    /// <summary>The text in quotation marks, cut to 60 characters, control characters replaced.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var isCut = text.Length > MaximumShown;
        Span<char> shown = stackalloc char[Math.Min(text.Length, MaximumShown)];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
        return isCut ? $"'{shown}…'" : $"'{shown}'";
    }
}
