using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>
/// Small worlds in which everything meets everything: areas, volumes and fixes share one coarse grid, so that tracks run
/// along edges and through vertices, graze corners and change height and time exactly at bounds.
/// </summary>
internal static class ReplayWorldGen
{
    private const long StepE7 = 20_000;
    private const int GridSize = 8;

    // Off the grid by this much crossings become fractions with long terms.
    private static readonly Gen<long> Jitter = Gen.Frequency((6, Gen.Const(0L)), (1, Gen.Long[-9_999, 9_999]));
    private static readonly Gen<(long X, long Y)> Corner = Gen.Select(Gen.Int[0, GridSize], Gen.Int[0, GridSize], (x, y) => (x * StepE7, y * StepE7));
    private static readonly Gen<(long X, long Y)> Spot =
        Gen.Select(Gen.Int[-1, GridSize + 1], Gen.Int[-1, GridSize + 1], Jitter, Jitter, (x, y, dx, dy) => (x * StepE7 + dx, y * StepE7 + dy));

    // The grid's south-west corner: ordinary, across the antimeridian, on the equator and far north.
    private static readonly Gen<(long X, long Y)> Origin = Gen.OneOf<(long, long)>(
        (371_500_000, 362_000_000), (1_800_000_000 - 4 * StepE7, 100_000_000), (-3 * StepE7, -5 * StepE7), (100_000_000, 720_000_000));

    private static readonly Gen<HeightReference> Reference = Gen.Frequency(
        (4, HeightReference.Pressure), (2, HeightReference.SeaLevel), (1, HeightReference.Ellipsoid), (1, HeightReference.Ground));

    private static readonly Gen<Height> HeightOf = Gen.Select(
        Gen.Int[-1, 8],
        Gen.Frequency((3, Gen.Const(0L)), (1, Gen.Long[-4_999_999, 4_999_999])),
        Reference,
        (level, beside, reference) => Height.FromUnits(level * 500 * Height.UnitsPerMetre + beside, reference));

    private static readonly Gen<HeightBand> Band = Gen.Select(Optional(HeightOf, 2), Optional(HeightOf, 2),
        (floor, ceiling) => HeightBand.Create(floor, ceiling) ?? HeightBand.Create(ceiling, floor)!.Value);

    private static readonly Gen<Interval> Time = Gen.Select(Optional(Gen.Int[0, 60], 1), Optional(Gen.Int[0, 60], 1), (start, end) =>
    {
        var (first, last) = start > end ? (end, start) : (start, end);
        return new Interval(At(first), At(last));
    });

    // An address of Switzerland, one of the United States, and one that is no ICAO address.
    private static readonly string[] Tracks = ["4b17e5", "ae0123", "~ae0123"];

    private static readonly Gen<WatchedSeparation> Separation = Gen.Select(Gen.OneOf(0, 500, 4_000), Gen.OneOf(0L, 3_000_000L), Time, Gen.Int[0, 1],
        (lateral, vertical, time, clause) => new WatchedSeparation(new($"separation-{clause}"), lateral, vertical, time));

