using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>
/// The stable codes of what <see cref="OpenAirReader"/> refuses, besides those of <see cref="FeedRefusals"/> for the file
/// as a whole and those of outlines and arcs (<c>geo.…</c>).
/// </summary>
public static class AirspaceRefusals
{
    /// <summary>The file is no text.</summary>
    public const string NotText = "feeds.openair-not-text";

    /// <summary>The file holds no airspace.</summary>
    public const string Nothing = "feeds.openair-no-airspace";

    /// <summary>The file holds more airspaces, or vertices in all, than are read; what stands before is kept.</summary>
    public const string TooMany = "feeds.openair-too-many";

    /// <summary>A line longer than the limit.</summary>
    public const string LineTooLong = "feeds.openair-line-too-long";

    /// <summary>A command that is not known and may change the shape.</summary>
    public const string UnknownCommand = "feeds.openair-unknown-command";

    /// <summary>A coordinate that is none.</summary>
    public const string Coordinate = "feeds.openair-coordinate";

    /// <summary>A height that is none, or is left open (<c>NOTAM</c>, <c>Ask on 122.8</c>).</summary>
    public const string Height = "feeds.openair-height";

    /// <summary>A radius, an angle or a direction that is none.</summary>
    public const string Number = "feeds.openair-number";

    /// <summary>No class, name, floor, ceiling, centre or shape.</summary>
    public const string Missing = "feeds.openair-missing";

    /// <summary>A name, floor or ceiling that stands twice.</summary>
    public const string Repeated = "feeds.openair-repeated";

    /// <summary>The floor lies above the ceiling.</summary>
    public const string FloorAboveCeiling = "feeds.openair-floor-above-ceiling";

    /// <summary>A circle together with other shapes in one airspace.</summary>
    public const string CircleAndMore = "feeds.openair-circle-and-more";

    /// <summary>An airway (<c>DY</c>), which is not drawn.</summary>
    public const string Airway = "feeds.openair-airway";

    /// <summary>More points than an airspace may have.</summary>
    public const string TooManyPoints = "feeds.openair-too-many-points";

    /// <summary>
    /// A line that crosses itself, and of more than <see cref="OpenAirReader.MostAreaInDoubtPercent"/> of the area it is
    /// open whether it belongs to the airspace.
    /// </summary>
    public const string AreaInDoubt = "feeds.openair-area-in-doubt";

    /// <summary>A line that meets itself more often than is mended.</summary>
    public const string TooManyMeetings = "feeds.openair-too-many-meetings";

    /// <summary>A place in the file.</summary>
    internal static string Line(int number) => FeedRefusals.Invariant($"line {number}");

    /// <summary>A refusal at a line.</summary>
    internal static Refusal At(int line, string code, ReadOnlySpan<char> found, string expected) =>
        new(code, Line(line), found.IsEmpty ? "nothing" : JsonText.Shorten(found.ToString()), expected);
}
