using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace Tansiq.Server.Api.Reading;

/// <summary>Where the next page of a list begins, and of which record: every page of one walk is of one size, however the record grows meanwhile.</summary>
/// <param name="Size">The size that the walk is of (<em>known at</em>).</param>
/// <param name="JointSize">How much of it was joint when the walk began.</param>
/// <param name="ValidAt">The moment that the walk is of.</param>
/// <param name="Next">What comes next: an index on the record, or a number in the list.</param>
internal sealed record PageCursor(long Size, long JointSize, Instant ValidAt, long Next)
{
    /// <summary>The most characters of one.</summary>
    public const int MaximumLength = 128;

    /// <summary>As callers have it; what is in it is nobody's business.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Size}.{JointSize}.{ValidAt.ToUnixTimeTicks()}.{Next}")));

    /// <summary>Reads one; null for anything that is none.</summary>
    public static PageCursor? Parse(string text)
    {
        if (text.Length > MaximumLength || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 4 || !TryNumber(parts[0], out var size) || !TryNumber(parts[1], out var joint) || !TryNumber(parts[3], out var next)) return null;
        var isTime = long.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
            && ticks >= Earliest.ToUnixTimeTicks() && ticks <= Latest.ToUnixTimeTicks();
        return isTime && joint <= size ? new(size, joint, Instant.FromUnixTimeTicks(ticks), next) : null;
    }

    private static Instant Earliest => Geo.Text.TimeReading.Earliest;

    private static Instant Latest => Geo.Text.TimeReading.Limit;

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
