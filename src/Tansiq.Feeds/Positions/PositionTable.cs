using System.Runtime.InteropServices;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>All positions of a source in memory, compact, to put them in the order of time.</summary>
internal sealed class PositionTable
{
    // Growing by chunks copies nothing.
    private const int RowsPerChunk = 64 * 1024;

    private readonly List<Row[]> _chunks = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _nameNumbers = new(StringComparer.Ordinal);
    private RecordKind _kind;
    private int _count;

    /// <summary>Gives the refusals as they come and then the positions in the order of time, equal times as they came.</summary>
    /// <remarks>With more than <paramref name="maximumPositions"/>, one fatal refusal is given and no position.</remarks>
    public static IEnumerable<PositionRecord> Order(IEnumerable<PositionRecord> records, int maximumPositions)
    {
        var table = new PositionTable();
        foreach (var record in records)
        {
            if (!record.Content.TryGet(out var position, out _))
            {
                yield return record;
            }
            else if (table._count == maximumPositions)
            {
                var expected = FeedRefusals.Invariant($"at most {maximumPositions} positions that are not in the order of time");
                yield return new(record.Place, new Refusal(FeedRefusals.TooManyPositions, record.Place.ToString(), "more positions", expected));
                yield break;
            }
            else
            {
                table.Add(position, record.Place);
            }
        }

        foreach (var index in table.OrderOfTime()) yield return table[index];
    }

    private PositionRecord this[int index]
    {
        get
        {
            ref readonly var row = ref _chunks[index / RowsPerChunk][index % RowsPerChunk];
            Height? height = row.HasHeight ? Height.FromUnits(row.HeightUnits, row.HeightReference) : null;
            var at = NodaConstants.UnixEpoch.PlusNanoseconds(row.Nanoseconds);
            return new(
                new(_kind, row.Number),
                new ReportedPosition(
                    _names[row.Track],
                    new(GeoPoint.FromE7(row.LatitudeE7, row.LongitudeE7), row.UncertaintyMetres, height, at),
                    double.IsNaN(row.Speed) ? null : row.Speed,
                    row.OnGround,
                    row.Callsign < 0 ? null : _names[row.Callsign]));
        }
    }

    private void Add(ReportedPosition reported, RecordPlace place)
    {
        if (_count % RowsPerChunk == 0) _chunks.Add(new Row[RowsPerChunk]);
        _kind = place.Kind;
        _chunks[_count / RowsPerChunk][_count % RowsPerChunk] = new Row
        {
            Number = place.Number,
            Nanoseconds = (reported.Position.At - NodaConstants.UnixEpoch).ToInt64Nanoseconds(),
            Speed = reported.GroundSpeedMetresPerSecond ?? double.NaN,
            Track = NumberOf(reported.Track),
            Callsign = reported.Callsign is null ? -1 : NumberOf(reported.Callsign),
            LatitudeE7 = reported.Position.Place.LatitudeE7,
            LongitudeE7 = reported.Position.Place.LongitudeE7,
            UncertaintyMetres = reported.Position.HorizontalUncertaintyMetres,
            HeightUnits = (int)(reported.Position.Height?.Units ?? 0),
            HasHeight = reported.Position.Height is not null,
            HeightReference = reported.Position.Height?.Reference ?? default,
            OnGround = reported.OnGround,
        };
        _count++;
    }

    private int[] OrderOfTime()
    {
        var order = new int[_count];
        var times = new long[_count];
        for (var index = 0; index < _count; index++)
        {
            order[index] = index;
            times[index] = _chunks[index / RowsPerChunk][index % RowsPerChunk].Nanoseconds;
        }

        Array.Sort(times, order);

        // Array.Sort does not keep the order of equal times: put each run of them back.
        for (int start = 0, end; start < _count; start = end)
        {
            for (end = start + 1; end < _count && times[end] == times[start];) end++;
            Array.Sort(order, start, end - start);
        }

        return order;
    }

    private int NumberOf(string name)
    {
        if (_nameNumbers.TryGetValue(name, out var number)) return number;
        _names.Add(name);
        _nameNumbers.Add(name, _names.Count - 1);
        return _names.Count - 1;
    }

    /// <summary>One position in 60 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Row
    {
        public long Number;
        public long Nanoseconds;
        public double Speed;
        public int Track;
        public int Callsign;
        public int LatitudeE7;
        public int LongitudeE7;
        public int UncertaintyMetres;
        public int HeightUnits;
        public HeightReference HeightReference;
        public bool HasHeight;
        public bool? OnGround;
    }
}
