using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Feeds.Airspaces;

/// <summary>One airspace as a file describes it, drawn on the grid of WGS 84. Immutable and thread-safe.</summary>
public sealed class Airspace
{
    internal Airspace(string place, string name, string airspaceClass, HeightBand heights, ImmutableArray<Outline> outlines)
    {
        Place = place;
        Name = name;
        Class = airspaceClass;
        Heights = heights;
        Outlines = outlines;
    }

    /// <summary>Where it begins in its file, as refusals name places: <c>line 12</c>, <c>/features/3</c>.</summary>
    public string Place { get; }

    /// <summary>The name, 1 to 200 characters, none of them a control character.</summary>
    public string Name { get; }

    /// <summary>The class or kind in upper case, for example <c>D</c>, <c>CTR</c>, <c>R</c>, <c>Q</c> (danger); 1 to 64 characters.</summary>
    public string Class { get; }

    /// <summary>A further type, for example <c>TMA</c>, or null.</summary>
    public string? Type { get; internal init; }

    /// <summary>From floor to ceiling.</summary>
    public HeightBand Heights { get; }

    /// <summary>
    /// The outlines, which together are the airspace; at least one, each valid for itself. Geodesic edges, circles and arcs are
    /// drawn to within 1 m; straight edges of formats that define them so stay straight.
    /// </summary>
    public ImmutableArray<Outline> Outlines { get; }

    /// <summary>When it is active, either side of which may be open; null where the file does not say: at all times.</summary>
    public Interval? Validity { get; internal init; }

    /// <summary>Where it differs from what the file says, and why.</summary>
    public ImmutableArray<AirspaceRemark> Remarks { get; internal init; } = [];
}

/// <summary>What was mended in an airspace, or taken for it, by a stated rule (docs/formats/airspace.md).</summary>
/// <param name="Kind">Which rule.</param>
/// <param name="Place">Where it applied, as refusals name places.</param>
public sealed record AirspaceRemark(AirspaceRemarkKind Kind, string Place);

/// <summary>The rules by which an airspace is mended or completed.</summary>
public enum AirspaceRemarkKind
{
    /// <summary>The outline ran to a point and straight back: the point was left out.</summary>
    SpikeRemoved = 0,

    /// <summary>Two points only (a cable): drawn as a strip that reaches <see cref="OpenAirReader.LineReachMetres"/> to each side.</summary>
    LineWidened = 1,

    /// <summary>
    /// The line crosses or touches itself (its place is that of the point after which it first does): split there into simple
    /// outlines; what the line winds around is the airspace.
    /// </summary>
    SelfCrossingSplit = 2,

    /// <summary>The last point of a ring is not its first, as the format wants it: closed by a straight edge.</summary>
    RingClosed = 3,

    /// <summary>No floor, no ceiling, or neither is given: open on that side.</summary>
    HeightsOpen = 4,

    /// <summary>A part without area in plan (a point, a line, an upright wall), or the same part again, was left out.</summary>
    PartLeftOut = 5,

    /// <summary>Heights of single points, which no rule makes a floor or a ceiling, were passed over.</summary>
    PointHeightsPassedOver = 6,

    /// <summary>An edge of more than 180° of longitude was taken the short way, over the antimeridian.</summary>
    ShortWayTaken = 7,

    /// <summary>Hours and days within its validity are given and not applied: it is taken as active all the time.</summary>
    ScheduleNotApplied = 8,

    /// <summary>Shape or heights are those of the Q line of a NOTAM, which enclose what its text says.</summary>
    QualifierTaken = 9,

    /// <summary>The end is an estimate, and so no end: it stays until it is cancelled or replaced.</summary>
    EndEstimated = 10,
}
