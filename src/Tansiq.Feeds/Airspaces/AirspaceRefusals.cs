using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>
/// The stable codes of what the readers of airspaces refuse, besides those of <see cref="FeedRefusals"/> for the file as a whole
/// and those of outlines, arcs and JSON (<c>geo.…</c>, <c>json.…</c>).
/// </summary>
public static class AirspaceRefusals
{
    /// <summary>The file is no text.</summary>
    public const string NotText = "feeds.airspace-not-text";

    /// <summary>The file holds no airspace.</summary>
    public const string Nothing = "feeds.airspace-no-airspace";

    /// <summary>The file holds more airspaces, or vertices in all, than are read; what stands before is kept.</summary>
    public const string TooMany = "feeds.airspace-too-many";

    /// <summary>A line longer than the limit.</summary>
    public const string LineTooLong = "feeds.airspace-line-too-long";

    /// <summary>A command that is not known and may change the shape.</summary>
    public const string UnknownCommand = "feeds.airspace-unknown-command";

    /// <summary>A coordinate that is none.</summary>
    public const string Coordinate = "feeds.airspace-coordinate";

    /// <summary>A height that is none, or is left open (<c>NOTAM</c>, <c>Ask on 122.8</c>).</summary>
    public const string Height = "feeds.airspace-height";

    /// <summary>A radius, an angle or a direction that is none.</summary>
    public const string Number = "feeds.airspace-number";

    /// <summary>No class, name, floor, ceiling, centre or shape.</summary>
    public const string Missing = "feeds.airspace-missing";

    /// <summary>A name, floor or ceiling that stands twice.</summary>
    public const string Repeated = "feeds.airspace-repeated";

    /// <summary>The floor lies above the ceiling.</summary>
    public const string FloorAboveCeiling = "feeds.airspace-floor-above-ceiling";

    /// <summary>A circle together with other shapes in one airspace.</summary>
    public const string CircleAndMore = "feeds.airspace-circle-and-more";

    /// <summary>An airway (<c>DY</c>), which is not drawn.</summary>
    public const string Airway = "feeds.airspace-airway";

    /// <summary>More points than an airspace may have.</summary>
    public const string TooManyPoints = "feeds.airspace-too-many-points";

    /// <summary>
    /// A line that crosses itself, and of more than <see cref="OpenAirReader.MostAreaInDoubtPercent"/> of the area it is
    /// open whether it belongs to the airspace.
    /// </summary>
    public const string AreaInDoubt = "feeds.airspace-area-in-doubt";

    /// <summary>A line that meets itself more often than is mended.</summary>
    public const string TooManyMeetings = "feeds.airspace-too-many-meetings";

    /// <summary>XML that is not well formed, nested too deep, or has a document type definition.</summary>
    public const string Xml = "feeds.airspace-xml";

    /// <summary>A feature that is no area: a point, a line, a track, nothing.</summary>
    public const string NotAnArea = "feeds.airspace-not-an-area";

    /// <summary>A time that is none, or an end that is not after its beginning.</summary>
    public const string Time = "feeds.airspace-time";

    /// <summary>A link to other content, which is never fetched.</summary>
    public const string Link = "feeds.airspace-link";

    /// <summary>An archive that is none, or is larger, fuller or more compressed than is read.</summary>
    public const string Archive = "feeds.airspace-archive";

    /// <summary>The refusal at which reading a file ends that holds more than is read.</summary>
    internal static Refusal More(string place) => new(
        TooMany, place, "more", FeedRefusals.Invariant($"at most {AirspaceFile.MaximumAirspaces} airspaces with {AirspaceFile.MaximumVertices} vertices"));

    /// <summary>How many vertices an airspace counts with against the limit of its file.</summary>
    internal static long Vertices(Airspace airspace) =>
        airspace.Outlines.Sum(outline => outline.Shell.Length + outline.Holes.Sum(hole => (long)hole.Length));

    /// <summary>A place in the file.</summary>
    internal static string Line(int number) => FeedRefusals.Invariant($"line {number}");

    /// <summary>A refusal at a line.</summary>
    internal static Refusal At(int line, string code, ReadOnlySpan<char> found, string expected) =>
        new(code, Line(line), found.IsEmpty ? "nothing" : JsonText.Shorten(found.ToString()), expected);
}