    private static readonly Gen<AttributionRule> Rule = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool,
        (tracks, callsigns, block, confidence, isDeclared) => new AttributionRule
        {
            Tracks = tracks < 2 ? [Tracks[tracks]] : [],
            Callsigns = callsigns < 3 ? ["RCH41"[..(callsigns + 2)]] : [],
            Blocks = block == 0 ? [] : [new(0xae0123 - (block << 8), 0xae0123 + (block << 8))],
            Actor = new($"actor-{tracks}{callsigns}{block}"),
            Basis = isDeclared ? AttributionBasis.Declared : AttributionBasis.Assessed,
            Confidence = (AttributionConfidence)confidence,
            Source = "made up",
        });

    private static readonly Gen<double?> Speed = Gen.OneOf<double?>(null, 0, 49.5, 50, 220);

    private static readonly Gen<ReplaySettings> Settings = Gen.Select(Gen.OneOf(30, 60), Gen.OneOf(2, 3), Gen.OneOf(10, 20, 70), Gen.OneOf(300, 1000),
        (gap, accept, frozen, speed) => new ReplaySettings
        {
            MaximumGap = Duration.FromSeconds(gap),
            FixesToAcceptJump = accept,
            FrozenAfter = Duration.FromSeconds(frozen),
            MaximumSpeedMetresPerSecond = speed,
            AlertFoldTime = Duration.FromSeconds(gap == 30 ? 100 : 0),
        });

    private static readonly Gen<Step[]> Steps =
        Gen.Select(
            Gen.Frequency((1, Gen.Const(0)), (10, Gen.OneOf(5, 7, 10, 20)), (2, Gen.OneOf(30, 60, 61, 130))),
            Spot,
            Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], (repeat, far) => (Repeats: repeat < 3, IsFar: far == 0)),
            Gen.Select(Optional(HeightOf, 15), Gen.Bool, Gen.Frequency((9, true), (1, false))),
            Speed,
            Gen.OneOf<bool?>(null, null, false, true),
            Gen.Select(Gen.OneOf(0, 0, 40, 300, 3_000), Gen.OneOf<string?>(null, null, null, "RCH415", "RC1", "UAE9")),
            (seconds, spot, place, height, speed, onGround, said) => new Step(
                seconds, spot, place.Repeats, place.IsFar, height.Item1, height.Item2, height.Item3, speed, onGround, said.Item1, said.Item2))
        .Array[2, 16];

    /// <summary>A world.</summary>
    public static readonly Gen<ReplayWorld> World =
        from origin in Origin
        from areas in Gen.Select(Outline(origin), Outline(origin), Band, Time, Gen.Int[0, 2], Gen.Int[0, 3]).Array[0, 4]
        from notices in Gen.Select(Gen.Select(Outline(origin), Band, Time).Array[1, 2], Gen.Int[0, 3], Separation.Array[0, 2], Gen.Bool).Array[0, 3]
        from rules in Rule.Array[0, 3]
        from tracks in Track(origin).Array[1, 3]
        from settings in Settings
        select new ReplayWorld(
            new()
            {
                Areas = [.. areas.Select((area, index) => Area(index, area.Item1, area.Item2, area.Item3, area.Item4, area.Item5, area.Item6))],
                Notices = [.. notices.Select((notice, index) => Notice(index, notice.Item1, notice.Item2, notice.Item4) with { Separations = [.. notice.Item3] })],
                Heights = ReplayWorld.Theatre,
                Attribution = new([.. rules]),
            },
            settings,
            Merge(tracks));

    private static Gen<Outline> Outline((long X, long Y) origin) =>
        Gen.Select(Corner.Array[3, 6], Corner.Array[3, 4], Corner, Gen.Int[1, 5], (shell, hole, corner, side) =>
        {
            GeoPoint Place((long X, long Y) spot) => new PlanePoint(origin.X + spot.X, origin.Y + spot.Y).ToGeoPoint();
            var ring = Array.ConvertAll(shell, Place);
            return TryCreate(ring, Array.ConvertAll(hole, Place)) ?? TryCreate(ring, null)
                ?? ReplayWorld.Square(origin.X + corner.X, origin.Y + corner.Y, side * StepE7);
        });

    private static Outline? TryCreate(GeoPoint[] shell, GeoPoint[]? hole) =>
        Geo.Outlines.Outline.Create(shell, hole is null ? [] : [hole]) is { Refusal: null } made ? made.Value : null;

    private static WatchedArea Area(int index, Outline first, Outline second, HeightBand band, Interval time, int clauses, int whichOutlines) =>
        ReplayWorld.Area($"area-{index}", first, band, time, [.. Enumerable.Range(0, clauses).Select(clause => $"clause-{clause}")]) with
        {
            Outlines = whichOutlines == 0 ? [first, second] : [first],
        };

    private static WatchedNotice Notice(int index, (Outline, HeightBand, Interval)[] volumes, int declared, bool isOfOther) =>
        ReplayWorld.NoticeOf(
            isOfOther ? "ru" : "us",
            $"n{index}",
            [.. volumes.Select(volume => new Volume(volume.Item1, volume.Item2, volume.Item3))],
            declared == 0 ? [] : [Tracks[declared - 1]]);

    // One track's fixes: now and then far away, at the same place again, in a row at one height, or after a gap.
    private static Gen<TrackFix[]> Track((long X, long Y) origin) =>
        Gen.Select(Steps, Gen.Int[0, 20], Gen.Bool, Reference, (steps, start, isExact, reference) =>
        {
            var fixes = new List<TrackFix>();
            var second = start;
            var spot = steps[0].Spot;
            var height = In(reference, steps[0].Height);
            foreach (var step in steps)
            {
                second += step.Seconds;
                if (!step.Repeats) spot = step.Spot;
                if (step.ChangesHeight) height = step.KeepsReference ? In(reference, step.Height) : step.Height;
                var far = step.IsFar ? 30_000_000L : 0;
                var place = new PlanePoint(origin.X + spot.X + far, origin.Y + spot.Y).ToGeoPoint();
                fixes.Add(new(second, place, isExact ? 0 : step.Uncertainty, height, step.Speed, step.OnGround, step.Callsign));
            }

            return fixes.ToArray();
        });

    private static Height? In(HeightReference reference, Height? height) =>
        height is { } known ? Height.FromUnits(known.Units, reference) : null;

    private static ImmutableArray<ReportedPosition> Merge(TrackFix[][] tracks) =>
    [
        .. tracks.SelectMany((fixes, track) => fixes.Select(fix => (Track: Tracks[track], Fix: fix)))
            .OrderBy(item => item.Fix.Second)
            .Select(item => item.Fix.Of(item.Track)),
    ];

    private static Gen<T?> Optional<T>(Gen<T> gen, int likelihood)
        where T : struct => Gen.Frequency((likelihood, gen.Select(value => (T?)value)), (1, Gen.Const((T?)null)));

    private static Instant? At(int? step) => step is { } known ? ReplayWorld.Start + Duration.FromSeconds(known * 5) : null;

    private sealed record Step(
        int Seconds,
        (long X, long Y) Spot,
        bool Repeats,
        bool IsFar,
        Height? Height,
        bool ChangesHeight,
        bool KeepsReference,
        double? Speed,
        bool? OnGround,
        int Uncertainty,
        string? Callsign);

    private sealed record TrackFix(int Second, GeoPoint Place, int Uncertainty, Height? Height, double? Speed, bool? OnGround, string? Callsign)
    {
        public ReportedPosition Of(string track) =>
            ReplayWorld.Fix(track, Second, Place.LatitudeE7, Place.LongitudeE7, Height, Speed, OnGround, Uncertainty) with { Callsign = Callsign };
    }
}
