using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Monitoring;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>A picture, settings and positions: all that a replay needs.</summary>
internal sealed record ReplayWorld(ReplayPicture Picture, ReplaySettings Settings, ImmutableArray<ReportedPosition> Positions)
{
    public static readonly Instant Start = Instant.FromUtc(2016, 7, 20, 6, 0);

    /// <summary>Bounds of a theatre, so that heights are certain, possible and neither.</summary>
    public static readonly HeightConversion Theatre = new()
    {
        GeoidLowMetres = 14,
        GeoidHighMetres = 28,
        GroundLowMetres = -220,
        GroundHighMetres = 814,
        PressureSurfaceLowMetres = -220,
        PressureSurfaceHighMetres = 220,
        LayerStretchLowPerMille = -60,
        LayerStretchHighPerMille = 110,
    };

    /// <summary>Runs the replay and gives its lines, without the summary's.</summary>
    public ImmutableArray<string> Lines()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var item in Run().Events) ReplayEventWriter.Write(output, item);
        return [.. Encoding.UTF8.GetString(output.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Runs the replay and gives its events without the alerts.</summary>
    public ImmutableArray<ReplayEvent> Events() => [.. Run().Events.Where(item => item is not ReplayAlert)];

    /// <summary>Runs the replay.</summary>
    public ReplayEnd Run()
    {
        var replay = new Replay(Picture, Settings);
        var events = Positions.SelectMany(position => replay.Push(position)).ToImmutableArray();
        var end = replay.Finish();
        return end with { Events = [.. events, .. end.Events] };
    }

    public static ReportedPosition Fix(
        string track,
        double seconds,
        long latitudeE7,
        long longitudeE7,
        Height? height = null,
        double? speed = null,
        bool? onGround = null,
        int uncertainty = 0) =>
        new(
            track,
            new(GeoPoint.FromE7(latitudeE7, longitudeE7), uncertainty, height, Start + Duration.FromTicks(seconds * NodaConstants.TicksPerSecond)),
            speed,
            onGround,
            null);

    public static WatchedArea Area(string id, Outline outline, HeightBand heights = default, Interval? validity = null, params string[] clauses) =>
        new()
        {
            Area = new(id),
            Clauses = [.. clauses.Select(clause => new Id<Clause>(clause))],
            Outlines = [outline],
            Heights = heights,
            Validity = validity ?? new Interval(null, null),
        };

    public static WatchedNotice Notice(string id, ImmutableArray<Volume> volumes, params string[] tracks) => NoticeOf("us", id, volumes, tracks);

    public static WatchedNotice NoticeOf(string party, string id, ImmutableArray<Volume> volumes, params string[] tracks) =>
        new()
        {
            Flight = new(new(party), new(id), ContentHash.None),
            Notice = new()
            {
                Actor = new(party + "-air"),
                Class = FlightClass.FixedWing,
                Purpose = new("medevac"),
                Contact = OfficerRole.Watch,
                Claims = [],
                AnswerBy = null,
                Volumes = volumes,
            },
            Tracks = [.. tracks],
        };

    /// <summary>An outline of (longitude, latitude) pairs in units of 10⁻⁷ degree.</summary>
    public static Outline Outline(params (long X, long Y)[] shell) =>
        Geo.Outlines.Outline.Create([.. shell.Select(corner => new PlanePoint(corner.X, corner.Y).ToGeoPoint())], []).Value;

    public static Outline Square(long west, long south, long side) =>
        Outline((west, south), (west + side, south), (west + side, south + side), (west, south + side));
}
