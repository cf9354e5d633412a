using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>
/// Outlines, height bands and times of a snapshot. They were checked when they came onto the record: reading looks only at
/// what would lead astray whoever uses them.
/// </summary>
internal static class SnapshotGeometry
{
    private const int FloorBit = 1;
    private const int CeilingBit = 2;
    private const int StartBit = 1;
    private const int EndBit = 2;
    private const int StepBytes = 2 * sizeof(int);
    private const int LeastVertices = 3;
    private const int LeastVolumeBytes = 1 + sizeof(long) + sizeof(int) + 2 + OutlineCells.WordCount * sizeof(ulong);
    private const long GreatestX = 3L * GeoPoint.HalfTurnE7;

    public static void Write(SnapshotWriter writer, ImmutableArray<Volume> volumes, bool keepsCells)
    {
        writer.Number(volumes.Length);
        foreach (var volume in volumes)
        {
            Write(writer, volume.Outline, keepsCells);
            Write(writer, volume.Heights);
            Write(writer, volume.Time);
        }
    }

    public static ImmutableArray<Volume> Volumes(ref SnapshotCursor cursor, int greatestCount)
    {
        var volumes = new Volume[cursor.Count(greatestCount, LeastVolumeBytes)];
        for (var number = 0; number < volumes.Length && !cursor.IsBroken; number++)
        {
            if (Outline(ref cursor) is { } outline) volumes[number] = new(outline, Heights(ref cursor), Time(ref cursor));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(volumes);
    }

    /// <summary>An outline: how many holes, the rings, and its cells if they are kept.</summary>
    public static void Write(SnapshotWriter writer, Outline outline, bool keepsCells)
    {
        writer.Number(outline.Holes.Length);
        Write(writer, outline.Shell);
        foreach (var hole in outline.Holes) Write(writer, hole);
        if (!keepsCells) return;
        foreach (var word in outline.Cells.Words) writer.Int64(unchecked((long)word));
    }

    /// <summary>An outline, or null where the cursor breaks.</summary>
    public static Outline? Outline(ref SnapshotCursor cursor)
    {
        var holes = ImmutableArray<ImmutableArray<PlanePoint>>.Empty;
        var holeCount = cursor.Count(Geo.Outlines.Outline.MaximumHoles, 1);
        var shell = Ring(ref cursor);
        if (holeCount > 0)
        {
            var rings = new ImmutableArray<PlanePoint>[holeCount];
            for (var number = 0; number < holeCount; number++) rings[number] = Ring(ref cursor);
            holes = ImmutableCollectionsMarshal.AsImmutableArray(rings);
        }

        Span<ulong> cells = stackalloc ulong[OutlineCells.WordCount];
        foreach (ref var word in cells) word = unchecked((ulong)cursor.Int64());
        if (cursor.IsBroken) return null;
        var box = BoxOf(shell);
        if (box.East - box.West < GeoPoint.TurnE7) return new(shell, holes, box, cells);
        cursor.Break();
        return null;
    }

    public static void Write(SnapshotWriter writer, HeightBand heights)
    {
        writer.Byte((byte)((heights.Floor is null ? 0 : FloorBit) | (heights.Ceiling is null ? 0 : CeilingBit)));
        if (heights.Floor is { } floor) Write(writer, floor);
        if (heights.Ceiling is { } ceiling) Write(writer, ceiling);
    }

    public static HeightBand Heights(ref SnapshotCursor cursor)
    {
        var bits = cursor.Choice(FloorBit | CeilingBit);
        Height? floor = (bits & FloorBit) == 0 ? null : Height(ref cursor);
        Height? ceiling = (bits & CeilingBit) == 0 ? null : Height(ref cursor);
        if (HeightBand.Create(floor, ceiling) is { } heights) return heights;
        cursor.Break();
        return default;
    }

    public static void Write(SnapshotWriter writer, Interval time)
    {
        writer.Byte((byte)((time.HasStart ? StartBit : 0) | (time.HasEnd ? EndBit : 0)));
        if (time.HasStart) writer.Instant(time.Start);
        if (time.HasEnd) writer.Instant(time.End);
    }

    public static Interval Time(ref SnapshotCursor cursor)
    {
        var bits = cursor.Choice(StartBit | EndBit);
        Instant? start = (bits & StartBit) == 0 ? null : cursor.Instant();
        Instant? end = (bits & EndBit) == 0 ? null : cursor.Instant();
        if (!(end < start)) return new(start, end);
        cursor.Break();
        return default;
    }

    private static void Write(SnapshotWriter writer, Height height)
    {
        writer.Int32((int)height.Units);
        writer.Byte((byte)height.Reference);
    }

    private static Height Height(ref SnapshotCursor cursor)
    {
        var (units, reference) = (cursor.Int32(), (HeightReference)cursor.Choice((int)HeightReference.Ground));
        if (Geo.Height.IsInRange(units)) return Geo.Height.FromUnits(units, reference);
        cursor.Break();
        return default;
    }

    // A ring: how many vertices, the first, and from each to the next the step, which is less than half a turn.
    private static void Write(SnapshotWriter writer, ImmutableArray<PlanePoint> ring)
    {
        writer.Number(ring.Length);
        writer.Int64(ring[0].X);
        writer.Int32((int)ring[0].Y);
        for (var vertex = 1; vertex < ring.Length; vertex++)
        {
            writer.Int32((int)(ring[vertex].X - ring[vertex - 1].X));
            writer.Int32((int)(ring[vertex].Y - ring[vertex - 1].Y));
        }
    }

    // The ring; empty where the cursor breaks.
    private static ImmutableArray<PlanePoint> Ring(ref SnapshotCursor cursor)
    {
        var count = cursor.Count(Geo.Outlines.Outline.MaximumVertices, StepBytes);
        cursor.Require(count >= LeastVertices);
        var last = new PlanePoint(cursor.Int64(), cursor.Int32());
        cursor.Require(IsPlace(last));
        if (cursor.IsBroken) return [];
        var steps = cursor.Take((count - 1) * StepBytes);
        var ring = new PlanePoint[count];
        ring[0] = last;
        for (var vertex = 1; vertex < count; vertex++, steps = steps[StepBytes..])
        {
            last = new(last.X + BinaryPrimitives.ReadInt32LittleEndian(steps), last.Y + BinaryPrimitives.ReadInt32LittleEndian(steps[sizeof(int)..]));
            ring[vertex] = last;
            if (IsPlace(last)) continue;
            cursor.Break();
            return [];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ring);
    }

    private static bool IsPlace(PlanePoint point) =>
        point.X is >= -GreatestX and <= GreatestX && point.Y is > -GeoPoint.MaximumLatitudeE7 and < GeoPoint.MaximumLatitudeE7;

    private static PlaneBox BoxOf(ImmutableArray<PlanePoint> ring)
    {
        var box = new PlaneBox(ring[0].X, ring[0].Y, ring[0].X, ring[0].Y);
        foreach (var point in ring.AsSpan())
            box = new(Math.Min(box.West, point.X), Math.Min(box.South, point.Y), Math.Max(box.East, point.X), Math.Max(box.North, point.Y));
        return box;
    }
}
